"""People: their account, their password, their open sessions."""

"""Who may what in a company: requests, decisions, invitations, the grid of rights."""

"""Companies and training bodies, their establishments, and who belongs to them."""

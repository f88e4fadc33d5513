"""Dossiers: requests for funding, from the brouillon to the decision."""

"""Mon Espace: the portal where companies have the training of their people financed."""

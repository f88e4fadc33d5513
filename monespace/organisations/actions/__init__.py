"""What is written of companies: SIRENE alone says their names, their places and their siège."""

from monespace.organisations.actions.bilan import Bilan, Told
from monespace.organisations.actions.sirene import Fichiers, import_sirene

__all__ = ["Bilan", "Fichiers", "Told", "import_sirene"]

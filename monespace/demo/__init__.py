"""Demo data: three companies, their people, and fourteen months of dossiers."""

from monespace.demo.comptes import COMPTES
from monespace.demo.peuplement import peupler

__all__ = ["COMPTES", "peupler"]

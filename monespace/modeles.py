"""Imports every model, so that the metadata is whole wherever it is needed."""

from monespace import bail, journal, queue
from monespace.comptes import models as comptes
from monespace.db import Base
from monespace.dossiers import models as dossiers
from monespace.exports import models as exports
from monespace.imports import models as imports
from monespace.organisations import models as organisations
from monespace.salaries import models as salaries

__all__ = [
    "bail",
    "comptes",
    "dossiers",
    "exports",
    "imports",
    "journal",
    "organisations",
    "queue",
    "salaries",
]

metadata = Base.metadata

"""Imports every model, so that the metadata is whole wherever it is needed."""

from monespace import bail, journal, queue
from monespace.acces import models as acces
from monespace.activation import models as activation
from monespace.aide import models as aide
from monespace.comptes import models as comptes
from monespace.courriels import models as courriels
from monespace.db import Base
from monespace.dossiers import models as dossiers
from monespace.exports import models as exports
from monespace.imports import models as imports
from monespace.notifications import models as notifications
from monespace.organisations import models as organisations
from monespace.salaries import models as salaries

__all__ = [
    "acces",
    "activation",
    "aide",
    "bail",
    "comptes",
    "courriels",
    "dossiers",
    "exports",
    "imports",
    "journal",
    "notifications",
    "organisations",
    "queue",
    "salaries",
]

metadata = Base.metadata

"""Imports every model, so that the metadata is whole wherever it is needed."""

from monespace import bail, journal, queue
from monespace.comptes import models as comptes
from monespace.db import Base
from monespace.dossiers import models as dossiers
from monespace.exports import models as exports
from monespace.organisations import models as organisations

__all__ = ["bail", "comptes", "dossiers", "exports", "journal", "organisations", "queue"]

metadata = Base.metadata

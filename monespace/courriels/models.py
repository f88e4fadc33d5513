"""Courriel."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from monespace.db import NEVER_REUSED, Base, new_key


class Courriel(Base):
    """One mail to send. Links that open something are signed as it leaves, never kept here."""

    __tablename__ = "courriels"
    __table_args__ = (Index(None, "envoye_le"), Index(None, "cree_le"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    destinataire: Mapped[str] = mapped_column(String(254))
    sujet: Mapped[str] = mapped_column(String(200))
    texte: Mapped[str] = mapped_column(Text)
    cree_le: Mapped[datetime]
    essais: Mapped[int] = mapped_column(default=0)
    # Until then one run has it to itself, or the mail server is left in peace.
    pas_avant: Mapped[datetime]
    envoye_le: Mapped[datetime | None]
    abandonne_le: Mapped[datetime | None]

"""Message."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from monespace.db import NEVER_REUSED, Base, new_key


class Sujet(StrEnum):
    """What somebody writes about."""

    CODE = "code"
    ACCES = "acces"
    COMPTE = "compte"
    DOSSIER = "dossier"
    AUTRE = "autre"


class Message(Base):
    """One message to the OPCO. What it says stands in the mail alone, that is forgotten."""

    __tablename__ = "messages"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32), unique=True)
    numero: Mapped[str] = mapped_column(String(20), unique=True)
    sujet: Mapped[Sujet]
    siren: Mapped[str] = mapped_column(String(9), default="")
    profil: Mapped[str] = mapped_column(String(20), default="")
    # Who was signed in.
    utilisateur_id: Mapped[int | None] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="SET NULL"), index=True
    )
    cree_le: Mapped[datetime]

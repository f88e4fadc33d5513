"""What was asked, sent and changed since a dossier was begun."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Identity, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import Base, BigId, Json, JsonDocument

if TYPE_CHECKING:
    from monespace.comptes.models import Utilisateur


class Demande(Base):
    """What the OPCO asks of the company before it goes on («demande de pièces»)."""

    __tablename__ = "demandes"

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), index=True
    )
    message: Mapped[str] = mapped_column(Text)
    echeance: Mapped[date]
    demandee_le: Mapped[datetime]
    reponse: Mapped[str] = mapped_column(Text, default="")
    repondue_le: Mapped[datetime | None]


class Transmission(Base):
    """What was sent, frozen: the whole dossier as it read at that instant."""

    __tablename__ = "transmissions"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True
    )
    instant: Mapped[datetime]
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    contenu: Mapped[dict[str, Json]] = mapped_column(JsonDocument)


class Modification(Base):
    """One answer at one revision: who wrote it, when. Never changed."""

    __tablename__ = "modifications"
    __table_args__ = (Index(None, "dossier_id", "chemin", "revision"),)

    id: Mapped[int] = mapped_column(BigId, Identity(), primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    chemin: Mapped[str] = mapped_column(String(100))
    valeur: Mapped[dict[str, Json]] = mapped_column(JsonDocument)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    instant: Mapped[datetime]
    # The form it was typed in, and how much had been typed there: a late autosave knows itself.
    formulaire: Mapped[str | None] = mapped_column(String(32))
    frappe: Mapped[int | None]

    auteur: Mapped["Utilisateur | None"] = relationship()

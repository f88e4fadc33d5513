"""Dossiers made from one, and what is meant before they are."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, new_key

if TYPE_CHECKING:
    from monespace.dossiers.models.dossier import Dossier


class Lot(Base):
    """Dossiers that were made from one because a dossier takes thirty people at most."""

    __tablename__ = "lots"
    __table_args__ = (Index(None, "organisation_id", "cree_le"), NEVER_REUSED)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    cree_le: Mapped[datetime]

    dossiers: Mapped[list["Dossier"]] = relationship(back_populates="lot", order_by="Dossier.part")


class EnAttente(Base):
    """One person for whom the dossier has no room: kept until the dossier becomes a lot."""

    __tablename__ = "en_attente"
    __table_args__ = (UniqueConstraint("dossier_id", "jeton"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    reponses: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    saisies: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    salarie_id: Mapped[int | None] = mapped_column(ForeignKey("salaries.id", ondelete="SET NULL"))

    dossier: Mapped["Dossier"] = relationship(back_populates="en_attente")


class Repartition(Base):
    """How somebody means to split a dossier into a lot: nothing is done until they confirm."""

    __tablename__ = "repartitions"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True
    )
    mode: Mapped[str] = mapped_column(String(20))
    parties: Mapped[int]
    # The part each person was moved to by hand, by key of Stagiaire or EnAttente.
    deplacements: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)

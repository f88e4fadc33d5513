"""Salarie."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, SortKey, new_key

if TYPE_CHECKING:
    from monespace.comptes.models import Utilisateur
    from monespace.organisations.models import Etablissement


class Salarie(Base):
    """Somebody a company employs, or employed: answers to the questions of `fiche`.

    `identite` is the name and the birth date, normalised. Two people who share them are told apart
    by `homonyme`; nobody is there twice by accident, even when two people add them at once.
    """

    __tablename__ = "salaries"
    __table_args__ = (
        UniqueConstraint("organisation_id", "identite", "homonyme"),
        Index(None, "organisation_id", "nir_empreinte", unique=True),
        Index(None, "organisation_id", "matricule"),
        Index(None, "organisation_id", "tri_nom", "id"),
        Index(None, "etablissement_id", "tri_nom", "id"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    etablissement_id: Mapped[int] = mapped_column(ForeignKey("etablissements.id"))
    revision: Mapped[int] = mapped_column(default=0)
    reponses: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    saisies: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    # Encrypted, and a keyed hash to recognise it by. Never in `reponses`, never shown whole.
    nir_chiffre: Mapped[str] = mapped_column(Text, default="")
    nir_empreinte: Mapped[str | None] = mapped_column(String(64))
    parti_le: Mapped[date | None]
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    cree_le: Mapped[datetime]
    maj_le: Mapped[datetime]

    # Projected from the answers at each save.
    nom: Mapped[str] = mapped_column(String(250), default="")
    tri_nom: Mapped[str] = mapped_column(SortKey, default="")
    naissance: Mapped[date]
    matricule: Mapped[str] = mapped_column(String(30), default="")
    identite: Mapped[str] = mapped_column(String(250))
    homonyme: Mapped[int] = mapped_column(default=0)
    recherche: Mapped[str] = mapped_column(Text, default="")

    etablissement: Mapped["Etablissement"] = relationship()
    auteur: Mapped["Utilisateur | None"] = relationship()

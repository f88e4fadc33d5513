"""A request for funding, and what it is found by."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, SortKey, new_key

if TYPE_CHECKING:
    from monespace.comptes.models import Utilisateur
    from monespace.dossiers.models.contenu import LigneCout, Piece, Stagiaire
    from monespace.dossiers.models.lots import EnAttente, Lot
    from monespace.dossiers.models.suivi import Demande
    from monespace.organisations.models import Etablissement, Organisation

# Sorted last where a date is not known yet: keys of a keyset page may not be NULL.
NO_DATE = date(9999, 12, 31)


class Statut(StrEnum):
    BROUILLON = "BROUILLON"
    TRANSMIS = "TRANSMIS"
    EN_INSTRUCTION = "EN_INSTRUCTION"
    A_COMPLETER = "A_COMPLETER"
    ENGAGE = "ENGAGE"
    REFUSE = "REFUSE"
    ANNULE = "ANNULE"
    RUPTURE = "RUPTURE"
    SOLDE = "SOLDE"


class Dossier(Base):
    """A request for funding. Its answers stand in `reponses` and `saisies`.

    `reponses` holds canonical values by name of question; `saisies` what was typed and could not
    be read, with its error. The columns under «projected» are written from them at each save by
    the declaration of the dispositif, for lists, filters and sums.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        # Each order of the list, over a whole organisation and over some établissements. Both hold
        # all that a page of ids needs: rows that are not shown are not read.
        *(
            Index(f"ix_dossiers_{scope[-1]}_{key}", *(f"{one}_id" for one in scope), key, "id")
            for scope in (("organisation",), ("organisation", "etablissement"))
            for key in ("maj_le", "tri_intitule", "tri_debut", "demande_cents", "accorde_cents")
        ),
        Index(None, "organisation_id", "statut", "etablissement_id"),
        Index(None, "lot_id", "part", unique=True),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32), unique=True)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    numero: Mapped[str | None] = mapped_column(String(20), unique=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    etablissement_id: Mapped[int] = mapped_column(ForeignKey("etablissements.id"))
    dispositif: Mapped[str] = mapped_column(String(10))
    version_formulaire: Mapped[str] = mapped_column(String(10))
    statut: Mapped[Statut]
    revision: Mapped[int] = mapped_column(default=0)
    reponses: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    saisies: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    motif: Mapped[str] = mapped_column(Text, default="")
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("lots.id"))
    # Its place in the lot, from 1.
    part: Mapped[int | None]
    # The dossier this one was duplicated from.
    copie_de_id: Mapped[int | None] = mapped_column(ForeignKey("dossiers.id", ondelete="SET NULL"))

    cree_le: Mapped[datetime]
    maj_le: Mapped[datetime]
    statut_le: Mapped[datetime]
    transmis_le: Mapped[datetime | None]
    decide_le: Mapped[datetime | None]

    # Projected.
    intitule: Mapped[str] = mapped_column(String(255), default="")
    tri_intitule: Mapped[str] = mapped_column(SortKey, default="")
    date_debut: Mapped[date | None]
    tri_debut: Mapped[date] = mapped_column(default=NO_DATE)
    date_fin: Mapped[date | None]
    duree_centiemes: Mapped[int] = mapped_column(default=0)
    prestataire_siret: Mapped[str] = mapped_column(String(14), default="")
    prestataire_nom: Mapped[str] = mapped_column(String(255), default="")
    cout_total_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    demande_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    accorde_cents: Mapped[int] = mapped_column(BigInteger, default=0)
    nb_stagiaires: Mapped[int] = mapped_column(default=0)

    organisation: Mapped["Organisation"] = relationship()
    etablissement: Mapped["Etablissement"] = relationship()
    auteur: Mapped["Utilisateur | None"] = relationship()
    lot: Mapped["Lot | None"] = relationship(back_populates="dossiers")
    stagiaires: Mapped[list["Stagiaire"]] = relationship(
        cascade="all, delete-orphan", order_by="Stagiaire.rang", back_populates="dossier"
    )
    en_attente: Mapped[list["EnAttente"]] = relationship(
        cascade="all, delete-orphan", order_by="EnAttente.id", back_populates="dossier"
    )
    lignes: Mapped[list["LigneCout"]] = relationship(
        cascade="all, delete-orphan", order_by="LigneCout.rang"
    )
    pieces: Mapped[list["Piece"]] = relationship(
        cascade="all, delete-orphan", order_by="Piece.id", back_populates="dossier"
    )
    demandes: Mapped[list["Demande"]] = relationship(
        cascade="all, delete-orphan", order_by="Demande.id"
    )
    recherche: Mapped["Recherche | None"] = relationship(cascade="all, delete-orphan")

    @property
    def designation(self) -> str:
        """How the dossier is called on screen: its number once it has one."""
        return self.numero or self.reference


class Recherche(Base):
    """What a dossier is found by: no accents, no case, identifiers without spaces."""

    __tablename__ = "recherche_dossiers"

    dossier_id: Mapped[int] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), primary_key=True
    )
    texte: Mapped[str] = mapped_column(Text)


class Compteur(Base):
    """The last number given, for each kind of number and year."""

    __tablename__ = "compteurs"

    nom: Mapped[str] = mapped_column(String(20), primary_key=True)
    annee: Mapped[int] = mapped_column(primary_key=True)
    valeur: Mapped[int]

"""Dossier, the lot it may be part of, and the rows that belong to it."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.config import CEILING_STAGIAIRES
from monespace.db import NEVER_REUSED, Base, BigId, Json, JsonDocument, SortKey, new_key

if TYPE_CHECKING:
    from monespace.comptes.models import Utilisateur
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
    lot: Mapped[Lot | None] = relationship(back_populates="dossiers")
    copie_de: Mapped["Dossier | None"] = relationship(remote_side=[id])
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


class Stagiaire(Base):
    """One person of a dossier. `rang` and its CHECK hold the legal limit under any concurrency."""

    __tablename__ = "stagiaires"
    __table_args__ = (
        UniqueConstraint("dossier_id", "rang"),
        UniqueConstraint("dossier_id", "jeton"),
        Index(None, "dossier_id", "salarie_id", unique=True),
        CheckConstraint(f"rang BETWEEN 1 AND {CEILING_STAGIAIRES}", name="rang"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    rang: Mapped[int]
    reponses: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    saisies: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    # Who this is in the directory, when it is known.
    salarie_id: Mapped[int | None] = mapped_column(ForeignKey("salaries.id", ondelete="SET NULL"))

    dossier: Mapped[Dossier] = relationship(back_populates="stagiaires")


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

    dossier: Mapped[Dossier] = relationship(back_populates="en_attente")


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


class LigneCout(Base):
    """The money of one poste de coût, in cents, written from the answers at each save."""

    __tablename__ = "lignes_cout"
    __table_args__ = (UniqueConstraint("dossier_id", "poste"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    rang: Mapped[int]
    poste: Mapped[str] = mapped_column(String(10))
    base: Mapped[str] = mapped_column(String(20))
    quantite_centiemes: Mapped[int] = mapped_column(BigInteger)
    taux_cents: Mapped[int] = mapped_column(BigInteger)
    demande_cents: Mapped[int] = mapped_column(BigInteger)
    tva_cents: Mapped[int] = mapped_column(BigInteger)
    accorde_cents: Mapped[int] = mapped_column(BigInteger, default=0)


class Piece(Base):
    """A document joined to a dossier. The file is in the store under `fichier`."""

    __tablename__ = "pieces"
    __table_args__ = (
        UniqueConstraint("dossier_id", "jeton"),
        Index(None, "dossier_id", "type"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32))
    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossiers.id", ondelete="CASCADE"))
    type: Mapped[str] = mapped_column(String(30))
    nom: Mapped[str] = mapped_column(String(150))
    type_mime: Mapped[str] = mapped_column(String(100))
    taille: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    # A duplicate names the same file.
    fichier: Mapped[str] = mapped_column(String(80), index=True)
    auteur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    ajoutee_le: Mapped[datetime]
    remplacee_le: Mapped[datetime | None]

    dossier: Mapped[Dossier] = relationship(back_populates="pieces")


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

"""Entreprise, Etablissement, Organisation, Portefeuille, Rattachement, Habilitation."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from monespace.acteur import Objet, Origine
from monespace.db import Base, new_key
from monespace.recherche import normalise

TOUS = "*"


class Profil(StrEnum):
    ADHERENT = "adhérent"
    PRESTATAIRE = "prestataire"


class EtatRattachement(StrEnum):
    DEMANDE = "demandé"
    ACTIF = "actif"
    REFUSE = "refusé"
    # Stopped at once by an administrateur who wants to look into it; nothing of it is lost.
    SUSPENDU = "suspendu"
    RETIRE = "retiré"


class Qualite(StrEnum):
    MEMBRE = "membre"
    MANDATAIRE = "mandataire"


class Entreprise(Base):
    """A SIREN."""

    __tablename__ = "entreprises"

    id: Mapped[int] = mapped_column(primary_key=True)
    siren: Mapped[str] = mapped_column(String(9), unique=True)
    raison_sociale: Mapped[str] = mapped_column(String(200))
    effectif: Mapped[int]
    idcc: Mapped[str] = mapped_column(String(4))
    branche: Mapped[str] = mapped_column(String(200))
    # As SIRENE says: what has ceased keeps its history and gets no letter.
    active: Mapped[bool] = mapped_column(default=True)
    sirene_le: Mapped[datetime | None]
    # The name, normalised.
    recherche: Mapped[str] = mapped_column(String(250), default="")

    etablissements: Mapped[list["Etablissement"]] = relationship(
        back_populates="entreprise", order_by="Etablissement.siret"
    )

    @validates("raison_sociale")
    def _index(self, key: str, name: str) -> str:
        self.recherche = normalise(name)[:250]
        return name


class Etablissement(Base):
    """A SIRET."""

    __tablename__ = "etablissements"

    id: Mapped[int] = mapped_column(primary_key=True)
    siret: Mapped[str] = mapped_column(String(14), unique=True)
    entreprise_id: Mapped[int] = mapped_column(ForeignKey("entreprises.id"), index=True)
    enseigne: Mapped[str] = mapped_column(String(200))
    siege: Mapped[bool] = mapped_column(default=False)
    # Nowhere editable: letters go where SIRENE says.
    complement: Mapped[str] = mapped_column(String(200), default="")
    adresse: Mapped[str] = mapped_column(String(200))
    code_postal: Mapped[str] = mapped_column(String(5))
    commune: Mapped[str] = mapped_column(String(100))
    ape: Mapped[str] = mapped_column(String(5))
    actif: Mapped[bool] = mapped_column(default=True)

    entreprise: Mapped[Entreprise] = relationship(back_populates="etablissements")

    @property
    def adressable(self) -> bool:
        """Can a letter be sent there? Not where SIRENE does not publish the address."""
        return self.actif and bool(self.adresse and self.code_postal and self.commune)


class Organisation(Base):
    """A space of the portal: a SIREN under one profile."""

    __tablename__ = "organisations"
    __table_args__ = (UniqueConstraint("entreprise_id", "profil"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    entreprise_id: Mapped[int] = mapped_column(ForeignKey("entreprises.id"))
    profil: Mapped[Profil]
    # A code used while there are administrateurs makes a request instead of one more of them.
    code_a_approuver: Mapped[bool] = mapped_column(default=False)

    entreprise: Mapped[Entreprise] = relationship()

    @property
    def nom(self) -> str:
        return self.entreprise.raison_sociale

    @property
    def siren(self) -> str:
        return self.entreprise.siren


class Portefeuille(Base):
    """A company that a conseiller or an AEF of the OPCO looks after."""

    __tablename__ = "portefeuilles"

    utilisateur_id: Mapped[int] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="CASCADE"), primary_key=True
    )
    entreprise_id: Mapped[int] = mapped_column(
        ForeignKey("entreprises.id"), primary_key=True, index=True
    )


class Rattachement(Base):
    """A person in an organisation."""

    __tablename__ = "rattachements"
    __table_args__ = (UniqueConstraint("utilisateur_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    etat: Mapped[EtatRattachement]
    qualite: Mapped[Qualite] = mapped_column(default=Qualite.MEMBRE)
    siren_mandataire: Mapped[str] = mapped_column(String(9), default="")
    administrateur: Mapped[bool] = mapped_column(default=False)
    cree_le: Mapped[datetime]
    debut: Mapped[date | None]
    fin: Mapped[date | None]
    origine: Mapped[Origine] = mapped_column(default=Origine.ADMINISTRATEUR)
    # As they were called then.
    accorde_par: Mapped[str] = mapped_column(String(200), default="")
    accorde_le: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()
    habilitations: Mapped[list["Habilitation"]] = relationship(cascade="all, delete-orphan")


class Habilitation(Base):
    """Rights on one kind of object, for one SIRET or all, and one dispositif or all."""

    __tablename__ = "habilitations"
    __table_args__ = (
        UniqueConstraint("rattachement_id", "objet", "siret", "dispositif"),
        CheckConstraint(
            "consulter OR NOT (saisir OR transmettre OR supprimer)", name="tout_comprend_consulter"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rattachement_id: Mapped[int] = mapped_column(ForeignKey("rattachements.id", ondelete="CASCADE"))
    objet: Mapped[Objet]
    siret: Mapped[str] = mapped_column(String(14), default=TOUS)
    dispositif: Mapped[str] = mapped_column(String(10), default=TOUS)
    consulter: Mapped[bool] = mapped_column(default=False)
    saisir: Mapped[bool] = mapped_column(default=False)
    transmettre: Mapped[bool] = mapped_column(default=False)
    supprimer: Mapped[bool] = mapped_column(default=False)
    origine: Mapped[Origine] = mapped_column(default=Origine.ADMINISTRATEUR)
    accorde_par: Mapped[str] = mapped_column(String(200), default="")
    accorde_le: Mapped[datetime | None]

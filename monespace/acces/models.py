"""DemandeAcces, Invitation."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.acteur import Origine
from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, new_key

if TYPE_CHECKING:
    from monespace.comptes.models import Utilisateur
    from monespace.organisations.models import Organisation, Rattachement


class GenreDemande(StrEnum):
    """What is asked: to belong, more rights, or to become an administrateur."""

    RATTACHEMENT = "rattachement"
    HABILITATION = "habilitation"
    ADMINISTRATION = "administration"


class EtatDemande(StrEnum):
    A_TRAITER = "à traiter"
    APPROUVEE = "approuvée"
    REFUSEE = "refusée"
    RETIREE = "retirée"


class EtatInvitation(StrEnum):
    EN_ATTENTE = "en attente"
    ACCEPTEE = "acceptée"
    ANNULEE = "annulée"


OPEN_REQUEST = text("etat = 'à traiter'")
OPEN_INVITATION = text("etat = 'en attente'")


class DemandeAcces(Base):
    """A person asks an organisation for access; its administrateurs decide.

    `droits` is what is asked, `avant` what the decision replaced, to undo it; both are lists of
    octrois as `organisations.octrois` writes them (`avant` within the state of the rattachement).
    """

    __tablename__ = "demandes_acces"
    __table_args__ = (
        CheckConstraint("decideur_id <> utilisateur_id", name="nul_ne_decide_pour_soi"),
        UniqueConstraint("utilisateur_id", "jeton"),
        Index(None, "organisation_id", "etat", "cree_le", "id"),
        Index(
            "ix_demandes_acces_ouverte",
            "rattachement_id",
            unique=True,
            sqlite_where=OPEN_REQUEST,
            postgresql_where=OPEN_REQUEST,
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    utilisateur_id: Mapped[int] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True
    )
    rattachement_id: Mapped[int] = mapped_column(ForeignKey("rattachements.id", ondelete="CASCADE"))
    genre: Mapped[GenreDemande]
    message: Mapped[str] = mapped_column(Text, default="")
    droits: Mapped[list[Json]] = mapped_column(JsonDocument, default=list)
    etat: Mapped[EtatDemande] = mapped_column(default=EtatDemande.A_TRAITER)
    cree_le: Mapped[datetime]
    # How many reminders the administrateurs got.
    relances: Mapped[int] = mapped_column(default=0)
    decideur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    decideur: Mapped[str] = mapped_column(String(200), default="")
    decide_le: Mapped[datetime | None]
    motif: Mapped[str] = mapped_column(Text, default="")
    avant: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)

    utilisateur: Mapped["Utilisateur"] = relationship(foreign_keys=utilisateur_id)
    organisation: Mapped["Organisation"] = relationship()
    rattachement: Mapped["Rattachement"] = relationship()


class Invitation(Base):
    """Rights that wait for the person of an address.

    An administrateur invites: a signed link sent to that address, once, until `expire_le`. The
    OPCO pre-appoints before opening: no link, no end, in force at the person's first sign-in.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        Index(
            "ix_invitations_en_attente",
            "organisation_id",
            "courriel",
            unique=True,
            sqlite_where=OPEN_INVITATION,
            postgresql_where=OPEN_INVITATION,
        ),
        UniqueConstraint("organisation_id", "jeton"),
        Index(None, "courriel"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    courriel: Mapped[str] = mapped_column(String(254))
    origine: Mapped[Origine]
    administrateur: Mapped[bool] = mapped_column(default=False)
    message: Mapped[str] = mapped_column(Text, default="")
    droits: Mapped[list[Json]] = mapped_column(JsonDocument, default=list)
    etat: Mapped[EtatInvitation] = mapped_column(default=EtatInvitation.EN_ATTENTE)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id"))
    auteur: Mapped[str] = mapped_column(String(200))
    cree_le: Mapped[datetime]
    expire_le: Mapped[datetime | None]
    acceptee_le: Mapped[datetime | None]
    utilisateur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))

    organisation: Mapped["Organisation"] = relationship()

"""Utilisateur, SessionOuverte, and what protects them: links, codes, counters, kept forms."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.acteur import Role
from monespace.db import NEVER_REUSED, Base, new_key


class Courriels(StrEnum):
    """When a person wants the mails that are not about the safety of their account."""

    IMMEDIAT = "immédiat"
    QUOTIDIEN = "quotidien"
    AUCUN = "aucun"


class But(StrEnum):
    """What a link sent by mail opens."""

    CONFIRMER = "confirmer"
    MOT_DE_PASSE = "mot de passe"
    ADRESSE = "adresse"


class Utilisateur(Base):
    """A person. What they may do stands in their rattachements, never here."""

    __tablename__ = "utilisateurs"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    prenom: Mapped[str] = mapped_column(String(100))
    nom: Mapped[str] = mapped_column(String(100))
    telephone: Mapped[str] = mapped_column(String(20), default="")
    role: Mapped[Role] = mapped_column(default=Role.MEMBRE)
    mot_de_passe: Mapped[str] = mapped_column(String(200))
    cree_le: Mapped[datetime]
    # No right, request or code before the address is proved.
    confirme_le: Mapped[datetime | None]
    connecte_le: Mapped[datetime | None]
    courriels: Mapped[Courriels] = mapped_column(default=Courriels.IMMEDIAT)
    # The secret of the second factor, sealed for this account; in force once `totp_le` is set.
    totp_scelle: Mapped[str] = mapped_column(Text, default="")
    totp_le: Mapped[datetime | None]
    # The last time-step accepted: a code is worth one sign-in.
    totp_pas: Mapped[int] = mapped_column(default=0)

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


class SessionOuverte(Base):
    """A signed-in browser. Closing the row signs it out at its next request.

    It stays for a day once ended: it tells whose is a form that arrives too late.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "utilisateur_id"),)

    # SHA-256 of the token in the cookie: a stolen database opens nothing.
    empreinte: Mapped[str] = mapped_column(String(64), primary_key=True)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    ouverte_le: Mapped[datetime]
    vue_le: Mapped[datetime]
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    # Until both factors are given, it opens only the page of the second.
    verifiee: Mapped[bool] = mapped_column(default=True)
    # The last time the person proved who they are: acts on rights ask for a recent one.
    prouvee_le: Mapped[datetime]
    appareil: Mapped[str] = mapped_column(String(200), default="")
    fermee_le: Mapped[datetime | None]

    utilisateur: Mapped[Utilisateur] = relationship()


class Lien(Base):
    """A link sent by mail: for one person, one address, one use, for a time.

    What makes it secret is its signature, that stands in the mail and nowhere in the database.
    """

    __tablename__ = "liens"

    cle: Mapped[str] = mapped_column(String(12), primary_key=True, default=new_key)
    utilisateur_id: Mapped[int] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True
    )
    but: Mapped[But]
    courriel: Mapped[str] = mapped_column(String(254))
    expire_le: Mapped[datetime]
    utilise_le: Mapped[datetime | None]


class CodeSecours(Base):
    """One of the codes that stand in for a lost second factor, each good once."""

    __tablename__ = "codes_secours"

    empreinte: Mapped[str] = mapped_column(String(64), primary_key=True)
    utilisateur_id: Mapped[int] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True
    )
    utilise_le: Mapped[datetime | None]


class Compteur(Base):
    """Tries counted against a limit: of whom and at what is in `nom`."""

    __tablename__ = "compteurs_essais"

    nom: Mapped[str] = mapped_column(String(120), primary_key=True)
    essais: Mapped[int] = mapped_column(default=0)
    depuis: Mapped[datetime] = mapped_column(index=True)


class FormulaireGarde(Base):
    """A form that could not be taken for want of a proof of identity, sealed for its author."""

    __tablename__ = "formulaires_gardes"

    cle: Mapped[str] = mapped_column(String(12), primary_key=True, default=new_key)
    utilisateur_id: Mapped[int] = mapped_column(
        ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True
    )
    contenu_scelle: Mapped[str] = mapped_column(Text)
    expire_le: Mapped[datetime]

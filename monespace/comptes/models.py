"""Utilisateur, SessionOuverte."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.acteur import Role
from monespace.db import NEVER_REUSED, Base, new_key


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
    echecs: Mapped[int] = mapped_column(default=0)
    bloque_jusqu_a: Mapped[datetime | None]

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


class SessionOuverte(Base):
    """A signed-in browser. Deleting the row signs it out at its next request."""

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "utilisateur_id"),)

    # SHA-256 of the token in the cookie: a stolen database opens nothing.
    empreinte: Mapped[str] = mapped_column(String(64), primary_key=True)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    ouverte_le: Mapped[datetime]
    vue_le: Mapped[datetime]

    utilisateur: Mapped[Utilisateur] = relationship()

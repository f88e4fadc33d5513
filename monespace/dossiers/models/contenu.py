"""What a dossier is made of: its people, its costs, its pieces."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.config import CEILING_STAGIAIRES
from monespace.db import Base, Json, JsonDocument, new_key

if TYPE_CHECKING:
    from monespace.dossiers.models.dossier import Dossier


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

    dossier: Mapped["Dossier"] = relationship(back_populates="stagiaires")


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
    __table_args__ = (UniqueConstraint("dossier_id", "jeton"), Index(None, "dossier_id", "type"))

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

    dossier: Mapped["Dossier"] = relationship(back_populates="pieces")

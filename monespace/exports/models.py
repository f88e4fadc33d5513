"""Export."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, new_key


class EtatExport(StrEnum):
    EN_FILE = "EN_FILE"
    EN_COURS = "EN_COURS"
    PRET = "PRET"
    ECHEC = "ECHEC"
    EXPIRE = "EXPIRE"


class Export(Base):
    """One workbook asked for: who, of what, how far, which file, until when.

    `course` fences: only the run that claimed the row may write to it. A run that was taken for
    dead and comes back finds another value there, and its file is thrown away.
    """

    __tablename__ = "exports"
    __table_args__ = (
        Index(None, "utilisateur_id", "demande_le"),
        Index(None, "etat", "battement_le"),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    jeton: Mapped[str] = mapped_column(String(32), unique=True)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    # Its name in the declarations.
    listing: Mapped[str] = mapped_column(String(20))
    filtres: Mapped[dict[str, Json]] = mapped_column(JsonDocument)
    # The scopes the file was made within: fewer rights since, and it is not given out any more.
    perimetre: Mapped[list[Json]] = mapped_column(JsonDocument, default=list)
    etat: Mapped[EtatExport]
    course: Mapped[str] = mapped_column(String(12), default="")
    essais: Mapped[int] = mapped_column(default=0)
    lignes_total: Mapped[int] = mapped_column(default=0)
    lignes_faites: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    nom: Mapped[str] = mapped_column(String(150), default="")
    fichier: Mapped[str] = mapped_column(String(80), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    taille: Mapped[int] = mapped_column(BigInteger, default=0)
    demande_le: Mapped[datetime]
    battement_le: Mapped[datetime | None]
    fini_le: Mapped[datetime | None]
    expire_le: Mapped[datetime | None]

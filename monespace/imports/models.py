"""Import, and the headings a company's spreadsheets were told to mean."""

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, new_key

if TYPE_CHECKING:
    from monespace.dossiers.models import Dossier


class EtatImport(StrEnum):
    EN_LECTURE = "EN_LECTURE"
    A_RELIER = "A_RELIER"
    A_VERIFIER = "A_VERIFIER"
    EN_COURS = "EN_COURS"
    FAIT = "FAIT"
    ECHEC = "ECHEC"
    EXPIRE = "EXPIRE"


class Import(Base):
    """One spreadsheet somebody sent: how its columns are read, how far it is, what it gave.

    Into the directory, or into `dossier`. `course` fences, as for an export: only the run that
    claimed the row may write to it.
    """

    __tablename__ = "imports"
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
    dossier_id: Mapped[int | None] = mapped_column(
        ForeignKey("dossiers.id", ondelete="CASCADE"), index=True
    )
    etat: Mapped[EtatImport]
    nom: Mapped[str] = mapped_column(String(150))
    # The file as it was sent, what was read of it, the rows given back: keys of the store.
    fichier: Mapped[str] = mapped_column(String(80), default="")
    lecture: Mapped[str] = mapped_column(String(80), default="")
    corrige: Mapped[str] = mapped_column(String(80), default="")
    # Which sheet, which line of headings, which column is which question; what the person chose.
    plan: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    bilan: Mapped[dict[str, Json]] = mapped_column(JsonDocument, default=dict)
    course: Mapped[str] = mapped_column(String(12), default="")
    essais: Mapped[int] = mapped_column(default=0)
    lignes_total: Mapped[int] = mapped_column(default=0)
    lignes_faites: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(Text, default="")
    demande_le: Mapped[datetime]
    battement_le: Mapped[datetime | None]
    fini_le: Mapped[datetime | None]
    expire_le: Mapped[datetime | None]

    dossier: Mapped["Dossier | None"] = relationship()


class Correspondance(Base):
    """A heading that a person of this company linked by hand: remembered for the next file."""

    __tablename__ = "correspondances"
    __table_args__ = (UniqueConstraint("organisation_id", "entete"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    entete: Mapped[str] = mapped_column(String(100))
    # Name of the question; "" for a column that is not to be read.
    question: Mapped[str] = mapped_column(String(100))

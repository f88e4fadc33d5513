"""Tirage, Courrier, CodeActivation, UsageCode."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, Json, JsonDocument, new_key

if TYPE_CHECKING:
    from monespace.organisations.models import Organisation

IN_FORCE = text("revoque_le IS NULL")
NOT_MADE = text("tirage_id IS NULL")


class UsagePour(StrEnum):
    """What the holder of a code did with it."""

    ADMINISTRER = "administrer"
    VALIDER = "valider une demande"


class Tirage(Base):
    """A batch of letters, made at once and handed to the post together."""

    __tablename__ = "tirages"
    __table_args__ = NEVER_REUSED

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    cree_le: Mapped[datetime]
    remis_le: Mapped[datetime | None]


class CodeActivation(Base):
    """The code of an organisation: only its slow hash is kept. One at most is not revoked."""

    __tablename__ = "codes_activation"
    __table_args__ = (
        Index(
            "ix_codes_activation_en_vigueur",
            "organisation_id",
            unique=True,
            sqlite_where=IN_FORCE,
            postgresql_where=IN_FORCE,
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    empreinte: Mapped[str] = mapped_column(String(200))
    emis_le: Mapped[datetime]
    # Presumed from the day of issue, until the OPCO records the real one.
    recu_le: Mapped[date]
    reception_constatee: Mapped[bool] = mapped_column(default=False)
    expire_le: Mapped[datetime]
    revoque_le: Mapped[datetime | None]
    revoque_par: Mapped[str] = mapped_column(String(200), default="")

    organisation: Mapped["Organisation"] = relationship()


class Courrier(Base):
    """A letter to the siège of an organisation: asked for, then made by a batch, then posted."""

    __tablename__ = "courriers"
    __table_args__ = (
        Index(
            "ix_courriers_demande",
            "organisation_id",
            unique=True,
            sqlite_where=NOT_MADE,
            postgresql_where=NOT_MADE,
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    demande_le: Mapped[datetime]
    # Who asked for it at the OPCO; empty for a first wave.
    demande_par: Mapped[str] = mapped_column(String(200), default="")
    tirage_id: Mapped[int | None] = mapped_column(ForeignKey("tirages.id"), index=True)
    code_id: Mapped[int | None] = mapped_column(ForeignKey("codes_activation.id"))
    # The siège as SIRENE gave it on the day of the batch.
    destinataire: Mapped[list[Json]] = mapped_column(JsonDocument, default=list)

    organisation: Mapped["Organisation"] = relationship()
    tirage: Mapped[Tirage | None] = relationship()
    code: Mapped[CodeActivation | None] = relationship()


class UsageCode(Base):
    """One use of a code, told to every administrateur."""

    __tablename__ = "usages_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_id: Mapped[int] = mapped_column(ForeignKey("codes_activation.id"), index=True)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    auteur: Mapped[str] = mapped_column(String(200))
    instant: Mapped[datetime]
    pour: Mapped[UsagePour]

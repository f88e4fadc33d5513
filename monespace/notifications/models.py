"""Notification."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from monespace.db import NEVER_REUSED, Base, new_key

if TYPE_CHECKING:
    from monespace.organisations.models import Organisation


UNREAD = text("lue_le IS NULL")


class Notification(Base):
    """One thing told to one person, in the portal."""

    __tablename__ = "notifications"
    __table_args__ = (
        Index(None, "utilisateur_id", "id"),
        Index(None, "a_resumer", "utilisateur_id"),
        Index(
            "ix_notifications_non_lues",
            "utilisateur_id",
            sqlite_where=UNREAD,
            postgresql_where=UNREAD,
        ),
        NEVER_REUSED,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cle: Mapped[str] = mapped_column(String(12), unique=True, default=new_key)
    utilisateur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    titre: Mapped[str] = mapped_column(String(200))
    texte: Mapped[str] = mapped_column(Text, default="")
    # A path of the portal where one can act.
    lien: Mapped[str] = mapped_column(String(200), default="")
    cree_le: Mapped[datetime]
    lue_le: Mapped[datetime | None]
    # Waits for the mail that sums up the day.
    a_resumer: Mapped[bool] = mapped_column(default=False)

    organisation: Mapped["Organisation | None"] = relationship()

"""Who did what, when: rows that are added in the transaction of the act and never changed."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, String, inspect, select
from sqlalchemy.orm import Mapped, mapped_column

from monespace import horloge
from monespace.acteur import Acteur
from monespace.db import Base, BigId, Json, JsonDocument, session


class Evenement(Base):
    """One act. `objet` and `objet_id` name the row it was done on."""

    __tablename__ = "journal"
    __table_args__ = (
        Index(None, "objet", "objet_id", "id"),
        Index(None, "organisation_id", "id"),
        # What happens to accesses is rare among what happens to dossiers.
        Index(None, "organisation_id", "objet", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, Identity(), primary_key=True)
    instant: Mapped[datetime]
    acte: Mapped[str] = mapped_column(String(40))
    objet: Mapped[str] = mapped_column(String(40))
    objet_id: Mapped[int | None] = mapped_column(BigInteger)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    utilisateur_id: Mapped[int | None] = mapped_column(ForeignKey("utilisateurs.id"))
    # As it was called then: the journal must not change when somebody marries or leaves.
    auteur: Mapped[str] = mapped_column(String(200))
    details: Mapped[dict[str, Json]] = mapped_column(JsonDocument)


def record(acteur: Acteur, acte: str, objet: Base, **details: Json) -> None:
    """Add one line on the row `objet`, in the transaction of the act it tells."""
    if not inspect(objet).persistent:
        session().flush()
    session().add(
        Evenement(
            instant=horloge.now(),
            acte=acte,
            objet=objet.__tablename__,
            objet_id=_id_of(objet),
            organisation_id=_organisation_of(acteur, objet),
            utilisateur_id=acteur.utilisateur_id,
            auteur=acteur.nom,
            details=details,
        )
    )


def history(objet: Base) -> Sequence[Evenement]:
    """What was done on the row `objet`, the latest first."""
    return (
        session()
        .scalars(
            select(Evenement)
            .where(
                Evenement.objet == objet.__tablename__,
                Evenement.objet_id == _id_of(objet),
            )
            .order_by(Evenement.id.desc())
        )
        .all()
    )


def _organisation_of(acteur: Acteur, objet: Base) -> int | None:
    """The one the row belongs to, whoever acts: what the OPCO does is the company's to see."""
    if objet.__tablename__ == "organisations":
        return _id_of(objet)
    belongs_to: int | None = getattr(objet, "organisation_id", None)
    return acteur.organisation_id if belongs_to is None else belongs_to


def _id_of(objet: Base) -> int | None:
    identity = inspect(objet).identity
    return identity[0] if identity else None

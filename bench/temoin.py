"""The control: a plain Flask + Jinja + SQLAlchemy application with pages of the same size.

It has what everyone would write first: a signed cookie, the person loaded, one table per thing,
a template that loops over rows. No rights, no engine, no history, no protection of forms.
"""

from datetime import UTC, date, datetime
from typing import ClassVar

from flask import Flask, render_template, request, session
from sqlalchemy import JSON, Engine, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

ROWS_A_PAGE = 25
ETAPES = (
    ("entreprise", "Entreprise et contacts"),
    ("formation", "Action de formation"),
    ("organisme", "Organisme de formation"),
    ("stagiaires", "Salariés"),
    ("budget", "Coûts et demande financière"),
    ("pieces", "Pièces justificatives"),
    ("envoi", "Vérification et envoi"),
)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {dict[str, str]: JSON, list[tuple[str, str]]: JSON}


class Personne(Base):
    __tablename__ = "temoin_personnes"

    id: Mapped[int] = mapped_column(primary_key=True)
    nom: Mapped[str]


class Champ(Base):
    """One field of a form."""

    __tablename__ = "temoin_champs"

    id: Mapped[int] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(index=True)
    nom: Mapped[str]
    label: Mapped[str]
    aide: Mapped[str]
    genre: Mapped[str]
    requis: Mapped[bool]
    options: Mapped[list[tuple[str, str]]]


class Fiche(Base):
    """One row of the list, with its answers."""

    __tablename__ = "temoin_fiches"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    intitule: Mapped[str]
    dispositif: Mapped[str]
    etablissement: Mapped[str]
    debut: Mapped[date]
    salaries: Mapped[int]
    demande_cents: Mapped[int]
    accorde_cents: Mapped[int]
    etat: Mapped[str]
    maj_le: Mapped[datetime] = mapped_column(index=True)
    reponses: Mapped[dict[str, str]]


def engine_of(url: str) -> Engine:
    """The same durability as the portal's, so that a commit costs the same."""
    engine = create_engine(url)
    event.listen(engine, "connect", _as_durable_as_the_portal)
    return engine


def create_app(engine: Engine) -> Flask:
    """Three views: a form, its saving, a list."""
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "temoin"  # noqa: S105 - signs nothing but these measures

    @app.get("/formulaire/<int:numero>")
    def formulaire(numero: int) -> str:
        with Session(engine) as rows:
            fiche = rows.get_one(Fiche, numero)
            return render_template(
                "formulaire.html",
                personne=rows.get_one(Personne, session["personne"]),
                dossier=fiche,
                reponses=fiche.reponses,
                champs=_champs(rows, "formation"),
                etapes=ETAPES,
            )

    @app.post("/formulaire/<int:numero>")
    def enregistrer(numero: int) -> str:
        with Session(engine) as rows:
            rows.get_one(Personne, session["personne"])
            fiche = rows.get_one(Fiche, numero)
            fiche.reponses = fiche.reponses | request.form.to_dict()
            fiche.maj_le = datetime.now(UTC)
            answer = render_template("avancement.html", dossier=fiche, etapes=ETAPES)
            rows.commit()
            return answer

    @app.get("/liste")
    def liste() -> str:
        with Session(engine) as rows:
            latest = select(Fiche).order_by(Fiche.maj_le.desc()).limit(ROWS_A_PAGE)
            return render_template(
                "liste.html",
                personne=rows.get_one(Personne, session["personne"]),
                dossiers=rows.scalars(latest).all(),
                nombre=rows.scalar(select(func.count()).select_from(Fiche)),
                champs=_champs(rows, "liste"),
                reponses={},
            )

    return app


def _champs(rows: Session, page: str) -> list[Champ]:
    return list(rows.scalars(select(Champ).where(Champ.page == page).order_by(Champ.id)))


def _as_durable_as_the_portal(connection: DBAPIConnection, record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()

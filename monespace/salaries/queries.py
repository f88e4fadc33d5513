"""What pages and imports read of the directory, always through `policy`."""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from monespace import journal, pages, policy
from monespace.acteur import Acteur, Objet, Verbe
from monespace.coffre import Altere, Coffre
from monespace.comptes import queries as comptes
from monespace.db import Json, session
from monespace.forms.fields import Lists
from monespace.forms.kinds import Nir, Option
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Etablissement
from monespace.organisations.queries import etablissements_of
from monespace.pages import Page
from monespace.policy import Can
from monespace.salaries.filtres import PRESENCES, SORT, Filtre
from monespace.salaries.models import Salarie
from monespace.salaries.reconnaissance import Reconnu, Verdict, recognise, siren_of

__all__ = [
    "Reconnu",
    "Verdict",
    "administrateurs",
    "as_stagiaire",
    "chosen",
    "everyone",
    "filter_lists",
    "holder_of_matricule",
    "last_change",
    "lists",
    "masked_nir",
    "namesakes",
    "page_of",
    "places",
    "recognise",
]

TABLE = Salarie.__tablename__

logger = logging.getLogger(__name__)


def page_of(acteur: Acteur, filtre: Filtre, after: str = "", before: str = "") -> Page[Salarie]:
    """The page that starts after, or ends before, a cursor of a former page."""
    chosen = _matching(acteur, filtre)
    return pages.page_of(chosen, SORT, after, before, joinedload(Salarie.etablissement))


def everyone(acteur: Acteur, filtre: Filtre, most: int) -> Sequence[Salarie]:
    """The first `most` people of the filter, whatever the page."""
    ordered = _matching(acteur, filtre).order_by(Salarie.tri_nom, Salarie.id).limit(most)
    return session().scalars(ordered.options(joinedload(Salarie.etablissement))).all()


def chosen(acteur: Acteur, cles: Collection[str]) -> Sequence[Salarie]:
    """Those of these keys that the acteur may see, by name."""
    wanted = policy.visible(acteur, Salarie).where(Salarie.cle.in_(sorted(cles)))
    ordered = wanted.order_by(Salarie.tri_nom, Salarie.id)
    return session().scalars(ordered.options(joinedload(Salarie.etablissement))).all()


def _matching(acteur: Acteur, filtre: Filtre) -> Select[Salarie]:
    return policy.visible(acteur, Salarie).where(*filtre.conditions())


def places(acteur: Acteur, verbe: Verbe) -> Sequence[Etablissement]:
    """The établissements where `verbe` is granted on the directory, by SIRET."""
    rows = etablissements_of(acteur.organisation_id)
    return [one for one in rows if acteur.may(Objet.SALARIES, verbe, one.id)]


def lists(acteur: Acteur) -> Lists:
    """The lists that the questions of a fiche choose from."""
    return {"etablissements": _options(places(acteur, Verbe.SAISIR))}


def filter_lists(acteur: Acteur) -> Lists:
    """The lists that the filters choose from."""
    return {
        "etablissements": _options(places(acteur, Verbe.CONSULTER)),
        "presences": PRESENCES,
    }


def _options(etablissements: Iterable[Etablissement]) -> tuple[Option, ...]:
    return tuple(Option(one.siret, f"{one.enseigne}, {one.commune}") for one in etablissements)


@dataclass(frozen=True, slots=True)
class Homonymes:
    """The people of the company who share a name and a birth date, seen by somebody."""

    visible: Sequence[Salarie]
    hidden: bool
    next_rank: int


def namesakes(acteur: Acteur, identite: str, but: int | None = None) -> Homonymes:
    """Those of that identity, the row `but` apart. The hidden ones are never named."""
    rows = session().execute(
        select(Salarie, policy.allows(acteur, Salarie, Can.VIEW))
        .where(
            Salarie.organisation_id == acteur.organisation_id,
            Salarie.identite == identite,
            Salarie.id != (but or 0),
        )
        .order_by(Salarie.homonyme)
        .options(joinedload(Salarie.etablissement))
    )
    found = [(salarie, bool(visible)) for salarie, visible in rows]
    return Homonymes(
        [salarie for salarie, visible in found if visible],
        not all(visible for _, visible in found),
        max((salarie.homonyme for salarie, _ in found), default=-1) + 1,
    )


def holder_of_matricule(acteur: Acteur, matricule: str, but: int | None = None) -> Salarie | None:
    """Somebody else whom the acteur sees under that matricule."""
    return session().scalar(
        policy.visible(acteur, Salarie)
        .where(
            Salarie.organisation_id == acteur.organisation_id,
            Salarie.matricule == matricule,
            Salarie.id != (but or 0),
        )
        .limit(1)
    )


def as_stagiaire(salarie: Salarie, questions: Iterable[Question]) -> dict[str, Json]:
    """The answers to `questions` that the directory knows already."""
    known = salarie.reponses
    return {one.name: known[one.name] for one in questions if known.get(one.name) is not None}


def masked_nir(acteur: Acteur, salarie: Salarie, coffre: Coffre) -> str | None:
    """«1 05 06 ** *** ***», "" when it is not known, None when what is kept cannot be trusted."""
    if not salarie.nir_chiffre:
        return ""
    try:
        clear = coffre.open(salarie.nir_chiffre, TABLE, salarie.cle, siren_of(acteur))
    except Altere:
        logger.exception("a sealed value was not opened: salarie %s", salarie.id)
        return None
    return Nir().masked(clear)


def last_change(salarie: Salarie) -> tuple[str, datetime]:
    """Who wrote the fiche last («une autre personne» for an import), and when."""
    lines = journal.history(salarie)
    who = lines[0].auteur if lines and lines[0].instant >= salarie.maj_le else "une autre personne"
    return who, salarie.maj_le


def administrateurs(acteur: Acteur, most: int = 3) -> Sequence[str]:
    """Names of people of the organisation who may grant rights."""
    rows = comptes.administrateurs(acteur.organisation_id)[:most]
    return [one.nom_complet for one in rows]

"""The list of people: its filters and page are in its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acteur import Acteur, Objet, Verbe
from monespace.blueprints.pourquoi import lacking_everywhere, who_can_grant
from monespace.blueprints.salaries import bp
from monespace.forms.answers import PostedForm
from monespace.forms.fields import Field, fields, filters
from monespace.forms.validators import printable
from monespace.guard import listing
from monespace.horloge import today
from monespace.page import page
from monespace.pages import Page, several
from monespace.policy import Can
from monespace.salaries import queries
from monespace.salaries.filtres import QUESTIONS, Filtre
from monespace.salaries.models import Salarie
from monespace.salaries.projection import last_name


@bp.get("")
@listing(Salarie)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    found = searched(acteur, request.args)
    sees = bool(acteur.scopes(Objet.SALARIES, Verbe.CONSULTER))
    pourquoi = lacking_everywhere(Salarie, Can.EDIT if sees else Can.VIEW)
    return page(
        "salaries/liste.html",
        titre=f"Salariés ({found.count})" if found.filtered else "Salariés",
        found=found,
        previous=link(url_for("salaries.liste"), avant=found.page.previous),
        following=link(url_for("salaries.liste"), apres=found.page.following),
        sees=sees,
        aujourdhui=today(),
        pourquoi=pourquoi,
        administrateurs=who_can_grant(pourquoi),
        peut_saisir=bool(queries.places(acteur, Verbe.SAISIR)),
    )


@dataclass(frozen=True, slots=True)
class Recherche:
    """What was looked for, and the page of people that was found."""

    filtre: Filtre
    fields: Sequence[Field]
    filtered: bool
    page: Page[Salarie]

    @property
    def count(self) -> str:
        return several(self.page.count, "salarié", "salariés")

    @property
    def rows(self) -> Sequence[tuple[Salarie, str]]:
        """Each person, with the name by which the list is sorted first."""
        return [(one, listed_name(one)) for one in self.page.rows]


def listed_name(salarie: Salarie) -> str:
    return f"{last_name(salarie.reponses)} {salarie.reponses['prenom']}"


def searched(acteur: Acteur, source: PostedForm) -> Recherche:
    """The filters of this address, those that cannot be read kept as typed, and who they find."""
    among = queries.filter_lists(acteur)
    typed = filters(QUESTIONS, among, source)
    filtre = Filtre(typed.reponses)
    args = request.args
    found = queries.page_of(acteur, filtre, args.get("apres", ""), args.get("avant", ""))
    filtered = bool(typed.reponses or typed.saisies)
    return Recherche(filtre, fields(QUESTIONS, typed, among), filtered, found)


def criteres() -> list[tuple[str, str]]:
    """The filters of this address."""
    names = {question.name for question in QUESTIONS}
    return [(name, printable(value)) for name, value in request.args.items() if name in names]


def link(base: str, avant: str | None = None, apres: str | None = None) -> str:
    """The same filters on another page of the list; "" when there is none."""
    cursor = [(name, value) for name, value in (("avant", avant), ("apres", apres)) if value]
    return f"{base}?{urlencode([*criteres(), *cursor])}" if cursor else ""

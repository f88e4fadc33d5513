"""One way to answer in HTML: the whole page, or the block that htmx asked for."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from flask import Response, current_app, flash, make_response, request
from flask_htmx import HTMX
from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context
from sqlalchemy.exc import OperationalError

from monespace import demonstration, horloge, identite, services
from monespace.acces import queries as acces
from monespace.acteur import Acteur, Role
from monespace.identite import Personne
from monespace.refus import Indisponible

htmx = HTMX()


@dataclass(frozen=True, slots=True)
class MenuItem:
    label: str
    href: str
    current: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Echeance:
    """When the session ends, as every page says it; in how long to look at it again."""

    instant: datetime
    prolongeable: bool
    secondes: int
    proche: bool


# Label, address, and the other addresses whose pages belong to it.
SECTIONS = (
    ("Accueil", "/", ()),
    ("Dossiers", "/dossiers", ("/lots",)),
    ("Salariés", "/salaries", ("/importer",)),
    ("Mes exports", "/exports", ()),
    ("Accès et droits", "/acces/demandes", ("/acces",)),
    ("Aide et contact", "/aide", ()),
)
# The staff of the OPCO belong to no company: theirs are the ones they look after.
DESK = (
    ("Accueil", "/", ()),
    ("Entreprises suivies", "/opco", ()),
    ("Dossiers", "/dossiers", ("/lots",)),
    ("Aide et contact", "/aide", ()),
)
# Shown to who may see something there, with how many requests wait for them.
ACCES = "/acces/demandes"
# Long enough to end a sentence and to press a button, whatever one presses it with.
WARNED_BEFORE = timedelta(minutes=5)


def page(
    template: str,
    *,
    titre: str,
    also: Sequence[str] = (),
    only_also: bool = False,
    status: int = 200,
    **context: Any,
) -> Response:
    """Answer with `template`: whole, or the block named by HX-Target and then the blocks `also`.

    `only_also` is for autosaves, that leave the form alone.
    The same address, view and status with and without htmx; only how much is drawn differs.
    """
    env = current_app.jinja_env
    taken = env.globals.keys() & context.keys()
    assert not taken, f"components would be hidden by {taken}"
    chosen = env.get_template(template)
    context |= _frame(titre, status) | {"titre": titre}
    current_app.update_template_context(context)
    if only_also:
        parts = list(_blocks(chosen, context, "", also))
    elif wants_fragment():
        parts = list(_blocks(chosen, context, target(), also))
    else:
        parts = [chosen.render(context)]
    response = make_response("\n".join(parts), status)
    response.headers["Vary"] = "HX-Request, Cookie"
    return response


def announce(kind: str, strong: str, text: str = "", action: tuple[str, str] | None = None) -> None:
    """A notice on the next page, with one (label, href) to act on."""
    # Flask keeps whatever JSON can hold.
    flash((strong, text, action), kind)  # type: ignore[arg-type]


def wants_fragment() -> bool:
    """Is a part of the page enough? Never for a Back of the browser."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request and bool(target())


def target() -> str:
    """The id htmx will swap: «etape», whether sent as «etape» or as «div#etape»."""
    return request.headers.get("HX-Target", "").rpartition("#")[2]


def _blocks(
    template: Template, context: dict[str, Any], block: str, also: Sequence[str]
) -> Iterator[str]:
    known = _inherited(template)
    if block in known:
        yield _render(template, known, context, block)
    for name in also:
        yield _render(template, known, context | {"hors_bande": True}, name)


def _inherited(template: Template) -> dict[str, list[Any]]:
    """Every block of the template and of those it extends, the nearest definition first."""
    blocks: dict[str, list[Any]] = {}
    nearest: Template | None = template
    while nearest is not None:
        for name, function in nearest.blocks.items():
            blocks.setdefault(name, []).append(function)
        parent = _parent_of(current_app.jinja_env, nearest.name or "")
        nearest = current_app.jinja_env.get_template(parent) if parent else None
    return blocks


@cache
def _parent_of(env: Environment, name: str) -> str:
    """The template it extends, or ""; what a compiled template does not tell."""
    assert env.loader is not None
    extends = env.parse(env.loader.get_source(env, name)[0]).find(nodes.Extends)
    if extends is None:
        return ""
    assert isinstance(extends.template, nodes.Const)
    return str(extends.template.value)


def _render(
    template: Template, known: dict[str, list[Any]], context: dict[str, Any], block: str
) -> str:
    scope: Context = template.new_context(context)
    scope.blocks = known
    return "".join(known[block][0](scope))


def _frame(titre: str, status: int) -> dict[str, Any]:
    """What base.html shows on every page."""
    config = services.config()
    # Without its database the portal cannot say who this is.
    person = identite.visiteur() if status != Indisponible.statut else None
    error = "Erreur\u00a0: " if status == 422 else ""
    unread, waiting = _at_the_top(person.acteur) if person else (0, 0)
    return {
        "titre_complet": f"{error}{titre} – Mon Espace",
        "visiteur": person,
        "echeance": _end_of(identite.personne()) if status != Indisponible.statut else None,
        "organisation": person.organisation if person else None,
        "compte": "/compte" if person else "",
        "menu": _menu(person.acteur, waiting) if person else (),
        "changer": "/entreprises" if person and person.acteur.role is Role.MEMBRE else "",
        "opco": config.opco,
        "demo": config.mode == "demo",
        "boite_aux_lettres": demonstration.visible(),
        "non_lues": unread,
        "hors_bande": False,
    }


def _end_of(person: Personne | None) -> Echeance | None:
    if person is None:
        return None
    left = person.ends_at - horloge.now()
    near = left <= WARNED_BEFORE
    wait = left if near else left - WARNED_BEFORE
    return Echeance(person.ends_at, person.may_stay, int(wait.total_seconds()) + 1, near)


def _at_the_top(acteur: Acteur) -> tuple[int, int]:
    """Read in a transaction of its own for the page of a refusal, drawn after the running one."""
    with suppress(OperationalError), services.database().joined():
        return acces.at_the_top(acteur)
    return 0, 0


def _menu(acteur: Acteur, waiting: int) -> list[MenuItem]:
    """`waiting`: requests of accesses that this person may decide; «99+» beyond."""
    badge = f"{acces.BADGE_CEILING}+" if waiting > acces.BADGE_CEILING else str(waiting or "")
    return [
        MenuItem(label, href, _current(href, others), badge if href == ACCES else "")
        for label, href, others in (SECTIONS if acteur.role is Role.MEMBRE else DESK)
        if href != ACCES or acces.oversees(acteur)
    ]


def _current(href: str, others: tuple[str, ...]) -> str:
    """«page» for the section's own page, «true» for one of its pages, else nothing."""
    if request.path == href:
        return "page"
    return "true" if href != "/" and request.path.startswith((href, *others)) else ""

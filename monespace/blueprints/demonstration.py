"""The mails of the demo, readable from the machine that it runs on and from nowhere else."""

import re
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from monespace import demonstration, services
from monespace.courriels import queries
from monespace.courriels.message import body
from monespace.forms.validators import printable
from monespace.guard import public
from monespace.page import page
from monespace.pages import several
from monespace.refus import Introuvable

bp = Blueprint("demonstration", __name__, url_prefix="/demo/courriels")

_URL = re.compile(r"https?://[^\s<>]+")


@bp.get("")
@public("the demo, from its own machine only: 404 from anywhere else and in production")
def courriels() -> ResponseReturnValue:
    _only_here()
    adresse = printable(request.args.get("adresse", "")).strip()[:254]
    found = queries.everything(
        adresse, request.args.get("apres", ""), request.args.get("avant", "")
    )
    return page(
        "demonstration/courriels.html",
        titre="Boîte aux lettres de démonstration",
        found=found,
        adresse=adresse,
        count=several(found.count, "courriel", "courriels"),
        previous=_link(adresse, avant=found.previous) if found.previous else None,
        following=_link(adresse, apres=found.following) if found.following else None,
    )


@bp.get("/<cle>")
@public("the demo, from its own machine only: 404 from anywhere else and in production")
def courriel(cle: str) -> ResponseReturnValue:
    _only_here()
    read = queries.one(cle)
    config = services.config()
    text = body(read, config, services.coffre())
    return page(
        "demonstration/courriel.html",
        titre=f"{read.sujet}, pour {read.destinataire}",
        courriel=read,
        texte=_with_links(text, config.base_url),
    )


def _only_here() -> None:
    if not demonstration.visible():
        raise Introuvable()


def _link(adresse: str, **cursor: str) -> str:
    query = {"adresse": adresse, **cursor} if adresse else cursor
    return f"{url_for('demonstration.courriels')}?{urlencode(query)}"


def _with_links(text: str, base_url: str) -> Markup:
    """The text with its addresses to press; those of the portal stay where one is looking."""
    parts, since = [], 0
    for found in _URL.finditer(text):
        parts.append(Markup.escape(text[since : found.start()]))
        url, since = found.group(), found.end()
        here = url.removeprefix(base_url) if url.startswith(f"{base_url}/") else ""
        parts.append(
            Markup('<a href="{}">{}</a>').format(here, url) if here else Markup.escape(url)
        )
    return Markup("").join([*parts, Markup.escape(text[since:])])

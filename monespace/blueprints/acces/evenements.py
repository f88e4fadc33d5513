"""The journal of accesses: everything that happened to them in this company."""

from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import evenements, personnes
from monespace.blueprints.acces import bp
from monespace.forms.validators import printable
from monespace.guard import somewhere
from monespace.journal import Evenement
from monespace.page import page
from monespace.policy import Can


@bp.get("/journal")
@somewhere(Evenement, Can.VIEW)
def journal() -> ResponseReturnValue:
    acteur = identite.acteur()
    cle, genre = (printable(request.args.get(name, "")) for name in ("personne", "genre"))
    about = evenements.person_in(acteur, cle)
    found, lines = evenements.page_of(
        acteur, about, genre, request.args.get("apres", ""), request.args.get("avant", "")
    )
    person = personnes.person_of(about) if about else None
    return page(
        "acces/journal.html",
        titre="Journal des accès",
        lignes=lines,
        person=person,
        personne=cle,
        genre=genre,
        genres=evenements.GENRES,
        previous=_link(cle, genre, avant=found.previous),
        following=_link(cle, genre, apres=found.following),
        seul=personnes.sole_administrateur(acteur),
    )


def _link(cle: str, genre: str, avant: str | None = None, apres: str | None = None) -> str:
    cursor = {"avant": avant} if avant else {"apres": apres} if apres else None
    if cursor is None:
        return ""
    kept = {"personne": cle, "genre": genre}
    kept = {name: value for name, value in kept.items() if value} | cursor
    return f"{url_for('acces.journal')}?{urlencode(kept)}"

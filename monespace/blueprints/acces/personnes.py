"""The people of the company: the list, and one person with all that they may do."""

from urllib.parse import urlencode

from flask import request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import personnes
from monespace.acces.actions.droits import former_rights
from monespace.acteur import Objet, Verbe
from monespace.blueprints.acces import bp
from monespace.blueprints.formulaire import new_token
from monespace.forms.validators import printable
from monespace.guard import listing, needs
from monespace.organisations.models import Organisation, Rattachement
from monespace.page import page
from monespace.policy import Can, permitted, somewhere
from monespace.typographie import plural

LONGEST_SEARCH = 100


@bp.get("/personnes")
@listing(Rattachement)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    q = printable(request.args.get("q", ""))[:LONGEST_SEARCH]
    gone = request.args.get("anciens") == "1"
    found = personnes.page_of(
        acteur, q, gone, request.args.get("apres", ""), request.args.get("avant", "")
    )
    count = plural(found.count, "personne", "personnes")
    return page(
        "acces/personnes.html",
        titre=f"Personnes ({count})" if q or gone else "Personnes",
        found=found,
        count=count,
        q=q,
        gone=gone,
        previous=_link(q, gone, avant=found.previous),
        following=_link(q, gone, apres=found.following),
        voit=bool(acteur.scopes(Objet.RATTACHEMENTS, Verbe.CONSULTER)),
        peut_inviter=somewhere(acteur, Organisation, Can.INVITE),
        seul=personnes.sole_administrateur(acteur),
        administrateurs=personnes.administrateurs(acteur),
        jeton=new_token(),
    )


@bp.get("/personnes/<cle>")
@needs(Rattachement, Can.VIEW)
def fiche(rattachement: Rattachement) -> ResponseReturnValue:
    acteur = identite.acteur()
    person = personnes.person_of(rattachement)
    may = permitted(acteur, rattachement)
    return page(
        "acces/fiche.html",
        titre=person.nom_complet,
        rattachement=rattachement,
        person=person,
        droits=personnes.provenance(rattachement),
        qualite=personnes.quality(rattachement),
        presence=personnes.presence(rattachement),
        soi=rattachement.utilisateur_id == acteur.utilisateur_id,
        may=may,
        Can=Can,
        agit=bool(may - {Can.VIEW}),
        annulable=Can.EDIT in may and former_rights(rattachement) is not None,
        journal=bool(acteur.scopes(Objet.RATTACHEMENTS, Verbe.CONSULTER)),
    )


def _link(q: str, gone: bool, avant: str | None = None, apres: str | None = None) -> str:
    cursor = {"avant": avant} if avant else {"apres": apres} if apres else None
    if cursor is None:
        return ""
    kept = {**({"q": q} if q else {}), **({"anciens": "1"} if gone else {}), **cursor}
    return f"{url_for('acces.liste')}?{urlencode(kept)}"

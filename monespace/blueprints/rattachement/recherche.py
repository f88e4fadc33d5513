"""The first steps: the profile, the company, and the two doors."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace.acces.models import DemandeAcces
from monespace.blueprints.rattachement import bp
from monespace.blueprints.rattachement.lieu import PROFILS, of_address
from monespace.forms.validators import printable
from monespace.guard import somewhere
from monespace.organisations.queries import MOST_FOUND, find
from monespace.page import page
from monespace.policy import Can

NOTHING = (
    "Aucune entreprise trouvée. Vérifiez le SIREN (9 chiffres) ou essayez un autre mot du nom, "
    "tel que l’INSEE l’écrit. Si elle vient d’être créée, réessayez dans quelques jours ou "
    "appelez-nous."
)


@bp.get("/rattachement")
@somewhere(DemandeAcces, Can.ASK)
def profil() -> ResponseReturnValue:
    return _profil(*_typed())


@bp.get("/rattachement/entreprise")
@somewhere(DemandeAcces, Can.ASK)
def entreprise() -> ResponseReturnValue:
    slug, q = _typed()
    if slug not in PROFILS:
        return _profil(slug, q, "Choisissez un profil." if request.args else "")
    found = find(q)
    return page(
        "rattachement/entreprise.html",
        titre="Trouver l’entreprise",
        profil=slug,
        q=q,
        choisi=PROFILS[slug],
        found=found,
        more=len(found) == MOST_FOUND,
        message=NOTHING if q and not found else "",
    )


@bp.get("/rattachement/choix")
@somewhere(DemandeAcces, Can.ASK)
def choix() -> ResponseReturnValue:
    lieu = of_address()
    known = lieu.entreprise if lieu else None
    if lieu is None or known is None:
        return redirect(url_for("rattachement.profil"), 303)
    return page(
        "rattachement/choix.html",
        titre="Comment rejoindre cette entreprise",
        lieu=lieu,
        entreprise=known,
    )


def _profil(slug: str, q: str, error: str = "") -> ResponseReturnValue:
    return page(
        "rattachement/profil.html",
        titre="Rejoindre une entreprise",
        status=422 if error else 200,
        profil=slug,
        q=q,
        error=error,
    )


def _typed() -> tuple[str, str]:
    """What was chosen and typed so far."""
    q = printable(request.args.get("q", ""))[:200].strip()
    return request.args.get("profil", ""), q

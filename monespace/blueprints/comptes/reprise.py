"""A form that was kept while its author proved who they are: shown, then sent if they want it."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from monespace import horloge, services
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.champs import readable
from monespace.coffre import Altere
from monespace.comptes import actions
from monespace.comptes.actions import Formulaire
from monespace.comptes.models import FormulaireGarde
from monespace.guard import needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Introuvable

GONE = (
    "Cette saisie n’est plus gardée\u00a0: elle l’a été pendant une heure. Revenez à la page où "
    "vous l’aviez faite, puis recommencez."
)
# What the button of the form says of itself; its name and value go with the rest.
BUTTON = "suite"
WRITTEN_ANEW = ("_espace", "_fin")
# How people call the part of the portal that a blueprint draws.
SECTIONS = {
    "dossiers": "Dossiers",
    "lots": "Dossiers",
    "salaries": "Salariés",
    "imports": "Importer une liste",
    "exports": "Mes exports",
    "acces": "Accès et droits",
    "rattachement": "Mes entreprises",
    "comptes": "Mon compte",
    "opco": "Espace OPCO",
    "notifications": "Notifications",
}


@bp.get("/reprendre/<cle>")
@needs(FormulaireGarde, Can.VIEW)
def reprendre(garde: FormulaireGarde) -> ResponseReturnValue:
    if garde.expire_le <= horloge.now():
        raise Introuvable(GONE)
    kept = _opened(garde)
    return page(
        "comptes/reprendre.html",
        titre="Reprendre votre saisie",
        formulaire=kept,
        section=_section(kept.adresse),
        shown=readable(kept.champs),
        sent=[pair for pair in kept.champs if pair[0] not in WRITTEN_ANEW] + _pressed(kept),
        # Of then: whoever works elsewhere meanwhile must not send it there.
        drawn_for=dict(kept.champs).get("_espace"),
        garde=garde,
        retour=kept.page or "/",
    )


def _opened(garde: FormulaireGarde) -> Formulaire:
    try:
        return actions.opened_form(garde, services.coffre())
    except Altere as error:
        raise Introuvable(GONE) from error


def _pressed(kept: Formulaire) -> list[tuple[str, str]]:
    """What was saved while typing had no button pressed: its page is asked for as if it had."""
    names = {name for name, _ in kept.champs}
    return [(BUTTON, "continuer")] if "_formulaire" in names and BUTTON not in names else []


def _section(adresse: str) -> str:
    """In which part of the portal it was typed."""
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    endpoint, _ = adapter.match(adresse.partition("?")[0], method="POST")
    return SECTIONS.get(endpoint.partition(".")[0], "Mon Espace")

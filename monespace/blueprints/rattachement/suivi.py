"""Follow what one asked, take it back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own
from monespace.acces.actions import withdraw
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.blueprints.formulaire import received
from monespace.blueprints.rattachement import bp
from monespace.blueprints.rattachement.lieu import SLUGS, Lieu
from monespace.guard import listing, needs
from monespace.page import announce, page
from monespace.policy import Can

TAGS = {
    EtatDemande.A_TRAITER: ("En attente", "info", "ring"),
    EtatDemande.APPROUVEE: ("Approuvée", "ok", "dot"),
    EtatDemande.REFUSEE: ("Refusée", "err", "square"),
    EtatDemande.RETIREE: ("Retirée", "neutral", "bar"),
}
WHAT = {
    GenreDemande.RATTACHEMENT: "Rejoindre l’entreprise",
    GenreDemande.HABILITATION: "Un droit de plus",
    GenreDemande.ADMINISTRATION: "Devenir administrateur",
}


@bp.get("/rattachement/suivi")
@listing(DemandeAcces)
def suivi() -> ResponseReturnValue:
    acteur = identite.acteur()
    asked = own.requests(acteur)
    return page(
        "rattachement/suivi.html",
        titre="Mes demandes",
        demandes=[(one, *_shown(one)) for one in asked],
        conseillers=own.advisers({one.organisation.entreprise_id for one in asked}),
    )


@bp.get("/rattachement/suivi/<cle>/retirer")
@needs(DemandeAcces, Can.WITHDRAW)
def confirmer_retrait(demande: DemandeAcces) -> ResponseReturnValue:
    return page(
        "rattachement/retirer.html",
        titre="Retirer cette demande",
        demande=demande,
        quoi=WHAT[demande.genre],
    )


@bp.post("/rattachement/suivi/<cle>/retirer")
@needs(DemandeAcces, Can.WITHDRAW)
def retirer(demande: DemandeAcces) -> ResponseReturnValue:
    received()
    withdraw(identite.acteur(), demande)
    announce("ok", "Votre demande est retirée.", "Vous pouvez en faire une autre.")
    return redirect(url_for("rattachement.suivi"), 303)


def _shown(demande: DemandeAcces) -> tuple[tuple[str, str, str], str, str]:
    """Its state as a tag, what was asked, and where to ask it again."""
    organisation = demande.organisation
    again = ""
    if demande.etat in (EtatDemande.REFUSEE, EtatDemande.RETIREE):
        if demande.genre is GenreDemande.HABILITATION:
            if organisation.id == identite.acteur().organisation_id:
                again = url_for("rattachement.demander_un_droit")
        else:
            again = Lieu(organisation.siren, SLUGS[organisation.profil]).to("choix")
    return TAGS[demande.etat], WHAT[demande.genre], again

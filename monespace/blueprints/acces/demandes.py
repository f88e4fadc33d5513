"""The inbox, and one request open in it."""

from flask import request
from flask.typing import ResponseReturnValue

from monespace import identite, policy
from monespace.acces import queries
from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.blueprints.acces import bp
from monespace.blueprints.acces.boite import Boite, Ouverte, opened, show
from monespace.guard import needs, somewhere
from monespace.organisations.models import Organisation
from monespace.policy import Can, permitted
from monespace.refus import Introuvable


@bp.get("/demandes")
@somewhere(Organisation, Can.OVERSEE)
def demandes() -> ResponseReturnValue:
    done = _just_decided(request.args.get("faite", ""))
    if done is None:
        return show(Boite())
    return show(Boite(done, annonce=f"{sentence(done.demande)}."))


@bp.get("/demandes/<cle>")
@needs(DemandeAcces, Can.VIEW)
def demande(demande: DemandeAcces) -> ResponseReturnValue:
    in_the_inbox(demande)
    return show(Boite(opened(demande)))


def in_the_inbox(demande: DemandeAcces) -> None:
    """Raise Interdit for who does not see the inbox, Introuvable for what is not in it."""
    acteur = identite.acteur()
    policy.require_somewhere(acteur, Organisation, Can.OVERSEE)
    if demande.organisation_id != acteur.organisation_id:
        raise Introuvable()


def sentence(demande: DemandeAcces) -> str:
    """«Accès de Nora Benali approuvé»."""
    verb = "approuvé" if demande.etat is EtatDemande.APPROUVEE else "refusé"
    return f"Accès de {demande.utilisateur.nom_complet} {verb}"


def _just_decided(cle: str) -> Ouverte | None:
    """The request that this person has decided a moment ago, for its notice."""
    acteur = identite.acteur()
    for found in queries.several(acteur, [cle]) if cle else ():
        if found.decideur_id == acteur.utilisateur_id:
            return Ouverte(found, may=permitted(acteur, found), faite=True)
    return None

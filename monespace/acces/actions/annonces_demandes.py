"""Who is told of a decision: the person who asked, and the other administrateurs."""

from monespace.acces.models import DemandeAcces, EtatDemande
from monespace.acteur import Acteur
from monespace.comptes import queries as comptes
from monespace.notifications.actions import notify


def tell_decision(acteur: Acteur, demande: DemandeAcces, detail: str) -> None:
    """Tell both: who decided what."""
    nom, whom = demande.organisation.nom, demande.utilisateur.nom_complet
    approved = demande.etat is EtatDemande.APPROUVEE
    verb = "approuvé" if approved else "refusé"
    what_next = (
        "Vous pouvez vous en servir dès maintenant."
        if approved
        else f"Pour en parler, adressez-vous à {acteur.nom}, ou faites une autre demande."
    )
    _tell_asker(
        demande,
        f"Accès {verb} par {nom}",
        f"{acteur.nom} a {verb} votre demande.\n\n{detail}\n\n{what_next}",
    )
    _tell_others(acteur, demande, f"Accès de {whom} {verb} par {acteur.nom}", detail)


def tell_undone(acteur: Acteur, demande: DemandeAcces, undone: EtatDemande) -> None:
    """Tell both that the request waits again."""
    nom, whom = demande.organisation.nom, demande.utilisateur.nom_complet
    verb = "approuvé" if undone is EtatDemande.APPROUVEE else "refusé"
    _tell_asker(
        demande,
        f"Votre demande d’accès à {nom} est de nouveau à l’étude",
        f"{acteur.nom} a annulé la décision qui avait {verb} votre accès. Vos droits sont ceux "
        "d’avant cette décision. Vous serez prévenu de la suite.",
    )
    title = f"La décision sur l’accès de {whom} est annulée par {acteur.nom}"
    _tell_others(acteur, demande, title, "La demande est de nouveau à traiter.")


def _tell_asker(demande: DemandeAcces, titre: str, texte: str) -> None:
    notify(
        [demande.utilisateur],
        titre,
        texte,
        "/mes-droits",
        organisation_id=demande.organisation_id,
    )


def _tell_others(acteur: Acteur, demande: DemandeAcces, titre: str, texte: str) -> None:
    known = (acteur.utilisateur_id, demande.utilisateur_id)
    others = comptes.administrateurs(demande.organisation_id)
    notify(
        [one for one in others if one.id not in known],
        titre,
        texte,
        f"/acces/demandes/{demande.cle}",
        organisation_id=demande.organisation_id,
        mail=False,
    )

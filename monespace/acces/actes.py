"""What each act on accesses is called, and what it changed, as sentences."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from monespace.acces.difference import difference, summary
from monespace.db import Json
from monespace.journal import Evenement
from monespace.organisations import octrois as ecrits
from monespace.typographie import NBSP, date_long

ACTES: Mapping[tuple[str, str], str] = {
    ("rattachements", "nommer administrateur"): "Nommé administrateur",
    ("rattachements", "retirer le rôle d’administrateur"): "Rôle d’administrateur retiré",
    ("rattachements", "changer les droits"): "Droits changés",
    ("rattachements", "changer les dates"): "Dates d’accès changées",
    ("rattachements", "retirer"): "Retiré de l’entreprise",
    ("rattachements", "quitter"): "A quitté l’entreprise",
    ("rattachements", "suspendre"): "Accès suspendu",
    ("rattachements", "rétablir"): "Accès rétabli",
    ("rattachements", "devenir administrateur"): "Devenu administrateur avec le code",
    ("rattachements", "changer d’entreprise"): "A choisi de travailler pour l’entreprise",
    ("invitations", "inviter"): "Invitation envoyée",
    ("invitations", "renvoyer"): "Invitation renvoyée",
    ("invitations", "annuler"): "Invitation annulée",
    ("invitations", "annuler avec le départ"): "Invitation annulée avec le départ",
    ("invitations", "prédésigner"): "Accès prévu par l’OPCO avant l’ouverture",
    ("invitations", "écarter"): "Accès prévu, écarté\u00a0: l’entreprise avait décidé depuis",
    ("invitations", "activer"): "Accès prévu, ouvert à la première connexion",
    ("codes_activation", "émettre un code"): "Code émis, sur un courrier",
    ("codes_activation", "utiliser un code"): "Code utilisé",
    ("codes_activation", "arrêter un code"): "Code arrêté",
    ("codes_activation", "constater la réception"): "Réception du courrier constatée",
    ("courriers", "demander un courrier"): "Nouveau courrier demandé",
    ("courriers", "remettre à la poste"): "Courrier remis à La Poste",
    ("invitations", "accepter"): "Invitation acceptée",
    ("demandes_acces", "clore avec le départ"): "Demande close avec le départ",
    ("demandes_acces", "clore par un code"): "Demande close par un code",
    ("demandes_acces", "clore par une invitation"): "Demande close par une invitation acceptée",
    ("demandes_acces", "clore à l’ouverture"): "Demande close par l’accès prévu avec l’OPCO",
    ("demandes_acces", "demander"): "Accès demandé",
    ("demandes_acces", "retirer la demande"): "Demande retirée par son auteur",
    ("demandes_acces", "relancer"): "Demande rappelée aux administrateurs",
    ("demandes_acces", "approuver la demande"): "Demande approuvée",
    ("demandes_acces", "refuser la demande"): "Demande refusée",
    ("demandes_acces", "annuler la décision"): "Décision annulée, la demande attend de nouveau",
    ("organisations", "ouvrir l’espace"): "Espace ouvert",
    ("entreprises", "mettre à jour selon SIRENE"): "Fiche mise à jour",
    ("entreprises", "changer le siège"): "Siège changé",
    ("etablissements", "mettre à jour selon SIRENE"): "Fiche mise à jour",
    ("organisations", "confier à un agent"): "Confiée à un agent de l’OPCO",
    ("organisations", "retirer à un agent"): "N’est plus suivie par un agent de l’OPCO",
    ("organisations", "régler les codes"): "Emploi des codes changé",
}


def called(evenement: Evenement) -> str:
    """What was done, in a few words."""
    known = ACTES.get((evenement.objet, evenement.acte))
    return known or evenement.acte.capitalize()


def details(evenement: Evenement) -> Iterable[str]:
    """What it changed, and why."""
    told = evenement.details
    teller = TELLERS.get(evenement.acte)
    if teller is not None:
        yield from teller(told)
    elif isinstance(told.get("avant"), list) or isinstance(told.get("apres"), list):
        yield from _rights(told)
    if isinstance(motif := told.get("motif"), str) and motif:
        yield f"Motif{NBSP}: {motif}"


def _rights(details: Mapping[str, Json]) -> Iterable[str]:
    try:
        changed = difference(_octrois(details.get("avant")), _octrois(details.get("apres")))
    except ValueError:
        return
    yield from changed.texte.splitlines()


def _removed(details: Mapping[str, Json]) -> Iterable[str]:
    before = details.get("avant")
    if not isinstance(before, dict):
        return
    if before.get("administrateur"):
        yield "Était administrateur."
    yield from _rights({"avant": before.get("droits"), "apres": []})


def _invited(details: Mapping[str, Json]) -> Iterable[str]:
    if details.get("administrateur"):
        yield "Comme administrateur."
    yield from _all_of(details.get("apres"), "Promis")


def _accepted(details: Mapping[str, Json]) -> Iterable[str]:
    if details.get("deja_membre"):
        yield "Avait déjà un accès\u00a0: rien n’a changé."
    if fin := details.get("fin"):
        yield f"Revient par cette invitation\u00a0: son accès avait pris fin le {_day(fin)}."


def _asked(details: Mapping[str, Json]) -> Iterable[str]:
    yield from _all_of(details.get("droits"), "Demandé")


def _granted(details: Mapping[str, Json]) -> Iterable[str]:
    """What the person holds of it already included: the line of the rights tells what changed."""
    yield from _all_of(details.get("droits"), "Accordé")


def _all_of(droits: Json, word: str) -> Iterable[str]:
    try:
        sentences = summary(_octrois(droits))
    except ValueError:
        return
    yield from (f"{word}{NBSP}: {one}." for one in sentences)


def _dates(details: Mapping[str, Json]) -> Iterable[str]:
    yield f"Avant{NBSP}: {_period(details.get('avant'))}."
    yield f"Maintenant{NBSP}: {_period(details.get('apres'))}."


def _agent(details: Mapping[str, Json]) -> Iterable[str]:
    yield f"Agent{NBSP}: {details.get('agent')}."


def _settings(details: Mapping[str, Json]) -> Iterable[str]:
    approved = bool(details.get("a_approuver"))
    yield (
        "Un administrateur doit approuver qui s’en sert."
        if approved
        else "Qui s’en sert devient administrateur tout de suite."
    )


# What a file of SIRENE may change, as the company calls it.
FICHE: Mapping[str, str] = {
    "raison_sociale": "Raison sociale",
    "effectif": "Effectif",
    "active": "En activité",
    "complement": "Complément d’adresse",
    "adresse": "Adresse",
    "code_postal": "Code postal",
    "commune": "Commune",
    "actif": "En activité",
    "ape": "Code APE",
}


def _sirene(details: Mapping[str, Json]) -> Iterable[str]:
    match details:
        case {"avant": dict(before), "apres": dict(after)}:
            for name, was in before.items():
                now = _said(after[name])
                yield f"{FICHE.get(name, name)}{NBSP}: {_said(was)}, désormais {now}."


def _siege(details: Mapping[str, Json]) -> Iterable[str]:
    yield f"SIRET {_said(details.get('avant'))}, désormais {_said(details.get('apres'))}."


def _said(value: Json) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value) if value else "rien"


def _period(days: Json) -> str:
    match days:
        case [debut, fin]:
            told = [f"à partir du {_day(debut)}"] if debut else []
            told += [f"jusqu’au {_day(fin)}"] if fin else []
            return " ".join(told) or "sans limite"
    return "sans limite"


def _day(written: Json) -> str:
    return date_long(datetime.fromisoformat(str(written)).date())


def _octrois(written: Json) -> ecrits.Octrois:
    return ecrits.from_json(written) if isinstance(written, list) else frozenset()


TELLERS: Mapping[str, Callable[[Mapping[str, Json]], Iterable[str]]] = {
    "retirer": _removed,
    "quitter": _removed,
    "inviter": _invited,
    "prédésigner": _invited,
    "accepter": _accepted,
    "demander": _asked,
    "approuver la demande": _granted,
    "changer les dates": _dates,
    "confier à un agent": _agent,
    "retirer à un agent": _agent,
    "régler les codes": _settings,
    "mettre à jour selon SIRENE": _sirene,
    "changer le siège": _siege,
}

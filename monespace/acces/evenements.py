"""Everything that happened to the accesses of an organisation, as sentences."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, and_, false, or_, select

from monespace import pages, policy
from monespace.acces.difference import difference, summary
from monespace.acces.models import DemandeAcces, Invitation
from monespace.acteur import Acteur
from monespace.activation.models import CodeActivation, Courrier
from monespace.comptes.models import Utilisateur
from monespace.db import Base, Json, session
from monespace.journal import Evenement
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Entreprise, Etablissement, Organisation, Rattachement
from monespace.pages import Page, Sort
from monespace.policy import Can
from monespace.typographie import NBSP, date_long

SORT = Sort("Date", Evenement.id, True)

# Kinds of rows, as the filter calls them.
GENRES: Mapping[str, str] = {
    Rattachement.__tablename__: "Personnes et droits",
    DemandeAcces.__tablename__: "Demandes d’accès",
    Invitation.__tablename__: "Invitations",
    CodeActivation.__tablename__: "Codes d’activation",
    Courrier.__tablename__: "Courriers",
    Organisation.__tablename__: "Réglages",
    Entreprise.__tablename__: "Entreprise, selon SIRENE",
    Etablissement.__tablename__: "Établissements, selon SIRENE",
}
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
    ("utilisateurs", "changer de rôle"): "Rôle changé par l’OPCO",
    ("organisations", "régler les codes"): "Emploi des codes changé",
}


@dataclass(frozen=True, slots=True)
class Ligne:
    """One act: when, who did it, what, on whom, and what changed, a sentence each."""

    instant: datetime
    auteur: str
    acte: str
    sujet: str
    details: tuple[str, ...]
    opco: bool


def page_of(
    acteur: Acteur,
    personne: Rattachement | None = None,
    genre: str = "",
    after: str = "",
    before: str = "",
) -> tuple[Page[Evenement], list[Ligne]]:
    """One page of the journal the acteur may see, the latest first, about a person or a kind."""
    page = pages.page_of(_chosen(acteur, personne, genre), SORT, after, before)
    return page, _lines(page.rows)


def _chosen(acteur: Acteur, personne: Rattachement | None, genre: str) -> Select[Evenement]:
    kinds = [genre] if genre in GENRES else list(GENRES)
    chosen = policy.visible(acteur, Evenement).where(Evenement.objet.in_(kinds))
    if personne is None:
        return chosen
    about = [
        and_(Evenement.objet == model.__tablename__, Evenement.objet_id.in_(ids))
        for model, ids in _rows_about(personne)
    ]
    return chosen.where(or_(false(), *about))


def _rows_about(personne: Rattachement) -> Iterable[tuple[type[Base], Select[int]]]:
    courriel = select(Utilisateur.courriel).where(Utilisateur.id == personne.utilisateur_id)
    yield Rattachement, select(Rattachement.id).where(Rattachement.id == personne.id)
    yield (
        DemandeAcces,
        select(DemandeAcces.id).where(DemandeAcces.rattachement_id == personne.id),
    )
    yield (
        Invitation,
        select(Invitation.id).where(
            Invitation.organisation_id == personne.organisation_id,
            Invitation.courriel == courriel.scalar_subquery(),
        ),
    )


def person_in(acteur: Acteur, cle: str) -> Rattachement | None:
    """The rattachement that a filter names. Raise Introuvable for one that may not be seen."""
    return policy.load(acteur, Rattachement, cle, Can.VIEW) if cle else None


def _lines(rows: Sequence[Evenement]) -> list[Ligne]:
    names = _names(rows)
    members = _members(rows)
    return [
        Ligne(
            one.instant,
            one.auteur,
            ACTES.get((one.objet, one.acte), one.acte.capitalize()),
            names.get((one.objet, one.objet_id or 0), ""),
            tuple(_details(one)),
            one.utilisateur_id not in members,
        )
        for one in rows
    ]


def _members(rows: Sequence[Evenement]) -> set[int | None]:
    """Those of the authors who have or had a place in a company: the others are of the OPCO."""
    authors = {one.utilisateur_id for one in rows if one.utilisateur_id}
    found = session().scalars(
        select(Utilisateur.id).where(Utilisateur.id.in_(authors), Utilisateur.role == "membre")
    )
    return set(found)


def _names(rows: Sequence[Evenement]) -> dict[tuple[str, int], str]:
    """What each row of these acts is called."""
    ids: dict[str, set[int]] = {}
    for one in rows:
        if one.objet_id is not None:
            ids.setdefault(one.objet, set()).add(one.objet_id)
    found: dict[tuple[str, int], str] = {}
    for model in (Rattachement, DemandeAcces):
        people = session().execute(
            select(model.id, Utilisateur)
            .join(Utilisateur, Utilisateur.id == model.utilisateur_id)
            .where(model.id.in_(ids.get(model.__tablename__, set())))
        )
        found |= {(model.__tablename__, key): person.nom_complet for key, person in people}
    addresses = session().execute(
        select(Invitation.id, Invitation.courriel).where(
            Invitation.id.in_(ids.get(Invitation.__tablename__, set()))
        )
    )
    return found | {(Invitation.__tablename__, key): courriel for key, courriel in addresses}


def _details(evenement: Evenement) -> Iterable[str]:
    details = evenement.details
    teller = TELLERS.get(evenement.acte)
    if teller is not None:
        yield from teller(details)
    elif isinstance(details.get("avant"), list) or isinstance(details.get("apres"), list):
        yield from _rights(details)
    if isinstance(motif := details.get("motif"), str) and motif:
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
    yield from _rights({"avant": [], "apres": details.get("apres")})


def _accepted(details: Mapping[str, Json]) -> Iterable[str]:
    if details.get("deja_membre"):
        yield "Avait déjà un accès\u00a0: rien n’a changé."
    if fin := details.get("fin"):
        yield f"Revient par cette invitation\u00a0: son accès avait pris fin le {_day(fin)}."


def _asked(details: Mapping[str, Json]) -> Iterable[str]:
    yield from _all_of(details, "Demandé")


def _granted(details: Mapping[str, Json]) -> Iterable[str]:
    """What the person holds of it already included: the line of the rights tells what changed."""
    yield from _all_of(details, "Accordé")


def _all_of(details: Mapping[str, Json], word: str) -> Iterable[str]:
    try:
        sentences = summary(_octrois(details.get("droits")))
    except ValueError:
        return
    yield from (f"{word}{NBSP}: {one}." for one in sentences)


def _dates(details: Mapping[str, Json]) -> Iterable[str]:
    yield f"Avant{NBSP}: {_period(details.get('avant'))}."
    yield f"Maintenant{NBSP}: {_period(details.get('apres'))}."


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
    "régler les codes": _settings,
    "mettre à jour selon SIRENE": _sirene,
    "changer le siège": _siege,
}

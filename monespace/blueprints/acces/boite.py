"""The inbox, with one request open at most: drawn the same way whatever was done in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from monespace import identite
from monespace.acces import queries
from monespace.acces.difference import Difference
from monespace.acces.fiche import GENRES, asked_for, fiches
from monespace.acces.filtres import FiltreDemandes
from monespace.acces.grille import Grille, grille
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Acteur
from monespace.forms.validators import printable
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import Organisation
from monespace.organisations.octrois import Octrois
from monespace.page import page, wants_fragment
from monespace.policy import Can, permitted, somewhere

ETATS: Mapping[EtatDemande, str] = {
    EtatDemande.A_TRAITER: "À traiter",
    EtatDemande.APPROUVEE: "Approuvées",
    EtatDemande.REFUSEE: "Refusées",
    EtatDemande.RETIREE: "Retirées",
}
FILTERS = ("q", "type", "etat", "apres", "avant")


@dataclass(frozen=True, slots=True)
class Ouverte:
    """The request that is open: its grid or what a decision would change, and what it said."""

    demande: DemandeAcces
    grille: Grille | None = None
    apercu: Difference | None = None
    may: frozenset[Can] = frozenset()
    erreur: str = ""
    # What was decided on it here: its notice stands in its place.
    faite: bool = False


@dataclass(frozen=True, slots=True)
class Boite:
    """What is said around the list, and the status of the page."""

    ouverte: Ouverte | None = None
    status: int = 200
    erreur: str = ""
    annonce: str = ""


def show(boite: Boite) -> Response:
    """The page of the inbox, or the list alone."""
    acteur, filtre = identite.acteur(), filters()
    args = request.args
    found = queries.page_of(acteur, filtre, args.get("apres", ""), args.get("avant", ""))
    rows = _with(found.rows, boite.ouverte)
    return page(
        "acces/demandes.html",
        titre=_title(boite.ouverte),
        also=("annonce", "pastille"),
        status=boite.status,
        annonce=boite.annonce,
        boite=boite,
        ouverte=boite.ouverte,
        lignes=fiches(rows),
        decidables=queries.decidable(acteur, rows),
        found=found,
        filtre=filtre,
        etats=_states(acteur),
        genres=[(one.name, label) for one, label in GENRES.items()],
        garde=kept(),
        filtres_seuls={name: value for name, value in kept().items() if name in FILTERS[:3]},
        inviter=url_for("acces.nouvelle") if somewhere(acteur, Organisation, Can.INVITE) else "",
        administre=acteur.administrateur,
        moi=acteur.utilisateur_id,
        en_place=wants_fragment(),
    )


def _title(ouverte: Ouverte | None) -> str:
    """Of the list, or of the request that is open in it."""
    if ouverte is None or ouverte.faite:
        return "Demandes d’accès"
    return f"Demande d’accès de {ouverte.demande.utilisateur.nom_complet}"


def opened(
    demande: DemandeAcces,
    ticked: Octrois | None = None,
    q: str = "",
    numero: int = 1,
    erreur: str = "",
) -> Ouverte:
    """The request with its grid, for who may decide; with what was decided otherwise."""
    acteur = identite.acteur()
    may = permitted(acteur, demande)
    drawn = None
    if Can.DECIDE in may and demande.genre is not GenreDemande.ADMINISTRATION:
        drawn = grille(
            acteur,
            demande.organisation_id,
            held(demande),
            asked_for(demande),
            ticked,
            q,
            numero,
        )
    return Ouverte(demande, drawn, None, may, erreur)


def held(demande: DemandeAcces) -> Octrois:
    """What the person may do already."""
    return ecrits.of(demande.rattachement.habilitations)


def filters() -> FiltreDemandes:
    """The filters of this address; what cannot be read is no filter."""
    genre, etat = request.args.get("type", ""), request.args.get("etat", "")
    return FiltreDemandes(
        printable(request.args.get("q", ""))[:200],
        GenreDemande[genre] if genre in GenreDemande.__members__ else None,
        EtatDemande[etat] if etat in EtatDemande.__members__ else EtatDemande.A_TRAITER,
    )


def kept() -> dict[str, Any]:
    """The filters and the page of the list, for the addresses that come back to it."""
    return {name: request.args[name] for name in FILTERS if request.args.get(name)}


def _with(rows: Sequence[DemandeAcces], ouverte: Ouverte | None) -> list[DemandeAcces]:
    """The page of the list, with the open request at its place if it was not there."""
    listed = list(rows)
    if ouverte and ouverte.demande.id not in {one.id for one in listed}:
        listed.append(ouverte.demande)
        listed.sort(key=lambda one: (one.cree_le, one.id))
    return listed


def _states(acteur: Acteur) -> list[tuple[str, str]]:
    numbers = queries.counts(acteur)
    return [(one.name, f"{label} ({numbers.get(one, 0)})") for one, label in ETATS.items()]

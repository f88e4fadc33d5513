"""The desk of the OPCO, what is each person’s own, pages that name no object."""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from tests.support.attendus.acces import CODES
from tests.support.attendus.communes import (
    CONNECTEES,
    NULLE_LETTRE,
    PAR_LIEN,
    PUBLIQUES,
    SUR_UN_COURRIEL,
    SUR_UNE_NOTIFICATION,
    SUR_UNE_SAISIE,
    SUR_UNE_SESSION,
)
from tests.support.attendus.opco import (
    AVANT_OUVERTURE,
    CHEZ_SOI,
    SUIVIES,
    SUR_UN_PREVU,
    SUR_UNE_ENTREPRISE,
    SUR_UNE_RECEPTION,
)
from tests.support.attendus.par_personne import PAR_PERSONNE
from tests.support.demandes.corps import CORPS
from tests.support.demandes.demande import FIN, NULLE_PART, Demande, Qui
from tests.support.monde import NOUVELLE


def on_companies(qui: Qui) -> Iterator[Demande]:
    """Each company, its code, what was agreed with it."""
    monde, mine = qui.terrain.monde, SUIVIES.get(qui.personne, ())
    home = CHEZ_SOI.get(qui.personne)
    open_there = {NOUVELLE} & {*mine}
    for table, keys, allowed, seen in (
        (SUR_UNE_ENTREPRISE, monde.organisations, {*mine}, {*mine, home}),
        (AVANT_OUVERTURE, monde.organisations, open_there, {*mine, home}),
        (SUR_UNE_RECEPTION, monde.codes, {*mine}, {*CODES.get(qui.personne, ())}),
        (SUR_UN_PREVU, monde.prevus, open_there, open_there),
    ):
        for route, success in table.items():
            endpoint = route.split(" ")[1]
            for societe, cle in {**keys, "": NULLE_PART}.items():
                attendu = success if societe in allowed else 403
                if societe not in allowed | seen:
                    attendu = qui.refused(route, 404)
                path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
                yield Demande(route, path, attendu, f"{societe or 'nowhere'}", sent)


def on_sessions(qui: Qui) -> Iterator[Demande]:
    """One’s own alone: those of somebody else do not exist."""
    for table, keys in (
        (SUR_UNE_SESSION, qui.terrain.monde.sessions),
        (SUR_UNE_SAISIE, qui.terrain.monde.saisies),
    ):
        for route, success in table.items():
            for owner, cle in {**keys, "": NULLE_PART}.items():
                path = url_for(route.split(" ")[1], cle=cle)
                attendu = success if owner == qui.personne else qui.refused(route, 404)
                yield Demande(route, path, attendu, f"of {owner or 'nobody'}", FIN)


def on_notifications(qui: Qui) -> Iterator[Demande]:
    """What each was told."""
    for route, success in SUR_UNE_NOTIFICATION.items():
        for owner, cle in {**qui.terrain.monde.notifications, "": NULLE_PART}.items():
            path = url_for(route.split(" ")[1], cle=cle)
            attendu = success if owner == qui.personne else qui.refused(route, 404)
            yield Demande(route, path, attendu, f"told to {owner or 'nobody'}", FIN)
    for route, status in SUR_UN_COURRIEL.items():
        yield Demande(route, url_for(route.split(" ")[1], cle=NULLE_PART), status, "nulle part")


def elsewhere(qui: Qui) -> Iterator[Demande]:
    """Pages that name no object."""
    for route in sorted(PUBLIQUES):
        endpoint = route.split(" ")[1]
        parts: dict[str, Any] = {"filename": "css/monespace.css"} if endpoint == "static" else {}
        yield Demande(route, url_for(endpoint, **parts), 200)
    for route in sorted(PAR_LIEN):
        path = url_for(route.split(" ")[1], cle=NULLE_PART, s="0" * 64)
        yield Demande(route, path, 410, sent=FIN)
    for route, named in NULLE_LETTRE.items():
        where: dict[str, Any] = dict(named)
        yield Demande(route, url_for(route.split(" ")[1], **where), 404)
    for route in sorted(CONNECTEES):
        yield Demande(route, url_for(route.split(" ")[1]), qui.refused(route, 200))
    for route, by_person in PAR_PERSONNE.items():
        attendu = by_person.get(qui.personne, by_person[""])
        endpoint = route.split(" ")[1]
        yield Demande(route, url_for(endpoint), attendu, sent=CORPS.get(endpoint, FIN))

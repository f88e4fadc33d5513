"""The accesses of a company: people, invitations, codes, requests."""

from collections.abc import Iterator

from flask import url_for

from monespace.coffre import Coffre
from tests.support.attendus.acces import (
    CODES,
    CONFIE,
    LIEN_D_INVITATION,
    POUVOIRS,
    SUR_SA_DEMANDE,
    SUR_UN_CODE,
    SUR_UN_RATTACHEMENT,
    SUR_UNE_DEMANDE,
    SUR_UNE_INVITATION,
    SUR_UNE_PERSONNE,
)
from tests.support.attendus.groupes import ANONYME, SANS_ENTREPRISE
from tests.support.demandes.corps import CORPS
from tests.support.demandes.demande import FIN, NULLE_PART, READS, Demande, Qui
from tests.support.monde import INVITES


def on_people(qui: Qui) -> Iterator[Demande]:
    """Each person’s access."""
    mine = POUVOIRS.get(qui.personne, {})
    for route, (droit, success) in SUR_UNE_PERSONNE.items():
        endpoint = route.split(" ")[1]
        for nom, cle in {**qui.terrain.monde.rattachements, "": NULLE_PART}.items():
            letters = mine.get(nom, "")
            attendu = success if droit in letters else 403
            if not letters:
                attendu = qui.refused(route, 404)
            elif route == "POST acces.quitter" and droit in letters and qui.alone:
                attendu = 422
            path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
            yield Demande(route, path, attendu, f"access of {nom or 'nobody'}", sent)


def on_invitations(qui: Qui) -> Iterator[Demande]:
    """Each invitation: who looks after it, and who has its link."""
    known = {qui.personne, CONFIE.get(qui.personne)}
    for nom, cle in {**qui.terrain.monde.invitations, "": NULLE_PART}.items():
        one = INVITES.get(nom)
        for route, success in SUR_UNE_INVITATION.items():
            attendu = success if one and one.par in known else qui.refused(route, 404)
            # Of a future administrateur: an administrateur's alone.
            if one and one.administrateur and qui.personne in CONFIE:
                attendu = 403
            path = url_for(route.split(" ")[1], cle=cle)
            yield Demande(route, path, attendu, f"invitation {nom or 'of nobody'}", FIN)
    for route, (bare, signed) in LIEN_D_INVITATION.items():
        path = url_for(route.split(" ")[1], cle=next(iter(qui.terrain.monde.invitations.values())))
        signature = Coffre.of(qui.terrain.config).sign(path)
        for address, status in ((path, bare), (f"{path}?s={signature}", signed)):
            stopped = qui.personne == ANONYME and not route.startswith(READS)
            yield Demande(route, address, 401 if stopped else status, "by its link", FIN)


def on_codes(qui: Qui) -> Iterator[Demande]:
    """The code of each company."""
    known = CODES.get(qui.personne, {})
    for route, success in SUR_UN_CODE.items():
        for societe, cle in {**qui.terrain.monde.codes, "": NULLE_PART}.items():
            stops = known.get(societe)
            attendu = success if stops else qui.refused(route, 404 if stops is None else 403)
            path = url_for(route.split(" ")[1], cle=cle)
            yield Demande(route, path, attendu, f"code of {societe or 'nowhere'}", FIN)


def on_requests_to_decide(qui: Qui) -> Iterator[Demande]:
    """What waits for an answer, for who gives it."""
    for route, success in SUR_UNE_DEMANDE.items():
        endpoint = route.split(" ")[1]
        for whose, cle in {**qui.terrain.monde.demandes, "": NULLE_PART}.items():
            attendu = qui.refused(route, 404)
            if whose and qui.personne in ("administrateur", "accès confiés"):
                attendu = success
            elif whose == qui.personne:
                attendu = 403
            path, sent = url_for(endpoint, cle=cle), CORPS.get(endpoint, FIN)
            yield Demande(route, path, attendu, f"request of {whose or 'nobody'}", sent)


def on_rattachements(qui: Qui) -> Iterator[Demande]:
    """Working for each organisation."""
    for route, success in SUR_UN_RATTACHEMENT.items():
        for whose, cle in {**qui.terrain.monde.rattachements, "": NULLE_PART}.items():
            mine = whose == qui.personne
            seen = mine or qui.sees_accesses_of(whose)
            attendu = 403 if seen else qui.refused(route, 404)
            if mine and whose not in SANS_ENTREPRISE:
                attendu = success
            path = url_for(route.split(" ")[1], cle=cle)
            yield Demande(route, path, attendu, f"rattachement of {whose or 'nobody'}", FIN)


def on_own_requests(qui: Qui) -> Iterator[Demande]:
    """What waits for an answer, for who asked."""
    for route, success in SUR_SA_DEMANDE.items():
        for whose, cle in {**qui.terrain.monde.demandes, "": NULLE_PART}.items():
            seen = qui.sees_accesses_of(whose)
            attendu = 403 if seen else qui.refused(route, 404)
            if whose == qui.personne:
                attendu = success
            path = url_for(route.split(" ")[1], cle=cle)
            yield Demande(route, path, attendu, f"request of {whose or 'nobody'}", FIN)

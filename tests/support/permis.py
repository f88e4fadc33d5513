"""What each person may do on each dossier, as `policy` says it and as the table says it.

Some acts have no page of their own, and some rules stand before another one that would refuse
too: no answer of a page tells whether they hold.
"""

from collections.abc import Mapping

from sqlalchemy import select

from monespace import policy
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.dossiers.models import Dossier, Statut
from monespace.policy import Can
from tests.support import attendus
from tests.support.attendus import BROUILLON, ENVOYABLE, OUVERT, TOUS
from tests.support.terrain import Terrain

SENT = TOUS - BROUILLON
# The letter and the states each takes.
TAKES: Mapping[Can, tuple[str, frozenset[Statut]]] = {
    Can.VIEW: ("C", TOUS),
    Can.EDIT: ("S", BROUILLON),
    Can.ATTACH: ("S", OUVERT),
    Can.SUBMIT: ("T", ENVOYABLE),
    Can.ANSWER: ("T", frozenset({Statut.A_COMPLETER})),
    Can.DELETE: ("X", BROUILLON),
    Can.DUPLICATE: ("S", TOUS),
    Can.INSTRUCT: ("I", SENT),
}


def faults(terrain: Terrain, personne: str) -> list[str]:
    """Where the two differ, for somebody who is signed in."""
    found = []
    with terrain.database.reading() as session:
        courriel = terrain.monde.courriels[personne]
        who = session.scalars(select(Utilisateur).where(Utilisateur.courriel == courriel)).one()
        place = session.scalar(
            select(SessionOuverte.organisation_id)
            .where(SessionOuverte.utilisateur_id == who.id)
            .order_by(SessionOuverte.ouverte_le.desc())
            .limit(1)
        )
        acteur = policy.acteur_of(who, place)
        for nom, known in terrain.monde.dossiers.items():
            letters = attendus.droits(personne, known.place)
            # Of the OPCO’s people, the conseiller alone instructs what they see.
            letters += "I" if personne == "conseiller" and "C" in letters else ""
            for can, (letter, states) in TAKES.items():
                there = Dossier.id == known.id
                allowed = select(Dossier.id).where(there, policy.allows(acteur, Dossier, can))
                expected = letter in letters and known.place.statut in states
                if (session.scalar(allowed) is not None) is not expected:
                    found.append(f"{personne}: {can} {nom}, expected {expected}")
    return found

"""A small world: two companies, everyone who may or may not, dossiers in every place and state.

It is written once by the portal's own actions, then copied for each test. Every text of a dossier
bears its mark: where a mark is read by somebody who may not, there is a leak.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace

from monespace.acteur import Acteur
from monespace.coffre import Coffre
from monespace.comptes.passwords import hash_password
from monespace.db import Database
from monespace.dossiers.filtres import Filtre
from monespace.exports import actions as exports
from monespace.exports.listings import LISTINGS
from monespace.stockage import Stockage
from tests.support.entreprise import Societe, societe
from tests.support.monde.acces import agreed, asked, invited, posted_code, rattachement_of
from tests.support.monde.annuaire import known_salarie, waiting_list
from tests.support.monde.connu import DossierConnu, Monde, SalarieConnu
from tests.support.monde.distribution import (
    ATTACHED,
    CONSEIL,
    DOSSIERS,
    FONDERIE,
    HALLES,
    INVITES,
    LOTS,
    MOT_DE_PASSE,
    NOUVELLE,
    PERSONNES,
    SALARIES,
    Personnage,
    Place,
)
from tests.support.monde.dossiers import avancer, complet, joindre, known_dossier, lot_of
from tests.support.monde.personnes import (
    courriel_of,
    give_second_factors,
    kept_form,
    lieux,
    open_somewhere,
    person,
    told,
)

__all__ = [
    "CONSEIL",
    "FONDERIE",
    "HALLES",
    "INVITES",
    "LOTS",
    "MOT_DE_PASSE",
    "NOUVELLE",
    "PERSONNES",
    "DossierConnu",
    "Monde",
    "Personnage",
    "Place",
    "SalarieConnu",
    "avancer",
    "complet",
    "creer",
    "joindre",
]
# Who was told something and sent a list; who asked for a workbook; who left a session open.
CHIEFS = ("administrateur", "autre entreprise")
EXPORTING = ("administrateur", "un SIRET", "autre entreprise")
SIGNED_IN = ("administrateur", "consultation")
# Of the first of them, on another company.
ELSEWHERE = "administrateur, ailleurs"


def creer(database: Database, stockage: Stockage, coffre: Coffre) -> Monde:
    """Write the world in an empty database."""
    with database.transaction():
        societes = _societes()
        hashed = hash_password(MOT_DE_PASSE)
        acteurs = {nom: person(nom, role, societes, hashed) for nom, role in PERSONNES.items()}
        give_second_factors(coffre)
        redacteurs = {HALLES: acteurs["administrateur"], FONDERIE: acteurs["autre entreprise"]}
        # The same person while they worked for another company: not to be seen from this one.
        elsewhere = replace(
            acteurs["administrateur"], organisation_id=societes[FONDERIE].organisation.id
        )
        dossiers = {
            nom: known_dossier(rang, place, redacteurs[place.societe], societes, stockage)
            for rang, (nom, place) in enumerate(DOSSIERS.items(), start=1)
        }
        signed_in = {nom: acteurs[nom].utilisateur_id or 0 for nom in SIGNED_IN}
        return Monde(
            courriels={nom: courriel_of(nom) for nom in PERSONNES},
            dossiers=dossiers,
            sirets=_sirets(societes),
            salaries={
                nom: known_salarie(rang, where, redacteurs[where[0]], societes)
                for rang, (nom, where) in enumerate(SALARIES.items(), start=1)
            },
            imports={
                nom: waiting_list(one, stockage)
                for nom, one in {**_of(acteurs, CHIEFS), ELSEWHERE: elsewhere}.items()
            },
            rattachements={
                nom: rattachement_of(acteur).cle
                for nom, acteur in acteurs.items()
                if nom in ATTACHED
            },
            invitations={nom: invited(acteurs[one.par], one) for nom, one in INVITES.items()},
            lots={nom: lot_of(societes[nom], dossiers, LOTS[nom]) for nom in LOTS},
            notifications={nom: told(acteurs[nom]) for nom in CHIEFS},
            demandes={"sans droit": asked(acteurs["sans droit"])},
            prevus={NOUVELLE: agreed(acteurs["conseiller"], societes[NOUVELLE])},
            codes={nom: posted_code(one, rang) for rang, (nom, one) in enumerate(societes.items())},
            exports={
                nom: _export(one)
                for nom, one in {**_of(acteurs, EXPORTING), ELSEWHERE: elsewhere}.items()
            },
            sessions={nom: open_somewhere(one) for nom, one in signed_in.items()},
            saisies={nom: kept_form(one, coffre) for nom, one in signed_in.items()},
            organisations={nom: one.organisation.cle for nom, one in societes.items()},
        )


def _societes() -> dict[str, Societe]:
    societes = {
        HALLES: societe(),
        FONDERIE: societe("999012586", "Fonderie Boréale"),
        NOUVELLE: societe("999045503", "Nouvelle Enseigne"),
    }
    for nom, one in societes.items():
        one.siege.enseigne, one.annexe.enseigne = f"Siège {nom}", f"Annexe {nom}"
    return societes


def _sirets(societes: Mapping[str, Societe]) -> dict[tuple[str, str], str]:
    return {
        (nom, lieu): etablissement.siret
        for nom, one in societes.items()
        for lieu, etablissement in lieux(one).items()
    }


def _of(acteurs: Mapping[str, Acteur], names: Iterable[str]) -> dict[str, Acteur]:
    return {nom: acteurs[nom] for nom in names}


def _export(acteur: Acteur) -> str:
    return exports.request(acteur, LISTINGS["dossiers"], Filtre(), secrets.token_hex(16)).cle

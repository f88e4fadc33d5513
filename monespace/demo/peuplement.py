"""Fill an empty database with the demo: all of it, or nothing if it stops half-way."""

import heapq
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from monespace import horloge, policy
from monespace.coffre import Coffre
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.config import Config
from monespace.db import Database, session
from monespace.demo import (
    acces,
    annuaire,
    calendrier,
    comptes,
    courriers,
    destins,
    entreprises,
    formations_delorme,
    formations_proprete,
    lots,
    opco,
    personnes,
    projets,
    sirene,
    suites,
)
from monespace.demo.comptes import CAMILLE, COMPTES, INES, KARIM, SOPHIE, Compte
from monespace.demo.destins import Destin
from monespace.demo.entreprises import (
    CLAIRE_PROPRETE,
    CROIX_ROUSSE,
    DELORME,
    SOCIETES,
    Lieu,
    Societe,
)
from monespace.demo.figurants import THERE_FROM_THE_START
from monespace.demo.formations import Formation
from monespace.demo.histoire import Auteur, Life, Plan, Vie
from monespace.demo.personnes import Salarie
from monespace.dossiers import choices
from monespace.dossiers.dispositifs.pdc import DISPOSITIF as PDC
from monespace.organisations.models import Etablissement, Organisation
from monespace.stockage import Stockage

SEED = 2026
# Companies and accounts are there before the first dossier, fourteen months ago.
ACCOUNTS_OPENED = timedelta(days=430)
LONGEST_WRITING_DAYS = 12
LAST_ACT = time(21)
PEOPLE_WHO_LEFT = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """One company: what its people do, and who files it."""

    societe: Societe
    destins: Iterable[Destin]
    formations: Sequence[Formation]
    comptes: tuple[Compte, ...]


SCENES = (
    Scene(
        DELORME, tuple(destins.of_delorme()), formations_delorme.DELORME, (SOPHIE, CAMILLE, KARIM)
    ),
    Scene(
        CLAIRE_PROPRETE, tuple(destins.of_claire_proprete()), formations_proprete.PROPRETE, (INES,)
    ),
)


def peupler(database: Database, stockage: Stockage, config: Config) -> None:
    """Add the companies, accounts and dossiers of the demo, the last act being of yesterday."""
    hashes, coffre = comptes.hashes(), Coffre.of(config)
    no_code = hash_password(secrets.token_hex())
    random = Random(SEED)  # noqa: S311 - nothing secret is drawn
    yesterday = horloge.today() - timedelta(days=1)
    with database.transaction():
        with horloge.frozen(calendrier.at_work(random, yesterday - ACCOUNTS_OPENED)):
            espaces = open_companies()
            utilisateurs = open_accounts(espaces, hashes, coffre)
            opco.use_first_codes(espaces, utilisateurs, no_code)
            auteurs = {
                one.courriel: _auteur(utilisateurs[one.courriel], espaces[one.siren])
                for scene in SCENES
                for one in scene.comptes
            }
            people = {
                scene.societe.siren: _hire(random, scene, auteurs, yesterday) for scene in SCENES
            }
        plans = [
            plan
            for scene in SCENES
            for plan in _plans(random, scene, people[scene.societe.siren], auteurs, yesterday)
        ]
        random.shuffle(plans)
        lives = [Vie(plan, random, stockage, config.max_stagiaires).tell() for plan in plans]
        accesses = acces.Scene(
            Random(SEED),  # noqa: S311 - nothing secret is drawn
            espaces,
            hashes[CAMILLE.courriel],
            coffre,
            horloge.today(),
        )
        _unfold(
            [
                *lives,
                *_since_then(random, auteurs[CAMILLE.courriel], yesterday),
                *accesses.lives(),
                *opco.lives(horloge.today(), no_code),
            ]
        )
        suites.settle(horloge.now())
    # After everything that is told, which ends yesterday.
    with horloge.frozen(datetime.combine(yesterday, LAST_ACT, horloge.PARIS)):
        courriers.post(database, config)


def open_companies() -> dict[str, Organisation]:
    """The companies that SIRENE tells of; the spaces of those whose people the demo tells."""
    sirene.importer()
    espaces = {societe.siren: entreprises.complete(societe) for societe in SOCIETES}
    session().flush()
    return espaces


def open_accounts(
    espaces: Mapping[str, Organisation], hashes: Mapping[str, str], coffre: Coffre
) -> dict[str, Utilisateur]:
    """Everyone who is there from the start, by e-mail address."""
    made = {
        one.courriel: comptes.create(one, hashes[one.courriel], espaces.get(one.siren), coffre)
        for one in COMPTES
    }
    for one in THERE_FROM_THE_START:
        kept = hashes[CAMILLE.courriel]
        made[one.courriel] = comptes.create(one, kept, espaces[one.siren], coffre)
    opco.entrust(made)
    return made


def _auteur(utilisateur: Utilisateur, espace: Organisation) -> Auteur:
    acteur = policy.acteur_of(utilisateur, espace.id)
    return Auteur(acteur, choices.lists(acteur, PDC.code))


def _hire(
    random: Random, scene: Scene, auteurs: Mapping[str, Auteur], day: date
) -> tuple[Sequence[Salarie], annuaire.Annuaire]:
    """Everyone the company employs, and who they are in its directory."""
    administrateur = next(one for one in scene.comptes if one.administrateur)
    people = personnes.workforce(random, scene.societe, day)
    return people, annuaire.fill(random, auteurs[administrateur.courriel].acteur, people)


def _since_then(random: Random, auteur: Auteur, yesterday: date) -> Iterator[Life]:
    """What Maison Delorme plans for more than thirty people, and who left it."""
    for _ in range(PEOPLE_WHO_LEFT):
        yield annuaire.depart(random, auteur.acteur, yesterday - timedelta(days=2))
    yield lots.tell(random, auteur, yesterday - timedelta(days=6), 87, made=True)
    yield lots.tell(random, auteur, yesterday - timedelta(days=3), 34, made=False)


def _plans(
    random: Random,
    scene: Scene,
    known: tuple[Sequence[Salarie], annuaire.Annuaire],
    auteurs: Mapping[str, Auteur],
    yesterday: date,
) -> Iterator[Plan]:
    people, directory = known
    places = {one.siret: one for one in session().scalars(select(Etablissement))}
    for destin in scene.destins:
        envoi = calendrier.at_work(random, yesterday - timedelta(days=random.randint(*destin.age)))
        there = [one for one in people if destin.siret in ("", one.lieu.siret)]
        projet, salaries = projets.imagine(
            random, scene.formations, there, envoi.date(), destin.complet
        )
        redacteur, expediteur = _who(random, scene, projet.lieu)
        yield Plan(
            destin,
            projet,
            salaries,
            directory,
            auteurs[redacteur.courriel],
            auteurs[expediteur.courriel],
            places[projet.lieu.siret],
            _begun_before(random, envoi),
            envoi,
        )


def _who(random: Random, scene: Scene, lieu: Lieu) -> tuple[Compte, Compte]:
    """Who writes the dossier, and who sends it: Karim writes for his shop, and may not send."""
    able = [compte for compte in scene.comptes if compte is not KARIM]
    sender = random.choices(able, range(len(able) + 1, 1, -1))[0]
    writes = KARIM in scene.comptes and lieu.siret == CROIX_ROUSSE
    return (KARIM if writes else sender), sender


def _begun_before(random: Random, envoi: datetime) -> datetime:
    begun = envoi - timedelta(days=random.randint(0, LONGEST_WRITING_DAYS))
    return min(calendrier.at_work(random, begun.date()), envoi - timedelta(hours=1))


def _unfold(lives: Iterable[Life]) -> None:
    """Have everything happen in the order of time, so that numbers and journal follow it."""
    waiting = [(next(life), rank, life) for rank, life in enumerate(lives)]
    heapq.heapify(waiting)
    while waiting:
        instant, rank, life = heapq.heappop(waiting)
        with horloge.frozen(instant):
            upcoming = next(life, None)
        if upcoming is not None:
            heapq.heappush(waiting, (upcoming, rank, life))

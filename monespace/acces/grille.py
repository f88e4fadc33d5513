"""The grid of rights, SIREN and SIRETs by kinds of objects: as it is drawn."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from monespace.acces.colonnes import FINS, Colonne, box, colonnes
from monespace.acces.lignes import Lieu, Lignes, ids_of, lignes
from monespace.acteur import Acteur, Objet, Verbe
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octroi, Octrois
from monespace.policy.octroyer import Pouvoir, pouvoir

# Where a right stands in the grid: objet, SIRET, dispositif.
Place = tuple[Objet, str, str]
Places = Mapping[Place, frozenset[Verbe]]
NONE = frozenset[Verbe]()


@dataclass(frozen=True, slots=True)
class Boite:
    """One box of a cell."""

    valeur: str
    verbe: Verbe
    cochee: bool
    demandee: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One cell: boxes, and in plain words what this person may not change there."""

    nom: str
    titre: str
    boites: tuple[Boite, ...]
    fines: tuple[Boite, ...]
    tenus: tuple[Verbe, ...]
    hors_pouvoir: tuple[Verbe, ...]
    demandee: bool


@dataclass(frozen=True, slots=True)
class Grille:
    """What the macro `grille` draws. `hors_page`: requested établissements that are not shown."""

    colonnes: tuple[Colonne, ...]
    rangs: tuple[tuple[Lieu, tuple[Case, ...]], ...]
    lignes: Lignes
    q: str
    base: str
    ailleurs: str
    hors_page: int
    demande: bool
    # Some right of the page is finer than Saisir with all that follows it.
    affinee: bool

    @property
    def paginee(self) -> bool:
        return self.lignes.pages > 1 or bool(self.q)

    @property
    def sirets(self) -> str:
        return " ".join(lieu.siret for lieu, _ in self.rangs)


def grille(
    acteur: Acteur | None,
    organisation_id: int,
    held: Octrois,
    asked: Octrois = frozenset(),
    ticked: Octrois | None = None,
    q: str = "",
    page: int = 1,
) -> Grille:
    """The grid of somebody who holds `held` and asks for `asked`, for who may change it.

    `acteur` None is who asks for rights, whom nothing bounds. `ticked` is what stands in it once
    it was typed in; what is held and asked at first.
    """
    may = _power(acteur)
    before = proposed(acteur, organisation_id, held, asked)
    choice = before if ticked is None else ticked
    shown = lignes(organisation_id, _first(asked, held), q, page)
    places, wanted, known = by_place(choice), by_place(asked), by_place(held)
    columns = colonnes()
    rangs = tuple(
        (lieu, tuple(_case(one, lieu, known, wanted, places, may) for one in columns))
        for lieu in shown.lieux
    )
    sirets = {lieu.siret for lieu in shown.lieux}
    return Grille(
        columns,
        rangs,
        shown,
        q,
        digest(held, asked),
        _elsewhere(before, choice, sirets),
        len({one.siret for one in asked} - sirets),
        bool(asked - held),
        any(_finer(case) for _, cases in rangs for case in cases),
    )


def proposed(acteur: Acteur | None, organisation_id: int, held: Octrois, asked: Octrois) -> Octrois:
    """What is held, and what is asked as far as the acteur may give it."""
    may, places = _power(acteur), dict(by_place(held))
    ids = ids_of(organisation_id, {one.siret for one in asked})
    for octroi in asked:
        if octroi.siret != TOUS and octroi.siret not in ids:
            continue
        place = (octroi.objet, octroi.siret, octroi.dispositif)
        current, where = places.get(place, NONE), ids.get(octroi.siret)
        if not may(Octroi(*place, current), where):
            continue
        able = {verbe for verbe in octroi.verbes if may(_octroi(place, verbe), where)}
        places[place] = current | able
    return octrois_of(places)


def by_place(octrois: Octrois) -> Places:
    """The verbs at each place."""
    return {(one.objet, one.siret, one.dispositif): one.verbes for one in octrois}


def octrois_of(places: Places) -> Octrois:
    """The octrois of these places, those that grant something."""
    return frozenset(Octroi(*place, verbes) for place, verbes in places.items() if verbes)


def digest(held: Octrois, asked: Octrois) -> str:
    """Changes with the rights that a grid was drawn from."""
    written = json.dumps([ecrits.to_json(held), ecrits.to_json(asked)])
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def changeable(held: frozenset[Verbe], place: Place, where: int | None, may: Pouvoir) -> bool:
    """May what stands in this cell be given and taken, so that it is drawn as boxes?"""
    return may(Octroi(*place, held), where) and may(_octroi(place, Verbe.CONSULTER), where)


def _power(acteur: Acteur | None) -> Pouvoir:
    return pouvoir(acteur) if acteur else lambda octroi, etablissement_id: True


def _octroi(place: Place, verbe: Verbe) -> Octroi:
    return Octroi(*place, frozenset({Verbe.CONSULTER, verbe}))


def _first(asked: Octrois, held: Octrois) -> list[str]:
    """What is asked for is shown first, then what is held."""
    wanted = sorted({one.siret for one in asked} - {TOUS})
    return wanted + sorted({one.siret for one in held} - {TOUS, *wanted})


def _case(
    colonne: Colonne, lieu: Lieu, known: Places, wanted: Places, choice: Places, may: Pouvoir
) -> Case:
    place = (colonne.objet, lieu.siret, colonne.dispositif)
    held, ticked = known.get(place, NONE), choice.get(place, NONE)
    asked = wanted.get(place, NONE) - held
    where = lieu.etablissement_id
    able: tuple[Verbe, ...] = ()
    if changeable(held, place, where, may):
        able = tuple(one for one in colonne.verbes if may(_octroi(place, one), where))
    boxes = tuple(Boite(*_sent(one, ticked), one in asked) for one in able)
    return Case(
        f"{lieu.siret}.{colonne.cle}",
        colonne.titre,
        tuple(one for one in boxes if one.verbe not in FINS),
        tuple(one for one in boxes if one.verbe in FINS),
        () if able else tuple(one for one in Verbe if one in held),
        tuple(one for one in Verbe if one in asked and one not in able),
        bool(asked),
    )


def _sent(verbe: Verbe, ticked: frozenset[Verbe]) -> tuple[str, Verbe, bool]:
    valeur, cochee = box(verbe, ticked)
    return valeur, verbe, cochee


def _finer(case: Case) -> bool:
    return any(not one.cochee or one.valeur.isupper() for one in case.fines)


def _elsewhere(before: Octrois, choice: Octrois, shown: set[str]) -> str:
    """What was changed on rows that are not shown, for the form to send it again; "" if nothing."""
    was, now = by_place(before), by_place(choice)
    changed = frozenset(
        Octroi(*place, now.get(place, NONE))
        for place in {*was, *now}
        if place[1] not in shown and was.get(place, NONE) != now.get(place, NONE)
    )
    return json.dumps(ecrits.to_json(changed), ensure_ascii=False) if changed else ""

"""Who, in the directory, somebody described elsewhere is: nobody is doubled, nobody is guessed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from monespace import policy
from monespace.acteur import Acteur
from monespace.coffre import Coffre
from monespace.db import Json, session
from monespace.organisations.models import Organisation
from monespace.policy import Can
from monespace.recherche import normalise
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from monespace.typographie import date_long

# Said of somebody whom the acteur may not see: it tells neither who nor where.
HIDDEN = (
    "Cette personne ne peut pas être ajoutée avec vos droits. Demandez à un administrateur de "
    "votre entreprise de l’ajouter, ou d’étendre vos droits."
)
# Values in one condition: far below what either database takes.
CHUNK = 500


class Verdict(StrEnum):
    NOUVEAU = "nouveau"
    CONNU = "connu"
    DOUTE = "doute"


@dataclass(frozen=True, slots=True)
class Reconnu:
    """Who somebody is: `salarie` when CONNU; `sentence` says what to do when in DOUTE."""

    verdict: Verdict
    salarie: Salarie | None = None
    sentence: str = ""


NEW = Reconnu(Verdict.NOUVEAU)


def recognise(
    acteur: Acteur, people: Sequence[Mapping[str, Json]], coffre: Coffre | None = None
) -> list[Reconnu]:
    """Who each of `people` is, described by answers of the fiche.

    Only those whom the acteur may see are ever named. Somebody who bears the name and the birth
    date of a person whom they may not see is in DOUTE: adding them would make a double, telling
    more would show what is hidden. A NIR is looked at under the name «nir», if there is a `coffre`.
    """
    descriptions = [_described(acteur, one, coffre) for one in people]
    directory = _directory(acteur, descriptions)
    return [_verdict(one, directory) for one in descriptions]


def doubted(sentence: str) -> Reconnu:
    return Reconnu(Verdict.DOUTE, None, sentence)


def called(salarie: Salarie) -> str:
    """«Nora Benali, né(e) le 27 mars 1994»: enough to tell who is meant."""
    born = {"mme": "née", "m": "né"}.get(str(salarie.reponses.get("civilite")), "né(e)")
    return f"{salarie.nom}, {born} le {date_long(salarie.naissance)}"


@dataclass(frozen=True, slots=True)
class Description:
    """What somebody may be recognised by."""

    identite: str
    noms: tuple[str, str]
    naissance: str
    matricule: str
    empreinte: str


@dataclass(slots=True)
class Directory:
    """The people of the company who share something with those who are looked for."""

    by_identity: dict[str, list[Salarie]] = field(default_factory=lambda: defaultdict(list))
    by_matricule: dict[str, list[Salarie]] = field(default_factory=lambda: defaultdict(list))
    by_nir: dict[str, Salarie] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)

    def visible(self, found: Iterable[Salarie]) -> list[Salarie]:
        return [one for one in found if one.id not in self.hidden]


def _described(acteur: Acteur, person: Mapping[str, Json], coffre: Coffre | None) -> Description:
    nir = str(person.get("nir") or "")
    return Description(
        identity_of(person),
        _names(person),
        str(person.get("naissance") or ""),
        str(person.get("matricule") or ""),
        coffre.fingerprint(nir, siren_of(acteur)) if coffre and nir else "",
    )


def siren_of(acteur: Acteur) -> str:
    """The SIREN of the acteur's organisation."""
    return session().get_one(Organisation, acteur.organisation_id).siren


def _names(person: Mapping[str, Json]) -> tuple[str, str]:
    first, last = (normalise(str(person.get(one) or "")) for one in ("prenom", "nom_naissance"))
    return first, last


def _directory(acteur: Acteur, people: Sequence[Description]) -> Directory:
    found = Directory()
    for salarie in sharing(acteur, Salarie.identite, {one.identite for one in people}, found):
        found.by_identity[salarie.identite].append(salarie)
    for salarie in sharing(acteur, Salarie.matricule, {one.matricule for one in people}, found):
        found.by_matricule[salarie.matricule].append(salarie)
    for salarie in sharing(acteur, Salarie.nir_empreinte, {one.empreinte for one in people}, found):
        found.by_nir[salarie.nir_empreinte or ""] = salarie
    return found


def sharing(
    acteur: Acteur, column: Any, values: set[str], directory: Directory
) -> Iterator[Salarie]:
    """The people of the company with one of these values, the hidden ones noted as such."""
    wanted = sorted(values - {""})
    for start in range(0, len(wanted), CHUNK):
        among: ColumnElement[bool] = column.in_(wanted[start : start + CHUNK])
        rows = session().execute(
            select(Salarie, policy.allows(acteur, Salarie, Can.VIEW))
            .where(Salarie.organisation_id == acteur.organisation_id, among)
            .order_by(Salarie.id)
            .options(joinedload(Salarie.etablissement))
        )
        for salarie, visible in rows:
            if not visible:
                directory.hidden.add(salarie.id)
            yield salarie


def _verdict(person: Description, directory: Directory) -> Reconnu:
    """What the first rule that knows says."""
    for rule in (_by_nir, _by_identity, _by_matricule):
        if told := rule(person, directory):
            return told
    return NEW


def _by_nir(person: Description, directory: Directory) -> Reconnu | None:
    same = directory.by_nir.get(person.empreinte)
    if same is None:
        return None
    if same.id in directory.hidden:
        return doubted(HIDDEN)
    # A name changes in a life, a birth date does not.
    if person.naissance in ("", same.naissance.isoformat()):
        return Reconnu(Verdict.CONNU, same)
    return doubted(
        f"Ce numéro de sécurité sociale est celui de {called(same)}. Vérifiez le numéro, le nom "
        "et la date de naissance."
    )


def _by_identity(person: Description, directory: Directory) -> Reconnu | None:
    same = directory.by_identity.get(person.identite, []) if person.identite else []
    if not same:
        return None
    if len(directory.visible(same)) < len(same):
        return doubted(HIDDEN)
    if len(same) > 1:
        same = [one for one in same if person.matricule and one.matricule == person.matricule]
    if len(same) != 1:
        return doubted(
            "Plusieurs fiches portent ce nom et cette date de naissance. Indiquez le matricule de "
            "la personne, tel qu’il est dans l’annuaire."
        )
    others = [one for one in _of_matricule(person, directory) if one.id != same[0].id]
    return doubted(taken_matricule(others[0])) if others else Reconnu(Verdict.CONNU, same[0])


def _by_matricule(person: Description, directory: Directory) -> Reconnu | None:
    """A matricule alone recognises somebody only when nothing that is known contradicts it."""
    same = _of_matricule(person, directory)
    if not same:
        return None
    if len(same) > 1 or person.identite or not _agrees(person, same[0]):
        return doubted(taken_matricule(same[0]))
    return Reconnu(Verdict.CONNU, same[0])


def _of_matricule(person: Description, directory: Directory) -> list[Salarie]:
    same = directory.by_matricule.get(person.matricule, []) if person.matricule else []
    return directory.visible(same)


def _agrees(person: Description, salarie: Salarie) -> bool:
    pairs = zip(person.noms, _names(salarie.reponses), strict=True)
    return all(said in ("", known) for said, known in pairs)


def taken_matricule(salarie: Salarie) -> str:
    """What to do about a matricule that is somebody else's."""
    return (
        f"Le matricule {salarie.matricule} est celui de {called(salarie)}. Corrigez le matricule, "
        "ou le nom et la date de naissance."
    )

"""The rights of a company as a workbook: a line for each right of each person, and Critères."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, select

from monespace import policy
from monespace.acces.lignes import titles_of
from monespace.acces.personnes import OBJETS, PRESENT, organisation_of, presence, quality
from monespace.acteur import Acteur, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.dossiers.dispositifs import catalogue
from monespace.exports.workbook import Classeur, Feuille, write_criteria
from monespace.forms.columns import DAY, TEXT, WHOLE, Column
from monespace.horloge import paris
from monespace.organisations.models import TOUS, Habilitation, Rattachement
from monespace.policy import Can
from monespace.typographie import date_long, time_of

ALL_OF_IT = "Toute l’entreprise"
WHO = (Utilisateur.nom, Utilisateur.prenom, Utilisateur.courriel, Utilisateur.connecte_le)
RIGHT = (
    *(Habilitation.objet, Habilitation.siret, Habilitation.dispositif),
    *(Habilitation.consulter, Habilitation.saisir),
    *(Habilitation.transmettre, Habilitation.supprimer),
    *(Habilitation.origine, Habilitation.accorde_par, Habilitation.accorde_le),
)


@dataclass(frozen=True, slots=True)
class Qui:
    """Somebody, in the words of each of their lines: said once, however many they have."""

    rattachement_id: int
    nom: str
    prenom: str
    courriel: str
    qualite: str
    administrateur: str
    acces: str
    cree_le: date | None
    connecte_le: date | None


class Droit(NamedTuple):
    """One line: what somebody may do, on one kind of object, at one place."""

    qui: Qui
    objet: str
    siret: str
    lieu: str
    dispositif: str
    verbes: str
    origine: str
    par: str
    depuis: date | None


def _day(instant: datetime | None) -> date | None:
    return paris(instant).date() if instant else None


COLUMNS: tuple[Column[Droit], ...] = (
    Column("Nom", lambda one: one.qui.nom, 22),
    Column("Prénom", lambda one: one.qui.prenom, 18),
    Column("Adresse e-mail", lambda one: one.qui.courriel, 34),
    Column("Qualité", lambda one: one.qui.qualite, 22),
    Column("Administrateur", lambda one: one.qui.administrateur, 14),
    Column("Accès", lambda one: one.qui.acces, 26),
    Column("Objet", lambda one: one.objet, 24),
    Column("SIRET", lambda one: one.siret, 17),
    Column("Lieu", lambda one: one.lieu, 30),
    Column("Dispositif", lambda one: one.dispositif, 30),
    Column("Droits", lambda one: one.verbes, 44),
    Column("Origine", lambda one: one.origine, 16),
    Column("Accordé par", lambda one: one.par, 26),
    Column("Accordé le", lambda one: one.depuis, 12, DAY),
    Column("Rattaché le", lambda one: one.qui.cree_le, 12, DAY),
    Column("Dernière connexion", lambda one: one.qui.connecte_le, 18, DAY),
)


def workbook(acteur: Acteur, instant: datetime) -> bytes:
    """The workbook of the rights that the acteur may see in their organisation."""
    with TemporaryDirectory() as folder, Classeur("Mon Espace") as classeur:
        sheet = Feuille(classeur, "Droits", COLUMNS)
        people = set()
        for line in _lines(acteur):
            sheet.add(line)
            people.add(line.qui.rattachement_id)
        sheet.close()
        write_criteria(
            classeur, (*_header(acteur, instant), ("Nombre de personnes", len(people), WHOLE))
        )
        path = Path(folder, "droits.xlsx")
        classeur.save(path)
        return path.read_bytes()


def file_name(acteur: Acteur, instant: datetime) -> str:
    """«2026-11-17_droits_812345678.xlsx», on the day it is in Paris."""
    return f"{paris(instant):%Y-%m-%d}_droits_{organisation_of(acteur).siren}.xlsx"


def _header(acteur: Acteur, instant: datetime) -> Iterator[tuple[str, str, str]]:
    organisation = organisation_of(acteur)
    yield "Extrait le", f"{date_long(instant)} à {time_of(instant)} (heure de Paris)", TEXT
    yield "Par", acteur.nom, TEXT
    yield "Entreprise", organisation.nom, TEXT
    yield "SIREN", organisation.siren, TEXT
    yield "Profil", organisation.profil, TEXT
    everyone = bool(acteur.administrateur)
    scope = "Tous les accès" if everyone else "Les accès que cette personne peut consulter"
    yield "Périmètre", scope, TEXT


def _lines(acteur: Acteur) -> Iterator[Droit]:
    """The lines by person: their rights are columns, not entities, since there are thousands."""
    rights = _rights(acteur)
    names = titles_of({row.siret for rows in rights.values() for row in rows} - {TOUS})
    people = session().execute(
        select(Rattachement, *WHO)
        .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
        .where(*_seen_by(acteur))
        .order_by(Utilisateur.nom, Utilisateur.prenom, Rattachement.id)
    )
    for one, nom, prenom, courriel, connecte_le in people:
        qui = Qui(
            one.id,
            nom,
            prenom,
            courriel,
            quality(one).replace("\u00a0", " "),
            "Oui" if one.administrateur else "Non",
            presence(one).replace("\u00a0", " ") or "Actif",
            _day(one.cree_le),
            _day(connecte_le),
        )
        held = rights.get(one.id)
        if one.administrateur or not held:
            yield _whole(one, qui)
        else:
            for row in held:
                yield _line(qui, row, names)


def _seen_by(acteur: Acteur) -> tuple[ColumnElement[bool], ...]:
    return (
        policy.allows(acteur, Rattachement, Can.VIEW),
        Rattachement.organisation_id == acteur.organisation_id,
        Rattachement.etat.in_(PRESENT),
    )


def _rights(acteur: Acteur) -> Mapping[int, Sequence[Row[Any]]]:
    rows: Iterable[Row[Any]] = session().execute(
        select(Habilitation.rattachement_id, *RIGHT)
        .join(Rattachement, Rattachement.id == Habilitation.rattachement_id)
        .where(*_seen_by(acteur))
        .order_by(Habilitation.rattachement_id, Habilitation.id)
    )
    return {key: list(some) for key, some in groupby(rows, lambda row: row.rattachement_id)}


def _whole(one: Rattachement, qui: Qui) -> Droit:
    """Somebody who may everything, or nothing."""
    verbs, place = ("Tous les droits", ALL_OF_IT) if one.administrateur else ("Aucun droit", "")
    given = _day(one.accorde_le) or qui.cree_le
    return Droit(qui, "", "", place, "", verbs, one.origine, one.accorde_par, given)


def _line(qui: Qui, row: Row[Any], names: dict[str, str]) -> Droit:
    known = catalogue().get(row.dispositif)
    return Droit(
        qui,
        OBJETS[row.objet],
        "" if row.siret == TOUS else row.siret,
        ALL_OF_IT if row.siret == TOUS else names.get(row.siret, ""),
        "Tous" if row.dispositif == TOUS else known.nom if known else row.dispositif,
        ", ".join(verbe for verbe in Verbe if getattr(row, verbe)),
        row.origine,
        row.accorde_par,
        _day(row.accorde_le) or qui.cree_le,
    )

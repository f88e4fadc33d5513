"""What each kind of answer makes of a cell: what Excel turned is understood, or told by name."""

import re
from datetime import date
from typing import Any

import pytest

from monespace.forms.cellules import Cellule
from monespace.forms.kinds import (
    Choice,
    Choices,
    CodePostal,
    Date,
    Hours,
    Illisible,
    Integer,
    Kind,
    Listed,
    Money,
    Nda,
    Option,
    Percent,
    Phone,
    Siren,
    Siret,
    Text,
    YesNo,
)
from monespace.salaries.fiche import FICHE
from tests.tableur.lus import LISTES

PERSONNE = {question.name: question.kind for question in FICHE.questions}
ETABLISSEMENT = Listed(Siret(), LISTES["etablissements"])
SIRET_ZERO, SIREN_ZERO = "05580056100012", "055800561"


def valeur(kind: Kind[Any], cellule: Cellule) -> object:
    found = kind.read(kind.from_cell(cellule))
    return None if found is None else kind.to_json(found)


@pytest.mark.parametrize(
    ("kind", "cellule", "attendu"),
    [
        (Siret(), 99900100100018.0, "99900100100018"),
        (Siret(), "999 001 001 00018", "99900100100018"),
        (CodePostal(), 1000.0, "01000"),
        (CodePostal(), "1000", "01000"),
        (CodePostal(), 75011.0, "75011"),
        (Nda(), 2970123497.0, "02970123497"),
        (Phone(), 612345678.0, "+33612345678"),
        (Phone(), "612345678", "+33612345678"),
        (Phone(), 33612345678.0, "+33612345678"),
        (Text(30), 123.0, "123"),
        (Text(30), 12.5, "12,5"),
        (Text(30), True, "VRAI"),
        (Text(30), date(1994, 3, 27), "27/03/1994"),
        (Date(), date(1994, 3, 27), "1994-03-27"),
        (Date(), 34420.0, "1994-03-27"),
        (Date(), 34420.75, "1994-03-27"),
        (Date(), "34420", "1994-03-27"),
        (Date(), "27/03/1994 00:00:00", "1994-03-27"),
        (Date(), "1994-03-27T08:00:00", "1994-03-27"),
        (Date(), "dimanche 27 mars 1994", "1994-03-27"),
        (Date(), 27031994.0, "1994-03-27"),
        (Date(), 1031994.0, "1994-03-01"),
        (Date(), "19940327", "1994-03-27"),
        (Money(), 1234.5, 123450),
        (Money(), 0.1 + 0.2, 30),
        (Money(), 18.456789, 1846),
        (Money(), "1 234,50 €", 123450),
        (Hours(), 13.5, "13.50"),
        (Hours(), "13:30", "13.50"),
        (Percent(), 0.8, "80.00"),
        (Percent(), "0,8", "80.00"),
        (Percent(), 80.0, "80.00"),
        (Percent(), "80 %", "80.00"),
        (Integer(), 3.0, 3),
        (YesNo(), True, True),
        (YesNo(), 1.0, True),
        (YesNo(), 0.0, False),
        (YesNo(), "X", True),
        (YesNo(), " NON ", False),
        (PERSONNE["civilite"], "Madame", "mme"),
        (PERSONNE["civilite"], "MR", "m"),
        (PERSONNE["sexe"], "H", "m"),
        (PERSONNE["csp"], "Employé(e)", "employe"),
        (PERSONNE["csp"], "agent de maitrise", "technicien"),
        (PERSONNE["contrat"], "C.D.I.", "cdi"),
        (PERSONNE["contrat"], "Contrat à durée déterminée", "cdd"),
        (PERSONNE["diplome"], 4.0, "4"),
        (PERSONNE["diplome"], "bac+2", "5"),
        (PERSONNE["diplome"], "BTS", "5"),
        (PERSONNE["diplome"], "niveau 3", "3"),
        (PERSONNE["diplome"], "Licence", "6"),
        (Choices(("a", "Matin"), ("b", "Soir")), "soir ; MATIN", ["a", "b"]),
        (ETABLISSEMENT, 99900100100018.0, "99900100100018"),
        (ETABLISSEMENT, "siege", "99900100100018"),
        (ETABLISSEMENT, "Annexe, Villeurbanne", "99900100100026"),
    ],
)
def test_understood(kind: Kind[Any], cellule: Cellule, attendu: object) -> None:
    assert valeur(kind, cellule) == attendu


@pytest.mark.parametrize(
    ("kind", "cellule", "dit"),
    [
        (Siret(), "7,32829E+13", "abrégé ce numéro en 7,32829E+13"),
        (Text(30), "1.5E+20", "format Texte"),
        (Text(30), 1.5e20, "peut en avoir perdu des chiffres"),
        (Text(30), float("inf"), "format Texte"),
        (Text(30), float("nan"), "format Texte"),
        (Date(), float("inf"), "format Texte"),
        (Money(), date(2026, 5, 13), "pris cette valeur pour une date (13/05/2026)"),
        (Hours(), date(2026, 5, 13), "format Texte"),
        (Siret(), 999001001.0, "vous en avez saisi 9"),
        (Date(), 1994.0, "Complétez la date"),
        (Date(), "31/02/1990", "n’existe pas"),
        (Date(), True, "date"),
        (YesNo(), "peut-être", "Choisissez oui ou non"),
        (PERSONNE["contrat"], "Bail", "Choisissez l’une des réponses"),
        (ETABLISSEMENT, "Bordeaux", "par exemple «\u00a0Siège, Lyon\u00a0»"),
        (ETABLISSEMENT, "732 829 320 00074", "Choisissez l’une des réponses"),
    ],
)
def test_told(kind: Kind[Any], cellule: Cellule, dit: str) -> None:
    with pytest.raises(Illisible, match=re.escape(dit)):
        valeur(kind, cellule)


def test_zeros_come_back_only_where_they_make_a_number() -> None:
    siren = next(
        f"{number:09}" for number in range(5_580_000, 5_581_000) if _is_siren(f"{number:09}")
    )
    assert valeur(Siren(), float(siren)) == siren
    with pytest.raises(Illisible, match="vous en avez saisi 7"):
        valeur(Siren(), float(siren) + 1)


def _is_siren(number: str) -> bool:
    try:
        return bool(Siren().parse(number))
    except Illisible:
        return False


def test_one_name_for_two_places_is_asked() -> None:
    twice = Listed(Siret(), (Option("1", "Atelier, Lyon"), Option("2", "Atelier, Lyon")))
    with pytest.raises(Illisible):
        twice.from_cell("Atelier")


@pytest.mark.parametrize("kind", [kind for kind in PERSONNE.values() if isinstance(kind, Choice)])
def test_every_label_is_read_back(kind: Choice) -> None:
    for option in kind.options:
        assert kind.from_cell(option.label.upper().replace("\u00a0", " ")) == (option.value,)

"""The money a dossier asks for, poste by poste, to the cent."""

from collections.abc import Mapping, Sequence
from uuid import uuid4

import pytest

from monespace.forms.questionnaire import Raw
from tests.dossiers.bureau import Bureau

Amounts = tuple[str, int, int, int]
"""Base, quantity in hundredths, rate and amount asked in cents."""

PEOPLE: Sequence[Mapping[str, Raw]] = (
    {"nom_naissance": ("Martin",), "salaire_horaire": ("13,50",)},
    {"nom_naissance": ("Durand",), "salaire_horaire": ("11",), "heures": ("7",)},
)


def brouillon(
    bureau: Bureau,
    budget: Mapping[str, str],
    hours: str = "14",
    people: Sequence[Mapping[str, Raw]] = PEOPLE,
    start: Raw = ("7", "12", "2026"),
    **organisme: str,
) -> str:
    cle = bureau.nouveau()
    bureau.saisir(cle, "formation", {"duree_heures": (hours,), "date_debut": start})
    bureau.saisir(cle, "organisme", {name: (typed,) for name, typed in organisme.items()})
    bureau.saisir(cle, "budget", {name: (typed,) for name, typed in budget.items()})
    for person in people:
        bureau.inscrire(cle, person, uuid4().hex)
    return cle


def lines(bureau: Bureau, cle: str) -> dict[str, Amounts]:
    """What stands in the lines; they add up to what the dossier asks."""
    with bureau.lire(cle) as dossier:
        assert dossier.demande_cents == sum(one.demande_cents for one in dossier.lignes)
        assert [one.rang for one in dossier.lignes] == list(range(1, len(dossier.lignes) + 1))
        return {
            one.poste: (one.base, one.quantite_centiemes, one.taux_cents, one.demande_cents)
            for one in dossier.lignes
        }


@pytest.mark.parametrize(
    ("base", "hours", "price", "expected"),
    [
        ("forfait", "14", "1 234,56 €", ("forfait", 100, 1234_56, 1234_56)),
        ("heure", "14", "123,45", ("heure", 1400, 123_45, 1728_30)),
        ("heure", "13,5", "100", ("heure", 1350, 100_00, 1350_00)),
        ("stagiaire", "14", "450", ("stagiaire", 200, 450_00, 900_00)),
        # 10,5 × 0,25 = 2,625: halves go up, where Python's own rounding makes 2,62.
        ("heure", "10,5", "0,25", ("heure", 1050, 25, 2_63)),
        ("heure", "", "123,45", ("heure", 0, 123_45, 0)),
        ("forfait", "14", "0", ("forfait", 100, 0, 0)),
    ],
)
def test_a_course_is_priced_whole_by_hour_or_by_person(
    bureau: Bureau, base: str, hours: str, price: str, expected: Amounts
) -> None:
    cle = brouillon(bureau, {"peda_base": base, "peda_prix": price}, hours)

    assert lines(bureau, cle) == {"PEDA": expected}


def test_a_price_without_its_base_asks_nothing_yet(bureau: Bureau) -> None:
    assert lines(bureau, brouillon(bureau, {"peda_prix": "450"})) == {}
    assert lines(bureau, brouillon(bureau, {"peda_base": "heure", "peda_prix": "cher"})) == {}


@pytest.mark.parametrize(
    ("price", "tva", "taux", "cents"),
    [
        ("1000", "assujetti", "20", 200_00),
        ("1000", "assujetti", "5,5", 55_00),
        # 10,50 × 5 % = 0,525.
        ("10,50", "assujetti", "5", 53),
        ("1000", "assujetti", "", 0),
        # The rate stays written; it counts for nothing where it is not asked.
        ("1000", "exonere", "20", 0),
    ],
)
def test_tax_is_kept_beside_and_not_asked_for(
    bureau: Bureau, price: str, tva: str, taux: str, cents: int
) -> None:
    budget = {"peda_base": "forfait", "peda_prix": price}
    cle = brouillon(bureau, budget, of_tva=tva, of_taux_tva=taux)

    with bureau.lire(cle) as dossier:
        [peda] = dossier.lignes
        assert (peda.tva_cents, dossier.demande_cents) == (cents, peda.demande_cents)


@pytest.mark.parametrize(
    ("hours", "people", "expected"),
    [
        # 14 h at 12,02 and not 13,50; 7 h at 11: 168,28 + 77; 21 h in all.
        ("14", PEOPLE, ("heure", 2100, 11_68, 245_28)),
        ("14", PEOPLE[:1], ("heure", 1400, 12_02, 168_28)),
        # 10,25 × 12,02 = 123,205.
        ("10,25", PEOPLE[:1], ("heure", 1025, 12_02, 123_21)),
        ("14", [{"nom_naissance": ("Sans salaire",)}], ("heure", 1400, 0, 0)),
        ("14", [{**PEOPLE[0], "heures": ("0",)}], ("heure", 0, 12_02, 0)),
        ("14", [], ("heure", 0, 12_02, 0)),
    ],
)
def test_wages_are_paid_up_to_the_smic_for_each_hour(
    bureau: Bureau, hours: str, people: Sequence[Mapping[str, Raw]], expected: Amounts
) -> None:
    cle = brouillon(bureau, {"remu_demandee": "oui"}, hours, people)

    assert lines(bureau, cle) == {"REMU": expected}


def test_wages_are_not_asked_for_without_saying_so(bureau: Bureau) -> None:
    assert lines(bureau, brouillon(bureau, {"remu_demandee": "non"})) == {}


@pytest.mark.parametrize(
    ("poste", "typed", "expected"),
    [
        ("HEB", {"heb_nuits": "3", "heb_prix": "79,99"}, ("nuit", 300, 79_99, 239_97)),
        ("REST", {"rest_repas": "12", "rest_prix": "15,25"}, ("repas", 1200, 15_25, 183_00)),
        ("TUT", {"tut_mois": "6", "tut_prix": "115"}, ("mois", 600, 115_00, 690_00)),
        ("TRANS", {"transport_montant": "42,10"}, ("forfait", 100, 42_10, 42_10)),
        ("GARDE", {"garde_montant": "50"}, ("forfait", 100, 50_00, 50_00)),
        ("DIAG", {"diag_montant": "300"}, ("forfait", 100, 300_00, 300_00)),
        ("CERT", {"cert_montant": "95,5"}, ("forfait", 100, 95_50, 95_50)),
    ],
)
def test_each_other_cost_has_its_line(
    bureau: Bureau, poste: str, typed: Mapping[str, str], expected: Amounts
) -> None:
    cle = brouillon(bureau, typed)
    assert lines(bureau, cle) == {poste: expected}

    # Half of what it takes asks nothing.
    bureau.saisir(cle, "budget", {[*typed][-1]: ("",)})
    assert lines(bureau, cle) == {}


def test_lines_follow_the_answers_and_add_up(bureau: Bureau) -> None:
    budget = {"peda_base": "stagiaire", "peda_prix": "450,01", "remu_demandee": "oui"}
    more = {"cert_montant": "95,50", "heb_nuits": "2", "heb_prix": "80"}
    cle = brouillon(bureau, budget | more)
    assert list(lines(bureau, cle)) == ["PEDA", "REMU", "HEB", "CERT"]
    with bureau.lire(cle) as dossier:
        assert dossier.demande_cents == 900_02 + 245_28 + 160_00 + 95_50

    bureau.inscrire(cle, {"nom_naissance": ("Petit",), "salaire_horaire": ("12",)})
    bureau.saisir(cle, "budget", {"cert_montant": ("",), "transport_montant": ("10",)})
    found = lines(bureau, cle)
    assert list(found) == ["PEDA", "REMU", "TRANS", "HEB"]
    assert {poste: amounts[-1] for poste, amounts in found.items()} == {
        "PEDA": 1350_03,
        "REMU": 413_28,
        "TRANS": 10_00,
        "HEB": 160_00,
    }


def test_what_others_pay_is_told_and_not_subtracted(bureau: Bureau) -> None:
    others = {"cofinancement": "oui", "cofinancement_montant": "100", "versement_volontaire": "50"}
    cle = brouillon(bureau, {"peda_base": "forfait", "peda_prix": "450", **others})

    assert lines(bureau, cle) == {"PEDA": ("forfait", 100, 450_00, 450_00)}

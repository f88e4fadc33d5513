"""What stands between a brouillon and its sending, told step by step."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from monespace import horloge
from monespace.dossiers import actions
from monespace.dossiers.completude import lacunes, progress
from monespace.dossiers.models import Piece, Statut
from monespace.forms.questionnaire import Raw
from monespace.policy import Can
from tests.dossiers.bureau import Bureau

TO_FILL = "{}\u00a0: à renseigner"
LABELS = {
    "entreprise": ("Téléphone du contact",),
    "formation": (
        *("Type d’action", "Intitulé", "Objectif professionnel", "Nature"),
        *("Formation certifiante", "Modalité pédagogique", "Organisation", "Date de début"),
        *("Date de fin", "Durée totale en heures", "Nombre de jours", "Temps de travail"),
    ),
    "organisme": (
        *("SIRET de l’organisme", "Dénomination", "Adresse", "Code postal", "Commune"),
        *("Nom du contact", "Adresse e-mail du contact"),
        *("Déclaration d’activité en cours d’enregistrement", "Organisme certifié Qualiopi"),
        "TVA",
    ),
    "budget": (
        *("Prix de la formation fixé", "Coûts pédagogiques hors taxes"),
        *("Prise en charge de la rémunération demandée", "Subrogation de paiement"),
    ),
}


def sentences(bureau: Bureau, cle: str, blocking: bool = True) -> list[str]:
    """Everything the dossier lacks; or else, what it is only warned about."""
    with bureau.lire(cle) as dossier:
        return [one.sentence for one in lacunes(dossier) if one.manque.blocks == blocking]


def test_a_new_brouillon_lacks_all_that_is_required(bureau: Bureau) -> None:
    with bureau.lire(bureau.nouveau()) as dossier:
        found = {one.name: [lacune.sentence for lacune in one.lacunes] for one in progress(dossier)}
        faults = sum(one.faults for one in progress(dossier))

    steps = ["entreprise", "formation", "organisme", "stagiaires", "budget", "pieces"]
    assert list(found) == steps
    assert faults == 0
    assert found.pop("stagiaires") == ["Ajoutez au moins un salarié."]
    assert found.pop("pieces") == [
        "Convention de formation signée\u00a0: à joindre",
        "Programme de la formation\u00a0: à joindre",
    ]
    assert found == {
        step: [TO_FILL.format(label) for label in labels] for step, labels in LABELS.items()
    }


@pytest.mark.parametrize(
    ("step", "typed", "lacking"),
    [
        ("formation", {"modalite": "distance"}, []),
        ("formation", {"modalite": "presentiel", "heures_distance": ""}, []),
        (
            "formation",
            {"modalite": "mixte", "heures_distance": "", "lieu_commune": ""},
            ["Heures à distance", "Commune du lieu"],
        ),
        ("formation", {"modalite": "distance", "lieu_adresse": "", "lieu_commune": ""}, []),
        ("formation", {"code_formation": ""}, ["Code de la certification"]),
        ("formation", {"certifiante": "non", "code_formation": ""}, []),
        ("organisme", {"of_nda": ""}, ["Numéro de déclaration d’activité"]),
        (
            "organisme",
            {"of_nda_en_cours": "oui", "of_nda": ""},
            ["Justification de l’enregistrement en cours"],
        ),
        ("organisme", {"of_taux_tva": ""}, ["Taux de TVA en %"]),
        ("organisme", {"of_tva": "exonere", "of_taux_tva": ""}, []),
        ("budget", {"cofinanceur": ""}, ["Organisme cofinanceur"]),
        ("budget", {"cofinancement": "non", "cofinanceur": "", "cofinancement_montant": ""}, []),
        ("budget", {"cofinancement": "", "cofinanceur": ""}, []),
    ],
)
def test_a_question_is_required_where_it_is_asked(
    bureau: Bureau, step: str, typed: Mapping[str, str], lacking: list[str]
) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, step, {name: (text,) for name, text in typed.items()})

    assert sentences(bureau, cle) == [TO_FILL.format(label) for label in lacking]


def test_what_cannot_be_read_is_told_with_what_to_type(bureau: Bureau) -> None:
    cle = bureau.complet()
    bureau.saisir(
        cle,
        "formation",
        {"duree_jours": ("deux",), "date_debut": ("30", "2", "2099"), "code_rome": ("chef",)},
    )
    with bureau.lire(cle) as dossier:
        [fautive] = [one for one in progress(dossier) if one.blocking]
        found = {one.manque.label: one.manque.message for one in fautive.blocking}

    # An optional answer that cannot be read is in the way too: nobody would know what was meant.
    assert (fautive.name, fautive.faults) == ("formation", 3)
    assert found["Nombre de jours"] == "Indiquez un nombre entier, par exemple 12."
    assert "février" in found["Date de début"]
    assert "par exemple M1805" in found["Code ROME du métier visé"]


def test_what_is_unreadable_and_not_asked_is_in_nobody_s_way(bureau: Bureau) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, "organisme", {"of_taux_tva": ("vingt",)})
    assert [one.split("\u00a0")[0] for one in sentences(bureau, cle)] == ["Taux de TVA en %"]

    bureau.saisir(cle, "organisme", {"of_tva": ("exonere",)})
    assert sentences(bureau, cle) == []


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("formation", {"date_fin": ("6", "12", "2099")}, "Date de fin\u00a0: Indiquez une date"),
        ("formation", {"heures_distance": ("15",)}, "Heures à distance\u00a0: Indiquez au plus"),
        ("organisme", {"of_qualiopi": ("non",)}, "Sans certification Qualiopi"),
    ],
)
def test_answers_that_contradict_each_other_block(
    bureau: Bureau, step: str, typed: Mapping[str, Raw], told: str
) -> None:
    cle = bureau.complet()
    bureau.saisir(cle, step, typed)

    [sentence] = sentences(bureau, cle)
    assert told in sentence


@pytest.mark.parametrize(
    ("step", "typed", "told"),
    [
        ("formation", {"date_debut": ("31", "3", "2026")}, "Hors délai"),
        ("formation", {"date_debut": ("1", "4", "2026")}, ""),
        ("formation", {"temps_travail": ("hors",), "duree_heures": ("30,5",)}, "30 heures par an"),
        ("formation", {"temps_travail": ("hors",), "duree_heures": ("30",)}, ""),
        ("formation", {"lieu_code_postal": ("75999",)}, "liste officielle"),
        ("organisme", {"of_code_postal": ("75999",)}, "liste officielle"),
    ],
)
def test_a_warning_does_not_keep_from_sending(
    bureau: Bureau, step: str, typed: Mapping[str, Raw], told: str
) -> None:
    """Filed on 2 March 2026: thirty days later is 1 April."""
    cle = bureau.complet()
    with horloge.frozen(datetime(2026, 3, 2, 12, tzinfo=UTC)):
        bureau.saisir(cle, step, typed)
        assert sentences(bureau, cle) == []
        warned = sentences(bureau, cle, blocking=False)
        assert (len(warned), told in "".join(warned)) == (bool(told), True)
        with bureau.charger(cle, Can.SUBMIT) as dossier:
            actions.submit(bureau.rh, dossier, attested=True)
            assert dossier.statut is Statut.TRANSMIS


def test_each_person_is_told_by_name(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.lire(cle) as dossier:
        known = dossier.stagiaires[0].jeton
    bureau.inscrire(cle, {"nom_usage": ("",), "emploi": ("",), "courriel": ("zoé@",)}, known)
    bureau.inscrire(cle, {"sexe": ("m",)})

    courriel, emploi, *second = sentences(bureau, cle)
    assert emploi == "Zoé Atelier L’Hénaff Atelier, Emploi occupé\u00a0: à renseigner"
    assert courriel.startswith("Zoé Atelier L’Hénaff Atelier, Adresse e-mail\u00a0: Indiquez")
    labels = ("Civilité", "Nom de naissance", "Prénom", "Date de naissance")
    more = ("Catégorie socioprofessionnelle", "Type de contrat", "Emploi occupé")
    last = ("Niveau de diplôme", "Salaire horaire chargé")
    assert second == [
        f"Salarié n°\u00a02, {TO_FILL.format(label)}" for label in (*labels, *more, *last)
    ]


def test_wages_are_required_when_their_refund_is_asked(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.lire(cle) as dossier:
        jeton = dossier.stagiaires[0].jeton
    bureau.inscrire(cle, {"salaire_horaire": ("",)}, jeton)
    [lacking] = sentences(bureau, cle)
    assert lacking.endswith("Salaire horaire chargé\u00a0: à renseigner")

    bureau.saisir(cle, "budget", {"remu_demandee": ("non",)})
    assert sentences(bureau, cle) == []


def test_a_dossier_without_people_lacks_one(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.remove_stagiaire(bureau.rh, dossier, dossier.stagiaires[0])

    assert sentences(bureau, cle) == ["Ajoutez au moins un salarié."]


def test_a_piece_that_is_missing_is_told(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.ouvrir(cle) as dossier:
        programme = next(piece for piece in dossier.pieces if piece.type == "programme")
        dossier.pieces.remove(programme)
    with bureau.lire(cle) as dossier:
        assert [type(piece) for piece in dossier.pieces] == [Piece]
        [step] = [one for one in progress(dossier) if one.blocking]

    assert (step.name, step.faults) == ("pieces", 0)
    assert sentences(bureau, cle) == ["Programme de la formation\u00a0: à joindre"]

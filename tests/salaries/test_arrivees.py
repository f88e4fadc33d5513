"""Who is recognised, and many people taken in at once."""

import time
from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from monespace.acteur import Acteur
from monespace.db import Json
from monespace.salaries import actions, queries
from monespace.salaries.actions import Arrivee, Bilan
from monespace.salaries.queries import Reconnu, Verdict
from monespace.salaries.reconnaissance import HIDDEN
from tests.dossiers.bureau import at_once
from tests.salaries.annuaire import COFFRE, NIR, Annuaire, fiche

NORA: Mapping[str, Json] = {"nom_naissance": "BENALI", "prenom": "nora", "naissance": "1994-03-27"}


def known(annuaire: Annuaire, said: Mapping[str, Json], acteur: Acteur | None = None) -> Reconnu:
    with annuaire.database.reading():
        return queries.recognise(acteur or annuaire.rh, [said], COFFRE)[0]


def test_somebody_is_recognised_however_they_are_written(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nom_naissance="Ben-Ali", prenom="Zoé Anne")

    for nom, prenom in (("BEN ALI", "zoe-anne"), ("Ben\u2010Ali", "ZOÉ ANNE")):
        found = known(annuaire, {**NORA, "nom_naissance": nom, "prenom": prenom})
        assert found.verdict is Verdict.CONNU
        assert found.salarie
        assert found.salarie.cle == cle


def test_another_birth_date_is_another_person(annuaire: Annuaire) -> None:
    annuaire.ajouter()

    assert known(annuaire, {**NORA, "naissance": "1994-03-28"}).verdict is Verdict.NOUVEAU
    assert known(annuaire, {**NORA, "naissance": None}).verdict is Verdict.NOUVEAU
    assert known(annuaire, {}).verdict is Verdict.NOUVEAU


def test_a_matricule_of_somebody_else_is_told(annuaire: Annuaire) -> None:
    annuaire.ajouter(matricule="42")
    annuaire.ajouter(prenom="Lou", matricule="43")

    for said in ({**NORA, "prenom": "Ana", "matricule": "42"}, {**NORA, "matricule": "43"}):
        found = known(annuaire, said)
        assert found.verdict is Verdict.DOUTE
        assert found.sentence.startswith(f"Le matricule {said['matricule']} est celui de ")
    # Nothing contradicts it, or nobody else has it.
    assert known(annuaire, {"matricule": "42", "prenom": "Nora"}).verdict is Verdict.CONNU
    assert known(annuaire, {**NORA, "matricule": "99"}).verdict is Verdict.CONNU


def test_two_people_of_one_name_are_told_apart_by_their_matricule(annuaire: Annuaire) -> None:
    annuaire.ajouter(matricule="42")
    second = annuaire.ajouter(seen=1, matricule="43")

    assert known(annuaire, NORA).verdict is Verdict.DOUTE
    found = known(annuaire, {**NORA, "matricule": "43"})
    assert found.salarie
    assert found.salarie.cle == second


def test_a_nir_recognises_and_contradicts(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nir=NIR)

    found = known(annuaire, {**NORA, "nom_naissance": "Lefèvre", "nir": NIR})
    assert found.salarie
    assert found.salarie.cle == cle
    other = known(annuaire, {**NORA, "naissance": "1991-01-01", "nir": NIR})
    assert other.verdict is Verdict.DOUTE
    assert NIR[5:] not in other.sentence


def test_somebody_hidden_is_never_named(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    annuaire.ajouter(at=annexe, matricule="42", nir=NIR)
    local = annuaire.collegue("Durand", siege)

    hidden: Sequence[Mapping[str, Json]] = (
        NORA,
        {**NORA, "matricule": "42"},
        {"prenom": "Lou", "nir": NIR},
    )
    for said in hidden:
        assert known(annuaire, said, local) == Reconnu(Verdict.DOUTE, None, HIDDEN)
    # A matricule makes no double: it is as if nobody had it.
    assert known(annuaire, {"prenom": "Nora", "matricule": "42"}, local).verdict is Verdict.NOUVEAU


def rows(annuaire: Annuaire, number: int, **said: Json) -> list[Arrivee]:
    return [
        Arrivee(
            f"jeton{rank}",
            fiche(annuaire.societe.siege, prenom=f"Nora {rank}", matricule=f"M{rank}", **said),
        )
        for rank in range(number)
    ]


def take(
    annuaire: Annuaire, arrivees: Sequence[Arrivee], update: bool = True, who: Acteur | None = None
) -> Bilan:
    """As an import does: recognise, then take in, in one transaction."""
    acteur = who or annuaire.rh
    with annuaire.database.transaction():
        found = queries.recognise(acteur, [one.reponses for one in arrivees])
        return actions.take_in(
            acteur,
            [
                Arrivee(one.jeton, one.reponses, said.salarie)
                for one, said in zip(arrivees, found, strict=True)
            ],
            update,
        )


def test_new_people_are_added_and_known_ones_completed(annuaire: Annuaire) -> None:
    assert take(annuaire, rows(annuaire, 3)) == Bilan(added=3)
    assert take(annuaire, rows(annuaire, 3)) == Bilan(already=3)

    upper = rows(annuaire, 4, nom_naissance="BENALI", emploi="Cheffe")
    assert take(annuaire, upper, update=False) == Bilan(added=1, already=3)
    assert take(annuaire, upper) == Bilan(updated=3, already=1)
    first, *_, last = annuaire.tous()
    assert (first.nom, first.reponses["emploi"]) == ("Nora 0 Benali", "Cheffe")
    assert first.revision == 1
    assert last.nom == "Nora 3 BENALI"
    assert annuaire.trouver(q="m2") == ["Nora 2 Benali"]


def test_what_a_row_does_not_say_is_left(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(telephone="+33188131000", emploi="Vendeuse")
    said = {**NORA, "emploi": "Cheffe", "telephone": None}

    assert take(annuaire, [Arrivee("a", said)]) == Bilan(updated=1)
    with annuaire.lire(cle) as salarie:
        assert salarie.reponses["telephone"] == "+33188131000"
        assert salarie.reponses["emploi"] == "Cheffe"


def test_nobody_is_added_or_changed_where_one_may_not_write(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    local = annuaire.collegue("Durand", siege)
    reader = annuaire.collegue("Petit", siege, saisir=False)
    take(annuaire, rows(annuaire, 1))

    moved = [Arrivee("a", {**rows(annuaire, 1)[0].reponses, "etablissement": annexe.siret})]
    for who, arrivees in (
        (local, [Arrivee("x", fiche(annexe))]),
        (local, moved),
        (reader, rows(annuaire, 1, emploi="Cheffe")),
        (reader, [Arrivee("y", fiche(siege))]),
    ):
        bilan = take(annuaire, arrivees, who=who)
        assert (bilan.added, bilan.updated) == (0, 0)
        assert [told for told in bilan.refused.values() if "droit" in told]
    assert [one.etablissement_id for one in annuaire.tous()] == [siege.id]


def test_what_lacks_or_comes_twice_is_refused_alone(annuaire: Annuaire) -> None:
    siege = annuaire.societe.siege
    bilan = take(
        annuaire,
        [
            Arrivee("good", fiche(siege, prenom="Lou")),
            Arrivee("nobody", fiche(siege, prenom=None)),
            Arrivee("nowhere", {**NORA}),
            Arrivee("once", fiche(siege)),
            Arrivee("twice", fiche(siege, nom_naissance="BENALI")),
        ],
    )
    assert bilan.added == 2
    assert sorted(bilan.refused) == ["nobody", "nowhere", "twice"]


def test_a_hidden_person_is_not_doubled_even_unrecognised(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    annuaire.ajouter(at=annexe)
    local = annuaire.collegue("Durand", siege)

    with annuaire.database.transaction():
        bilan = actions.take_in(local, [Arrivee("a", fiche(siege))], update=True)
    assert bilan == Bilan(refused={"a": HIDDEN})
    assert len(annuaire.tous()) == 1


def test_the_same_import_at_once_and_again_makes_each_once(annuaire: Annuaire) -> None:
    arrivees = rows(annuaire, 40)
    done = at_once([lambda: take(annuaire, arrivees) for _ in range(4)])

    assert sum(one.added for one in done) == 40
    assert not any(one.refused for one in done)
    assert len(annuaire.tous()) == 40


def test_two_imports_of_the_same_people_double_nobody(annuaire: Annuaire) -> None:
    def others(mark: str) -> list[Arrivee]:
        return [Arrivee(f"{mark}{one.jeton}", one.reponses) for one in rows(annuaire, 40)]

    done = at_once([partial(take, annuaire, others(mark)) for mark in "abcd"])
    assert sum(one.added for one in done) == 40
    assert len(annuaire.tous()) == 40


@pytest.mark.parametrize("number", [10_000])
def test_ten_thousand_people_are_taken_in_a_few_seconds(annuaire: Annuaire, number: int) -> None:
    arrivees = rows(annuaire, number)
    start = time.perf_counter()
    assert take(annuaire, arrivees) == Bilan(added=number)
    added = time.perf_counter() - start

    start = time.perf_counter()
    again = rows(annuaire, number, emploi="Cheffe")
    assert take(annuaire, again) == Bilan(updated=number)
    updated = time.perf_counter() - start
    print(f"{added:.1f} s to add, {updated:.1f} s to update")
    assert added < 15
    assert updated < 20

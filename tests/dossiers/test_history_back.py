"""A brouillon taken back to an earlier moment: new answers, and nothing of the history lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.dossiers import actions, choices
from monespace.dossiers.actions import Personne
from monespace.dossiers.historique import answered, moments
from monespace.dossiers.models import Dossier, Modification
from monespace.dossiers.retour import Retour, retour
from monespace.forms.answers import Answers
from monespace.policy import Can
from monespace.refus import Introuvable, Refuse
from tests.dossiers.bureau import MOST, Bureau

ETAPE, INTITULE, JOURS = "formation", "intitule", "duree_jours"
TEN = datetime(2026, 11, 23, 10, tzinfo=horloge.PARIS)


@contextmanager
def at(minutes: int) -> Iterator[None]:
    """The clock stands so many minutes after ten."""
    with horloge.frozen(TEN + timedelta(minutes=minutes)):
        yield


def commence(bureau: Bureau) -> str:
    """A brouillon started at ten."""
    with at(0):
        return bureau.nouveau()


def asked(bureau: Bureau, dossier: Dossier, revision: int) -> Retour:
    return retour(dossier, revision, choices.lists(bureau.rh, dossier.dispositif))


def revenir(
    bureau: Bureau, cle: str, revision: int, acteur: Acteur | None = None, most: int = MOST
) -> Retour:
    with bureau.ouvrir(cle) as dossier:
        found = asked(bureau, dossier, revision)
        actions.go_back(acteur or bureau.rh, dossier, found, most)
        return found


def revision(bureau: Bureau, cle: str) -> int:
    with bureau.lire(cle) as dossier:
        return dossier.revision


def etat(bureau: Bureau, cle: str) -> dict[str, Any]:
    """Everything a return may change, people by their key."""
    with bureau.lire(cle) as dossier:
        return {
            "reponses": dict(dossier.reponses),
            "saisies": dict(dossier.saisies),
            "intitule": dossier.intitule,
            "nombre": dossier.nb_stagiaires,
            "montant": dossier.demande_cents,
            "personnes": {
                one.cle: (one.rang, one.jeton, dict(one.reponses), dict(one.saisies))
                for one in dossier.stagiaires
            },
        }


def rows(bureau: Bureau, cle: str) -> list[Modification]:
    with bureau.lire(cle) as dossier, bureau.database.reading() as session:
        chosen = select(Modification).where(Modification.dossier_id == dossier.id)
        return list(session.scalars(chosen.order_by(Modification.id)))


def retirer(bureau: Bureau, cle: str, salarie: str) -> None:
    with bureau.charger(cle, Can.EDIT) as dossier:
        [one] = [one for one in dossier.stagiaires if one.cle == salarie]
        actions.remove_stagiaire(bureau.rh, dossier, one)


def inscrire_ensemble(bureau: Bureau, cle: str, *noms: str) -> None:
    people = [Personne(f"jeton{nom}", {"nom_naissance": nom, "prenom": "Zoé"}) for nom in noms]
    with bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, people, MOST)


def test_the_answers_of_that_moment_come_back(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), JOURS: ("deux",)})
    moment, before = revision(bureau, cle), etat(bureau, cle)
    bureau.saisir(cle, ETAPE, {INTITULE: ("Word",), JOURS: ("3",)}, other)
    history = [(one.id, one.valeur) for one in rows(bureau, cle)]

    found = revenir(bureau, cle, moment, other)
    assert set(found.reponses) == {INTITULE, JOURS}
    assert etat(bureau, cle) == before
    after = rows(bureau, cle)
    assert [(one.id, one.valeur) for one in after[: len(history)]] == history
    assert {one.chemin: one.auteur_id for one in after[len(history) :]} == {
        INTITULE: other.utilisateur_id,
        JOURS: other.utilisateur_id,
    }
    with bureau.lire(cle) as dossier:
        assert dossier.revision == moment + 2
        [told] = [one for one in journal.history(dossier) if one.acte == "revenir"]
        assert told.details["vers"] == moment


def test_people_taken_out_come_back_and_those_added_leave(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    kept, lost = (bureau.inscrire(cle, {"nom_naissance": (nom,)}) for nom in ("Un", "Deux"))
    moment, before = revision(bureau, cle), etat(bureau, cle)
    bureau.inscrire(cle, {"nom_naissance": ("Deuxième",)}, lost.jeton)
    retirer(bureau, cle, lost.cle)
    bureau.inscrire(cle, {"nom_naissance": ("Trois",)})
    bureau.inscrire(cle, {"nom_naissance": ("Premier",)}, kept.jeton)
    after = etat(bureau, cle)
    latest = revision(bureau, cle)

    found = revenir(bureau, cle, moment)
    assert [one.nom for one in found.revenants] == ["Deux"]
    assert len(found.partants) == 1
    assert etat(bureau, cle) == before

    # Undoing is going back again.
    revenir(bureau, cle, latest)
    assert etat(bureau, cle) == after


def test_people_added_together_go_and_come_back(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    before, empty = etat(bureau, cle), revision(bureau, cle)
    inscrire_ensemble(bureau, cle, "Un", "Deux", "Trois")
    after, full = etat(bureau, cle), revision(bureau, cle)

    revenir(bureau, cle, empty)
    assert etat(bureau, cle) == before
    revenir(bureau, cle, full)
    assert etat(bureau, cle) == after


def test_nothing_to_change_writes_nothing(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",)})
    before = bureau.photo()

    assert revenir(bureau, cle, revision(bureau, cle)).empty
    assert bureau.photo() == before


def test_pieces_stay(bureau: Bureau) -> None:
    cle = bureau.complet()
    with bureau.lire(cle) as dossier:
        pieces = [one.id for one in dossier.pieces]
    revenir(bureau, cle, 1)
    with bureau.lire(cle) as dossier:
        assert [one.id for one in dossier.pieces] == pieces
        assert dossier.stagiaires == []
        assert (dossier.intitule, dossier.demande_cents) == ("", 0)


def test_never_more_than_the_limit(bureau: Bureau) -> None:
    """Thirty people, two of them replaced: the first ones come back, the others leave."""
    cle = bureau.nouveau()
    inscrire_ensemble(bureau, cle, *(f"Personne {rang}" for rang in range(MOST)))
    moment, before = revision(bureau, cle), etat(bureau, cle)
    for salarie in list(before["personnes"])[:2]:
        retirer(bureau, cle, salarie)
    inscrire_ensemble(bureau, cle, "Remplaçant", "Remplaçante")

    revenir(bureau, cle, moment)
    assert etat(bureau, cle) == before

    # The limit was lowered since.
    retirer(bureau, cle, next(iter(before["personnes"])))
    fewer = etat(bureau, cle)
    with pytest.raises(Refuse, match="30 salariés"):
        revenir(bureau, cle, moment, most=MOST - 1)
    assert etat(bureau, cle) == fewer


def test_an_answer_that_may_no_longer_be_chosen_stays(bureau: Bureau) -> None:
    """The établissement of then is not among those this person may write for."""
    cle = bureau.nouveau()
    moment = revision(bureau, cle)
    bureau.saisir(cle, "entreprise", {"etablissement": (bureau.societe.annexe.siret,)})

    with bureau.ouvrir(cle) as dossier:
        found = retour(dossier, moment, {"etablissements": ()})
        assert (found.empty, len(found.laisses)) == (True, 1)
    revenir(bureau, cle, moment)
    with bureau.lire(cle) as dossier:
        assert dossier.etablissement_id == bureau.societe.siege.id


def test_a_moment_of_nothing_is_not_found(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    with bureau.lire(cle) as dossier:
        for none in (0, -1, dossier.revision + 1, 10**12):
            with pytest.raises(Introuvable):
                asked(bureau, dossier, none)


def test_not_before_the_dossier_was_split(bureau: Bureau) -> None:
    """The people and the money of then are in other dossiers too."""
    cle = bureau.nouveau()
    with at(0):
        bureau.saisir(cle, ETAPE, {INTITULE: ("Avant",)})
    before = revision(bureau, cle)
    with at(10):
        bureau.saisir(cle, ETAPE, {INTITULE: ("Pendant",)})
        with bureau.ouvrir(cle) as dossier:
            journal.record(bureau.rh, "repartir", dossier)
    split = revision(bureau, cle)
    with at(20):
        bureau.saisir(cle, ETAPE, {INTITULE: ("Après",)})
        with pytest.raises(Refuse, match="répartition"):
            revenir(bureau, cle, before)
        revenir(bureau, cle, split)
    assert etat(bureau, cle)["intitule"] == "Pendant"


def test_every_moment_of_a_long_history_can_be_found_again(bureau: Bureau) -> None:
    """Whatever happened after, and in whatever order one goes back."""
    cle = bureau.nouveau()
    states = {revision(bureau, cle): etat(bureau, cle)}

    def note() -> None:
        states[revision(bureau, cle)] = etat(bureau, cle)

    zoe = bureau.inscrire(cle, {"nom_naissance": ("Zoé",), "naissance": ("31", "2", "1994")})
    note()
    inscrire_ensemble(bureau, cle, "Un", "Deux")
    note()
    bureau.saisir(cle, "budget", {"peda_base": ("forfait",), "peda_prix": ("100",)})
    note()
    retirer(bureau, cle, zoe.cle)
    note()
    bureau.saisir(cle, "budget", {"peda_prix": ("cent",)})
    note()
    inscrire_ensemble(bureau, cle, "Trois")
    note()
    for moment in [*states, *reversed(states), *list(states)[::2]]:
        revenir(bureau, cle, moment)
        assert etat(bureau, cle) == states[moment], moment
    with bureau.lire(cle) as dossier:
        last = {one.chemin: one for one in rows(bureau, cle)}
        kept = Answers(dossier.reponses, dossier.saisies)
        for chemin, row in last.items():
            if "/" not in chemin:
                assert kept[chemin].as_json() == row.valeur


def test_moments_gather_what_one_person_does_in_a_few_minutes(bureau: Bureau) -> None:
    cle, other = commence(bureau), bureau.collegue("Durand")
    for minute, texte in enumerate(("E", "Ex", "Excel"), start=60):
        with at(minute):
            bureau.saisir(cle, ETAPE, {INTITULE: (texte,)})
    with at(64):
        bureau.saisir(cle, ETAPE, {INTITULE: ("Word",)}, other)
    with at(90):
        bureau.saisir(cle, ETAPE, {JOURS: ("2",)}, other)
        bureau.saisir(cle, ETAPE, {JOURS: ("3",)}, other)
        bureau.saisir(cle, ETAPE, {JOURS: ("2",)}, other)

    with bureau.lire(cle) as dossier:
        told = [
            (one.auteur, [(each.avant, each.apres) for each in one.changements])
            for one in moments(dossier).moments
        ]
    assert told[:3] == [
        ("Camille Durand", [("Pas de réponse", "2")]),
        ("Camille Durand", [("Excel", "Word")]),
        ("Camille Martin", [("Pas de réponse", "Excel")]),
    ]


def test_what_takes_away_is_a_moment_of_its_own(bureau: Bureau) -> None:
    """So that one can go back to just before it."""
    cle = commence(bureau)
    with at(60):
        zoe = bureau.inscrire(cle, {"prenom": ("Zoé",)})
        bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",)})
        before = revision(bureau, cle)
        retirer(bureau, cle, zoe.cle)
        bureau.saisir(cle, ETAPE, {INTITULE: ("Word",)})
        revenir(bureau, cle, before)
        bureau.saisir(cle, ETAPE, {JOURS: ("2",)})
    with bureau.lire(cle) as dossier:
        found = moments(dossier).moments
    changes = [[f"{one.label}\u00a0: {one.apres}" for one in each.changements] for each in found]
    assert changes[:5] == [
        ["Nombre de jours\u00a0: 2"],
        ["Intitulé\u00a0: Excel", "Zoé\u00a0: Ajouté au dossier"],
        ["Intitulé\u00a0: Word"],
        ["Zoé\u00a0: Retiré du dossier"],
        ["Zoé\u00a0: Ajouté au dossier", "Intitulé\u00a0: Excel"],
    ]
    assert found[1].titre == "Retour au 23\u00a0novembre\u00a02026 à 11:00"
    assert found[4].revision == before


def test_a_long_history_comes_by_pages(bureau: Bureau) -> None:
    """Every moment once, in order, whatever the page."""
    cle = commence(bureau)
    for hour in range(1, 41):
        with at(60 * hour):
            bureau.saisir(cle, ETAPE, {INTITULE: (f"Version {hour}",)})
    with bureau.lire(cle) as dossier:
        seen, before = [], None
        for _ in range(4):
            page = moments(dossier, before)
            seen += [change.apres for one in page.moments for change in one.changements]
            before = page.suite
            if before is None:
                break
    assert seen[:-3] == [f"Version {hour}" for hour in range(40, 0, -1)]
    assert before is None


def test_a_revision_longer_than_a_page_is_told_whole(bureau: Bureau) -> None:
    cle = commence(bureau)
    people = [
        Personne(f"jeton{rang}", {f"reponse_{one}": "x" for one in range(40)} | {"prenom": "Zoé"})
        for rang in range(MOST)
    ]
    with at(60), bureau.charger(cle, Can.EDIT) as dossier:
        actions.add_people(bureau.rh, dossier, people, MOST)
    with bureau.lire(cle) as dossier:
        first = moments(dossier)
        assert [len(one.changements) for one in first.moments] == [MOST]
        older = moments(dossier, first.suite)
        assert (len(older.moments), older.suite) == (1, None)


def test_each_answer_has_its_author(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), JOURS: ("deux",)})
    bureau.saisir(cle, ETAPE, {JOURS: ("trois",)}, other)
    bureau.inscrire(cle, {"prenom": ("Zoé",)})

    with bureau.lire(cle) as dossier:
        groups = {one.titre: one for one in answered(dossier)}
    traces = {one.label: (one.texte, one.auteur) for one in groups["Action de formation"].traces}
    assert traces["Intitulé"] == ("Excel", "Camille Martin")
    assert traces["Nombre de jours"] == ("trois", "Camille Durand")
    [person] = [one for one in groups.values() if one.personne]
    assert person.titre == "Salarié 1\u00a0: Zoé"
    assert [(one.label, one.texte, one.auteur) for one in person.traces] == [
        ("Prénom", "Zoé", "Camille Martin")
    ]

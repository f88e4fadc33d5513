"""What two people write in one brouillon: remembered, merged, asked when they differ."""

from sqlalchemy import select

from monespace import journal
from monespace.dossiers import actions
from monespace.dossiers.actions import Saved
from monespace.dossiers.models import Modification
from monespace.forms.answers import Answer
from monespace.policy import Can
from tests.dossiers.bureau import Bureau

ETAPE = "formation"
INTITULE, OBJECTIF, JOURS = "intitule", "objectif", "duree_jours"


def history(bureau: Bureau, cle: str, chemin: str) -> list[Modification]:
    with bureau.lire(cle) as dossier, bureau.database.reading() as session:
        rows = select(Modification).where(
            Modification.dossier_id == dossier.id, Modification.chemin == chemin
        )
        return list(session.scalars(rows.order_by(Modification.id)))


def answers(bureau: Bureau, cle: str) -> dict[str, object]:
    with bureau.lire(cle) as dossier:
        return {**dossier.reponses}


def revision(bureau: Bureau, cle: str) -> int:
    with bureau.lire(cle) as dossier:
        return dossier.revision


def contested(saved: Saved) -> dict[str, tuple[object, int | None]]:
    """What this person typed, and who had changed it meanwhile."""
    return {name: (one.typed.value, one.theirs.auteur_id) for name, one in saved.contested.items()}


def test_each_change_is_remembered_with_its_author(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")

    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), JOURS: ("2",)})
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), JOURS: ("deux",)}, other)
    bureau.saisir(cle, ETAPE, {INTITULE: ("",), JOURS: ("deux",)})

    assert [(one.auteur_id, one.valeur) for one in history(bureau, cle, INTITULE)] == [
        (bureau.rh.utilisateur_id, {"valeur": "Excel"}),
        (bureau.rh.utilisateur_id, {}),
    ]
    typed = [Answer.from_json(one.valeur) for one in history(bureau, cle, JOURS)]
    assert [(one.value, one.raw, bool(one.error)) for one in typed] == [
        (2, (), False),
        (None, ("deux",), True),
    ]


def test_what_nobody_changed_is_not_remembered_again(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    typed = {INTITULE: (" Excel ",), JOURS: ("deux",)}
    assert bureau.saisir(cle, ETAPE, typed).changed
    before = bureau.photo()

    assert not bureau.saisir(cle, ETAPE, typed).changed
    assert bureau.photo() == before


def test_two_people_on_different_questions_both_win(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), OBJECTIF: ("Compter.",)})
    shown = revision(bureau, cle)

    bureau.saisir(cle, ETAPE, {INTITULE: ("Word",), OBJECTIF: ("Compter.",)}, other, shown)
    saved = bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",), OBJECTIF: ("Calculer.",)}, None, shown)
    assert (saved.changed, saved.contested) == (True, {})
    kept = answers(bureau, cle)
    assert (kept[INTITULE], kept[OBJECTIF]) == ("Word", "Calculer.")


def test_two_people_on_one_question_are_asked(bureau: Bureau) -> None:
    """The first answer stays, the second is shown back; the rest of the form is kept."""
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",)})
    shown = revision(bureau, cle)

    bureau.saisir(cle, ETAPE, {INTITULE: ("Word",)}, other, shown)
    mine = {INTITULE: ("Access",), JOURS: ("3",)}
    saved = bureau.saisir(cle, ETAPE, mine, None, shown)
    assert contested(saved) == {INTITULE: ("Access", other.utilisateur_id)}
    kept = answers(bureau, cle)
    assert (kept[INTITULE], kept[JOURS]) == ("Word", 3)

    # Shown again with what stands now, the same words are a choice.
    assert bureau.saisir(cle, ETAPE, mine).contested == {}
    assert answers(bureau, cle)[INTITULE] == "Access"
    told = [one.valeur.get("valeur") for one in history(bureau, cle, INTITULE)]
    assert told == ["Excel", "Word", "Access"]


def test_the_same_answer_twice_is_no_contest(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    shown = revision(bureau, cle)

    bureau.saisir(cle, ETAPE, {INTITULE: ("Word",)}, other, shown)
    saved = bureau.saisir(cle, ETAPE, {INTITULE: ("Word",)}, None, shown)
    assert (saved.changed, saved.contested) == (False, {})


def test_nobody_is_their_own_rival(bureau: Bureau) -> None:
    """An autosave whose answer was lost comes again with the former revision."""
    cle = bureau.nouveau()
    shown = revision(bureau, cle)

    bureau.saisir(cle, ETAPE, {INTITULE: ("Exc",)}, None, shown)
    saved = bureau.saisir(cle, ETAPE, {INTITULE: ("Excel",)}, None, shown)
    assert (saved.changed, saved.contested) == (True, {})
    assert answers(bureau, cle)[INTITULE] == "Excel"


def test_what_cannot_be_read_is_contested_too(bureau: Bureau) -> None:
    cle, other = bureau.nouveau(), bureau.collegue("Durand")
    shown = revision(bureau, cle)

    bureau.saisir(cle, ETAPE, {JOURS: ("deux",)}, other, shown)
    saved = bureau.saisir(cle, ETAPE, {JOURS: ("trois",)}, None, shown)
    assert saved.contested[JOURS].typed.raw == ("trois",)
    with bureau.lire(cle) as dossier:
        kept = dossier.saisies[JOURS]
        assert isinstance(kept, dict)
        assert kept["brut"] == ["deux"]


def test_people_have_their_history_too(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    first, second = (
        bureau.inscrire(cle, {"nom_naissance": (nom,)}) for nom in ("Martin", "Durand")
    )
    bureau.inscrire(cle, {"nom_naissance": ("Durant",)}, second.jeton)

    names = {
        one.cle: [
            change.valeur["valeur"]
            for change in history(bureau, cle, f"stagiaires/{one.cle}/nom_naissance")
        ]
        for one in (first, second)
    }
    assert names == {first.cle: ["Martin"], second.cle: ["Durand", "Durant"]}


def test_a_deleted_brouillon_leaves_its_journal_and_nothing_else(bureau: Bureau) -> None:
    kept, deleted = bureau.complet("Gardé"), bureau.complet("Jeté")
    with bureau.lire(deleted) as dossier:
        gone, reference = dossier.id, dossier.reference
    with bureau.charger(deleted, Can.DELETE) as dossier:
        actions.delete(bureau.rh, dossier)

    after = bureau.photo()
    for table, rows in after.items():
        assert table == "journal" or not any(row._mapping.get("dossier_id") == gone for row in rows)
    [last] = [row for row in after["journal"] if row.acte == "supprimer"]
    assert (last.objet_id, last.details) == (gone, {"reference": reference})

    new = bureau.nouveau()
    with bureau.lire(new) as dossier:
        assert dossier.id not in (gone, None)
        assert [one.acte for one in journal.history(dossier)] == ["commencer"]
    with bureau.lire(kept) as dossier:
        assert "supprimer" not in {one.acte for one in journal.history(dossier)}

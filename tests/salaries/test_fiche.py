"""Adding and changing people: whoever does it at once, nobody is doubled, nothing is lost."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import journal
from monespace.forms.answers import Answer, Answers
from monespace.journal import Evenement
from monespace.refus import Conflit, Interdit, Introuvable, Refuse
from monespace.salaries import actions
from monespace.salaries.actions import Contestee, Doublon, Fautes
from monespace.salaries.models import Salarie
from monespace.salaries.reconnaissance import HIDDEN
from tests.dossiers.bureau import at_once
from tests.salaries.annuaire import NIR, Annuaire, fiche


def test_somebody_is_added_with_what_lists_read(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nom_usage="Lefèvre", matricule="00 42", emploi="Vendeuse")

    with annuaire.lire(cle) as salarie:
        assert salarie.nom == "Nora Lefèvre"
        assert salarie.tri_nom == "lefevre nora"
        assert salarie.naissance.isoformat() == "1994-03-27"
        assert salarie.matricule == "00 42"
        assert salarie.identite == "benali|nora|1994-03-27"
        assert salarie.etablissement_id == annuaire.societe.siege.id
        assert [line.acte for line in journal.history(salarie)] == ["ajouter"]


@pytest.mark.parametrize("name", ["etablissement", "nom_naissance", "prenom", "naissance"])
def test_what_the_directory_needs_is_asked_for(annuaire: Annuaire, name: str) -> None:
    lacking = {**fiche(annuaire.societe.siege), name: None}
    with annuaire.database.transaction(), pytest.raises(Fautes) as refusal:
        actions.add(annuaire.rh, Answers(lacking, {}), uuid4().hex)
    assert refusal.value.answers[name].error.startswith(("Indiquez", "Choisissez"))
    assert annuaire.tous() == []


@pytest.mark.parametrize("typed", ["BENALI", "Bénali", " benali "])
def test_the_same_person_is_told_and_not_doubled(annuaire: Annuaire, typed: str) -> None:
    first = annuaire.ajouter()

    with pytest.raises(Doublon) as refusal:
        annuaire.ajouter(nom_naissance=typed)
    assert [one.cle for one in refusal.value.semblables] == [first]
    assert len(annuaire.tous()) == 1


def test_another_person_of_the_same_name_is_added_on_purpose(annuaire: Annuaire) -> None:
    annuaire.ajouter()
    annuaire.ajouter(seen=1)

    assert [one.homonyme for one in annuaire.tous()] == [0, 1]
    with pytest.raises(Doublon) as refusal:
        annuaire.ajouter(seen=1)
    assert len(refusal.value.semblables) == 2


def adding(annuaire: Annuaire, jeton: str, seen: int = 0) -> Callable[[], str]:
    def add() -> str:
        try:
            annuaire.ajouter(jeton=jeton, seen=seen)
        except Doublon:
            return "told"
        return "added"

    return add


def test_eight_who_add_the_same_person_at_once_make_one(annuaire: Annuaire) -> None:
    done = at_once([adding(annuaire, uuid4().hex) for _ in range(8)])

    assert sorted(done) == ["added", *["told"] * 7]
    assert [one.homonyme for one in annuaire.tous()] == [0]


def test_eight_who_say_it_is_another_at_once_make_one_more(annuaire: Annuaire) -> None:
    """Each was shown one person; seven must be shown the second."""
    annuaire.ajouter()
    done = at_once([adding(annuaire, uuid4().hex, seen=1) for _ in range(8)])

    assert sorted(done) == ["added", *["told"] * 7]
    assert [one.homonyme for one in annuaire.tous()] == [0, 1]


def test_the_same_form_sent_at_once_makes_one(annuaire: Annuaire) -> None:
    jeton = uuid4().hex

    assert set(at_once([adding(annuaire, jeton) for _ in range(8)])) == {"added"}
    assert len(annuaire.tous()) == 1


def test_a_form_of_somebody_else_is_not_used_again(annuaire: Annuaire) -> None:
    jeton, other = uuid4().hex, annuaire.collegue("Durand", annuaire.societe.siege)
    annuaire.ajouter(jeton=jeton)

    with pytest.raises(Conflit, match="déjà servi"):
        annuaire.ajouter(other, jeton=jeton)


def test_somebody_hidden_is_neither_doubled_nor_told(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    annuaire.ajouter(at=annexe, emploi="Kanarix")
    local = annuaire.collegue("Durand", siege)

    for seen in (0, 1, 5):
        with pytest.raises(Refuse) as refusal:
            annuaire.ajouter(local, seen=seen)
        assert refusal.value.message.startswith(HIDDEN)
        assert "Benali" not in refusal.value.message
    assert len(annuaire.tous()) == 1


def test_nobody_is_added_or_moved_where_one_may_not_write(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    local = annuaire.collegue("Durand", siege)
    with pytest.raises(Interdit, match="droit"):
        annuaire.ajouter(local, at=annexe)

    cle = annuaire.ajouter(local)
    with annuaire.lire(cle) as salarie:
        shown = actions.digests(salarie)
    with pytest.raises(Interdit, match="droit"):
        annuaire.changer(cle, shown, local, etablissement=annexe.siret)
    with annuaire.lire(cle) as salarie:
        assert salarie.etablissement_id == siege.id


def test_who_only_reads_may_not_write_and_who_sees_nothing_finds_nothing(
    annuaire: Annuaire,
) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    cle = annuaire.ajouter()
    reader = annuaire.collegue("Durand", siege, saisir=False)
    elsewhere = annuaire.collegue("Petit", annexe)

    with pytest.raises(Interdit, match="Nora Benali"), annuaire.ouvrir(cle, reader):
        pass
    with pytest.raises(Introuvable), annuaire.ouvrir(cle, elsewhere):
        pass
    assert annuaire.trouver(reader) == ["Nora Benali"]
    assert annuaire.trouver(elsewhere) == []


def test_a_matricule_belongs_to_one_person(annuaire: Annuaire) -> None:
    annuaire.ajouter(matricule="0042")

    with pytest.raises(Fautes) as refusal:
        annuaire.ajouter(prenom="Lou", matricule="0042")
    assert "Nora Benali, née le 27\u00a0mars\u00a01994" in refusal.value.answers["matricule"].error
    assert refusal.value.answers["prenom"].value == "Lou"


def test_only_what_was_changed_is_written(annuaire: Annuaire) -> None:
    """Two people change different answers of one fiche: both are kept."""
    cle = annuaire.ajouter(emploi="Vendeuse", telephone="+33188131000")
    with annuaire.lire(cle) as salarie:
        shown, before = actions.digests(salarie), dict(salarie.reponses)
    assert annuaire.changer(cle, shown, emploi="Cheffe") == ("emploi",)

    with annuaire.ouvrir(cle) as salarie:
        typed = Answers({**before, "telephone": "+33188131001", "csp": "employe"}, {})
        changed = actions.change(annuaire.rh, salarie, typed, shown, {})
    assert sorted(changed) == ["csp", "telephone"]
    with annuaire.lire(cle) as salarie:
        assert salarie.reponses["emploi"] == "Cheffe"
        assert salarie.reponses["telephone"] == "+33188131001"
        assert salarie.revision == 2


def test_the_same_answer_changed_by_two_is_asked(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(emploi="Vendeuse")
    with annuaire.lire(cle) as salarie:
        shown = actions.digests(salarie)
    annuaire.changer(cle, shown, emploi="Cheffe")

    with pytest.raises(Contestee) as refusal:
        annuaire.changer(cle, shown, emploi="Barista", csp="employe")
    assert refusal.value.contested == {"emploi": Answer("Barista")}
    assert refusal.value.answers["csp"] == Answer("employe")
    with annuaire.lire(cle) as salarie:
        assert (salarie.reponses["emploi"], salarie.revision) == ("Cheffe", 1)
        now = actions.digests(salarie)
    assert annuaire.changer(cle, now, emploi="Barista") == ("emploi",)


def test_an_answer_erased_by_one_and_changed_by_another_is_asked(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(emploi="Vendeuse")
    with annuaire.lire(cle) as salarie:
        shown = actions.digests(salarie)
    annuaire.changer(cle, shown, emploi=None)
    with annuaire.lire(cle) as salarie:
        assert "emploi" not in salarie.reponses

    with pytest.raises(Contestee):
        annuaire.changer(cle, shown, emploi="Barista")


def test_a_fiche_does_not_become_somebody_else(annuaire: Annuaire) -> None:
    annuaire.ajouter()
    cle = annuaire.ajouter(prenom="Lou")
    with annuaire.lire(cle) as salarie:
        shown = actions.digests(salarie)

    with pytest.raises(Doublon):
        annuaire.changer(cle, shown, prenom="Nora")
    with annuaire.lire(cle) as salarie:
        assert salarie.nom == "Lou Benali"
    with annuaire.ouvrir(cle) as salarie:
        typed = Answers({**salarie.reponses, "prenom": "Nora"}, {})
        actions.change(annuaire.rh, salarie, typed, shown, {}, seen=1)
    assert [one.homonyme for one in annuaire.tous()] == [0, 1]


def test_the_journal_tells_which_answers_and_never_what_they_say(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(emploi="Kanarix")
    with annuaire.lire(cle) as salarie:
        shown = actions.digests(salarie)
    annuaire.changer(cle, shown, telephone="+33188131000")

    with annuaire.database.reading() as running:
        lines = running.scalars(select(Evenement).order_by(Evenement.id)).all()
    assert [(one.acte, one.details) for one in lines] == [
        ("ajouter", {}),
        ("modifier", {"champs": ["telephone"]}),
    ]


def test_a_departure_is_noted_and_undone(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(embauche="2020-01-06")
    with annuaire.ouvrir(cle) as salarie, pytest.raises(Refuse, match="6\u00a0janvier\u00a02020"):
        actions.leave(annuaire.rh, salarie, date(2020, 1, 5))
    with annuaire.ouvrir(cle) as salarie:
        actions.leave(annuaire.rh, salarie, date(2024, 6, 30))
        actions.leave(annuaire.rh, salarie, date(2024, 6, 30))
    assert annuaire.trouver() == []
    assert annuaire.trouver(presence="partis") == annuaire.trouver(presence="tous")

    with annuaire.ouvrir(cle) as salarie:
        actions.come_back(annuaire.rh, salarie)
    assert annuaire.trouver() == ["Nora Benali"]
    with annuaire.lire(cle) as salarie:
        acts = [line.acte for line in journal.history(salarie)]
    assert acts == ["retour", "depart", "ajouter"]


def test_the_database_refuses_a_double_past_the_actions(annuaire: Annuaire) -> None:
    annuaire.ajouter(nir=NIR)
    with annuaire.database.reading() as running:
        one = running.scalars(select(Salarie)).one()
    copied = {
        column.key: getattr(one, column.key)
        for column in Salarie.__table__.columns
        if column.key not in ("id", "cle", "jeton", "nir_empreinte")
    }
    with pytest.raises(IntegrityError), annuaire.database.transaction() as running:
        running.add(Salarie(cle="x" * 12, jeton=uuid4().hex, **copied))
    assert len(annuaire.tous()) == 1

"""Two people in one dossier: what each changed is kept, or asked; nothing is lost in silence."""

from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monespace.dossiers.models import Dossier
from monespace.dossiers.reading import declaration
from monespace.forms.answers import Answer, Answers, read
from monespace.forms.questionnaire import Raw
from tests.dossiers.bureau import Bureau

QUESTIONS = ("intitule", "objectif", "lieu_commune", "duree_jours")
# As the form was shown; «deux» and «trois jours» are no numbers, and are kept as they are typed.
SHOWN: Mapping[str, Raw] = dict.fromkeys(QUESTIONS, ("2",))
CHANGES = st.dictionaries(
    st.sampled_from(QUESTIONS), st.sampled_from([("",), ("2",), ("3",), ("deux",), ("4 jours",)])
)


def answer(dossier: Dossier, name: str, raw: Raw) -> Answer:
    step = declaration(dossier).step("formation")
    assert step
    return read(next(one.kind for one in step.questions if one.name == name), raw)


# Each example has a brouillon of its own in the database of the test.
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(theirs=CHANGES, mine=CHANGES)
def test_what_two_people_type_at_once(
    bureau: Bureau, theirs: dict[str, Raw], mine: dict[str, Raw]
) -> None:
    """Both had the same form; each posts all of it, most of it untouched."""
    cle, colleague = bureau.nouveau(), bureau.collegue("Diallo")
    bureau.saisir(cle, "formation", SHOWN)
    with bureau.lire(cle) as dossier:
        shown = dossier.revision

    bureau.saisir(cle, "formation", {**SHOWN, **theirs}, colleague, shown)
    saved = bureau.saisir(cle, "formation", {**SHOWN, **mine}, bureau.rh, shown)

    with bureau.lire(cle) as dossier:
        kept = Answers(dossier.reponses, dossier.saisies)
        for name, before in SHOWN.items():
            my, their = mine.get(name, before), theirs.get(name, before)
            contested = before not in (my, their) and my != their
            assert (name in saved.contested) == contested
            wanted = their if contested or my == before else my
            assert kept[name] == answer(dossier, name, wanted)
            if contested:
                assert saved.contested[name].typed == answer(dossier, name, my)
                assert saved.contested[name].theirs.auteur_id == colleague.utilisateur_id


def test_pressing_again_settles_what_was_contested(bureau: Bureau) -> None:
    cle, colleague = bureau.nouveau(), bureau.collegue("Diallo")
    bureau.saisir(cle, "formation", {"intitule": ("Le leur",)}, colleague, 0)
    asked = bureau.saisir(cle, "formation", {"intitule": ("Le mien",)}, bureau.rh, 0)
    assert set(asked.contested) == {"intitule"}

    saved = bureau.saisir(cle, "formation", {"intitule": ("Le mien",)})
    assert not saved.contested
    with bureau.lire(cle) as dossier:
        assert dossier.reponses["intitule"] == "Le mien"


@pytest.mark.parametrize("typed", ["  ", "31/02/2026", "x" * 5000])
def test_what_cannot_be_read_takes_the_place_of_the_answer(bureau: Bureau, typed: str) -> None:
    """The amount that was there must not be sent in place of the one that was meant."""
    cle = bureau.complet()
    bureau.saisir(cle, "budget", {"peda_prix": (typed,)})

    with bureau.lire(cle) as dossier:
        assert "peda_prix" not in dossier.reponses
        assert ("peda_prix" in dossier.saisies) == bool(typed.strip())
        assert not [ligne for ligne in dossier.lignes if ligne.poste == "PEDA"]

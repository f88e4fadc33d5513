"""Who administers a company: never nobody, and nobody decides for oneself."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from monespace import horloge
from monespace.acces import actions
from monespace.acteur import Acteur, Objet, Verbe
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.journal import Evenement
from monespace.organisations.models import TOUS, EtatRattachement
from monespace.organisations.octrois import Octroi
from monespace.policy import Can
from monespace.refus import Interdit, Introuvable, Refuse
from tests.figures.administrateurs import MIXES, play
from tests.support.maison import Maison

CONSULTER_TOUT = frozenset({Octroi(Objet.DOSSIERS, TOUS, TOUS, frozenset({Verbe.CONSULTER}))})


@pytest.mark.parametrize("mix", range(len(MIXES)))
def test_two_administrateurs_at_once_never_leave_nobody(chez: Maison, mix: int) -> None:
    found = play(chez.database, 20, [MIXES[mix]])

    assert found["organisations_without_admin"] == 0
    # They do not all fail either: the first of the two goes through.
    assert found["admin_acts_done"] >= found["admin_rounds"] == 20


def test_the_last_one_stays(chez: Maison) -> None:
    alone, colleague = chez.person("Seul", administrateur=True), chez.person("Collègue")
    assert not chez.leaving(alone)()
    with (
        pytest.raises(Refuse, match="dernier administrateur"),
        chez.loading(alone, alone, Can.LEAVE) as one,
    ):
        actions.leave(alone, one)

    with chez.loading(alone, colleague, Can.APPOINT) as one:
        actions.appoint(alone, one)
    assert chez.leaving(alone)()
    assert chez.now(colleague).administrateur
    assert chez.now(alone).organisation_id is None


Act = Callable[[Maison, Acteur, Acteur], bool]


@pytest.mark.parametrize(
    "act",
    [
        lambda chez, by, whom: chez.removing(by, whom)(),
        lambda chez, by, whom: chez.suspending(by, whom)(),
        lambda chez, by, whom: chez.dismissing(by, whom)(),
        lambda chez, by, whom: chez.ending(by, whom)(),
    ],
    ids=["remove", "suspend", "dismiss", "end"],
)
def test_a_stand_in_does_not_replace_who_stays(chez: Maison, act: Act) -> None:
    """Somebody there until Friday cannot be the only one left."""
    lasting, stand_in = (chez.person(nom, administrateur=True) for nom in ("Reste", "Remplace"))
    assert chez.ending(lasting, stand_in)()
    assert chez.now(stand_in).administrateur

    assert not act(chez, stand_in, lasting)
    assert chez.now(lasting).administrateur
    assert act(chez, lasting, stand_in)


def test_nobody_acts_on_oneself(chez: Maison) -> None:
    one = chez.person("Un", administrateur=True)
    chez.person("Deux", administrateur=True)

    for act in (chez.removing, chez.suspending, chez.dismissing, chez.ending):
        assert not act(one, one)()
    assert chez.now(one).administrateur


def test_only_an_administrateur_touches_another(chez: Maison) -> None:
    admin = chez.person("Admin", administrateur=True)
    chez.person("Autre", administrateur=True)
    trusted = chez.trusted("Confiance")
    member = chez.person("Membre")

    for act in (chez.removing, chez.suspending, chez.dismissing, chez.ending):
        assert not act(trusted, admin)()
    with pytest.raises(Interdit), chez.loading(trusted, member, Can.APPOINT):
        raise AssertionError("it must not be loaded")
    assert chez.removing(trusted, member)()
    assert chez.now(member).organisation_id is None


def test_who_holds_less_takes_away_nothing_more(chez: Maison) -> None:
    """Rattachements entrusted for one établissement: not the rights given on the company."""
    chez.person("Admin", administrateur=True)
    member, local = chez.person("Membre"), chez.trusted("Local", chez.societe.siege.siret)

    for act in (chez.removing, chez.suspending, chez.ending):
        assert not act(local, member)()
    assert chez.now(member).droits


def test_whoever_was_removed_meanwhile_decides_nothing_more(chez: Maison) -> None:
    """Rights are those of the instant of the act, whatever the page said when it was shown."""
    one, other = (chez.person(nom, administrateur=True) for nom in ("Un", "Deux"))
    chez.person("Trois", administrateur=True)
    assert chez.removing(one, other)()

    with pytest.raises(Introuvable), chez.loading(other, one, Can.DELETE) as row:
        actions.remove(other, row)
    assert chez.now(one).administrateur


def test_dismissed_they_keep_what_is_given(chez: Maison) -> None:
    one, other = (chez.person(nom, administrateur=True) for nom in ("Un", "Deux"))
    with chez.loading(one, other, Can.APPOINT) as row:
        actions.dismiss(one, row, CONSULTER_TOUT)

    now = chez.now(other)
    assert not now.administrateur
    assert [(droit.objet, droit.verbes) for droit in now.droits] == [
        (Objet.DOSSIERS, frozenset({Verbe.CONSULTER}))
    ]


def test_a_suspended_access_comes_back_as_it_was(chez: Maison) -> None:
    admin, other = (chez.person(nom, administrateur=True) for nom in ("Un", "Deux"))
    assert chez.suspending(admin, other)()
    assert chez.suspending(admin, other)()
    assert chez.now(other).organisation_id is None

    with chez.loading(admin, other, Can.RESUME) as row:
        actions.resume(admin, row)
    assert chez.now(other).administrateur


def test_removed_nothing_is_left_but_the_journal(chez: Maison) -> None:
    admin, member = chez.person("Admin", administrateur=True), chez.person("Membre")
    assert chez.removing(admin, member)()

    with chez.reading(member) as row:
        assert (row.etat, row.habilitations) == (EtatRattachement.RETIRE, [])
        lines = session().scalars(select(Evenement).where(Evenement.acte == "retirer")).all()
        mails = session().scalars(select(Courriel)).all()
    assert [line.details["avant"] for line in lines] == [
        {"administrateur": False, "droits": [["dossiers", "*", "*", ["consulter", "saisir"]]]}
    ]
    assert ["est retiré" in mail.sujet for mail in mails] == [True]


def test_dates_must_make_sense(chez: Maison) -> None:
    admin, member = chez.person("Admin", administrateur=True), chez.person("Membre")
    today = horloge.today()
    for debut, fin in ((today, today.replace(year=2001)), (None, today.replace(year=2001))):
        with pytest.raises(Refuse), chez.loading(admin, member, Can.EDIT) as row:
            actions.set_dates(admin, row, debut, fin)
    later = today.replace(year=today.year + 1)
    with chez.loading(admin, member, Can.EDIT) as row:
        actions.set_dates(admin, row, later, None)
    assert chez.now(member).organisation_id is None

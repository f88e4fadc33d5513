"""The grid of rights: what is drawn, and what it says once it comes back."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monespace.acces.colonnes import colonnes
from monespace.acces.difference import difference
from monespace.acces.grille import Grille, grille, octrois_of, proposed
from monespace.acces.lecture import DroitsChanges, read_grille
from monespace.acteur import Acteur, Objet, Verbe
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octrois
from monespace.refus import Refuse
from tests.acces.entreprise import Entreprise, Envoi, octroi, sent

SIEGE, ANNEXE = "00572078400015", "00572078400023"
C, S, T, X = Verbe
verbes = st.frozensets(st.sampled_from(list(Verbe))).map(lambda some: some | {C} if some else some)
places = st.tuples(
    st.sampled_from([(one.objet, one.dispositif) for one in colonnes()]),
    st.sampled_from([TOUS, SIEGE, ANNEXE]),
)


def _octrois(drawn: dict[tuple[tuple[Objet, str], str], frozenset[Verbe]]) -> Octrois:
    return octrois_of({(objet, siret, code): v for ((objet, code), siret), v in drawn.items()})


rights = st.dictionaries(places, verbes, max_size=8).map(_octrois)
on_this_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(
    entreprise: Entreprise, form: Envoi, held: Octrois, asked: Octrois = frozenset()
) -> Octrois:
    with entreprise.database.reading():
        return read_grille(entreprise.administrateur, entreprise.organisation_id, form, held, asked)


def drawn(
    entreprise: Entreprise,
    held: Octrois = frozenset(),
    asked: Octrois = frozenset(),
    by: Acteur | None = None,
    q: str = "",
    page: int = 1,
    ticked: Octrois | None = None,
) -> Grille:
    who = by or entreprise.administrateur
    with entreprise.database.reading():
        return grille(who, entreprise.organisation_id, held, asked, ticked, q, page)


@on_this_database
@given(held=rights)
def test_a_grid_sent_back_untouched_changes_nothing(entreprise: Entreprise, held: Octrois) -> None:
    assert read(entreprise, sent(drawn(entreprise, held)), held) == held


@on_this_database
@given(held=rights, asked=rights)
def test_a_request_sent_back_untouched_gives_what_is_held_and_asked(
    entreprise: Entreprise, held: Octrois, asked: Octrois
) -> None:
    with entreprise.database.reading():
        both = proposed(entreprise.administrateur, entreprise.organisation_id, held, asked)
    form = sent(drawn(entreprise, held, asked))
    got = read(entreprise, form, held, asked)
    # What an object has no box for is not asked of the grid, only kept.
    boxes = {(one.objet, v) for one in colonnes() for v in one.verbes}
    wanted = {
        (one.objet, one.siret, one.dispositif, v)
        for one in both
        for v in one.verbes
        if (one.objet, v) in boxes
    }
    assert wanted <= {(one.objet, one.siret, one.dispositif, v) for one in got for v in one.verbes}
    assert with_boxes(got) == with_boxes(both)


def with_boxes(octrois: Octrois) -> set[tuple[Objet, str, str, Verbe]]:
    boxes = {(one.objet, v) for one in colonnes() for v in one.verbes}
    return {
        (one.objet, one.siret, one.dispositif, v)
        for one in octrois
        for v in one.verbes
        if (one.objet, v) in boxes
    }


def test_saisir_brings_all_that_follows_it(entreprise: Entreprise) -> None:
    form = sent(drawn(entreprise))

    given_ = read(entreprise, form.ticking((f"{SIEGE}.d", "s")), frozenset())
    assert given_ == {octroi("CSTX", siret=SIEGE)}
    typed = form.ticking((f"{SIEGE}.d", "s")).but(untick=[(f"{SIEGE}.d", "t")])
    assert read(entreprise, typed, frozenset()) == {octroi("CSX", siret=SIEGE)}
    only = read(entreprise, form.ticking((f"{SIEGE}.d", "c")), frozenset())
    assert only == {octroi("C", siret=SIEGE)}
    assert read(entreprise, form.ticking((f"{SIEGE}.s", "s")), frozenset()) == {
        octroi("CS", Objet.SALARIES, SIEGE)
    }


def test_a_right_to_send_alone_is_kept_and_goes_with_consulter(entreprise: Entreprise) -> None:
    held = frozenset({octroi("CT", siret=SIEGE)})
    form = sent(drawn(entreprise, held))
    assert read(entreprise, form, held) == held
    assert read(entreprise, form.but(untick=[(f"{SIEGE}.d", "c")]), held) == frozenset()


def test_rows_that_are_not_shown_stay_as_they_are(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(45)
    held = frozenset({octroi("CS", siret=sirets[-1]), octroi("C", siret=sirets[30])})
    asked = frozenset({octroi("CS", siret=sirets[40])})
    second = drawn(entreprise, held, asked, page=2)

    assert second.lignes.total == 47
    assert second.hors_page == 1
    assert sirets[40] not in second.sirets
    form = sent(second).ticking((f"{second.rangs[1][0].siret}.s", "c"))
    assert read(entreprise, form, held, asked) == held | asked | {
        octroi("C", Objet.SALARIES, second.rangs[1][0].siret)
    }


def test_what_is_asked_is_shown_first_then_what_is_held(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(45)
    shown = drawn(
        entreprise,
        frozenset({octroi("C", siret=sirets[44])}),
        frozenset({octroi("C", siret=sirets[39])}),
    )
    assert shown.sirets.split()[:4] == [TOUS, sirets[39], sirets[44], sirets[0]]
    assert len(shown.rangs) == 21


def test_pages_show_every_etablissement_once(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(45)
    held = frozenset({octroi("C", siret=sirets[33])})
    seen = [
        siret for page in (1, 2, 3) for siret in drawn(entreprise, held, page=page).sirets.split()
    ]
    assert sorted(one for one in seen if one != TOUS) == sirets
    assert drawn(entreprise, held, page=99).lignes.page == 3


def test_a_search_finds_by_name_town_and_siret(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(45)
    for q, found in (("evry", 22), ("boutique 0007", 1), (sirets[9], 1), ("nulle part", 0)):
        shown = drawn(entreprise, q=q)
        assert shown.lignes.total == found, q
    assert len(drawn(entreprise, q="nulle part").rangs) == 1


def test_what_was_ticked_on_another_page_is_kept(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(45)
    held = frozenset({octroi("CS", siret=sirets[1])})
    first = sent(drawn(entreprise, held)).but(
        untick=[(f"{sirets[1]}.d", "c"), (f"{sirets[1]}.d", "s")]
    )
    wanted = read(entreprise, first.ticking((f"{sirets[2]}.s", "c")), held)
    second = drawn(entreprise, held, page=2, ticked=wanted)

    got = read(entreprise, sent(second).ticking((f"{sirets[30]}.f", "c")), held)
    assert got == {octroi("C", Objet.SALARIES, sirets[2]), octroi("C", Objet.FACTURES, sirets[30])}


def test_a_form_drawn_before_the_rights_changed_is_told(entreprise: Entreprise) -> None:
    form = sent(drawn(entreprise)).ticking((f"{SIEGE}.s", "c"))
    with pytest.raises(DroitsChanges) as told:
        read(entreprise, form, frozenset({octroi("C")}))
    assert octroi("C", Objet.SALARIES, SIEGE) in told.value.wanted


@pytest.mark.parametrize(
    "more",
    [
        {"_lignes": "* 00572078400015 99999999900015"},
        {"_lignes": "00572078400015 rien"},
        {"_colonnes": "d inconnue"},
        {"_colonnes": ""},
        {"99999999900015.d": "c"},
        {f"{SIEGE}.inconnue": "c"},
        {f"{SIEGE}.d": "tout"},
        {"_ailleurs": "{"},
        {"_ailleurs": "[[" * 2000},
        {"_ailleurs": json.dumps([["dossiers", "99999999900015", "*", ["consulter"]]])},
        {"_ailleurs": json.dumps([["dossiers", SIEGE, "INCONNU", ["consulter"]]])},
        {"_ailleurs": json.dumps([["dossiers", SIEGE, "*", ["régner"]]])},
        {"_ailleurs": json.dumps([["dossiers", SIEGE, "*", ["saisir"]]])},
    ],
)
def test_what_is_not_a_grid_of_the_company_is_refused(
    entreprise: Entreprise, more: dict[str, str]
) -> None:
    form = sent(drawn(entreprise)).but((), **more)
    with pytest.raises(Refuse):
        read(entreprise, form, frozenset())


def test_nobody_is_offered_to_give_what_they_do_not_hold(entreprise: Entreprise) -> None:
    chef = entreprise.personne(
        "Chef",
        octroi("CS", Objet.RATTACHEMENTS, SIEGE),
        octroi("CS", siret=SIEGE),
        octroi("C", Objet.SALARIES),
    )
    held = frozenset({octroi("CST", siret=SIEGE), octroi("C", Objet.FACTURES, SIEGE)})
    asked = frozenset({octroi("CSTX", siret=SIEGE, code="PDC")})
    shown = drawn(entreprise, held, asked, by=chef)

    boxes = {
        (case.nom, one.valeur.lower())
        for _, cases in shown.rangs
        for case in cases
        for one in (*case.boites, *case.fines)
    }
    assert boxes == {
        (f"{SIEGE}.d-PDC", "c"),
        (f"{SIEGE}.d-PDC", "s"),
        (f"{SIEGE}.s", "c"),
        (f"{SIEGE}.r", "c"),
        (f"{SIEGE}.r", "s"),
    }
    cells = {case.nom: case for _, cases in shown.rangs for case in cases}
    assert cells[f"{SIEGE}.d"].tenus == (C, S, T)
    assert cells[f"{SIEGE}.d-PDC"].hors_pouvoir == (T, X)
    with entreprise.database.reading():
        got = read_grille(chef, entreprise.organisation_id, sent(shown), held, asked)
    assert got == held | {octroi("CS", siret=SIEGE, code="PDC")}


@on_this_database
@given(before=rights, after=rights)
def test_a_difference_is_empty_only_for_the_same_rights(
    entreprise: Entreprise, before: Octrois, after: Octrois
) -> None:
    with entreprise.database.reading():
        there, back = difference(before, after), difference(after, before)
        assert not difference(before, before)
    assert (there.gagne, there.perd) == (back.perd, back.gagne)
    assert bool(there) == (effective(before) != effective(after))


def effective(octrois: Octrois) -> set[tuple[Verbe, Objet, str, str]]:
    """Each right at each établissement, whole company and future ones included."""
    codes = [TOUS, *(one.dispositif for one in colonnes() if one.dispositif != TOUS)]
    return {
        (verbe, one.objet, siret, code)
        for one in octrois
        for verbe in one.verbes
        for siret in ([TOUS, SIEGE, ANNEXE] if one.siret == TOUS else [one.siret])
        for code in (codes if one.dispositif == TOUS else [one.dispositif])
    }


def test_a_difference_is_told_in_words(entreprise: Entreprise) -> None:
    before = frozenset({octroi("C"), octroi("C", Objet.SALARIES, SIEGE)})
    after = frozenset(
        {octroi("C"), octroi("CS", siret=SIEGE, code="PDC"), octroi("CS", siret=ANNEXE, code="PDC")}
    )
    with entreprise.database.reading():
        told = difference(before, after)
    assert told.gagne == (
        "Saisir les dossiers «\u00a0Action de formation\u00a0» pour Le siège et L’annexe",
    )
    assert told.perd == ("Consulter les salariés pour Le siège",)
    assert told.texte.splitlines()[1] == "Perd\u00a0: Consulter les salariés pour Le siège."


def test_many_places_are_counted(entreprise: Entreprise) -> None:
    sirets = entreprise.ouvrir(20)
    with entreprise.database.reading():
        told = difference(
            frozenset(), frozenset(octroi("C", Objet.FACTURES, one) for one in sirets)
        )
    [sentence] = told.gagne
    assert sentence.endswith("et 17\u00a0autres établissements")

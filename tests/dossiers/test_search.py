"""Finding dossiers again: words, filters, sorts, and pages that follow each other."""

import base64
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update

from monespace import horloge
from monespace.db import Json, session
from monespace.dossiers import actions, queries
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.filtres import SORTS, Filtre
from monespace.dossiers.models import NO_DATE, Dossier
from monespace.refus import Introuvable
from tests.dossiers.bureau import Bureau

ROWS = 25


def found(bureau: Bureau, tri: str = "intitule", **criteres: Json) -> list[str]:
    """The titles of the first page."""
    with bureau.database.reading():
        page = queries.page_of(bureau.rh, Filtre(criteres, tri))
        assert page.count == len(page.rows)
        return [row.intitule for row in page.rows]


def make(bureau: Bureau, *titles: str) -> None:
    with bureau.database.transaction():
        for title in titles:
            bureau.societe.dossier(bureau.rh, people=0, intitule=title)


def test_words_are_found_whatever_their_accents_and_place(bureau: Bureau) -> None:
    make(bureau, "Éclairage d’un cœur de ville", "Soudure à l’arc")

    for q in ("eclairage", "ÉCLAIRAGE", "clair", "coeur", "CŒUR", "ville éclairage", "d'un cœur"):
        assert found(bureau, q=q) == ["Éclairage d’un cœur de ville"], q
    for q in ("soudure ville", "éclairages", "arcs"):
        assert found(bureau, q=q) == [], q
    assert len(found(bureau, q="  ")) == 2


@pytest.mark.parametrize(
    ("title", "other", "queries_of_title"),
    [
        ("Remise 100% garantie", "Remise 1000 garanties", ("100%", "%", "0% g")),
        ("Nommer un fichier_final", "Nommer un fichier final", ("_", "r_f")),
        ("Entrées/sorties", "Entrées et sorties", ("/", "s/s")),
        ("Chemins C:\\temp", "Chemins C:temp", ("\\", ":\\t")),
        ('L\'« essai » "x"; --', "Autre essai", ("'«", '";', "--")),
    ],
)
def test_signs_are_taken_as_they_are(
    bureau: Bureau, title: str, other: str, queries_of_title: Sequence[str]
) -> None:
    make(bureau, title, other)
    with bureau.database.transaction() as running:
        # Everything else that a dossier is found by holds none of these signs.
        running.execute(update(Dossier).values(prestataire_nom=""))

    for q in queries_of_title:
        assert found(bureau, q=q) == [title], q


def test_a_dossier_is_found_by_each_of_its_names(bureau: Bureau) -> None:
    make(bureau, "Autre")
    with bureau.ouvrir(bureau.transmis("Boreal")) as dossier:
        numero, reference, siret = dossier.numero, dossier.reference, dossier.etablissement.siret
    assert numero

    title = "Conduite d’équipe Boreal"
    for q in (numero, numero.lower(), numero[-6:], reference, "rh boréal", "organisme BORÉAL"):
        assert found(bureau, q=q) == [title], q
    for q in ("zoe boreal", "L’Hénaff", "martin boréal", "conduite equipe zoé 000001"):
        assert found(bureau, q=q) == [title], q
    for q in (siret, f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}", "005 720 784 000 31"):
        assert len(found(bureau, q=q)) == 2, q
    assert found(bureau, q="999 012 586 00015") == []


def test_what_is_no_longer_written_is_no_longer_found(bureau: Bureau) -> None:
    cle = bureau.nouveau()
    bureau.saisir(cle, "formation", {"intitule": ("Soudure",)})
    person = bureau.inscrire(cle, {"nom_naissance": ("Kessler",)})
    assert found(bureau, q="soudure kessler") == ["Soudure"]

    bureau.saisir(cle, "formation", {"intitule": ("Brasure",)})
    with bureau.ouvrir(cle) as dossier:
        leaving = queries.stagiaire_of(dossier, person.cle)
        actions.remove_stagiaire(bureau.rh, dossier, leaving)
    assert (found(bureau, q="soudure"), found(bureau, q="kessler")) == ([], [])
    assert found(bureau, q="brasure") == ["Brasure"]


def test_filters_add_up(bureau: Bureau) -> None:
    annexe = bureau.societe.annexe
    with bureau.database.transaction():
        for title, place, start in (
            ("A", bureau.societe.siege, "2026-12-07"),
            ("B", annexe, "2026-12-08"),
            ("C", annexe, None),
        ):
            bureau.societe.dossier(bureau.rh, 0, place, intitule=title, date_debut=start)
    bureau.transmis("D")
    sent = "Conduite d’équipe D"

    assert found(bureau, etablissement=annexe.siret) == ["B", "C"]
    assert found(bureau, statut="TRANSMIS") == [sent]
    assert found(bureau, statut="BROUILLON", etablissement=annexe.siret, q="b") == ["B", "C"]
    assert found(bureau, statut="SOLDE") == []
    assert found(bureau, dispositif="PDC") == ["A", "B", "C", sent]
    assert found(bureau, dispositif="VAE") == []
    assert found(bureau, debut_du="2026-12-08") == ["B", sent]
    assert found(bureau, debut_au="2026-12-07") == ["A"]
    assert found(bureau, debut_du="2026-12-07", debut_au="2026-12-08") == ["A", "B"]


def test_each_sort_has_its_order(bureau: Bureau) -> None:
    amounts = {"Zinc": 100, "éclairage": 300, "Danse": 200, "Fonderie": 0}
    starts = ("2027-01-01", "2026-01-01", None, "2026-06-01")
    for minute, ((title, granted), start) in enumerate(zip(amounts.items(), starts, strict=True)):
        with (
            horloge.frozen(datetime(2026, 3, 2, 9, minute, tzinfo=UTC)),
            bureau.database.transaction(),
        ):
            dossier = bureau.societe.dossier(bureau.rh, 0, intitule=title, date_debut=start)
            dossier.demande_cents, dossier.accorde_cents = granted + 1, granted

    by_amount = ["éclairage", "Danse", "Zinc", "Fonderie"]
    assert found(bureau, "intitule") == ["Danse", "éclairage", "Fonderie", "Zinc"]
    assert found(bureau, "maj") == ["Fonderie", "Danse", "éclairage", "Zinc"]
    # A dossier without a date yet comes last.
    assert found(bureau, "debut") == ["éclairage", "Fonderie", "Zinc", "Danse"]
    assert found(bureau, "demande") == found(bureau, "accorde") == by_amount
    assert found(bureau, "inconnu") == found(bureau, "maj")


def many(bureau: Bureau, count: int) -> None:
    """Brouillons in three heaps of equal keys, whatever the sort."""
    with horloge.frozen(datetime(2026, 3, 2, 9, tzinfo=UTC)), bureau.database.transaction():
        for rang in range(count):
            pdc, siege = dispositif("PDC"), bureau.societe.siege
            dossier = actions.start(bureau.rh, pdc, siege, uuid4().hex, {})
            heap = rang % 3
            dossier.maj_le = horloge.now().replace(microsecond=heap)
            dossier.tri_intitule = ("", "essai", "essai a")[heap]
            dossier.tri_debut = (NO_DATE, date(2026, 3, 2), date(2026, 3, 3))[heap]
            dossier.demande_cents = dossier.accorde_cents = heap
        session().flush()


@pytest.mark.parametrize("count", [120, 125])
def test_pages_neither_skip_nor_repeat(bureau: Bureau, count: int) -> None:
    many(bureau, count)
    with bureau.database.reading():
        for tri in SORTS:
            forwards = walk(bureau, tri, backwards=False)
            rows = [row for page in forwards for row in page]
            assert len(forwards) == 5
            assert [len(page) for page in forwards[:-1]] == [ROWS] * 4
            assert len({row.id for row in rows}) == len(rows) == count
            key = SORTS[tri].column.key
            keys = [(getattr(row, key), row.id) for row in rows]
            assert keys == sorted(keys, reverse=SORTS[tri].descending)
            assert ids(walk(bureau, tri, backwards=True)) == ids(forwards)


def ids(pages: Sequence[Sequence[Dossier]]) -> list[list[int]]:
    return [[row.id for row in page] for page in pages]


def walk(bureau: Bureau, tri: str, backwards: bool) -> list[Sequence[Dossier]]:
    """Every page in order, found from the first one, or from the last one back."""
    filtre = Filtre({}, tri)
    page = queries.page_of(bureau.rh, filtre)
    assert page.previous is None
    pages = [page]
    while page.following:
        page = queries.page_of(bureau.rh, filtre, after=page.following)
        pages.append(page)
    if backwards:
        pages = [page]
        while page.previous:
            page = queries.page_of(bureau.rh, filtre, before=page.previous)
            pages.insert(0, page)
        assert len(pages) == 5
    return [one.rows for one in pages]


def test_a_dossier_that_came_meanwhile_moves_no_other(bureau: Bureau) -> None:
    many(bureau, 30)
    filtre = Filtre({}, "demande")
    with bureau.database.reading():
        first = queries.page_of(bureau.rh, filtre)
        wanted = queries.page_of(bureau.rh, filtre, after=first.following or "")
    bureau.complet()

    with bureau.database.reading():
        second = queries.page_of(bureau.rh, filtre, after=first.following or "")
        assert ids([second.rows]) == ids([wanted.rows])
        assert len(second.rows) == 5


def cursor(*parts: Json) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


DAMAGED = (
    *("x", "====", "é", "\0", "W10=", "bnVsbA==", "[" * 5000, cursor(), cursor(1)),
    *(cursor("a", 0), cursor("a", 2**40), cursor("a", "1"), cursor("a", True), cursor(None, 1)),
    *(cursor([], 1), cursor({}, 1), cursor(1.5, 1), cursor("a\0", 1), cursor(-1, 1)),
    *(cursor(2**70, 1), cursor(1, 1, 1)),
)
# These would do for a title.
NO_INSTANTS = (cursor("2026-13-01", 1), cursor("2026-03-02T09:00:00", 1), cursor("1", 1))


@pytest.mark.parametrize("tri", list(SORTS))
def test_a_damaged_cursor_leads_nowhere(bureau: Bureau, tri: str) -> None:
    with bureau.database.reading():
        for damaged in DAMAGED if tri == "intitule" else DAMAGED + NO_INSTANTS:
            for after, before in ((damaged, ""), ("", damaged)):
                with pytest.raises(Introuvable):
                    queries.page_of(bureau.rh, Filtre({}, tri), after, before)

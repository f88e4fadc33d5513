"""Every page that a person can reach reads, works and is protected as it must."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.support.attendus import ANONYME
from tests.support.client import HEADERS, Answer, Client
from tests.support.hostile import MARKUP
from tests.support.html import Page, text_of
from tests.support.terrain import Terrain

# One way in, out of date the moment it is followed: exports are files.
FILES = ("/fichier", "/dossiers/pieces/", ".xlsx")
# The mails of the demo lead elsewhere whoever got them, who may be somebody else.
MAILS = "/demo/courriels/"


def crawl(client: Client, start: str = "/") -> Iterator[Answer]:
    """Every page that links lead to from there, each once whatever its filters."""
    waiting, seen = [start], {start}
    while waiting:
        answer = client.get(waiting.pop(0))
        while answer.status == 303:
            answer = client.follow(answer)
        yield answer
        if answer.path.startswith(MAILS):
            continue
        for path in _links(answer.page):
            if path not in seen and not any(part in path for part in FILES):
                seen.add(path)
                waiting.append(path)


def _links(page: Page) -> Iterator[str]:
    for link in page.all("a"):
        parts = urlsplit(link.get("href", ""))
        if not parts.scheme and parts.path:
            # A sorted list is one page, whatever it is sorted by.
            yield f"{parts.path}?{parts.query}" if parts.query == "tri=intitule" else parts.path


@pytest.mark.parametrize(
    "personne", ["administrateur", "un SIRET", "consultation", "sans droit", "conseiller", ANONYME]
)
def test_every_page_that_links_lead_to(terrain: Terrain, personne: str) -> None:
    client = terrain.client("" if personne == ANONYME else personne)

    titles: dict[str, str] = {}
    for answer in crawl(client):
        assert answer.status == 200, answer.path
        assert titles.setdefault(answer.page.title, answer.path) == answer.path
    assert len(titles) > (40 if personne == "administrateur" else 4)


def test_the_frame_is_the_same_everywhere(terrain: Terrain) -> None:
    client = terrain.client("consultation")

    frames = {_frame(answer.page) for answer in crawl(client)}
    assert len(frames) == 1


def _frame(page: Page) -> tuple[str, ...]:
    header, footer = next(page.all("header")), next(page.all("footer"))
    return tuple(text_of(link) for part in (header, footer) for link in part.iter("a"))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/dossiers/etapes", 404),
        ("/nulle-part", 404),
        ("/sante", 200),
        ("/dossiers/" + "z" * 12, 404),
    ],
)
def test_headers_on_every_status(terrain: Terrain, path: str, status: int) -> None:
    answer = terrain.client("administrateur").get(path)

    assert answer.status == status
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert answer.headers["X-Request-ID"]


def test_a_wrong_method_is_refused_in_french(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    sent = {"csrf_token": client.token(), "_fin": "1"}

    answer = client.post("/plan-du-site", sent)
    assert answer.status == 405
    assert "Revenez à l’accueil" in answer.text


def test_files_are_downloads_in_a_sandbox(terrain: Terrain) -> None:
    known = terrain.monde.dossiers["brouillon"]
    answer = terrain.client("administrateur").get(f"/dossiers/pieces/{known.piece}")

    assert answer.body.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Accept-Ranges" not in answer.headers or answer.headers["Accept-Ranges"] == "none"


def test_static_files_are_kept_a_year(terrain: Terrain) -> None:
    client = terrain.client()
    sheet = next(one for one in client.get("/connexion").page.all("link", rel="stylesheet"))

    answer = client.get(sheet.get("href", ""))
    assert answer.status == 200
    assert "31536000" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/", "/dossiers", "/dossiers/nouveau", "/exports"])
def test_htmx_changes_how_much_is_drawn_and_nothing_else(terrain: Terrain, path: str) -> None:
    client = terrain.client("administrateur")

    whole = client.get(path)
    part = client.get(path, {"HX-Request": "true", "HX-Target": "main#contenu"})
    assert (whole.status, part.status) == (200, 200)
    assert "HX-Request" in part.headers["Vary"]


def test_nothing_typed_becomes_markup(terrain: Terrain) -> None:
    """In the list, the wizard, the recap, the timeline, the export's page."""
    client = terrain.client("administrateur", tolerated=("not rendered", "loose space"))
    page = client.get(terrain.adresse("brouillon", "etapes", "formation"))
    client.submit(
        page,
        terrain.adresse("brouillon", "etapes", "formation"),
        {"intitule": MARKUP, "objectif": MARKUP, "duree_heures": MARKUP},
        "quitter",
    )
    person = client.get(terrain.adresse("brouillon", "salaries"))
    client.submit(
        person,
        terrain.adresse("brouillon", "salaries"),
        {"nom_naissance": MARKUP, "prenom": MARKUP, "heures": MARKUP},
        "quitter",
    )

    read = 0
    for answer in crawl(client):
        assert not list(answer.page.all("img", "iframe"))
        assert "49" not in answer.text.replace("{{7*7}}", "").split()
        read += MARKUP in answer.text
    assert read > 8

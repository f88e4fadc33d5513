"""The people of a company and their rights, as a browser without JavaScript uses these pages."""

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import delete, select, update

from jobs.exports import exporter
from monespace.acteur import Objet
from monespace.db import session
from monespace.exports.models import Export
from monespace.organisations.models import Habilitation, Rattachement
from monespace.typographie import plural
from tests.support.client import Answer, Client
from tests.support.html import text_of
from tests.support.terrain import Terrain

SIEGE = "00572078400015"


def path(terrain: Terrain, nom: str, *rest: str) -> str:
    return "/".join(("/acces/personnes", terrain.monde.rattachements[nom], *rest))


def change(client: Client, terrain: Terrain, nom: str, **ticked: str) -> Answer:
    """Tick boxes of the grid and confirm what it tells."""
    shown = client.get(path(terrain, nom, "droits"))
    boxes = {name.replace("__", "."): value for name, value in ticked.items()}
    preview = client.submit(shown, path(terrain, nom, "droits"), boxes, "voir")
    assert preview.status == 200, preview.text
    return client.submit(preview, path(terrain, nom, "droits", "appliquer"))


def test_the_list_names_people_with_their_rights(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    shown = client.get("/acces/personnes")

    assert "Accès confiés Dominique" in shown.text
    assert "Dossiers : consulter, Salariés : consulter" in shown.text
    assert "Administrateur" in shown.text
    assert "retiré" not in shown.text.lower().replace("retirés", "")
    assert "Consultation" in client.get("/acces/personnes?q=CONSULT").text
    assert "Personne ne correspond" in client.get("/acces/personnes?q=zzz").text
    assert "Rattachement retiré" in client.get("/acces/personnes?anciens=1").text


def test_members_see_their_own_access_alone(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    shown = client.get("/acces/personnes")

    assert "que votre propre accès" in shown.text
    assert "Un siret" not in shown.text
    own = client.get(path(terrain, "consultation"))
    assert "Consulter les dossiers de tous les dispositifs pour toute l’entreprise" in own.text
    assert "Changer les droits" not in own.text


def test_rights_are_changed_after_a_preview_and_undone(terrain: Terrain) -> None:
    client, whom = terrain.client("administrateur"), terrain.client("consultation")
    dossier = terrain.adresse("brouillon", "etapes", "formation")
    assert whom.get(dossier).status == 403
    shown = client.get(path(terrain, "consultation", "droits"))
    box = f"{SIEGE}.d"
    preview = client.submit(shown, path(terrain, "consultation", "droits"), {box: ["s"]}, "voir")

    assert "Saisir" in preview.text
    assert "ne perd aucun droit" in preview.text
    assert whom.get(dossier).status == 403
    done = client.submit(preview, path(terrain, "consultation", "droits", "appliquer"))
    fiche = client.follow(done)
    assert "sont changés" in fiche.text
    assert whom.get(dossier).status == 200

    undo = path(terrain, "consultation", "droits", "annuler")
    assert [*fiche.page.all("a", href=undo)]
    undone = client.submit(client.get(undo), undo)
    assert "revenus à ce qu’ils étaient" in client.follow(undone).text
    assert whom.get(dossier).status == 403


def test_a_change_seen_in_an_old_page_is_not_lost(terrain: Terrain) -> None:
    """Two administrateurs, two grids: the second sees that the rights changed meanwhile."""
    client, other = terrain.client("administrateur"), terrain.client("accès confiés")
    where = path(terrain, "consultation", "droits")
    first, second = client.get(where), other.get(where)
    preview = other.submit(second, where, {f"{SIEGE}.d": []}, "voir")
    assert preview.status == 422
    late = client.submit(first, where, {"*.f": ["c"]}, "voir")
    assert client.submit(late, f"{where}/appliquer").status == 303

    again = other.submit(second, where, {"*.s": []}, "voir")
    assert again.status == 409
    assert "ont changé" in again.text


@pytest.mark.parametrize("name", ["consulter", "gestion", "comptable", "aucun"])
def test_presets_fill_the_grid_and_change_nothing(terrain: Terrain, name: str) -> None:
    client = terrain.client("administrateur")
    before = terrain.fingerprint()
    shown = client.get(path(terrain, "consultation", f"droits?modele={name}"))

    assert shown.status == 200
    assert "remplie avec le modèle" in shown.text
    checked = [one.get("name") for one in shown.page.all("input") if one.get("checked") is not None]
    assert ("*.b" in checked) == (name in ("gestion", "comptable"))
    assert terrain.fingerprint() == before


def test_a_preset_of_one_place_asks_which(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    where = path(terrain, "consultation", "droits")
    missing = client.get(f"{where}?modele=saisir")
    assert missing.status == 422
    assert "SIRET" in missing.text
    foreign = terrain.monde.sirets["fonderie", "siège"]
    assert client.get(f"{where}?modele=saisir&etablissement={foreign}").status == 422
    assert client.get(f"{where}?modele=saisir&etablissement={SIEGE}").status == 200


def test_who_holds_less_gives_no_more(terrain: Terrain) -> None:
    """The grid offers what one may give; a forged form is refused whole."""
    client = terrain.client("accès confiés")
    where = path(terrain, "consultation", "droits")
    shown = client.get(where)
    values = [one.get("value") for one in shown.page.all("input", name=f"{SIEGE}.d")]
    assert values == ["c"]
    forged = {
        "csrf_token": client.token(),
        "_droits": '[["dossiers","*","*",["consulter","saisir"]]]',
        "_base": next(str(one.get("value")) for one in shown.page.all("input", name="_base")),
        "_fin": "1",
    }
    before = terrain.fingerprint()
    refused = client.post(f"{where}/appliquer", forged)
    assert refused.status == 403
    assert "que vous n’avez pas vous-même" in refused.text
    assert terrain.fingerprint() == before


def test_nobody_changes_their_own_rights(terrain: Terrain) -> None:
    client = terrain.client("accès confiés")
    for rest in ("droits", "dates", "retirer", "administrateur"):
        assert client.get(path(terrain, "accès confiés", rest)).status == 403


def test_the_role_is_given_and_taken_with_what_is_kept(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    where = path(terrain, "consultation", "administrateur")
    for shown in ("/", "/acces/personnes"):
        assert "Vous êtes le seul administrateur" in client.get(shown).text
    named = client.submit(client.get(where), f"{where}/nommer")
    assert "est administrateur" in client.follow(named).text
    assert "Vous êtes le seul administrateur" not in client.get("/acces/personnes").text

    nothing = client.submit(client.get(where), f"{where}/retirer")
    assert nothing.status == 422
    taken = client.submit(nothing, f"{where}/retirer", {"droits": "comptable"})
    assert "Consulter les dossiers" in client.follow(taken).text
    assert "Vous êtes le seul administrateur" in client.get("/acces/journal").text


def test_the_last_administrateur_is_told_why_they_stay(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    where = path(terrain, "administrateur", "quitter")
    refused = client.submit(client.get(where), where)

    assert refused.status == 422
    assert "Nommez d’abord un autre administrateur" in refused.text
    assert client.get("/acces/personnes").status == 200


def test_suspended_in_one_click_then_back(terrain: Terrain) -> None:
    client, whom = terrain.client("administrateur"), terrain.client("consultation")
    fiche = client.get(path(terrain, "consultation"))
    stopped = client.submit(fiche, path(terrain, "consultation", "suspendre"))
    after = client.follow(stopped)
    assert "Cet accès est suspendu." in after.text
    assert whom.get(terrain.adresse("brouillon")).status == 404

    back = client.submit(after, path(terrain, "consultation", "retablir"))
    assert "tel qu’il était" in client.follow(back).text


def test_removed_between_the_page_and_the_button(terrain: Terrain) -> None:
    """Rights are read at each request: what was shown before gives nothing any more."""
    client, whom = terrain.client("administrateur"), terrain.client("accès confiés")
    target = path(terrain, "consultation", "retirer")
    shown = whom.get(target)
    draft = whom.get(terrain.adresse("brouillon"))
    assert (shown.status, draft.status) == (200, 200)
    where = path(terrain, "accès confiés", "retirer")
    told = client.follow(client.submit(client.get(where), where))
    assert "n’a plus aucun accès" in told.text

    before = terrain.fingerprint()
    assert whom.submit(shown, target).status == 404
    assert whom.get(terrain.adresse("brouillon")).status == 404
    assert "aucune entreprise" in whom.get("/").text
    assert terrain.fingerprint() == before


def test_dates_bound_an_access(terrain: Terrain) -> None:
    client, whom = terrain.client("administrateur"), terrain.client("consultation")
    where = path(terrain, "consultation", "dates")
    wrong = client.submit(client.get(where), where, {"fin-jour": "31", "fin-mois": "2"})
    assert wrong.status == 422
    assert wrong.page.value("fin-jour") == "31"
    past = {"fin-jour": "1", "fin-mois": "2", "fin-annee": "2020"}
    assert "déjà passée" in client.submit(wrong, where, past).text
    later = {"debut-jour": "1", "debut-mois": "2", "debut-annee": "2030"} | dict.fromkeys(
        ("fin-jour", "fin-mois", "fin-annee"), ""
    )
    kept = client.follow(client.submit(wrong, where, later))
    assert "À partir du 1er février 2030" in kept.text
    assert whom.get(terrain.adresse("brouillon")).status == 404


def test_the_journal_tells_who_did_what(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    change(client, terrain, "consultation", **{"*__f": "c"})
    page = client.get("/acces/journal")
    assert "Droits changés" in page.text
    assert "Gagne : Consulter les factures pour toute l’entreprise." in page.text
    about = client.get(f"/acces/journal?personne={terrain.monde.rattachements['consultation']}")
    assert "À propos de Dominique Consultation" in about.text
    assert "kanari" not in about.text
    kind = client.get("/acces/journal?genre=invitations")
    assert "Invitation envoyée" in kind.text
    assert "Droits changés" not in kind.text


def exported(terrain: Terrain, client: Client) -> tuple[str, Workbook]:
    """Press «Exporter» on the page of people: the page that follows the export, its workbook."""
    page = client.submit(client.get("/acces/personnes"), "/exports").location
    cle = page.rsplit("/", 1)[-1]
    with terrain.database.reading():
        export_id = session().scalars(select(Export.id).where(Export.cle == cle)).one()
    assert exporter(terrain.database, terrain.config, export_id)
    return page, load_workbook(BytesIO(client.get(f"{page}/fichier").body))


def test_the_sheet_of_rights_holds_texts_and_only_what_may_be_seen(terrain: Terrain) -> None:
    with terrain.database.transaction():
        session().execute(update(Habilitation).values(accorde_par='=HYPERLINK("http://ailleurs")'))
    client = terrain.client("administrateur")
    page, book = exported(terrain, client)
    assert book.sheetnames == ["Droits", "Critères"]
    headings, *rows = ([cell.value for cell in row] for row in book["Droits"].iter_rows())
    by_name = {row[0]: dict(zip(headings, row, strict=True)) for row in rows}
    assert {"Administrateur", "Un siret", "Accès confiés", "Consultation"} <= set(by_name)
    assert "Autre entreprise" not in by_name
    assert by_name["Administrateur"]["Droits"] == "Tous les droits"
    assert by_name["Consultation"]["Accordé par"] == '=HYPERLINK("http://ailleurs")'
    cells = [cell for row in book["Droits"].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}
    followed = client.get(page)
    assert "Export des droits" in followed.text
    assert plural(len(rows), "ligne", "lignes") in followed.page.text
    assert "Accès et droits" in client.get("/exports").text


def test_the_sheet_of_rights_is_for_who_looks_after_them(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    sent = {"csrf_token": client.token(), "listing": "droits", "_jeton": "f" * 32, "_fin": "1"}
    assert client.post("/exports", sent).status == 403

    client = terrain.client("accès confiés")
    page, _ = exported(terrain, client)
    mine = Rattachement.cle == terrain.monde.rattachements["accès confiés"]
    with terrain.database.transaction():
        session().execute(
            delete(Habilitation).where(
                Habilitation.rattachement_id.in_(select(Rattachement.id).where(mine)),
                Habilitation.objet == Objet.RATTACHEMENTS,
            )
        )
    assert client.get(f"{page}/fichier").status == 403


def test_settings_tell_what_sirene_says_and_whom_to_reach(terrain: Terrain) -> None:
    client = terrain.client("administrateur")
    page = client.get("/acces/reglages")
    assert "1 rue du Port" in page.text
    assert "INSEE" in page.text
    assert "Dominique Conseiller" in page.text
    assert not [one for one in page.page.all("input") if one.get("name") == "adresse"]
    saved = client.submit(page, "/acces/reglages", {"code": "approuver"})
    assert "enregistré" in client.follow(saved).text
    assert "doit approuver qui s’en sert" in client.get("/acces/journal").text
    member = terrain.client("consultation").get("/acces/reglages")
    assert "Dominique Conseiller" in member.text
    assert not [*member.page.all("input", name="code")]


def test_the_pages_of_people_go_on(terrain: Terrain) -> None:
    """More people than a page holds: forth and back, nobody twice, nobody lost."""
    client = terrain.client("administrateur")
    first = client.get("/acces/personnes")
    rows = [text_of(one) for one in first.page.all("th") if one.get("scope") == "row"]
    assert rows == sorted(rows, key=str.lower)
    unknown = client.get("/acces/personnes?apres=zzzzzzzzzzzz")
    assert unknown.status == 404

"""From «Nouvelle demande» to the decision, as a person without JavaScript goes."""

from decimal import Decimal

from monespace.argent import euros
from monespace.dossiers import actions
from monespace.dossiers.models import Dossier, Transmission
from monespace.typographie import money
from tests.http.gestes import Assistant
from tests.support import saisies
from tests.support.client import AUTOSAVE, Answer, Client, Joint
from tests.support.fichiers import pdf
from tests.support.html import Page, text_of
from tests.support.monde import CONSEIL
from tests.support.terrain import Terrain


def as_controls(page: Page, typed: saisies.Typed) -> dict[str, str | list[str]]:
    """Answers as the controls of the page take them: three for a date, several boxes."""
    names = {one.get("name") for one in page.all("input", "select", "textarea")}
    sent: dict[str, str | list[str]] = {}
    for name, raw in typed.items():
        if name in names:
            sent[name] = list(raw) if len(raw) > 1 else raw[0]
        elif f"{name}-jour" in names:
            parts = zip(("jour", "mois", "annee"), raw, strict=True)
            sent |= {f"{name}-{part}": value for part, value in parts}
    return sent


def start(client: Client, **typed: str) -> str:
    """A new brouillon; the address of its first step."""
    page = client.get("/dossiers/nouveau")
    started = client.submit(page, "/dossiers/nouveau", {"dispositif": "PDC", **typed})
    assert started.status == 303, started.text
    return started.location


def fill(client: Client, first: str) -> Answer:
    """Type everything, step after step, each leading to the next; end on «Vérification»."""
    typed = saisies.pdc()
    answer = client.get(first)
    for _ in range(4):
        if "/salaries" in answer.path:
            person = as_controls(answer.page, saisies.salarie())
            answer = client.follow(client.submit(answer, answer.path, person, "ajouter"))
            assert "enregistré dans ce dossier" in answer.text
            answer = client.follow(client.submit(answer, answer.path, {}, "continuer"))
        sent = as_controls(answer.page, typed[answer.path.rpartition("/")[2]])
        answer = client.follow(client.submit(answer, answer.path, sent, "continuer"))
    for type_piece in ("convention", "programme"):
        action = f"{answer.path}/{type_piece}"
        joints = {"fichier": Joint(f"{type_piece}.pdf", pdf())}
        answer = client.follow(client.submit(answer, action, joints=joints))
    return client.get(answer.path.replace("pieces", "envoi"))


def test_from_the_first_page_to_the_decision(terrain: Terrain) -> None:
    client = terrain.client("un dispositif")
    recap = fill(client, start(client))

    # Wages are asked of each person once the budget, that comes after, asks for them.
    (lack,) = (link for section in recap.page.all(id="manques") for link in section.iter("a"))
    assert "Zoé Atelier" in text_of(lack)
    person = client.get(lack.get("href", "").partition("#")[0])
    action = person.path.rpartition("/")[0]
    assert client.submit(person, action, {"salaire_horaire": "13,50"}, "ajouter").status == 303
    recap = client.get(recap.path)
    assert "Le dossier est complet" in recap.text
    assert "Conduite d’équipe Atelier" in recap.text
    sent = client.submit(recap, recap.path, {"attestation": "oui"})
    done = client.follow(sent)
    assert "D-20" in done.text
    cle = recap.path.split("/")[2]
    with terrain.database.transaction() as session:
        dossier = session.query(Dossier).filter_by(cle=cle).one()
        assert dossier.demande_cents == 12345 * 14 + 1202 * 14 + 4210
        actions.take(CONSEIL, dossier)
        asked = {ligne.poste: euros(ligne.demande_cents) for ligne in dossier.lignes}
        actions.grant(CONSEIL, dossier, asked | {"REMU": Decimal("0")})
        frozen = session.get_one(Transmission, dossier.id).contenu
    assert isinstance(frozen["reponses"], dict)
    assert frozen["reponses"]["intitule"] == "Conduite d’équipe Atelier"

    page = client.get(f"/dossiers/{cle}")
    for words in ("Accordé", "Prise en charge accordée", money(177040), "Dossier transmis"):
        assert words in page.page.text, words
    assert not list(page.page.has_class("todo"))


def test_every_lack_leads_to_its_field(terrain: Terrain) -> None:
    """Each thing that is missing is told with an address, and the field stands there."""
    client = terrain.client("un dispositif")
    first = start(client)
    base = first.rsplit("/etapes", 1)[0]
    recap = client.get(f"{base}/envoi")

    links = [
        (text_of(link), link.get("href", ""))
        for section in recap.page.all(id="manques")
        for link in section.iter("a")
    ]
    assert len(links) > 25
    pages: dict[str, Answer] = {}
    for label, href in links:
        path, _, anchor = href.partition("#")
        page = pages.setdefault(path, client.get(path))
        if anchor and "/pieces" not in path:
            target = page.page.by_id(anchor)
            assert target is not None, (label, href)
            assert target.tag in ("input", "select", "textarea"), (label, href)
    refused = client.submit(recap, f"{base}/envoi", {"attestation": "oui"})
    assert refused.status == 422
    assert "Ce dossier n’est pas complet" in refused.text


def test_without_the_declaration_nothing_is_sent(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un dispositif"))
    answer = assistant.transmettre(atteste=False)

    assert answer.status == 422
    assert "Cochez la déclaration sur l’honneur" in answer.text
    summary = next(answer.page.has_class("errors"))
    assert [link.get("href") for link in summary.iter("a")] == ["#attestation"]


def test_an_autosave_answers_around_the_form_only(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un dispositif"))
    path = assistant.adresse("etapes", "formation")
    page = assistant.client.get(path)
    sent = page.page.form(path).filled({"objectif": "Mieux encadrer"})

    saved = assistant.client.post(path, sent, AUTOSAVE)
    assert saved.status == 200
    assert "Enregistré à" in saved.text
    assert not list(saved.page.all("form", "textarea"))
    swapped = {one.get("id") for one in saved.page.all() if one.get("hx-swap-oob")}
    assert {"enregistrement", "avancement", "revision"} <= swapped
    assert saved.page.value("_revision") > page.page.value("_revision")
    assert assistant.etape("formation").page.value("objectif").strip() == "Mieux encadrer"


def test_a_person_is_changed_and_taken_out(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    client, person = assistant.client, terrain.monde.dossiers["brouillon"].salarie
    page = client.get(assistant.adresse("salaries", person))
    assert page.page.value("prenom") == "Zoé Kanari01x"

    changed = client.submit(
        page, assistant.adresse("salaries"), {"prenom": "Zélie", "heures": "des heures"}, "ajouter"
    )
    assert changed.status == 422
    assert changed.page.value("prenom") == "Zélie"
    people = client.get(assistant.adresse("salaries"))
    assert "Zélie" in people.text
    assert "1\u00a0réponse à corriger" in people.page.text
    removing = client.get(assistant.adresse("salaries", person, "retirer"))
    client.submit(removing, removing.path)
    assert "0 sur 30" in client.get(assistant.adresse("salaries")).text


def test_the_thirty_first_is_kept_and_a_lot_proposed(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un SIRET"))
    client, path = assistant.client, assistant.adresse("salaries")
    page = client.get(path)
    form = page.page.form(path)
    for rang in range(29):
        sent = form.filled({"prenom": f"Léo {rang}", "_jeton": f"{rang:032d}"}, "ajouter")
        assert client.post(path, sent).status == 303

    full = client.get(path)
    assert "30 sur 30" in full.text
    assert "Ce dossier compte 30 salariés, le maximum" in full.text
    late = client.post(path, form.filled({"prenom": "Trente-et-unième"}, "ajouter"))
    assert late.location.endswith("/repartir")
    split = client.follow(late)
    assert "1 personne attend une place" in split.text
    assert "Trente-et-unième" in split.text
    people = client.get(path)
    assert "30 sur 30" in people.text
    assert "1 personne attend une place" in people.text
    sending = client.get(assistant.adresse("envoi"))
    assert "Une personne attend une place" in sending.text
    assert assistant.adresse("repartir") in {one.get("href") for one in sending.page.all("a")}

"""A form is open; meanwhile it was sent already, the dossier went on, a right was removed."""

import pytest
from sqlalchemy import delete, func, select, update

from monespace.dossiers import actions
from monespace.dossiers.models import Dossier, Piece, Stagiaire, Statut, Transmission
from monespace.organisations.models import EtatRattachement, Habilitation, Rattachement
from tests.http.gestes import Assistant
from tests.support.client import AUTOSAVE, Answer, Joint
from tests.support.fichiers import jpg, pdf
from tests.support.monde import CONSEIL
from tests.support.terrain import Terrain


@pytest.fixture
def assistant(terrain: Terrain) -> Assistant:
    return Assistant(terrain, terrain.client("tout sur un SIRET"))


def count(terrain: Terrain, model: type[object]) -> int:
    with terrain.database.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def remove_rights(terrain: Terrain, **left: bool) -> None:
    """Take from everybody but administrateurs every right, or all but those."""
    with terrain.database.transaction() as session:
        if left:
            none = dict.fromkeys(("consulter", "saisir", "transmettre", "supprimer"), False)
            session.execute(update(Habilitation).values(none | left))
        else:
            session.execute(delete(Habilitation))


def again(
    assistant: Assistant, answer: Answer, action: str, button: str = "", **typed: str
) -> tuple[Answer, Answer]:
    """Send the same form of the same page twice."""
    first = assistant.client.submit(answer, action, typed, button)
    return first, assistant.client.submit(answer, action, typed, button)


def test_two_clicks_start_one_brouillon(assistant: Assistant) -> None:
    before = count(assistant.terrain, Dossier)
    page = assistant.client.get("/dossiers/nouveau")

    first, second = again(assistant, page, "/dossiers/nouveau", dispositif="PDC")
    assert (first.status, first.location) == (second.status, second.location)
    assert count(assistant.terrain, Dossier) == before + 1


def test_two_clicks_add_one_person(assistant: Assistant) -> None:
    before = count(assistant.terrain, Stagiaire)
    page = assistant.client.get(assistant.adresse("salaries"))

    first, second = again(
        assistant, page, assistant.adresse("salaries"), "ajouter", nom_naissance="Martin"
    )
    assert first.status == second.status == 303
    assert count(assistant.terrain, Stagiaire) == before + 1


def test_two_clicks_join_one_piece(assistant: Assistant) -> None:
    page = assistant.client.get(assistant.adresse("pieces"))
    before = count(assistant.terrain, Piece)
    joints = {"fichier": Joint("convention.pdf", pdf())}

    for _ in range(2):
        action = assistant.adresse("pieces", "convention")
        assert assistant.client.submit(page, action, joints=joints).status == 303
    assert count(assistant.terrain, Piece) == before + 1


def test_two_clicks_send_once(assistant: Assistant) -> None:
    page = assistant.client.get(assistant.adresse("envoi"))
    before = count(assistant.terrain, Transmission)

    first, second = again(assistant, page, assistant.adresse("envoi"), attestation="oui")
    assert (first.status, first.location) == (303, assistant.adresse("transmis"))
    assert (second.status, second.location) == (303, assistant.adresse("transmis"))
    assert count(assistant.terrain, Transmission) == before + 1
    confirmed = assistant.client.follow(second)
    assert "transmis le" in confirmed.text


def test_two_clicks_answer_once(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un dispositif"), "à compléter")
    page = assistant.client.get(assistant.adresse())

    first, second = again(assistant, page, assistant.adresse("reponse"), message="Voici.")
    assert first.status == 303
    assert second.status == 403
    assert "Voici." in second.text


def test_two_clicks_delete_once(assistant: Assistant) -> None:
    page = assistant.client.get(assistant.adresse("supprimer"))

    first, second = again(assistant, page, assistant.adresse("supprimer"))
    assert (first.status, second.status) == (303, 404)
    assert "est supprimé" in second.text


def test_what_is_typed_after_the_sending_is_given_back(assistant: Assistant) -> None:
    step = assistant.etape("formation")
    assert assistant.transmettre().status == 303
    before = assistant.terrain.fingerprint()

    typed = {"objectif": "Tout à fait autre chose"}
    late = assistant.client.submit(step, assistant.adresse("etapes", "formation"), typed)
    assert late.status == 403
    assert "est à l’état «\u00a0transmis\u00a0»" in late.page.text
    assert "Tout à fait autre chose" in late.text
    assert assistant.terrain.fingerprint() == before


def test_an_autosave_after_the_sending_says_so(assistant: Assistant) -> None:
    form = assistant.etape("formation").page.form(assistant.adresse("etapes", "formation"))
    assert assistant.transmettre().status == 303

    path = assistant.adresse("etapes", "formation")
    late = assistant.client.post(path, form.filled({"objectif": "Autre"}), AUTOSAVE)
    assert late.status == 403
    assert late.headers["HX-Retarget"] == "#alerte"
    assert "Rien n’a été modifié" in late.text


def test_a_right_removed_under_the_form_closes_it(assistant: Assistant) -> None:
    """404 without any right left, 403 with the right to look only; nothing written either way."""
    terrain, client = assistant.terrain, assistant.client
    person = terrain.monde.dossiers[assistant.dossier].salarie
    forms = {
        assistant.adresse("etapes", "formation"): assistant.etape("formation"),
        assistant.adresse("salaries"): client.get(assistant.adresse("salaries")),
        assistant.adresse("salaries", person, "retirer"): client.get(
            assistant.adresse("salaries", person, "retirer")
        ),
        assistant.adresse("envoi"): client.get(assistant.adresse("envoi")),
        assistant.adresse("supprimer"): client.get(assistant.adresse("supprimer")),
    }
    for left, status in (({"consulter": True}, 403), ({}, 404)):
        remove_rights(terrain, **left)
        before = terrain.fingerprint()
        for action, page in forms.items():
            assert client.submit(page, action).status == status, action
        assert terrain.fingerprint() == before
    assert (
        "Conduite d’équipe"
        in client.submit(
            forms[assistant.adresse("etapes", "formation")],
            assistant.adresse("etapes", "formation"),
        ).text
    )


def test_a_rattachement_removed_under_the_page_closes_everything(assistant: Assistant) -> None:
    terrain, client = assistant.terrain, assistant.client
    assert client.get(assistant.adresse()).status == 200
    with terrain.database.transaction() as session:
        session.execute(update(Rattachement).values(etat=EtatRattachement.RETIRE))

    assert client.get(assistant.adresse()).status == 404
    piece = terrain.monde.dossiers[assistant.dossier].piece
    assert client.get(f"/dossiers/pieces/{piece}").status == 404
    home = client.get("/")
    assert "Vous n’êtes rattaché à aucune entreprise" in home.text
    assert not any(one.mark in home.text for one in terrain.monde.dossiers.values())


def test_a_company_answers_on_the_dossier_and_it_goes_on(terrain: Terrain) -> None:
    assistant = Assistant(terrain, terrain.client("un dispositif"), "à compléter")
    page = assistant.client.get(assistant.adresse())
    empty = assistant.client.submit(page, assistant.adresse("reponse"))
    assert empty.status == 422
    assert "Joignez la pièce demandée" in empty.text

    assert assistant.joindre("convention", Joint("signée.jpg", jpg())).status == 303
    page = assistant.client.get(assistant.adresse())
    answered = assistant.client.submit(page, assistant.adresse("reponse"))
    assert "L’instruction de votre dossier reprend" in assistant.client.follow(answered).text
    with terrain.database.reading() as session:
        dossier = session.get_one(Dossier, terrain.monde.dossiers["à compléter"].id)
        assert dossier.statut is Statut.EN_INSTRUCTION


def test_everything_that_happens_has_its_line_in_the_timeline(assistant: Assistant) -> None:
    """Every act that is told of a dossier has French words."""
    terrain, client = assistant.terrain, assistant.client
    assistant.ajouter({"nom_naissance": "Martin", "prenom": "Léo"})
    person = terrain.monde.dossiers["brouillon"].salarie
    path = assistant.adresse("salaries", person, "retirer")
    assert client.submit(client.get(path), path).status == 303
    assert assistant.joindre("convention", Joint("nouvelle.pdf", pdf())).status == 303
    with terrain.database.transaction() as session:
        actions.request_pieces(
            CONSEIL,
            taken(session.get_one(Dossier, terrain.monde.dossiers["transmis"].id)),
            "Signez",
        )

    told = client.get(assistant.adresse()).text
    for words in ("Brouillon commencé", "Pièce jointe", "Pièce remplacée", "Salarié retiré"):
        assert words in told
    sent = client.get(terrain.adresse("transmis")).text
    for words in ("Dossier transmis", "Instruction commencée", "Pièces demandées", "Signez"):
        assert words in sent


def taken(dossier: Dossier) -> Dossier:
    actions.take(CONSEIL, dossier)
    return dossier

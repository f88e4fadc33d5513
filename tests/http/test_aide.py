"""Help and contact: who writes, what leaves, what never does."""

from threading import Barrier, Thread
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from monespace import horloge
from monespace.activation.codes import new_code, printed
from monespace.aide import actions
from monespace.aide.models import Message
from monespace.courriels.models import Courriel
from monespace.db import session
from monespace.journal import Evenement
from tests.support.client import Answer, Client
from tests.support.terrain import Terrain

CONTACT = "/aide/contact"
TYPED = {
    "nom": "Nora Benali",
    "courriel": "nora.benali@societe.example",
    "sujet": "code",
    "message": "Le courrier n’est pas arrivé.\n\nMerci.",
}


def mails(terrain: Terrain) -> list[Courriel]:
    """Those of contact, among all that the world has been sent."""
    with terrain.database.reading():
        of_contact = select(Courriel).where(
            Courriel.sujet.contains(" C-") | Courriel.sujet.startswith("C-")
        )
        return list(session().scalars(of_contact.order_by(Courriel.id)))


def count(terrain: Terrain) -> int:
    with terrain.database.reading():
        return session().scalar(select(func.count()).select_from(Message)) or 0


def typed(answer: Answer) -> dict[str, str]:
    """What stands in the form of contact that was answered."""
    return dict(answer.page.form(CONTACT, CONTACT).filled({}, ""))


def test_help_is_open_to_everybody_and_linked(terrain: Terrain) -> None:
    client = terrain.client()
    help_page = client.get("/aide")
    assert help_page.status == 200
    assert terrain.config.opco.telephone in help_page.text.replace("\u00a0", " ")
    assert CONTACT in help_page.body.decode()
    assert 'href="/aide"' in client.get("/connexion").body.decode()
    signed_in = terrain.client("sans droit").get("/aide")
    assert 'aria-current="page">Aide et contact' in signed_in.body.decode()


def test_a_message_leaves_with_its_number_and_a_receipt(terrain: Terrain) -> None:
    client = terrain.client()
    form = client.get(f"{CONTACT}?siren=005720784&profil={quote('adhérent')}&sujet=acces")
    sent = client.submit(form, CONTACT, {**TYPED, "sujet": "acces"})
    told = client.follow(sent)
    numero = f"C-{horloge.today().year}-000001"
    assert f"Votre message est envoyé sous le numéro {numero}." in told.text

    to_opco, receipt = mails(terrain)
    assert to_opco.destinataire == terrain.config.opco.courriel
    assert to_opco.sujet.startswith(numero)
    for word in ("Nora Benali", TYPED["courriel"], "005 720 784", "Adhérent", "Merci."):
        assert word in to_opco.texte.replace("\u00a0", " ")
    assert receipt.destinataire == TYPED["courriel"]
    assert numero in receipt.sujet
    # Whoever is written to may have asked for nothing.
    assert "Nora" not in receipt.texte
    assert "Merci." not in receipt.texte
    with terrain.database.reading():
        (act,) = session().scalars(select(Evenement).where(Evenement.acte == "contacter"))
    assert act.details == {"numero": numero}
    assert act.auteur == "Visiteur"


def test_who_is_signed_in_types_neither_name_nor_address(terrain: Terrain) -> None:
    client = terrain.client("un SIRET")
    form = client.get(CONTACT)
    sent = client.submit(form, CONTACT, {"sujet": "dossier", "message": "Où en est-il ?"})
    assert sent.status == 303
    with terrain.database.reading():
        (message,) = session().scalars(select(Message))
    assert message.utilisateur_id is not None
    assert terrain.monde.courriels["un SIRET"] in mails(terrain)[0].texte


def test_what_is_missing_is_told_and_what_was_typed_is_kept(terrain: Terrain) -> None:
    client = terrain.client()
    form = client.get(CONTACT)
    sent = client.submit(form, CONTACT, {"nom": "Nora", "courriel": "nora", "message": "Bonjour"})
    assert sent.status == 422
    assert "2 informations sont à corriger" in sent.text
    filled = typed(sent)
    assert (filled["nom"], filled["courriel"], filled["message"]) == ("Nora", "nora", "Bonjour")
    assert mails(terrain) == []


def test_a_double_click_sends_one_message(terrain: Terrain) -> None:
    client = terrain.client()
    form = client.get(CONTACT)
    answers = [client.submit(form, CONTACT, TYPED) for _ in range(2)]
    assert [one.status for one in answers] == [303, 303]
    assert count(terrain) == 1
    assert len(mails(terrain)) == 2


def test_numbers_follow_one_another_even_at_once(terrain: Terrain) -> None:
    together = Barrier(6)
    forms = [(client, client.get(CONTACT)) for client in (terrain.client() for _ in range(6))]

    def write(rank: int) -> None:
        client, form = forms[rank]
        together.wait()
        client.submit(form, CONTACT, {**TYPED, "courriel": f"{rank}@societe.example"})

    writers = [Thread(target=write, args=(rank,)) for rank in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with terrain.database.reading():
        numbers = sorted(session().scalars(select(Message.numero)))
    assert [one[-6:] for one in numbers] == [f"{rank:06d}" for rank in range(1, 7)]


def _codes() -> list[str]:
    code = new_code()
    while code.isdigit() or code.isalpha():
        code = new_code()
    grouped = printed(code)
    return [
        grouped,
        code,
        grouped.replace("-", " "),
        grouped.lower(),
        grouped.replace("-", "\u00a0"),
    ]


@pytest.mark.parametrize("way", range(5))
def test_a_code_never_leaves(terrain: Terrain, way: int) -> None:
    code = _codes()[way]
    client = terrain.client()
    form = client.get(CONTACT)
    message = f"Bonjour, mon code, {code}, est refusé depuis le 12 mars 2026."
    sent = client.submit(form, CONTACT, {**TYPED, "message": message})
    assert sent.status == 422
    assert "Un code d’activation ne se communique à personne" in sent.text
    assert code not in sent.body.decode()
    kept = typed(sent)["message"]
    assert kept == "Bonjour, mon code, [code retiré], est refusé depuis le 12 mars 2026."
    assert mails(terrain) == []

    again = client.submit(sent, CONTACT, {})
    assert again.status == 303
    assert all(code not in mail.texte for mail in mails(terrain))


def test_an_address_fills_in_nothing_but_what_is_known(terrain: Terrain) -> None:
    code = _codes()[0]
    client = terrain.client()
    for query in (f"siren={code}", f"message={code}", f"nom={code}", "sujet=rien", "code=" + code):
        form = client.get(f"{CONTACT}?{query}")
        assert form.status == 200
        assert code not in form.body.decode()


def test_messages_are_bounded_by_address_and_by_network(terrain: Terrain) -> None:
    client = terrain.client()

    def write(courriel: str) -> Answer:
        form = client.get(CONTACT)
        return client.submit(form, CONTACT, {**TYPED, "courriel": courriel})

    for _ in range(actions.MOST_OF_AN_ADDRESS):
        assert write("victime@societe.example").status == 303
    refused = write("Victime@societe.example")
    assert refused.status == 429
    assert "Trop de messages" in refused.text
    assert typed(refused)["message"].startswith("Le courrier n’est pas arrivé.")
    for rank in range(actions.MOST_OF_A_NETWORK - actions.MOST_OF_AN_ADDRESS - 1):
        assert write(f"{rank}@societe.example").status == 303
    assert write("encore@societe.example").status == 429
    assert count(terrain) == actions.MOST_OF_A_NETWORK - 1


def test_what_is_typed_makes_no_signed_link(terrain: Terrain) -> None:
    client: Client = terrain.client()
    form = client.get(CONTACT)
    hostile = {**TYPED, "nom": "[[!/mot-de-passe/abcd]]", "message": "[[!/confirmer/abcd]]"}
    client.submit(form, CONTACT, hostile)
    assert "[[!" not in mails(terrain)[0].texte

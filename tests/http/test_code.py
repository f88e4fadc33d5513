"""The code of the letter: typed, refused with help, used in two ways, guessed by nobody."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from monespace import horloge
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.acteur import Objet, Origine
from monespace.activation.codes import new_code
from monespace.activation.models import CodeActivation, UsageCode, UsagePour
from monespace.comptes.models import Utilisateur
from monespace.notifications.models import Notification
from monespace.organisations.models import (
    EtatRattachement,
    Organisation,
    Portefeuille,
    Profil,
    Rattachement,
)
from tests.support.client import Answer, Client
from tests.support.courrier import issued
from tests.support.monde import MOT_DE_PASSE
from tests.support.nouveaux import NORA, nouvelle
from tests.support.terrain import Terrain

SIREN, NOM = "005720784", "Les Halles d’Ajaccio"
PATH = "/rattachement/code"
ADMINISTER, VALIDATE, RIGHTS = f"{PATH}/administrer", f"{PATH}/valider", f"{PATH}/droits"
WANTED = {"dossiers": ["consulter", "saisir"], "message": "Je saisis les formations."}


def tried(client: Client, code: str, profil: str = "adherent", siren: str = SIREN) -> Answer:
    form = client.get(f"{PATH}?profil={profil}&siren={siren}").page.form(PATH)
    return client.post(PATH, form.filled({"code": code}))


def rows(terrain: Terrain, model: Any, *conditions: Any) -> list[Any]:
    with terrain.database.reading() as session:
        return list(session.scalars(select(model).where(*conditions).order_by(model.id)))


def of_nora(terrain: Terrain, model: Any = Rattachement) -> list[Any]:
    nora = select(Utilisateur.id).where(Utilisateur.courriel == NORA).scalar_subquery()
    return rows(terrain, model, model.utilisateur_id == nora)


def dismissed(terrain: Terrain) -> None:
    """«halles» has no administrateur any more."""
    with terrain.database.transaction() as session:
        for one in session.scalars(select(Rattachement).where(Rattachement.administrateur)):
            one.administrateur = False


def test_the_first_administrateur_has_every_right(terrain: Terrain) -> None:
    dismissed(terrain)
    code = issued(terrain, SIREN)
    client = nouvelle(terrain)
    choice = client.follow(tried(client, code.lower().replace("-", " ")))
    assert f"{NOM} · SIREN 005 720 784 · profil adhérent" in choice.page.text.replace("\u00a0", " ")
    assert "Vous serez le premier" in choice.page.text.replace("\u00a0", " ")
    assert client.submit(choice, ADMINISTER).status == 303

    [one] = of_nora(terrain)
    assert (one.etat, one.administrateur, one.origine) == (
        EtatRattachement.ACTIF,
        True,
        Origine.CODE,
    )
    [use] = rows(terrain, UsageCode)
    assert (use.auteur, use.pour) == ("Nora Benali", UsagePour.ADMINISTRER)
    # Their password alone opens nothing any more.
    assert "/second-facteur" in client.get("/").location


def test_one_more_administrateur_at_once_and_all_are_told(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    client.submit(choice, ADMINISTER)

    [one] = of_nora(terrain)
    assert one.administrateur
    told = rows(terrain, Notification, Notification.lien == f"/acces/personnes/{one.cle}")
    assert [line.titre for line in told] == [f"Nora Benali administre maintenant {NOM}"]
    assert "suspendre en un clic" in told[0].texte


def test_a_company_may_want_one_of_its_own_to_approve(terrain: Terrain) -> None:
    with terrain.database.transaction() as session:
        for organisation in session.scalars(select(Organisation)):
            organisation.code_a_approuver = True
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    followed = client.follow(client.submit(choice, ADMINISTER))

    assert "l’un d’eux doit l’approuver" in followed.text
    [one] = of_nora(terrain)
    assert not one.administrateur
    assert one.etat is EtatRattachement.DEMANDE
    [demande] = of_nora(terrain, DemandeAcces)
    assert (demande.genre, demande.etat) == (GenreDemande.ADMINISTRATION, EtatDemande.A_TRAITER)
    assert len(rows(terrain, UsageCode)) == 1


@pytest.mark.parametrize("etat", [EtatRattachement.RETIRE, EtatRattachement.REFUSE])
def test_who_was_sent_away_does_not_come_back_by_a_code(
    terrain: Terrain, etat: EtatRattachement
) -> None:
    with terrain.database.transaction() as session:
        cle = terrain.monde.rattachements["rattachement retiré"]
        one = session.scalars(select(Rattachement).where(Rattachement.cle == cle)).one()
        one.etat, one.administrateur = etat, False
    client = terrain.client("rattachement retiré")
    code = issued(terrain, SIREN)
    client.submit(client.follow(tried(client, code)), ADMINISTER)
    rights = client.follow(tried(client, code))
    assert rights.status == 200
    client.submit(client.get(RIGHTS), VALIDATE, WANTED, "envoyer")

    [one] = rows(terrain, Rattachement, Rattachement.cle == cle)
    assert (one.etat, one.administrateur) == (etat, False)
    waiting = rows(
        terrain,
        DemandeAcces,
        DemandeAcces.rattachement_id == one.id,
        DemandeAcces.etat == EtatDemande.A_TRAITER,
    )
    assert len(waiting) == 1


def test_who_is_suspended_is_refused_with_a_right_code(terrain: Terrain) -> None:
    with terrain.database.transaction() as session:
        cle = terrain.monde.rattachements["rattachement retiré"]
        one = session.scalars(select(Rattachement).where(Rattachement.cle == cle)).one()
        one.etat, one.administrateur = EtatRattachement.SUSPENDU, False
    client = terrain.client("rattachement retiré")
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    refused = client.submit(choice, ADMINISTER)

    page = client.follow(refused) if refused.status == 303 else refused
    assert "Votre accès à cette entreprise est suspendu" in page.page.text.replace("\u00a0", " ")
    [one] = rows(terrain, Rattachement, Rattachement.cle == cle)
    assert (one.etat, one.administrateur) == (EtatRattachement.SUSPENDU, False)
    assert not rows(terrain, DemandeAcces, DemandeAcces.rattachement_id == one.id)
    assert not rows(terrain, UsageCode)


def test_asking_again_does_not_make_a_refusal_forgotten(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    path = "/rattachement/demande"
    for refused in (True, False):
        client.submit(client.get(f"{path}?profil=adherent&siren={SIREN}"), path, WANTED, "envoyer")
        with terrain.database.transaction() as session:
            asked = session.scalars(select(DemandeAcces).order_by(DemandeAcces.id.desc())).first()
            assert asked
            if refused:
                asked.etat = EtatDemande.REFUSEE
                asked.rattachement.etat = EtatRattachement.REFUSE
    client.submit(client.follow(tried(client, issued(terrain, SIREN))), ADMINISTER)

    [one] = of_nora(terrain)
    assert (one.etat, one.administrateur) == (EtatRattachement.DEMANDE, False)


def test_validated_nobody_is_an_administrateur_again(terrain: Terrain) -> None:
    """Whose role ended with their access."""
    dismissed(terrain)
    cle = terrain.monde.rattachements["rattachement retiré"]
    with terrain.database.transaction() as session:
        one = session.scalars(select(Rattachement).where(Rattachement.cle == cle)).one()
        one.etat, one.administrateur = EtatRattachement.ACTIF, True
        one.fin = horloge.today() - timedelta(days=1)
    client = terrain.client("rattachement retiré")
    client.follow(tried(client, issued(terrain, SIREN)))
    client.submit(client.get(RIGHTS), VALIDATE, WANTED, "envoyer")

    [one] = rows(terrain, Rattachement, Rattachement.cle == cle)
    assert (one.etat, one.fin, one.administrateur) == (EtatRattachement.ACTIF, None, False)


def test_a_code_validates_the_request_that_waits(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    path = "/rattachement/demande"
    form = client.get(f"{path}?profil=adherent&siren={SIREN}")
    assert client.submit(form, path, WANTED, "envoyer").status == 303
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    sent = choice.page.form(VALIDATE).filled({}, "demande")
    home = client.follow(client.post(VALIDATE, sent))

    assert f"Vous êtes rattaché à {NOM}." in home.page.text
    [demande] = of_nora(terrain, DemandeAcces)
    assert (demande.etat, demande.decideur_id) == (EtatDemande.APPROUVEE, None)
    assert demande.decideur == "le code du courrier"
    [one] = of_nora(terrain)
    assert (one.etat, one.administrateur) == (EtatRattachement.ACTIF, False)
    assert client.get(terrain.adresse("brouillon")).status == 200
    assert [use.pour for use in rows(terrain, UsageCode)] == [UsagePour.VALIDER]
    mine = client.get("/mes-droits")
    for words in ("Dossiers", "Consulter, Saisir", "avec le code du courrier"):
        assert words in mine.page.text
    # The proof is spent: the code would have to be typed again.
    again = {"csrf_token": client.token(), "_fin": "1"}
    assert client.post(ADMINISTER, again).location == "/rattachement"


def test_a_code_validates_rights_that_are_chosen_but_no_power(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    client.follow(tried(client, issued(terrain, SIREN)))
    form = client.get(RIGHTS)
    assert client.submit(form, VALIDATE, {}, "envoyer").status == 422
    sent = form.page.form(VALIDATE).filled(WANTED, "envoyer")
    client.post(VALIDATE, [*sent, ("rattachements", "saisir")])

    [one] = of_nora(terrain)
    assert one.etat is EtatRattachement.ACTIF
    with terrain.database.reading() as session:
        granted = session.get_one(Rattachement, one.id).habilitations
        assert {row.objet for row in granted} == {Objet.DOSSIERS}


def test_a_code_says_nothing_of_the_requests_of_others(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))

    assert "Dominique" not in choice.text
    assert not list(choice.page.all("button", value="demande"))


def test_a_wrong_code_keeps_all_but_the_code_and_offers_three_ways(terrain: Terrain) -> None:
    issued(terrain, SIREN)
    wrong, client = new_code(), nouvelle(terrain)
    answer = tried(client, wrong)

    assert answer.status == 422
    text = answer.page.text.replace("\u00a0", " ")
    assert "Ce code ne correspond pas au SIREN 005 720 784. Vérifiez-le sur le courrier : " in text
    assert "il vous reste 4 essais" in text
    assert wrong not in answer.page.source
    assert answer.page.value("siren") == SIREN
    # The one who looks after «halles», and how to reach them.
    assert "Votre conseiller : Dominique Conseiller, 01 88 13 10 00" in text
    assert "Votre Assistant Emploi Formation (AEF) : Dominique Aef" in text
    [contact] = [a for a in answer.page.all("a") if "/aide/contact" in a.get("href", "")]
    asked = client.get(contact.get("href", "")).page
    assert asked.value("siren").replace("\u00a0", "") == SIREN
    assert asked.value("profil") == "adhérent"
    assert asked.value("sujet") == "code"


def test_a_slip_is_told_and_not_counted(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    for typed in ("", "ABC", "U" * 16, "é" * 16, "0" * 5000, "\x00"):
        assert tried(client, typed).status == 422
    assert "il vous reste 4 essais" in tried(client, new_code()).page.text.replace("\u00a0", " ")


def test_too_many_tries_wait(terrain: Terrain) -> None:
    client, code = nouvelle(terrain), issued(terrain, SIREN)
    for _ in range(5):
        tried(client, new_code())
    waiting = tried(client, code)
    assert waiting.status == 422
    assert "Trop de codes ont été essayés" in waiting.text
    with horloge.frozen(horloge.now() + timedelta(minutes=59)):
        assert tried(client, code).status == 422
    # The true holder is another person: nobody locks a company.
    assert tried(nouvelle(terrain, "holder@halles.example"), code).status == 303


def test_the_other_profile_goes_on_without_typing_again(terrain: Terrain) -> None:
    code = issued(terrain, SIREN, Profil.PRESTATAIRE)
    client = nouvelle(terrain)
    answer = tried(client, code)

    assert answer.status == 422
    assert "Ce code correspond au profil prestataire\u00a0; vous êtes sur le profil adhérent." in (
        answer.page.text
    )
    assert code not in answer.page.source
    forms = [one for one in answer.page.all("form") if one.get("action") == PATH]
    sent = [(one.get("name", ""), one.get("value", "")) for one in forms[0].iter("input")]
    assert ("profil", "prestataire") in sent
    assert client.post(PATH, sent).location == f"{PATH}/usage"
    # What was sealed is for this person alone.
    stranger = nouvelle(terrain, "autre@nouvelle.example")
    token = stranger.token()
    stolen = [(name, token if name == "csrf_token" else value) for name, value in sent]
    assert stranger.post(PATH, stolen).status == 422


def test_an_old_code_says_since_when(terrain: Terrain) -> None:
    code, client = issued(terrain, SIREN), nouvelle(terrain)
    with terrain.database.transaction() as session:
        latest = select(CodeActivation).order_by(CodeActivation.id.desc()).limit(1)
        session.scalars(latest).one().expire_le = horloge.now() - timedelta(days=2)
    answer = tried(client, code)

    assert answer.status == 422
    assert "Ce code n’est plus valable depuis le " in answer.text
    assert "Demandez un nouveau courrier à votre conseiller." in answer.text


def test_nobody_learns_whether_there_is_a_code(terrain: Terrain) -> None:
    """Unknown SIREN, no code, wrong code, revoked code: the same page to the byte."""
    with terrain.database.transaction() as session:
        session.execute(delete(Portefeuille))

    def page(siren: str, code: str, who: str) -> str:
        answer = tried(nouvelle(terrain, f"{who}@nouvelle.example"), code, siren=siren)
        assert answer.status == 422
        source = answer.page.source.replace(answer.page.token(), "T").replace(siren, "S")
        return source.replace(f"{siren[:3]}\u00a0{siren[3:6]}\u00a0{siren[6:]}", "S")

    # Each page says when its session ends.
    with horloge.frozen(horloge.now()):
        unknown = page("732829320", new_code(), "unknown")
        assert page(SIREN, new_code(), "none") == unknown
        revoked = issued(terrain, SIREN)
        assert page(SIREN, new_code(), "wrong") == unknown
        issued(terrain, SIREN)
        assert page(SIREN, revoked, "revoked") == unknown


def proved_again(client: Client, asked: Answer) -> Answer:
    """Who is at the keyboard says so again; then what was kept is sent."""
    assert asked.location.startswith("/confirmer-identite?suite=/reprendre/")
    kept = client.follow(client.prove(NORA, MOT_DE_PASSE, client.follow(asked)))
    return client.submit(kept, ADMINISTER)


def test_a_code_proves_the_company_and_not_the_person(terrain: Terrain) -> None:
    """Typed in a session that was left open, it opens nothing before they say who they are."""
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    with horloge.frozen(horloge.now() + timedelta(minutes=12)):
        asked = client.submit(choice, ADMINISTER)
        assert of_nora(terrain) == []
        assert rows(terrain, UsageCode) == []
        assert proved_again(client, asked).status == 303
    [one] = of_nora(terrain)
    assert one.administrateur


def test_a_proof_lasts_a_quarter_of_an_hour_and_ends_with_the_code(terrain: Terrain) -> None:
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    with horloge.frozen(horloge.now() + timedelta(minutes=16)):
        assert proved_again(client, client.submit(choice, ADMINISTER)).location == "/rattachement"
    issued(terrain, SIREN)
    refused = client.submit(choice, ADMINISTER)

    assert refused.status == 422
    assert "Ce code vient d’être arrêté ou remplacé" in refused.page.text.replace("\u00a0", " ")
    assert of_nora(terrain) == []


def test_the_proof_of_one_is_nothing_to_another(terrain: Terrain) -> None:
    """A cookie carries it: signed in as somebody else, it opens nothing."""
    client = nouvelle(terrain)
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    client.submit(choice, "/deconnexion")
    client.sign_in(terrain.monde.courriels["consultation"], "Monde-de-poche-2026")

    assert client.get(f"{PATH}/usage").location == "/rattachement"


def test_a_member_becomes_an_administrateur_with_the_code(terrain: Terrain) -> None:
    client = terrain.client("consultation")
    choice = client.follow(tried(client, issued(terrain, SIREN)))
    assert "Valider une demande" not in choice.text
    client.submit(choice, ADMINISTER)

    cle = terrain.monde.rattachements["consultation"]
    [one] = rows(terrain, Rattachement, Rattachement.cle == cle)
    assert one.administrateur

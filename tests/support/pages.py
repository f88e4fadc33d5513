"""Every page of the portal, and how a browser comes to see it on the data of the demo."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page
from sqlalchemy import select

from monespace.db import session
from monespace.demo import opco
from monespace.demo.comptes import CAMILLE, INES, JULIE, KARIM, LEA, PAUL, Compte
from monespace.demo.entreprises import ATELIER_VERDIER, DELORME
from monespace.demo.figurants import HUGO
from monespace.dossiers.completude import lacunes
from monespace.dossiers.models import Dossier, Statut
from tests.support import (
    pages_annuaire,
    pages_compte,
    pages_imports,
    pages_opco,
    pages_rattachement,
)
from tests.support.live import LivePortal

Found = Mapping[str, Dossier]

STEPS = ("entreprise", "formation", "organisme", "budget")


@dataclass(frozen=True)
class Visit:
    """One page, who looks at it (nobody: signed out), and what brings it on the screen."""

    name: str
    account: Compte | None
    open: Callable[[Page, LivePortal], None]


def every_page(portal: LivePortal, family: str = "") -> Iterable[Visit]:
    """The pages of the portal, or of one family, each in the states that look different."""
    with portal.database.reading():
        found = _dossiers(portal.config.max_stagiaires)
    for name, visits in FAMILIES.items():
        if family in ("", name):
            yield from visits(found)


def sign_in(page: Page, portal: LivePortal, account: Compte) -> None:
    """Sign in by the pages of the portal."""
    pages_compte.give_password(page, portal, account)
    pages_compte.give_code(page, portal, account)
    page.get_by_role("heading", name=f"Bonjour {account.prenom}").wait_for()


def at(path: str) -> Callable[[Page, LivePortal], None]:
    """Open that address."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)

    return open_it


def _then(path: str, act: Callable[[Page], None]) -> Callable[[Page, LivePortal], None]:
    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        act(page)
        page.wait_for_load_state()

    return open_it


def _press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name).first.click()


def _dossiers(most: int) -> Found:
    """One dossier of the demo for each look that a page can have."""
    rows = session().scalars(
        select(Dossier)
        .where(Dossier.etablissement.has(entreprise_id=1))
        .order_by(Dossier.id.desc())
        .limit(400)
    )
    found: dict[str, Dossier] = {}
    for row in rows:
        found.setdefault(row.statut, row)
        if row.lot:
            found.setdefault("part", row)
        if row.statut is Statut.BROUILLON:
            _sort_out(found, row, most)
    return found


def _sort_out(found: dict[str, Dossier], row: Dossier, most: int) -> None:
    if row.en_attente:
        found.setdefault("waiting", row)
        return
    people = len(row.stagiaires)
    if 3 <= people < most:
        found.setdefault("people", row)
    if not any(lacune.manque.blocks for lacune in lacunes(row)):
        found.setdefault("complete", row)
    elif row.saisies.get("date_fin"):
        found.setdefault("unreadable", row)


def _public(found: Found) -> Iterable[Visit]:
    yield Visit("connexion", None, at("/connexion"))
    yield Visit("connexion-erreur", None, _then("/connexion", _press("Se connecter")))
    yield Visit("aide", None, at("/aide"))
    yield Visit("contact", None, at("/aide/contact?sujet=code&siren=999001001"))
    yield Visit("contact-erreur", None, _then("/aide/contact", _press("Envoyer le message")))
    yield Visit("courriels-aucun", None, at("/demo/courriels?adresse=personne"))
    yield Visit("courriels", None, _written(at("/demo/courriels")))
    yield Visit("courriel", None, _written(_first_mail))
    for path in ("plan-du-site", "accessibilite", "donnees-personnelles", "mentions-legales"):
        yield Visit(path, None, at(f"/{path}"))
    yield Visit("composants", None, at("/composants"))
    yield Visit("courriers-demo", None, at("/demo/courriers"))


def _written(open_it: Callable[[Page, LivePortal], None]) -> Callable[[Page, LivePortal], None]:
    """The same, once somebody has written to the OPCO."""

    def write(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}/aide/contact?sujet=code")
        page.get_by_label("Prénom et nom").fill("Nora Benali")
        page.get_by_label("Adresse e-mail").fill("nora.benali@societe.example")
        page.get_by_label("Message", exact=True).fill("Le courrier n’est pas arrivé.")
        _press("Envoyer le message")(page)
        open_it(page, portal)

    return write


def _first_mail(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/demo/courriels")
    page.locator("tbody a").first.click()
    page.wait_for_load_state()


def _lists(found: Found) -> Iterable[Visit]:
    yield Visit("accueil", CAMILLE, at("/"))
    yield Visit("notifications", CAMILLE, at("/notifications"))
    yield Visit("notifications-aucune", PAUL, at("/notifications"))
    yield Visit("dossiers", CAMILLE, at("/dossiers"))
    filtered = "/dossiers?q=s&statut=ENGAGE&debut_du-jour=1&debut_du-mois=1&debut_du-annee=2026"
    yield Visit("dossiers-filtres", CAMILLE, at(f"{filtered}&tri=demande"))
    yield Visit("dossiers-aucun", CAMILLE, at("/dossiers?q=introuvable"))
    yield Visit("nouvelle-demande", CAMILLE, at("/dossiers/nouveau"))
    yield Visit("exports-aucun", PAUL, at("/exports"))
    yield Visit("exports", CAMILLE, _export)
    yield Visit("introuvable", CAMILLE, at("/nulle-part"))
    yield Visit("courriers", CAMILLE, at("/acces/courriers"))
    yield Visit("plan-connecte", CAMILLE, at("/plan-du-site"))


def _export(page: Page, portal: LivePortal) -> None:
    page.goto(f"{portal.url}/dossiers?statut=SOLDE")
    page.get_by_role("button", name="Exporter").click()
    page.wait_for_load_state()


def _wizard(found: Found) -> Iterable[Visit]:
    draft, people = f"/dossiers/{found['unreadable'].cle}", found["people"]
    for step in STEPS:
        yield Visit(f"etape-{step}", CAMILLE, at(f"{draft}/etapes/{step}"))
    yield Visit(
        "etape-erreurs",
        CAMILLE,
        _then(f"{draft}/etapes/formation", _press("Enregistrer et continuer")),
    )
    yield Visit("salaries", CAMILLE, at(f"/dossiers/{people.cle}/salaries"))
    salarie = f"/dossiers/{people.cle}/salaries/{people.stagiaires[0].cle}"
    yield Visit("salarie", CAMILLE, at(salarie))
    yield Visit("salarie-retirer", CAMILLE, at(f"{salarie}/retirer"))
    yield Visit("pieces", CAMILLE, at(f"/dossiers/{found['complete'].cle}/pieces"))
    yield Visit("pieces-refus", CAMILLE, _then(f"{draft}/pieces", _press("Joindre la pièce")))
    yield Visit("envoi-incomplet", CAMILLE, at(f"{draft}/envoi"))
    yield Visit("envoi", CAMILLE, at(f"/dossiers/{found['complete'].cle}/envoi"))
    yield Visit("envoi-refus", CAMILLE, _then(f"{draft}/envoi", _press("Transmettre le dossier")))


def _history(found: Found) -> Iterable[Visit]:
    history = f"/dossiers/{found['complete'].cle}/historique"
    yield Visit("historique", CAMILLE, at(history))
    yield Visit(
        "historique-transmis", CAMILLE, at(f"/dossiers/{found[Statut.TRANSMIS].cle}/historique")
    )
    yield Visit("historique-revenir", CAMILLE, at(f"{history}/1/revenir"))
    formation = f"/dossiers/{found['unreadable'].cle}/etapes/formation"
    yield Visit("etape-deux-reponses", CAMILLE, _contested(formation))


def _contested(path: str) -> Callable[[Page, LivePortal], None]:
    """Answer in a page what another page has just answered."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(portal.url + path)
        other = page.context.new_page()
        other.goto(portal.url + path)
        _answer(other, "Vente et accueil en magasin", "3")
        _answer(page, "Accueillir, vendre et fidéliser une clientèle exigeante", "4")
        other.close()

    return open_it


def _answer(page: Page, intitule: str, jours: str) -> None:
    page.get_by_label("Intitulé").fill(intitule)
    page.get_by_label("Nombre de jours").fill(jours)
    _press("Enregistrer et continuer")(page)
    page.wait_for_load_state()


def _annuaire(found: Found) -> Iterable[Visit]:
    people, about = found["people"], pages_annuaire.of_somebody
    draft = f"/dossiers/{people.cle}"
    compare = f"{draft}/salaries/{people.stagiaires[0].cle}/annuaire"
    yield Visit("annuaire", CAMILLE, at("/salaries"))
    yield Visit("annuaire-aucun", CAMILLE, at("/salaries?q=introuvable&presence=tous"))
    yield Visit("annuaire-sans-droit", LEA, at("/salaries"))
    yield Visit("annuaire-fiche", CAMILLE, about(people))
    yield Visit("annuaire-ajouter", CAMILLE, at("/salaries/nouveau"))
    wrong = _then("/salaries/nouveau", _press("Ajouter ce salarié"))
    yield Visit("annuaire-erreurs", CAMILLE, wrong)
    doublon = about(people, "/modifier", pages_annuaire.doublon)
    yield Visit("annuaire-doublon", CAMILLE, doublon)
    contested = about(people, "/modifier", pages_annuaire.contested)
    yield Visit("annuaire-deux-reponses", CAMILLE, contested)
    yield Visit("annuaire-comparer", CAMILLE, at(compare))
    yield Visit("annuaire-nir", CAMILLE, about(people, "/nir"))
    yield Visit("annuaire-nir-refus", CAMILLE, about(people, "/nir", _press("Enregistrer ce")))
    yield Visit("annuaire-fiche-nir", CAMILLE, about(people, "/nir", pages_annuaire.numbered))
    yield Visit("annuaire-choisir", CAMILLE, at(f"{draft}/annuaire"))
    nobody = _then(f"{draft}/annuaire", _press("Ajouter au dossier"))
    yield Visit("annuaire-choisir-rien", CAMILLE, nobody)
    yield Visit("annuaire-depart", CAMILLE, about(people, "/depart"))
    left = about(people, "/depart", _press("Noter le départ"))
    yield Visit("annuaire-parti", CAMILLE, left)


def _imports(found: Found) -> Iterable[Visit]:
    yield Visit("imports-aucun", KARIM, at("/importer/mes-imports"))
    yield Visit("importer", CAMILLE, at("/importer"))
    dossier = found["people"].cle
    yield Visit("importer-dans-un-dossier", CAMILLE, at(f"/importer?dossier={dossier}"))
    yield Visit("importer-sans-droit", LEA, at("/importer"))
    yield Visit("importer-refus", CAMILLE, pages_imports.refused)
    yield Visit("importer-colonnes", CAMILLE, pages_imports.linking)
    yield Visit("importer-colonnes-refus", CAMILLE, pages_imports.linking_refused)
    yield Visit("importer-apercu", CAMILLE, pages_imports.preview)
    yield Visit("importer-apercu-refus", CAMILLE, pages_imports.preview_refused)
    yield Visit("importer-resultat", CAMILLE, pages_imports.result)
    yield Visit("importer-attente", CAMILLE, pages_imports.waiting)
    yield Visit("imports", CAMILLE, at("/importer/mes-imports"))


def _lots(found: Found) -> Iterable[Visit]:
    waiting, part = f"/dossiers/{found['waiting'].cle}", found["part"]
    assert part.lot
    lot = f"/lots/{part.lot.cle}"
    yield Visit("salaries-en-attente", CAMILLE, at(f"{waiting}/salaries"))
    yield Visit("repartir", CAMILLE, at(f"{waiting}/repartir"))
    yield Visit("repartir-deplacer", CAMILLE, _then(f"{waiting}/repartir", _unfold))
    yield Visit("repartir-refus", CAMILLE, _then(f"{waiting}/repartir", _ask_for_one))
    yield Visit("repartir-retirer", CAMILLE, at(f"{waiting}/en-attente/retirer"))
    yield Visit("scinder", CAMILLE, at(f"/dossiers/{found['people'].cle}/repartir"))
    yield Visit("lots", CAMILLE, at("/lots"))
    yield Visit("lot", CAMILLE, at(lot))
    yield Visit("partie", CAMILLE, at(f"/dossiers/{part.cle}"))
    yield Visit("lot-modifier", CAMILLE, at(f"{lot}/modifier/formation"))
    yield Visit("lot-apercu", CAMILLE, _then(f"{lot}/modifier/formation", _change_the_title))
    yield Visit(
        "lot-modifier-refus",
        CAMILLE,
        _then(f"{lot}/modifier/formation", _press("Voir ce qui change")),
    )
    yield Visit("lot-transmettre", CAMILLE, at(f"{lot}/transmettre"))
    yield Visit("dupliquer", CAMILLE, at(f"/dossiers/{found['people'].cle}/dupliquer"))


def _unfold(page: Page) -> None:
    page.locator("summary").first.click()


def _ask_for_one(page: Page) -> None:
    page.get_by_label("Nombre de dossiers").fill("1")
    _press("Enregistrer la répartition")(page)


def _change_the_title(page: Page) -> None:
    page.get_by_label("Intitulé").fill("Conduite d’équipe, une session pour chaque magasin")
    _press("Voir ce qui change")(page)


def _details(found: Found) -> Iterable[Visit]:
    for statut in Statut:
        if statut in found:
            path = f"/dossiers/{found[statut].cle}"
            yield Visit(f"dossier-{statut.lower()}", CAMILLE, at(path))
    yield Visit("supprimer", CAMILLE, at(f"/dossiers/{found['people'].cle}/supprimer"))
    yield Visit("transmis", CAMILLE, at(f"/dossiers/{found[Statut.TRANSMIS].cle}/transmis"))
    yield Visit(
        "reponse-refus",
        CAMILLE,
        _then(f"/dossiers/{found[Statut.A_COMPLETER].cle}", _press("Envoyer ma réponse")),
    )


def _of_people_with_few_rights(found: Found) -> Iterable[Visit]:
    yield Visit("accueil-sans-droit", LEA, at("/"))
    yield Visit("dossiers-sans-droit", LEA, at("/dossiers"))
    yield Visit("nouvelle-demande-sans-droit", LEA, at("/dossiers/nouveau"))
    yield Visit("accueil-un-etablissement", KARIM, at("/"))
    yield Visit("dossier-consulte", PAUL, at(f"/dossiers/{found['unreadable'].cle}"))
    yield Visit("action-refusee", PAUL, at(f"/dossiers/{found['unreadable'].cle}/envoi"))


def _acces(found: Found) -> Iterable[Visit]:
    yield Visit("demandes", CAMILLE, at("/acces/demandes"))
    yield Visit("demandes-aucune", CAMILLE, at("/acces/demandes?q=introuvable"))
    yield Visit("demandes-sans-droit", PAUL, at("/acces/demandes"))
    yield Visit("demande", CAMILLE, _open_request())
    yield Visit("demande-apercu", CAMILLE, _open_request(_press("Voir ce qui change")))
    yield Visit("demande-refuser", CAMILLE, _open_request(_refuse))
    yield Visit("demande-refuser-erreur", CAMILLE, _open_request(_refuse_without_reason))
    chosen = _then("/acces/demandes", _choose_requests)
    yield Visit("demandes-ensemble", CAMILLE, chosen)
    nothing = _then("/acces/demandes", _press("Approuver la sélection"))
    yield Visit("demandes-ensemble-rien", CAMILLE, nothing)
    approved = _open_request(_press("Approuver avec ces droits"))
    yield Visit("demande-approuvee", CAMILLE, approved)


def _open_request(
    act: Callable[[Page], None] = lambda page: None,
) -> Callable[[Page, LivePortal], None]:
    def open_it(page: Page) -> None:
        page.get_by_role("link", name="Examiner et décider").first.click()
        page.get_by_role("heading", name="Droits demandés").wait_for()
        act(page)
        page.wait_for_load_state("networkidle")

    return _then("/acces/demandes", open_it)


def _refuse(page: Page) -> None:
    page.get_by_role("link", name="Refuser…").click()


def _refuse_without_reason(page: Page) -> None:
    _refuse(page)
    _press("Refuser l’accès")(page)


def _choose_requests(page: Page) -> None:
    for box in page.locator("[name=d]").all():
        box.check()
    _press("Approuver la sélection")(page)


def _accounts(found: Found) -> Iterable[Visit]:
    yield Visit("inscription", None, at("/inscription"))
    yield Visit("inscription-erreurs", None, _then("/inscription", _press("Créer mon compte")))
    yield Visit("inscription-boite", None, _then("/inscription/lien", _ask_for("Envoyer le lien")))
    yield Visit("oubli", None, at("/mot-de-passe-oublie"))
    asked = _then("/mot-de-passe-oublie", _ask_for("Recevoir un lien"))
    yield Visit("oubli-envoye", None, asked)
    yield Visit("lien-perime", None, at("/confirmer/zzzzzzzzzzzz"))
    yield Visit("guide-de-connexion", None, at("/guide-de-connexion"))
    yield Visit("compte", LEA, at("/compte"))
    for path in ("identite", "courriels", "mot-de-passe", "adresse"):
        yield Visit(f"compte-{path}", LEA, at(f"/compte/{path}"))
    refused = _then("/compte/mot-de-passe", _press("Enregistrer"))
    yield Visit("compte-mot-de-passe-refus", LEA, refused)


def _ask_for(button: str) -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        page.get_by_label("Adresse e-mail").fill("personne@nulle-part.example")
        _press(button)(page)

    return ask


def _personnes(found: Found) -> Iterable[Visit]:
    yield Visit("personnes", CAMILLE, at("/acces/personnes"))
    yield Visit("personnes-aucune", CAMILLE, at("/acces/personnes?q=introuvable"))
    yield Visit("personnes-sans-droit", PAUL, at("/acces/personnes"))
    yield Visit("invitations", CAMILLE, at("/acces/invitations"))
    yield Visit("inviter", CAMILLE, at("/acces/invitations/nouvelle"))
    wrong = _then("/acces/invitations/nouvelle", _press("Envoyer l’invitation"))
    yield Visit("inviter-refus", CAMILLE, wrong)
    yield Visit("journal-des-acces", CAMILLE, at("/acces/journal"))
    yield Visit("reglages", CAMILLE, at("/acces/reglages"))
    yield Visit("personne", CAMILLE, _of_paul())
    yield Visit("personne-droits", CAMILLE, _of_paul("/droits?modele=comptable"))
    preview = _of_paul("/droits?modele=comptable", _press("Voir ce qui change"))
    yield Visit("personne-apercu", CAMILLE, preview)
    for rest in ("dates", "retirer", "administrateur"):
        yield Visit(f"personne-{rest}", CAMILLE, _of_paul(f"/{rest}"))


def _of_paul(
    rest: str = "", act: Callable[[Page], None] | None = None
) -> Callable[[Page, LivePortal], None]:
    """A page about Paul, whose rights others look after."""

    def open_it(page: Page, portal: LivePortal) -> None:
        page.goto(f"{portal.url}/acces/personnes?q={PAUL.courriel}")
        page.get_by_role("link", name=PAUL.nom).click()
        page.wait_for_load_state()
        if rest:
            page.goto(page.url + rest)
        if act:
            act(page)
            page.wait_for_load_state()

    return open_it


def _compte(found: Found) -> Iterable[Visit]:
    yield Visit("second-facteur", None, pages_compte.give_password)
    yield Visit("second-facteur-refus", None, pages_compte.refused_code)
    yield Visit("compte-second-facteur", CAMILLE, at("/compte/second-facteur"))
    yield Visit("compte-second-facteur-choisir", PAUL, at("/compte/second-facteur"))
    yield Visit("compte-application", CAMILLE, at("/compte/second-facteur/changer"))
    yield Visit("compte-application-refus", CAMILLE, pages_compte.refused_choice)
    yield Visit("compte-codes", CAMILLE, pages_compte.recovery_codes)
    yield Visit("compte-sessions", CAMILLE, at("/compte/sessions"))
    yield Visit("confirmer-identite", CAMILLE, pages_compte.to_prove)
    yield Visit("confirmer-identite-refus", CAMILLE, pages_compte.refused_proof)
    yield Visit("reprendre", CAMILLE, pages_compte.to_go_on)


def _rattachement(found: Found) -> Iterable[Visit]:
    doors = pages_rattachement.DOORS
    yield Visit("courrier-et-code", None, at("/aide/codes"))
    yield Visit("accueil-sans-entreprise", HUGO, at("/"))
    yield Visit("entreprises-aucune", HUGO, at("/entreprises"))
    yield Visit("rejoindre-profil", HUGO, at("/rattachement"))
    yield Visit("rejoindre-profil-erreur", HUGO, at("/rattachement/entreprise?q=delorme"))
    search = "/rattachement/entreprise?profil=adherent"
    yield Visit("rejoindre-entreprise", HUGO, at(f"{search}&q=de"))
    yield Visit("rejoindre-introuvable", HUGO, at(f"{search}&q=introuvable"))
    yield Visit("rejoindre-choix", HUGO, at(f"/rattachement/choix?{doors}"))
    yield Visit("rejoindre-code", HUGO, at(f"/rattachement/code?{doors}"))
    yield Visit("rejoindre-code-refus", HUGO, pages_rattachement.wrong_code)
    yield Visit("rejoindre-code-profil", HUGO, pages_rattachement.other_profile)
    yield Visit("rejoindre-code-bon", HUGO, pages_rattachement.right_code)
    yield Visit("rejoindre-code-droits", HUGO, pages_rattachement.rights_of_the_code)
    request = f"/rattachement/demande?{doors}"
    yield Visit("rejoindre-demande", INES, at(request))
    yield Visit("rejoindre-demande-refus", INES, _then(request, _press("Envoyer ma demande")))
    yield Visit(
        "rejoindre-autre-profil", INES, at(request.replace("profil=adherent", "profil=prestataire"))
    )
    yield Visit("mes-demandes", HUGO, at("/rattachement/suivi"))
    yield Visit("mes-demandes-aucune", KARIM, at("/rattachement/suivi"))
    yield Visit("mes-demandes-retirer", HUGO, pages_rattachement.taking_back)
    yield Visit("mes-entreprises", INES, at("/entreprises"))
    yield Visit("mes-droits", KARIM, at("/mes-droits"))
    yield Visit("mes-droits-aucun", LEA, at("/mes-droits"))
    yield Visit("mes-droits-administrateur", INES, at("/mes-droits"))
    ask = "/mes-droits/demander?objet=dossiers&verbe=transmettre&dispositif=PDC"
    yield Visit("demander-un-droit", KARIM, at(ask))
    yield Visit("demander-un-droit-refus", KARIM, _then(ask, _press("Envoyer ma demande")))


def _opco(found: Found) -> Iterable[Visit]:
    about = pages_opco.of_company
    yield Visit("opco-entreprises", JULIE, at("/opco"))
    yield Visit("opco-entreprises-aucune", JULIE, at("/opco?q=introuvable"))
    yield Visit("opco-sans-droit", PAUL, at("/opco"))
    yield Visit("opco-entreprise", JULIE, about(DELORME.raison_sociale))
    yield Visit("opco-entreprise-courrier", JULIE, about(ATELIER_VERDIER.raison_sociale))
    yield Visit("opco-entreprise-prevue", JULIE, about(opco.AGREED))
    yield Visit("opco-entreprise-courrier-demande", JULIE, about(opco.LETTER_ASKED))
    yield Visit("opco-courrier", JULIE, about(opco.ENDED, "/courrier"))
    received = about(ATELIER_VERDIER.raison_sociale, "", pages_opco.reception)
    yield Visit("opco-reception", JULIE, received)
    wrong = about(ATELIER_VERDIER.raison_sociale, "", pages_opco.reception_refused)
    yield Visit("opco-reception-refus", JULIE, wrong)
    yield Visit("opco-predesigner", JULIE, about(opco.AGREED, "/predesigner"))
    refused = about(opco.AGREED, "/predesigner", _press("Prévoir cet accès"))
    yield Visit("opco-predesigner-refus", JULIE, refused)
    yield Visit("opco-annuler", JULIE, about(opco.AGREED, "", pages_opco.taking_back))


FAMILIES: Mapping[str, Callable[[Found], Iterable[Visit]]] = {
    "public": _public,
    "compte": _compte,
    "lists": _lists,
    "wizard": _wizard,
    "history": _history,
    "lots": _lots,
    "imports": _imports,
    "details": _details,
    "few-rights": _of_people_with_few_rights,
    "annuaire": _annuaire,
    "acces": _acces,
    "accounts": _accounts,
    "personnes": _personnes,
    "rattachement": _rattachement,
    "opco": _opco,
}

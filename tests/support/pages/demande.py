"""A request for funding: the lists, the steps, the sending, what became of it."""

from collections.abc import Iterable

from playwright.sync_api import Page

from monespace.demo.comptes import CAMILLE, KARIM, LEA, PAUL
from monespace.dossiers.models import Statut
from tests.support.live import LivePortal
from tests.support.pages.visite import Found, Visit, at, press, then

STEPS = ("entreprise", "formation", "organisme", "budget")


def lists(found: Found) -> Iterable[Visit]:
    """What one comes to first."""
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


def wizard(found: Found) -> Iterable[Visit]:
    """The steps, to the sending."""
    draft, people = f"/dossiers/{found['unreadable'].cle}", found["people"]
    for step in STEPS:
        yield Visit(f"etape-{step}", CAMILLE, at(f"{draft}/etapes/{step}"))
    yield Visit(
        "etape-erreurs",
        CAMILLE,
        then(f"{draft}/etapes/formation", press("Enregistrer et continuer")),
    )
    yield Visit("salaries", CAMILLE, at(f"/dossiers/{people.cle}/salaries"))
    salarie = f"/dossiers/{people.cle}/salaries/{people.stagiaires[0].cle}"
    yield Visit("salarie", CAMILLE, at(salarie))
    yield Visit("salarie-retirer", CAMILLE, at(f"{salarie}/retirer"))
    yield Visit("pieces", CAMILLE, at(f"/dossiers/{found['complete'].cle}/pieces"))
    yield Visit("pieces-refus", CAMILLE, then(f"{draft}/pieces", press("Joindre la pièce")))
    yield Visit("envoi-incomplet", CAMILLE, at(f"{draft}/envoi"))
    yield Visit("envoi", CAMILLE, at(f"/dossiers/{found['complete'].cle}/envoi"))
    yield Visit("envoi-refus", CAMILLE, then(f"{draft}/envoi", press("Transmettre le dossier")))


def details(found: Found) -> Iterable[Visit]:
    """A dossier in each of its states."""
    for statut in Statut:
        if statut in found:
            path = f"/dossiers/{found[statut].cle}"
            yield Visit(f"dossier-{statut.lower()}", CAMILLE, at(path))
    yield Visit("supprimer", CAMILLE, at(f"/dossiers/{found['people'].cle}/supprimer"))
    yield Visit("transmis", CAMILLE, at(f"/dossiers/{found[Statut.TRANSMIS].cle}/transmis"))
    yield Visit(
        "reponse-refus",
        CAMILLE,
        then(f"/dossiers/{found[Statut.A_COMPLETER].cle}", press("Envoyer ma réponse")),
    )


def of_people_with_few_rights(found: Found) -> Iterable[Visit]:
    """What those see who may do little."""
    yield Visit("accueil-sans-droit", LEA, at("/"))
    yield Visit("dossiers-sans-droit", LEA, at("/dossiers"))
    yield Visit("nouvelle-demande-sans-droit", LEA, at("/dossiers/nouveau"))
    yield Visit("accueil-un-etablissement", KARIM, at("/"))
    yield Visit("dossier-consulte", PAUL, at(f"/dossiers/{found['unreadable'].cle}"))
    yield Visit("action-refusee", PAUL, at(f"/dossiers/{found['unreadable'].cle}/envoi"))

"""«Mes droits»: what one may here and where it comes from; ask for one more."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own, voulu
from monespace.acces.actions import ask_for_rights
from monespace.acces.models import DemandeAcces
from monespace.acces.origines import came_from
from monespace.acteur import Acteur
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.rattachement import bp
from monespace.blueprints.rattachement.grille import Grille, asked_for
from monespace.dossiers.dispositifs import catalogue
from monespace.forms.answers import Answers
from monespace.guard import listing, somewhere
from monespace.organisations.models import TOUS, Rattachement
from monespace.organisations.queries import etablissements_of
from monespace.page import announce, page
from monespace.policy import NOWHERE, Can, permitted
from monespace.refus import Interdit, Refuse
from monespace.typographie import siret

# What an address may ask for at once.
PREFILLED = ("objet", "verbe", "siret", "dispositif")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One right, in words."""

    objet: str
    verbes: str
    lieu: str
    dispositif: str
    origine: str


@bp.get("/mes-droits")
@listing(Rattachement)
def mes_droits() -> ResponseReturnValue:
    acteur = identite.acteur()
    rattachement = own.current(acteur)
    if rattachement is None:
        return redirect(url_for("rattachement.entreprises"), 303)
    return page(
        "rattachement/droits.html",
        titre="Mes droits",
        rattachement=rattachement,
        origine=came_from(rattachement),
        lignes=list(_lines(rattachement)),
        administrateurs=own.administrateurs(acteur),
        attente=[one for one in own.waiting(acteur) if one.rattachement_id == rattachement.id],
        peut_quitter=Can.LEAVE in permitted(acteur, rattachement),
    )


@bp.get("/mes-droits/demander")
@somewhere(DemandeAcces, Can.ASK)
def demander_un_droit() -> ResponseReturnValue:
    rattachement = _here(identite.acteur())
    args = request.args
    wanted = voulu.prefilled(*(args.get(one, "")[:30] for one in PREFILLED))
    answers = Answers({"ou": "tous", **wanted}, {})
    return show(rattachement, Grille.of(rattachement.organisation_id, answers, False), new_token())


@bp.post("/mes-droits/demander")
@somewhere(DemandeAcces, Can.ASK)
def envoyer_la_demande() -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    rattachement = _here(acteur)
    grille = asked_for(rattachement.organisation_id, joining=False)
    if envoi.suite == "chercher":
        return show(rattachement, grille, envoi.jeton)
    if grille.errors:
        return show(rattachement, grille, envoi.jeton, grille.errors)
    message = str(grille.answers.reponses.get("message", ""))
    try:
        ask_for_rights(acteur, rattachement, grille.octrois, message, envoi.jeton)
    except Refuse as refusal:
        return show(rattachement, grille, new_token(), [(refusal.message, "#message")])
    announce(
        "ok",
        f"Votre demande est transmise aux administrateurs de {rattachement.organisation.nom}.",
        "Vous serez prévenu par e-mail.",
    )
    return redirect(url_for("rattachement.suivi"), 303)


def show(
    rattachement: Rattachement,
    grille: Grille,
    jeton: str,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    """The form of a request for rights, new or with what keeps it from being sent."""
    return page(
        "rattachement/demander_un_droit.html",
        titre="Demander un droit",
        status=422 if errors else 200,
        rattachement=rattachement,
        grille=grille,
        jeton=jeton,
        errors=errors or [],
        administrateurs=own.administrateurs(identite.acteur()),
    )


def _here(acteur: Acteur) -> Rattachement:
    rattachement = own.current(acteur)
    if rattachement is None:
        raise Interdit(NOWHERE)
    return rattachement


def _lines(rattachement: Rattachement) -> Iterator[Ligne]:
    names = {one.siret: one for one in etablissements_of(rattachement.organisation_id)}
    dispositifs = catalogue()
    labels = {objet: label for objet, label, _ in voulu.OBJETS.values()}
    for row in own.rights(rattachement):
        place = names.get(row.siret)
        where = f"{place.enseigne}, {place.commune}" if place else siret(row.siret)
        known = dispositifs.get(row.dispositif)
        yield Ligne(
            labels[row.objet],
            ", ".join(verbe.capitalize() for verbe in own.verbs(row)),
            "Toute l’entreprise" if row.siret == TOUS else where,
            "Tous" if row.dispositif == TOUS else known.nom if known else row.dispositif,
            came_from(row, rattachement),
        )

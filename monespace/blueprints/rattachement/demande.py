"""Ask to be attached, without a code: which rights, and why."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.acces import own
from monespace.acces.actions import ask_to_join
from monespace.acces.models import DemandeAcces
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.rattachement import bp
from monespace.blueprints.rattachement.grille import Grille, asked_for
from monespace.blueprints.rattachement.lieu import Lieu, of_address, of_form
from monespace.forms.answers import Answers
from monespace.guard import somewhere
from monespace.organisations import annuaire
from monespace.organisations.models import Organisation, Qualite
from monespace.page import announce, page
from monespace.policy import Can
from monespace.refus import Refuse


@bp.get("/rattachement/demande")
@somewhere(DemandeAcces, Can.ASK)
def demande() -> ResponseReturnValue:
    lieu = of_address()
    if lieu is None or lieu.entreprise is None:
        return redirect(url_for("rattachement.profil"), 303)
    organisation = annuaire.organisation(lieu.siren, lieu.profil)
    if organisation is None:
        return _no_such_space(lieu)
    answers = Answers({"qualite": Qualite.MEMBRE, "ou": "tous"}, {})
    grille = Grille.of(organisation.id, answers, joining=True)
    return show(lieu, organisation, grille, new_token())


@bp.post("/rattachement/demande")
@somewhere(DemandeAcces, Can.ASK)
def demander() -> ResponseReturnValue:
    envoi, lieu = received(), of_form()
    organisation = annuaire.organisation(lieu.siren, lieu.profil) if lieu else None
    if lieu is None or organisation is None:
        raise Refuse("Choisissez d’abord l’entreprise et le profil, puis recommencez.")
    grille = asked_for(organisation.id, joining=True)
    if envoi.suite == "chercher":
        return show(lieu, organisation, grille, envoi.jeton)
    if grille.errors:
        return show(lieu, organisation, grille, envoi.jeton, grille.errors)
    try:
        ask_to_join(identite.acteur(), organisation, grille.asked(), envoi.jeton)
    except Refuse as refusal:
        errors = [(refusal.message, "#message")]
        return show(lieu, organisation, grille, new_token(), errors)
    _tell(organisation)
    return redirect(url_for("rattachement.suivi"), 303)


def show(
    lieu: Lieu,
    organisation: Organisation,
    grille: Grille,
    jeton: str,
    errors: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    """The form of a request, new or with what keeps it from being sent."""
    return page(
        "rattachement/demande.html",
        titre=f"Demander à rejoindre {organisation.nom}",
        status=422 if errors else 200,
        lieu=lieu,
        nom=organisation.nom,
        grille=grille,
        jeton=jeton,
        errors=errors or [],
    )


def _no_such_space(lieu: Lieu) -> ResponseReturnValue:
    return page(
        "rattachement/autre_profil.html",
        titre="Vérifiez le profil",
        lieu=lieu,
        entreprise=lieu.entreprise,
        possible=annuaire.organisation(lieu.siren, lieu.autre.profil) is not None,
    )


def _tell(organisation: Organisation) -> None:
    nom = organisation.nom
    if own.is_administered(organisation.id):
        announce(
            "ok",
            f"Votre demande est transmise aux administrateurs de {nom}.",
            "Vous serez prévenu par e-mail.",
        )
        return
    announce(
        "warn",
        f"Votre demande est enregistrée, mais {nom} n’a pas encore d’administrateur.",
        "Demandez à votre direction si elle a reçu le courrier avec un code\u00a0: la personne "
        "qui le saisit devient administrateur et pourra vous répondre. Sinon, votre conseiller "
        "peut le renvoyer.",
        ("À propos du courrier", url_for("rattachement.codes")),
    )

"""The link that proves an address. Opening it changes nothing: machines open mails too."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import proved_password
from monespace.blueprints.comptes.envois import chosen_here
from monespace.blueprints.comptes.par_lien import by_link
from monespace.blueprints.formulaire import received
from monespace.blueprints.rattachement.lieu import SLUGS
from monespace.comptes import actions
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.guard import public
from monespace.organisations.models import Profil
from monespace.page import announce, page

WRONG = (
    "Ce n’est pas le mot de passe choisi à l’inscription. Si vous l’avez oublié, ou si vous n’avez "
    "pas créé ce compte vous-même, choisissez-en un nouveau ci-dessous."
)


@bp.get("/confirmer/<cle>")
@public("shows the button of a link of a mail")
@by_link(But.CONFIRMER)
def lien_de_confirmation(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    return _form(lien, utilisateur)


@bp.post("/confirmer/<cle>")
@public("who holds the link of the mail proves the address")
@by_link(But.CONFIRMER)
def confirmer(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    received()
    if not (_made_here(utilisateur) or _knows_the_password(utilisateur)):
        return _form(lien, utilisateur, WRONG)
    actions.confirm(lien.cle)
    announce("ok", "Votre adresse est confirmée.", "Votre compte est en service.")
    if identite.visiteur() is not None:
        return redirect("/", 303)
    return redirect(url_for("comptes.connexion", suite=_next_page()), 303)


def _made_here(utilisateur: Utilisateur) -> bool:
    """Somebody else may have asked for an account with this address, and wait for its owner to
    confirm it: only the browser or the password that made the account puts it in service."""
    return chosen_here(utilisateur.mot_de_passe)


def _knows_the_password(utilisateur: Utilisateur) -> bool:
    proved = proved_password(utilisateur.courriel, request.form.get("mot_de_passe", ""))
    return proved is not None and proved.id == utilisateur.id


def _next_page() -> str:
    asked = session.get("inscription", {})
    profil, suite = asked.get("profil"), asked.get("suite", "/")
    if suite != "/":
        return str(suite)
    return url_for("rattachement.entreprise", profil=SLUGS[Profil(profil)]) if profil else "/"


def _form(lien: Lien, utilisateur: Utilisateur, error: str = "") -> ResponseReturnValue:
    return page(
        "comptes/confirmer.html",
        titre="Confirmer votre adresse e-mail",
        status=422 if error else 200,
        courriel=lien.courriel,
        asked=not _made_here(utilisateur),
        error=error,
    )

"""Sign in, second page: a code of the application, or a recovery code."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import demonstration, identite
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import enter, proved_code, safe, shown_code, tell_kept
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, queries
from monespace.guard import begun
from monespace.identite import Personne
from monespace.page import page

WRONG = (
    "Ce code n’est pas reconnu, ou a déjà servi. Attendez le code suivant sur votre téléphone, "
    "puis saisissez ses six chiffres. Après cinq essais, attendez un quart d’heure. Téléphone "
    "perdu\u00a0? Saisissez un de vos codes de secours, ou appelez-nous au numéro indiqué en bas "
    "de page."
)
EMPTY = "Indiquez le code à six chiffres affiché par votre application, ou un code de secours."


@bp.get("/connexion/second-facteur")
@begun("gives the second of two proofs")
def second_facteur() -> ResponseReturnValue:
    person, suite = _awaited(), request.args.get("suite", "")
    if person is None:
        return redirect(safe(suite), 303)
    if not person.equipped:
        return redirect(url_for("comptes.mon_second_facteur", suite=suite or None), 303)
    return _form(person, suite)


@bp.post("/connexion/second-facteur")
@begun("gives the second of two proofs")
def donner_second_facteur() -> ResponseReturnValue:
    received()
    person, suite = _awaited(), request.form.get("suite", "")
    if person is None or not person.equipped:
        return redirect(url_for("comptes.second_facteur"), 303)
    typed = request.form.get("code", "")
    if not typed.strip():
        return _form(person, suite, EMPTY)
    if not proved_code(person.utilisateur_id, typed):
        return _form(person, suite, WRONG)
    answer = enter(actions.renew_session(person.token), suite)
    tell_kept(person.utilisateur_id, suite)
    return answer


def _awaited() -> Personne | None:
    """Whose second factor is awaited; None for who gave it already."""
    return None if identite.visiteur() else identite.personne()


def _form(person: Personne, suite: str, erreur: str = "") -> ResponseReturnValue:
    shows = demonstration.visible()
    return page(
        "comptes/second_facteur.html",
        titre="Votre code de connexion",
        status=422 if erreur else 200,
        personne=person,
        suite=suite,
        erreur=erreur,
        demonstration=shows,
        code=shown_code(queries.account(person.utilisateur_id)) if shows else "",
    )

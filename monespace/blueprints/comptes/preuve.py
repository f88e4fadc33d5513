"""«Confirmez que c’est vous»: before an act on rights or on what protects an account."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import demonstration, identite
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import (
    enter,
    proved_code,
    proved_password,
    shown_code,
)
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, queries
from monespace.guard import begun
from monespace.identite import Personne
from monespace.page import page

EMPTY = "Indiquez votre mot de passe."
NOT_YOURS = (
    "Ce mot de passe n’est pas le vôtre. Vérifiez-le, puis réessayez. Après dix essais, attendez "
    "un quart d’heure."
)
WRONG_CODE = (
    "Ce code n’est pas reconnu, ou a déjà servi. Attendez le code suivant sur votre téléphone, "
    "puis réessayez. Après cinq essais, attendez un quart d’heure."
)


@bp.get("/confirmer-identite")
@begun("proves again who one is")
def confirmer_identite() -> ResponseReturnValue:
    person, suite = identite.personne(), request.args.get("suite", "")
    assert person is not None
    if person.equipped and identite.visiteur() is None:
        return redirect(url_for("comptes.second_facteur", suite=suite or None), 303)
    return _form(person, suite)


@bp.post("/confirmer-identite")
@begun("proves again who one is")
def prouver_identite() -> ResponseReturnValue:
    received()
    person, suite = identite.personne(), request.form.get("suite", "")
    assert person is not None
    if person.equipped and identite.visiteur() is None:
        return redirect(url_for("comptes.second_facteur", suite=suite or None), 303)
    password = request.form.get("mot_de_passe", "")
    if not password:
        return _form(person, suite, mot_de_passe=EMPTY)
    proved = proved_password(person.courriel, password)
    # The password of the very person: the address is theirs, and no other account bears it.
    if proved is None or proved.id != person.utilisateur_id:
        return _form(person, suite, mot_de_passe=NOT_YOURS)
    if person.equipped and not proved_code(person.utilisateur_id, request.form.get("code", "")):
        return _form(person, suite, code=WRONG_CODE)
    return enter(actions.renew_session(person.token), suite, elsewhere=False)


def _form(person: Personne, suite: str, **erreurs: str) -> ResponseReturnValue:
    shows = person.equipped and demonstration.visible()
    return page(
        "comptes/confirmer_identite.html",
        titre="Confirmez que c’est vous",
        status=422 if erreurs else 200,
        personne=person,
        suite=suite,
        erreurs=erreurs,
        demonstration=shows,
        code=shown_code(queries.account(person.utilisateur_id)) if shows else "",
    )

"""One’s own open sessions, to be ended from anywhere."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.comptes import bp
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, queries
from monespace.comptes.models import SessionOuverte
from monespace.guard import needs, own
from monespace.page import announce, page
from monespace.policy import Can


@bp.get("/compte/sessions")
@own("one’s own open sessions")
def sessions() -> ResponseReturnValue:
    person = identite.visiteur()
    assert person is not None
    found = queries.open_sessions(person.acteur)
    here = [one for one in found if one.cle == person.session_cle]
    others = [one for one in found if one.cle != person.session_cle]
    return page("comptes/sessions.html", titre="Sessions ouvertes", here=here, others=others)


@bp.post("/compte/sessions/<cle>/fermer")
@needs(SessionOuverte, Can.VIEW)
def fermer_session(ouverte: SessionOuverte) -> ResponseReturnValue:
    received()
    actions.close_that_session(identite.acteur(), ouverte)
    announce("ok", "Session fermée.", "Ce navigateur devra se reconnecter.")
    return redirect(url_for("comptes.sessions"), 303)


@bp.post("/compte/sessions/fermer")
@own("one’s own other sessions")
def fermer_sessions() -> ResponseReturnValue:
    received()
    person = identite.visiteur()
    assert person is not None
    actions.close_sessions(person.utilisateur_id, but=person.token)
    announce("ok", "Vos autres sessions sont fermées.", "Seule celle-ci reste ouverte.")
    return redirect(url_for("comptes.sessions"), 303)

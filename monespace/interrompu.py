"""What was being sent when a proof of identity was missing: kept for who typed it, to go on.

Nothing of it is done by itself: once the proof is given, a page shows it and asks.
"""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Flask, Response, request, url_for
from sqlalchemy.exc import DBAPIError

from monespace import identite, services
from monespace.comptes.actions import Formulaire, forget_form, keep_form

# What the page that shows a kept form adds to it.
KEY = "_garde"
# Never kept nor shown back: they are typed again.
SECRETS = frozenset({"csrf_token", "nir", "code", "secret", KEY})


def secret(name: str) -> bool:
    """Must the answer to that field never be kept nor shown?"""
    return name in SECRETS or "passe" in name


def kept(utilisateur_id: int | None) -> str:
    """Keep the form of this request for that person. Return where to go on, "" if nowhere."""
    if utilisateur_id is None or request.method != "POST" or not request.form:
        return ""
    # Keeping it is a favour: its failure must not hide the refusal.
    with suppress(DBAPIError), services.database().transaction():
        cle = keep_form(utilisateur_id, _origin(), _form(), services.coffre())
        return url_for("comptes.reprendre", cle=cle) if cle else ""
    return ""


def init(app: Flask) -> None:
    """Forget a kept form once it was taken."""

    @app.after_request
    def forget(response: Response) -> Response:
        person = identite.personne() if request.method == "POST" else None
        if person is None or response.status_code >= 400 or KEY not in request.form:
            return response
        with suppress(DBAPIError), services.database().transaction():
            forget_form(person.utilisateur_id, request.form[KEY])
        return response


def whose() -> int | None:
    """Whose form this is: of who is here, or of who was until their session ended."""
    person = identite.personne()
    return person.utilisateur_id if person else identite.former()


def _form() -> Formulaire:
    champs = [pair for pair in request.form.items(multi=True) if not secret(pair[0])]
    joined = any(file.filename for _, file in request.files.items(multi=True))
    return Formulaire(request.full_path.rstrip("?"), _page(), champs, joined)


def _origin() -> str:
    """The drawing of the form: one page that is typed in for long is kept once."""
    parts = (request.path, request.form.get("_formulaire", ""), request.form.get("_jeton", ""))
    return "\n".join(parts)


def _page() -> str:
    """The path of the page that the form stands on."""
    shown = urlsplit(request.headers.get("HX-Current-URL") or request.referrer or "")
    return shown.path if shown.netloc == request.host else ""

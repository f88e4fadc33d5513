"""How every act on somebody's access ends: their page, where it is told what was done."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from monespace.organisations.models import Rattachement


def back_to(rattachement: Rattachement, told: str) -> ResponseReturnValue:
    """Go back to that person's page, which says once that it is done."""
    flash(told, "ok")
    return redirect(url_for("acces.fiche", cle=rattachement.cle), 303)

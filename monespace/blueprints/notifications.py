"""What one was told: read here, each leading to the place where one can act."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite
from monespace.blueprints.formulaire import received
from monespace.guard import listing, needs, own
from monespace.notifications import actions, queries
from monespace.notifications.models import Notification
from monespace.page import page
from monespace.pages import several
from monespace.policy import Can
from monespace.typographie import plural

bp = Blueprint("notifications", __name__, url_prefix="/notifications")


@bp.get("")
@listing(Notification)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    found = queries.page_of(acteur, request.args.get("apres", ""), request.args.get("avant", ""))
    return page(
        "notifications/liste.html",
        titre="Notifications",
        found=found,
        count=several(found.count, "notification", "notifications"),
        last=queries.latest(acteur),
        unread=queries.unread(acteur),
        previous=url_for("notifications.liste", avant=found.previous) if found.previous else None,
        following=url_for("notifications.liste", apres=found.following)
        if found.following
        else None,
    )


@bp.post("/<cle>")
@needs(Notification, Can.VIEW)
def ouvrir(notification: Notification) -> ResponseReturnValue:
    received()
    actions.mark_read(notification)
    return redirect(notification.lien or url_for("notifications.liste"), 303)


@bp.post("")
@own("marks what one was told as read")
def tout_lire() -> ResponseReturnValue:
    received()
    shown = request.form.get("jusqu_a", "")
    last = int(shown) if shown.isascii() and shown.isdigit() and len(shown) < 10 else 0
    read = actions.mark_all_read(identite.acteur(), last)
    one, many = "notification marquée comme lue", "notifications marquées comme lues"
    flash(f"{plural(read, one, many)}.", "ok")
    return redirect(url_for("notifications.liste"), 303)

"""Pages that explain the portal itself."""

from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from monespace.config import Config
from monespace.guard import public
from monespace.page import page

bp = Blueprint("aide", __name__)


@bp.get("/plan-du-site")
@public("the site map names no data")
def plan() -> ResponseReturnValue:
    return page("aide/plan.html", titre="Plan du site")


@bp.get("/accessibilite")
@public("the law asks for it on every page")
def accessibilite() -> ResponseReturnValue:
    return page("aide/accessibilite.html", titre="Accessibilité")


@bp.get("/donnees-personnelles")
@public("the law asks for it on every page")
def donnees() -> ResponseReturnValue:
    config: Config = current_app.extensions["config"]
    heures = config.exports_ttl_hours
    return page("aide/donnees.html", titre="Données personnelles", heures=heures)


@bp.get("/mentions-legales")
@public("the law asks for it on every page")
def mentions() -> ResponseReturnValue:
    return page("aide/mentions.html", titre="Mentions légales")

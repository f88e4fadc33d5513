"""Pages that explain the portal itself."""

from flask import Blueprint, current_app, url_for
from flask.typing import ResponseReturnValue

from monespace import services
from monespace.guard import public
from monespace.page import page

bp = Blueprint("aide", __name__)


# What explains the portal, by the name of its page; those of other blueprints come with them.
GUIDES = (
    ("Le courrier et son code d’activation", "rattachement.codes"),
    ("Accessibilité du portail", "aide.accessibilite"),
    ("Vos données personnelles", "aide.donnees"),
    ("Toutes les pages du portail", "aide.plan"),
)


@bp.get("/aide")
@public("whoever cannot sign in needs it most")
def aide() -> ResponseReturnValue:
    known = current_app.view_functions
    guides = [(label, url_for(name)) for label, name in GUIDES if name in known]
    return page("aide/aide.html", titre="Aide et contact", guides=guides)


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
    config = services.config()
    heures = config.exports_ttl_hours
    return page("aide/donnees.html", titre="Données personnelles", heures=heures)


@bp.get("/mentions-legales")
@public("the law asks for it on every page")
def mentions() -> ResponseReturnValue:
    return page("aide/mentions.html", titre="Mentions légales")

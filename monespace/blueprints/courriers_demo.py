"""The letters of the demo, for whoever sits at the machine it runs on: the post is not needed."""

from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from monespace import demonstration, services
from monespace.blueprints.telechargement import download
from monespace.demo import courriers
from monespace.guard import public
from monespace.page import page
from monespace.refus import Introuvable

bp = Blueprint("courriers_demo", __name__, url_prefix="/demo/courriers")


@bp.get("")
@public("the demo, from its own machine only: 404 from anywhere else and in production")
def liste() -> ResponseReturnValue:
    return page(
        "demonstration/courriers.html",
        titre="Courriers de démonstration",
        lettres=courriers.letters(_folder()),
    )


@bp.get("/<nom>")
@public("the demo, from its own machine only: 404 from anywhere else and in production")
def lettre(nom: str) -> Response:
    found = [one for one in courriers.letters(_folder()) if one.nom == nom]
    if not found:
        raise Introuvable()
    return download(found[0].path.open("rb"), nom, "application/pdf")


def _folder() -> Path:
    if not demonstration.visible():
        raise Introuvable()
    return courriers.folder_of(services.config())

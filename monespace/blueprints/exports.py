"""Ask for the workbook of a filtered list, follow its making, download it."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.blueprints.dossiers.liste import filter_lists
from monespace.blueprints.formulaire import received
from monespace.blueprints.telechargement import download
from monespace.dossiers.filtres import QUESTIONS, Filtre
from monespace.exports import actions, queries
from monespace.exports.models import Export
from monespace.exports.wording import PRESENTATION, told
from monespace.forms.fields import filters
from monespace.guard import listing, needs, somewhere
from monespace.page import page
from monespace.policy import Can

bp = Blueprint("exports", __name__, url_prefix="/exports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.post("")
@somewhere(Export, Can.VIEW)
def demander() -> ResponseReturnValue:
    envoi = received()
    acteur = identite.acteur()
    listing = queries.listing_named(request.form.get("listing", ""))
    typed = filters(QUESTIONS, filter_lists(acteur), request.form)
    filtre = Filtre(typed.reponses, request.form.get("tri", ""))
    export = actions.request(acteur, listing, filtre, envoi.jeton)
    return redirect(url_for("exports.suivi", cle=export.cle), 303)


@bp.get("")
@listing(Export)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    among = filter_lists(acteur)
    return page(
        "exports/liste.html",
        titre="Mes exports",
        exports=[
            (
                one,
                queries.listing_of(one),
                PRESENTATION[one.etat],
                list(told(queries.filtre_of(one), among)),
            )
            for one in queries.mine(acteur)
        ],
        heures=services.config().exports_ttl_hours,
    )


@bp.get("/<cle>")
@needs(Export, Can.VIEW)
def suivi(export: Export) -> ResponseReturnValue:
    listing, filtre = queries.listing_of(export), queries.filtre_of(export)
    stage = queries.stage(export)
    return page(
        "exports/suivi.html",
        titre=listing.titre,
        also=("annonce",),
        export=export,
        listing=listing,
        stage=stage,
        annonce=stage if request.args.get("dit", stage) != stage else "",
        criteres=[*told(filtre, filter_lists(identite.acteur())), ("Ordre", listing.ordre(filtre))],
    )


@bp.get("/<cle>/fichier")
@needs(Export, Can.VIEW)
def fichier(export: Export) -> ResponseReturnValue:
    opened = queries.open_file(identite.acteur(), export, services.stockage())
    return download(opened, export.nom, XLSX)

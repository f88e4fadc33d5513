"""Choose a spreadsheet, or paste its cells; the model to fill in; what was sent before."""

import io
from dataclasses import dataclass
from datetime import timedelta
from typing import BinaryIO, cast

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import fichiers, identite, services
from monespace.acteur import Acteur, Verbe
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.imports import bp
from monespace.blueprints.imports.avant import beforehand
from monespace.blueprints.telechargement import download
from monespace.dossiers.models import Dossier
from monespace.fichiers import FichierRefuse
from monespace.guard import large_body, listing
from monespace.imports import actions, queries
from monespace.imports.actions import Envoye
from monespace.imports.cible import Cible, cible_of
from monespace.imports.lecture import plan_of, understand
from monespace.imports.models import Import
from monespace.imports.wording import PRESENTATION, done
from monespace.page import page
from monespace.salaries import queries as annuaire
from monespace.tableur.feuilles import Feuilles
from monespace.tableur.lecture import read_file, read_text
from monespace.tableur.modele import template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A heavier file is left to the worker: a page must not make its reader wait.
MOST_IN_A_PAGE = 1024 * 1024
PASTED = "Cellules collées.txt"
NO_FILE = "Choisissez un fichier .xlsx ou .csv, puis envoyez-le."
TOO_HEAVY = (
    "Ce fichier dépasse 10\u00a0Mo. Supprimez ses images et ses feuilles inutiles, ou envoyez-le "
    "en deux parties."
)


@bp.get("")
@listing(Import)
def nouveau() -> ResponseReturnValue:
    return _choose(request.args.get("dossier", ""), new_token())


@dataclass(frozen=True, slots=True)
class Reception:
    """A spreadsheet that came, in the store; or why it was refused, and the field at fault."""

    envoye: Envoye | None = None
    refused: str = ""
    field: str = "fichier"


def _file(acteur: Acteur) -> Reception:
    """Read the file that was sent, and store it. Raise Introuvable or Interdit."""
    cible = _asked(acteur)
    file = request.files.get("fichier")
    if file is None or not file.filename:
        return Reception(refused=NO_FILE)
    try:
        return Reception(_from_file(acteur, cible, file.filename, cast(BinaryIO, file.stream)))
    except FichierRefuse as refusal:
        return Reception(refused=refusal.message)


def _cells(acteur: Acteur) -> Reception:
    """Read the cells that were pasted, and store them. Raise Introuvable or Interdit."""
    cible, pasted = _asked(acteur), request.form.get("colle", "")
    try:
        content = io.BytesIO(pasted.encode(errors="replace"))
        return Reception(_keep(acteur, cible, PASTED, content, read_text(pasted)))
    except FichierRefuse as refusal:
        return Reception(None, refusal.message, "colle")


@bp.post("")
@large_body
@beforehand(_file)
@listing(Import)
def envoyer(prepared: Reception) -> ResponseReturnValue:
    return _received(prepared)


@bp.post("/cellules")
@large_body
@beforehand(_cells)
@listing(Import)
def coller(prepared: Reception) -> ResponseReturnValue:
    return _received(prepared)


def _received(prepared: Reception) -> ResponseReturnValue:
    envoi, acteur = received(), identite.acteur()
    cle = request.form.get("dossier", "")
    if prepared.envoye is None:
        return _choose(cle, envoi.jeton, prepared)
    dossier = queries.dossier_named(acteur, cle)
    kept_for = timedelta(hours=services.config().exports_ttl_hours)
    import_ = actions.receive(acteur, dossier, prepared.envoye, envoi.jeton, kept_for)
    return redirect(url_for("imports.suivi", cle=import_.cle), 303)


@bp.get("/modele.xlsx")
@listing(Import)
def modele() -> ResponseReturnValue:
    acteur = identite.acteur()
    cible = cible_of(acteur, queries.dossier_named(acteur, request.args.get("dossier", "")))
    content = template("Salariés", cible.questions, cible.lists)
    return download(io.BytesIO(content), "Modèle – liste de salariés.xlsx", XLSX)


@bp.get("/mes-imports")
@listing(Import)
def liste() -> ResponseReturnValue:
    acteur = identite.acteur()
    imports = queries.mine(acteur)
    dossiers = queries.dossiers_seen(acteur, imports)
    return page(
        "imports/liste.html",
        titre="Mes imports",
        imports=[
            (one, dossiers.get(one.dossier_id or 0), PRESENTATION[one.etat], done(one))
            for one in imports
        ],
        heures=services.config().exports_ttl_hours,
    )


def _asked(acteur: Acteur) -> Cible:
    received()
    return cible_of(acteur, queries.dossier_named(acteur, request.form.get("dossier", "")))


def _from_file(acteur: Acteur, cible: Cible, filename: str, content: BinaryIO) -> Envoye:
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    if size > fichiers.MAX:
        raise FichierRefuse(TOO_HEAVY)
    nom = fichiers.clean_name(filename)
    if size > MOST_IN_A_PAGE:
        return Envoye(nom, services.stockage().put(content).cle)
    feuilles = read_file(nom, content)
    content.seek(0)
    return _keep(acteur, cible, nom, content, feuilles)


def _keep(acteur: Acteur, cible: Cible, nom: str, content: BinaryIO, feuilles: Feuilles) -> Envoye:
    plan = plan_of(cible, feuilles, queries.remembered(acteur))
    comprise = understand(acteur, cible, feuilles, plan, here=True)
    lecture = services.stockage().put(io.BytesIO(feuilles.to_bytes())).cle
    return Envoye(nom, services.stockage().put(content).cle, lecture, comprise)


def _into(dossier: Dossier | None) -> str:
    return f" – {dossier.intitule or dossier.designation}" if dossier else " de salariés"


def _choose(cle: str, jeton: str, refused: Reception | None = None) -> ResponseReturnValue:
    acteur = identite.acteur()
    dossier = queries.dossier_named(acteur, cle)
    return page(
        "imports/nouveau.html",
        titre=f"Importer une liste{_into(dossier)}",
        status=422 if refused else 200,
        refused=refused,
        dossier=dossier,
        permis=dossier is not None or bool(annuaire.places(acteur, Verbe.SAISIR)),
        colle=request.form.get("colle", ""),
        jeton=jeton,
        heures=services.config().exports_ttl_hours,
        total=len(queries.mine(acteur)),
    )

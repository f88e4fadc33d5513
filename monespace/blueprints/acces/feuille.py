"""The rights as a sheet."""

from io import BytesIO

from flask.typing import ResponseReturnValue

from monespace import horloge, identite
from monespace.acces.feuille import file_name, workbook
from monespace.blueprints.acces import bp
from monespace.blueprints.exports import XLSX
from monespace.blueprints.telechargement import download
from monespace.guard import listing
from monespace.organisations.models import Rattachement


@bp.get("/export.xlsx")
@listing(Rattachement)
def exporter() -> ResponseReturnValue:
    acteur, instant = identite.acteur(), horloge.now()
    name = file_name(acteur, instant)
    return download(BytesIO(workbook(acteur, instant)), name, XLSX)

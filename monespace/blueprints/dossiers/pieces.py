"""Join, replace and read the pieces of a dossier."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, BinaryIO, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import fichiers, identite, policy, services
from monespace.blueprints.dossiers import bp
from monespace.blueprints.dossiers.navigation import after, frame
from monespace.blueprints.formulaire import new_token, received
from monespace.blueprints.telechargement import download
from monespace.dossiers import actions
from monespace.dossiers.completude import PIECES, expected_pieces
from monespace.dossiers.models import Dossier, Piece
from monespace.errors import Deconnecte
from monespace.fichiers import FichierRefuse, FichierSain
from monespace.guard import large_body, needs
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Introuvable
from monespace.stockage import Depot


@bp.get("/<cle>/pieces")
@needs(Dossier, Can.ATTACH)
def pieces(dossier: Dossier) -> ResponseReturnValue:
    return show(dossier)


@dataclass(frozen=True, slots=True)
class Reception:
    """A file that came with the request: sound and in the store, or refused and why."""

    sain: FichierSain | None = None
    depot: Depot | None = None
    refused: str = ""


def with_file(view: Callable[..., Any]) -> Callable[..., Any]:
    """Inspect and store the file before the transaction: it takes a tenth of a second.

    A file whose row is never written is swept later.
    """

    @wraps(view)
    def receiving(cle: str, **kwargs: Any) -> Any:
        if identite.visiteur() is None:
            raise Deconnecte()
        # The right first: what is stored for nobody would stay until it is swept.
        with services.database().reading():
            policy.load(identite.acteur(), Dossier, cle, Can.ATTACH)
        return view(cle=cle, reception=_receive(), **kwargs)

    return receiving


@bp.post("/<cle>/pieces/<type_piece>")
@large_body
@with_file
@needs(Dossier, Can.ATTACH)
def joindre(dossier: Dossier, type_piece: str, reception: Reception) -> ResponseReturnValue:
    envoi = received()
    if type_piece not in {expected.type for expected, _ in expected_pieces(dossier)}:
        raise Introuvable()
    if reception.sain is None or reception.depot is None:
        return show(dossier, type_piece, reception.refused)
    piece = actions.attach(
        identite.acteur(), dossier, type_piece, reception.sain, reception.depot, envoi.jeton
    )
    flash(f"«\u00a0{piece.nom}\u00a0» est joint au dossier.", "ok")
    return redirect(url_for("dossiers.pieces", cle=dossier.cle), 303)


@bp.get("/pieces/<cle>")
@needs(Piece, Can.VIEW)
def telecharger(piece: Piece) -> ResponseReturnValue:
    return download(services.stockage().open(piece.fichier), piece.nom, piece.type_mime)


def show(dossier: Dossier, refused: str = "", message: str = "") -> ResponseReturnValue:
    """The pieces the dossier takes; after a refused file, with the reason beside it."""
    return page(
        "dossiers/pieces.html",
        titre=f"Pièces justificatives – {dossier.intitule or dossier.designation}",
        status=422 if message else 200,
        expected=[(one, piece, new_token()) for one, piece in expected_pieces(dossier)],
        refused=refused,
        message=message,
        suivante=after(dossier, PIECES),
        **frame(dossier, PIECES),
    )


def _receive() -> Reception:
    file = request.files.get("fichier")
    if file is None or not file.filename:
        return Reception(refused="Choisissez un fichier PDF, JPG ou PNG, puis joignez-le.")
    content = cast(BinaryIO, file.stream)
    try:
        sain = fichiers.inspect(file.filename, content)
    except FichierRefuse as refusal:
        return Reception(refused=refusal.message)
    return Reception(sain, services.stockage().put(content))

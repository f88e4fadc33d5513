"""Every refusal and fault as a page that says what to do, with what was typed kept on it."""

import errno
import logging
from typing import Any

from flask import Flask, Response, g, make_response, redirect, request, session, url_for
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from monespace import identite, interrompu, services
from monespace.acces import own
from monespace.comptes.queries import Espace
from monespace.forms.validators import printable
from monespace.organisations.models import Organisation
from monespace.page import htmx, page
from monespace.policy import Raison
from monespace.refus import Conflit, Indisponible, Interdit, Introuvable, Refus

logger = logging.getLogger(__name__)

TITLES = {
    400: "Votre page a expiré",
    401: "Vous avez été déconnecté",
    403: "Action refusée",
    404: "Page introuvable",
    405: "Action impossible ici",
    409: "Modifié entre-temps",
    413: "Envoi trop volumineux",
    410: "Ce lien ne peut plus servir",
    422: "À corriger",
    429: "Trop d’essais",
    500: "Une erreur est survenue",
    503: "Service momentanément indisponible",
    507: "Plus de place pour enregistrer",
}
SENTENCES = {
    400: "Rien n’a été modifié. Revenez en arrière, rechargez la page, puis recommencez.",
    401: "Vous avez été déconnecté. Copiez ce que vous venez de saisir, puis "
    "reconnectez-vous\u00a0: ce qui était déjà enregistré l’est toujours.",
    405: "Cette adresse ne s’ouvre pas de cette façon. Revenez à l’accueil.",
    413: "Rien n’a été enregistré. Un fichier pèse 10\u00a0Mo au plus\u00a0: réduisez-le ou "
    "envoyez-le en deux parties. Un texte aussi long se joint dans un fichier.",
    500: "Rien n’a été modifié. Réessayez\u00a0; si cela continue, appelez-nous.",
    507: "Votre fichier n’a pas pu être enregistré\u00a0: prévenez-nous, puis réessayez plus tard.",
    503: "Rien n’a été modifié. Réessayez dans une minute\u00a0; si cela dure, appelez-nous.",
}
KEPT = (
    "Vous avez été déconnecté. Ce que vous venez de saisir est gardé une heure\u00a0: "
    "reconnectez-vous pour le retrouver et l’envoyer."
)
OTHER_ESPACE = "Vous travaillez maintenant pour une autre entreprise"


class Deconnecte(Refus):
    """The page needs somebody signed in."""

    statut = 401

    def __init__(self) -> None:
        super().__init__(SENTENCES[401])


class PreuveAttendue(Refus):
    """Somebody is here, who must prove more: on the page of `endpoint`."""

    statut = 401
    endpoint = ""

    def __init__(self) -> None:
        super().__init__("Confirmez d’abord votre identité. Rien n’a été modifié.")


class SecondFacteurAttendu(PreuveAttendue):
    """The password alone opens nothing to them."""

    endpoint = "comptes.second_facteur"


class IdentiteAConfirmer(PreuveAttendue):
    """They proved who they are too long ago for what they ask."""

    endpoint = "comptes.confirmer_identite"


class AutreEspace(Conflit):
    """A form drawn for another organisation than the one the session works in now.

    `cle` is the key of that other organisation, "" for none.
    """

    def __init__(self, cle: str) -> None:
        super().__init__("")
        self.cle = cle


def init(app: Flask) -> None:
    """Register one handler per family of faults."""
    interrompu.init(app)
    app.register_error_handler(Deconnecte, signed_out)
    app.register_error_handler(PreuveAttendue, to_prove)
    app.register_error_handler(AutreEspace, from_another_espace)
    app.register_error_handler(Refus, refused)
    app.register_error_handler(CSRFError, lambda error: answer(400, SENTENCES[400]))
    app.register_error_handler(HTTPException, http_fault)
    app.register_error_handler(OperationalError, database_fault)
    app.register_error_handler(PoolTimeout, database_fault)
    app.register_error_handler(OSError, disk_fault)


def signed_out(error: Deconnecte) -> Any:
    """To the sign-in page and back; a form that was being filled in is kept meanwhile."""
    if request.method != "GET":
        suite = interrompu.kept(interrompu.whose())
        return answer(401, KEPT if suite else error.message, suite=suite)
    return _go(url_for("comptes.connexion", suite=request.full_path.rstrip("?")))


def to_prove(error: PreuveAttendue) -> Any:
    """To the page of the proof, and back to what was asked; a form waits to be shown again."""
    asked = request.full_path.rstrip("?")
    suite = asked if request.method == "GET" else interrompu.kept(interrompu.whose())
    return _go(url_for(error.endpoint, suite=suite or None))


def _go(way: str) -> Any:
    if htmx:
        return make_response("", 401, {"HX-Redirect": way})
    return redirect(way, 303)


def refused(error: Refus) -> Response:
    """The domain said no, and why; for want of a right, who can give it."""
    raison = error.raison if isinstance(error, Interdit) else None
    person = identite.visiteur()
    if not isinstance(raison, Raison) or person is None:
        return answer(error.statut, error.message)
    # The transaction of the request is over.
    with services.database().reading():
        askable = own.administrateurs(person.acteur)
    return answer(error.statut, error.message, raison=raison, administrateurs=askable)


def from_another_espace(error: AutreEspace) -> Response:
    """Two tabs, two organisations: say which is which, and offer the way back."""
    person = identite.visiteur()
    assert person is not None
    with services.database().reading():
        other = own.working_for(person.acteur, error.cle)
    if error.cle and other is None:
        # They work there no more: nothing of it exists for them.
        return refused(Introuvable())
    drawn = (
        f"Cette page était ouverte pour {_named(other.organisation)}"
        if other
        else "Cette page n’était ouverte pour aucune entreprise"
    )
    here = (
        f"vous travaillez maintenant pour {_named(person.organisation)}"
        if person.organisation
        else "vous ne travaillez maintenant pour aucune"
    )
    message = f"{drawn}, et {here}. Rien n’a été enregistré."
    return answer(error.statut, message, titre=OTHER_ESPACE, revenir=other)


def _named(organisation: Organisation | Espace) -> str:
    return f"{organisation.nom} ({organisation.profil})"


def http_fault(error: HTTPException) -> Response | HTTPException:
    """What the web server itself refuses: unknown address, body too large…"""
    code = error.code or 500
    if code < 400:
        return error
    sentence = Introuvable().message if code == 404 else SENTENCES.get(code, SENTENCES[400])
    return answer(code, sentence, readable=not isinstance(error, RequestEntityTooLarge))


def database_fault(error: Exception) -> Response:
    """The database does not answer, or waits too long for its turn."""
    logger.exception("database fault")
    return answer(Indisponible.statut, SENTENCES[503])


def disk_fault(error: OSError) -> Response:
    """The disk is full while a file arrives, before the view is even called."""
    if error.errno != errno.ENOSPC:
        raise error
    logger.exception("disk full")
    return answer(507, SENTENCES[507], readable=False)


def answer(
    status: int,
    message: str,
    readable: bool = True,
    suite: str = "",
    titre: str = "",
    **more: Any,
) -> Response:
    """The page of a refusal, or for htmx the sentence alone in the alert region.

    `suite` is where what was typed waits for its author.
    """
    if isinstance(request.routing_exception, SecurityError):
        # No page can be drawn for a host that is not ours: it has no addresses.
        return make_response(
            "Adresse inconnue.", 400, {"Content-Type": "text/plain; charset=utf-8"}
        )
    # What the view announced was rolled back with the rest; what was said before still holds.
    if "_flashes" in session:
        session["_flashes"] = session["_flashes"][: g.get("announced", 0)]
    if htmx:
        headers = {"HX-Retarget": "#alerte", "HX-Reswap": "innerHTML"}
        return make_response(_sentence(status, message, suite), status, headers)
    response = page(
        "erreurs/refus.html",
        titre=titre or TITLES.get(status, "Demande refusée"),
        status=status,
        message=message,
        typed=_typed() if readable else (),
        suite=suite,
        reference=g.request_id if status >= 500 else "",
        introuvable=status == 404,
        **more,
    )
    if status == Indisponible.statut:
        response.headers["Retry-After"] = "30"
    return response


def _sentence(status: int, message: str, suite: str) -> str:
    if status != Deconnecte.statut:
        return Markup("<p>{}</p>").format(message)
    return Markup('<p>{} <a href="{}">Se reconnecter</a></p>').format(
        message, url_for("comptes.connexion", suite=suite or request.path)
    )


def _typed() -> list[tuple[str, str]]:
    """What the person had typed, to be copied: nothing that was typed is lost."""
    if request.method != "POST":
        return []
    return [
        (printable(name), printable(value))
        for name, value in request.form.items(multi=True)
        if value.strip() and not name.startswith("_") and not interrompu.secret(name)
    ]

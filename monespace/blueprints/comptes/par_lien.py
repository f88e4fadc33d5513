"""Pages that a link sent by mail opens."""

from collections.abc import Callable
from functools import wraps

from flask import request
from flask.typing import ResponseReturnValue

from monespace import services
from monespace.comptes.liens import Perime, lien_in_force
from monespace.comptes.models import But, Lien, Utilisateur
from monespace.page import page

View = Callable[[Lien, Utilisateur], ResponseReturnValue]

# Where another link is asked for, and what may have been done with this one.
INSTEAD = {
    But.CONFIRMER: (
        ("Recevoir un nouveau lien", "/inscription/lien"),
        "Si vous venez de confirmer votre adresse, il ne reste qu’à vous connecter.",
    ),
    But.MOT_DE_PASSE: (
        ("Recevoir un nouveau lien", "/mot-de-passe-oublie"),
        "Si vous venez de changer votre mot de passe, il ne reste qu’à vous connecter.",
    ),
    But.ADRESSE: (
        ("Demander à nouveau", "/compte/adresse"),
        "Si vous venez de confirmer votre nouvelle adresse, connectez-vous avec elle.",
    ),
}


def by_link(but: But) -> Callable[[View], Callable[[str], ResponseReturnValue]]:
    """Give the view the link that was opened and whose it is; one page for whatever is no link.

    They are read apart, so that what is slow can be done before the transaction.
    """

    def declare(view: View) -> Callable[[str], ResponseReturnValue]:
        @wraps(view)
        def opened(cle: str) -> ResponseReturnValue:
            try:
                if not services.coffre().signed(request.path, request.args.get("s", "")):
                    raise Perime()
                with services.database().reading():
                    found = lien_in_force(cle, but)
                return view(*found)
            except Perime as refusal:
                action, already = INSTEAD[but]
                return page(
                    "comptes/lien_perime.html",
                    titre="Ce lien ne peut plus servir",
                    status=refusal.statut,
                    message=refusal.message,
                    already=already,
                    suivant=action,
                )

        return opened

    return declare

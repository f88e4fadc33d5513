"""Type the code of the letter: what is wrong with it, and three ways to get help."""

from dataclasses import dataclass

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.acces import own
from monespace.acces.models import DemandeAcces
from monespace.activation import essai
from monespace.activation.codes import MalEcrit
from monespace.activation.essai import Attendre, AutreProfil, Bon, Expire, Faux
from monespace.blueprints.formulaire import received
from monespace.blueprints.rattachement import bp, preuve
from monespace.blueprints.rattachement.lieu import Lieu, of_address, of_form
from monespace.guard import somewhere
from monespace.page import page
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.typographie import date_long, plural, siren, time_of


@dataclass(frozen=True, slots=True)
class Echec:
    """Why the code opened nothing; `sealed`: it goes on under the other profile."""

    message: str
    sealed: str = ""


@bp.get("/rattachement/code")
@somewhere(DemandeAcces, Can.ASK)
def code() -> ResponseReturnValue:
    lieu = of_address()
    return show(lieu) if lieu else redirect(url_for("rattachement.profil"), 303)


@bp.post("/rattachement/code")
@somewhere(DemandeAcces, Can.ASK)
def essayer() -> ResponseReturnValue:
    received()
    lieu = of_form()
    if lieu is None:
        raise Refuse("Choisissez d’abord l’entreprise et le profil, puis recommencez.")
    failed = _try(lieu)
    return show(lieu, failed) if failed else redirect(url_for("rattachement.usage"), 303)


def _try(lieu: Lieu) -> Echec | None:
    """Nothing was read yet in the transaction of the request: comparing takes time."""
    typed = request.form.get("code", "") or preuve.unseal(request.form.get("_code", ""), lieu.siren)
    if not typed.strip():
        return Echec("Recopiez le code imprimé dans le cadre du courrier.")
    try:
        issue = essai.attempt(
            services.database(),
            services.coffre(),
            identite.acteur(),
            lieu.siren,
            lieu.profil,
            typed,
            request.remote_addr or "",
        )
    except MalEcrit as error:
        return Echec(error.message)
    if isinstance(issue, Bon):
        preuve.keep(issue.code_id)
        return None
    return _told(lieu, issue, typed)


def _told(lieu: Lieu, issue: Expire | AutreProfil | Faux | Attendre, typed: str) -> Echec:
    match issue:
        case Faux(restants):
            left = (
                f"il vous reste {plural(restants, 'essai', 'essais')}"
                if restants > 0
                else "il ne vous reste plus d’essai pour le moment"
            )
            return Echec(
                f"Ce code ne correspond pas au SIREN {siren(lieu.siren)}. Vérifiez-le sur le "
                f"courrier\u00a0: {left}."
            )
        case Expire(le):
            return Echec(
                f"Ce code n’est plus valable depuis le {date_long(le)}\u00a0: il dure 3 mois. "
                "Demandez un nouveau courrier à votre conseiller."
            )
        case AutreProfil(profil):
            return Echec(
                f"Ce code correspond au profil {profil}\u00a0; vous êtes sur le profil "
                f"{lieu.profil}.",
                preuve.seal(typed, lieu.siren),
            )
        case Attendre(jusqu_a):
            return Echec(
                "Trop de codes ont été essayés. Rien n’a été comparé cette fois\u00a0: attendez "
                f"le {date_long(jusqu_a)} à {time_of(jusqu_a)}, ou demandez de l’aide."
            )


def show(lieu: Lieu, failed: Echec | None = None) -> ResponseReturnValue:
    """The form of the code, always empty; after a failure with why, and who can help."""
    return page(
        "rattachement/code.html",
        titre="Saisir le code du courrier",
        status=422 if failed else 200,
        lieu=lieu,
        failed=failed,
        errors=[(failed.message, "#code")] if failed else [],
        aides=own.helpers(lieu.siren) if failed else (),
    )

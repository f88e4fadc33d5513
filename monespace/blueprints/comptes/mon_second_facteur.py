"""Choose an application for the second factor, its recovery codes, change it, give it up."""

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from monespace import demonstration, horloge, identite, services
from monespace.acteur import Acteur
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import enter, safe
from monespace.blueprints.formulaire import received
from monespace.coffre import Altere
from monespace.comptes import actions, queries, totp
from monespace.comptes.models import Utilisateur
from monespace.errors import SecondFacteurAttendu
from monespace.guard import begun, fresh, own
from monespace.identite import Personne
from monespace.notifications.actions import notify
from monespace.page import announce, page
from monespace.qr import drawn
from monespace.refus import Interdit

WRONG = (
    "Ce code n’est pas celui de cette application. Vérifiez que l’heure de votre téléphone est "
    "réglée automatiquement, attendez le code suivant, puis saisissez ses six chiffres."
)
EMPTY = "Indiquez le code à six chiffres affiché par votre application."
KEPT = "_codes"
REQUIRED = (
    "Un administrateur ne peut pas se passer de second facteur\u00a0: il protège toute "
    "l’entreprise. Si votre téléphone change, choisissez une nouvelle application."
)


@bp.get("/compte/second-facteur")
@begun("one’s own second factor, that some must choose before anything else")
def mon_second_facteur() -> ResponseReturnValue:
    person = _settled()
    if not person.equipped:
        return _choose()
    utilisateur = queries.account(person.utilisateur_id)
    return page(
        "comptes/mon_second_facteur.html",
        titre="Second facteur",
        utilisateur=utilisateur,
        left=queries.recovery_codes_left(utilisateur.id),
        required=person.sensible,
    )


@bp.get("/compte/second-facteur/changer")
@begun("one’s own second factor")
def changer_second_facteur() -> ResponseReturnValue:
    _settled()
    return _choose()


@bp.post("/compte/second-facteur")
@begun("one’s own second factor")
@fresh
def choisir_second_facteur() -> ResponseReturnValue:
    received()
    person, coffre = _settled(), services.coffre()
    utilisateur = queries.account(person.utilisateur_id, lock=True)
    suite, typed = request.form.get("suite", ""), request.form.get("code", "")
    secret = _secret_posted(utilisateur)
    if secret is None or not typed.strip():
        return _form(person, secret or _new_secret(person), suite, EMPTY)
    step = totp.accepted_step(secret, typed, horloge.now(), 0)
    if step is None:
        return _form(person, secret, suite, WRONG)
    acteur = _acteur(utilisateur)
    again = utilisateur.totp_le is not None
    actions.enrol(acteur, utilisateur, secret, step, coffre)
    codes = actions.new_recovery_codes(acteur, utilisateur, coffre)
    token = actions.renew_session(person.token)
    actions.close_sessions(utilisateur.id, but=token)
    if again:
        _tell(utilisateur, "Votre second facteur a changé", "Une autre application ouvre")
    answer = enter(token, url_for("comptes.codes_secours", suite=safe(suite)), elsewhere=False)
    _show_once(utilisateur, codes)
    return answer


@bp.get("/compte/second-facteur/codes")
@own("one’s own recovery codes, the once that they are shown")
def codes_secours() -> ResponseReturnValue:
    suite = safe(request.args.get("suite", ""))
    codes = _to_show()
    if not codes:
        return redirect(url_for("comptes.mon_second_facteur"), 303)
    return page(
        "comptes/codes_secours.html", titre="Vos codes de secours", codes=codes, suite=suite
    )


@bp.post("/compte/second-facteur/codes")
@own("one’s own recovery codes")
@fresh
def refaire_codes() -> ResponseReturnValue:
    received()
    utilisateur = queries.account(_settled().utilisateur_id, lock=True)
    if utilisateur.totp_le is None:
        return redirect(url_for("comptes.mon_second_facteur"), 303)
    codes = actions.new_recovery_codes(_acteur(utilisateur), utilisateur, services.coffre())
    _show_once(utilisateur, codes)
    _tell(utilisateur, "Vos codes de secours ont changé", "De nouveaux codes ouvrent")
    return redirect(url_for("comptes.codes_secours"), 303)


@bp.get("/compte/second-facteur/retirer")
@own("one’s own second factor")
def confirmer_retrait() -> ResponseReturnValue:
    person = _removable()
    if not person.equipped:
        return redirect(url_for("comptes.mon_second_facteur"), 303)
    return page("comptes/retirer_second_facteur.html", titre="Retirer le second facteur")


@bp.post("/compte/second-facteur/retirer")
@own("one’s own second factor")
@fresh
def retirer_second_facteur() -> ResponseReturnValue:
    received()
    person = _removable()
    utilisateur = queries.account(person.utilisateur_id, lock=True)
    if utilisateur.totp_le is not None:
        actions.remove_second_factor(_acteur(utilisateur), utilisateur)
        actions.close_sessions(utilisateur.id, but=person.token)
        _tell(utilisateur, "Votre second facteur a été retiré", "Le mot de passe seul ouvre")
        announce("ok", "Second facteur retiré.", "Vos autres sessions ont été fermées.")
    return redirect(url_for("comptes.mon_second_facteur"), 303)


def _settled() -> Personne:
    """Who is here. Raise SecondFacteurAttendu when they have one, and have not given it."""
    person = identite.personne()
    assert person is not None
    if person.equipped and identite.visiteur() is None:
        raise SecondFacteurAttendu()
    return person


def _removable() -> Personne:
    """Who is here. Raise Interdit when they cannot do without a second factor."""
    person = _settled()
    if person.sensible:
        raise Interdit(REQUIRED)
    return person


@fresh
def _choose() -> ResponseReturnValue:
    person = _settled()
    return _form(person, _new_secret(person), request.args.get("suite", ""))


def _form(person: Personne, secret: str, suite: str, erreur: str = "") -> ResponseReturnValue:
    utilisateur = queries.account(person.utilisateur_id)
    return page(
        "comptes/choisir_second_facteur.html",
        titre="Choisir une autre application" if person.equipped else "Protégez votre compte",
        status=422 if erreur else 200,
        qr=Markup(drawn(totp.address(secret, utilisateur.courriel))),  # noqa: S704 - our drawing
        secret=totp.grouped(secret, 4),
        sealed=services.coffre().seal(secret, "second facteur", utilisateur.cle),
        equipped=person.equipped,
        required=person.sensible,
        waiting=identite.visiteur() is None,
        suite=suite,
        erreur=erreur,
        demonstration=demonstration.visible(),
        code=totp.grouped(totp.code_at(secret, totp.step_of(horloge.now())), 3),
    )


def _new_secret(person: Personne) -> str:
    """The same whenever the page is drawn for this session: it may be read again meanwhile."""
    drawn_for = f"second facteur {person.utilisateur_id}"
    return totp.secret_from(
        bytes.fromhex(services.coffre().fingerprint(person.session_cle, drawn_for))
    )


def _secret_posted(utilisateur: Utilisateur) -> str | None:
    """The secret that the page showed."""
    try:
        return services.coffre().open(
            request.form.get("secret_scelle", ""), "second facteur", utilisateur.cle
        )
    except Altere:
        return None


def _show_once(utilisateur: Utilisateur, codes: tuple[str, ...]) -> None:
    """On the next page, and nowhere else: the cookie carries them there, sealed."""
    session[KEPT] = services.coffre().seal(" ".join(codes), KEPT, utilisateur.cle)


def _to_show() -> tuple[str, ...]:
    sealed, utilisateur = session.pop(KEPT, ""), queries.account(_settled().utilisateur_id)
    try:
        codes = services.coffre().open(sealed, KEPT, utilisateur.cle).split()
    except Altere:
        return ()
    return tuple(totp.grouped(code, 4) for code in codes)


def _tell(utilisateur: Utilisateur, titre: str, what: str) -> None:
    texte = (
        f"{what} désormais votre compte. Si ce n’était pas vous, changez votre mot de passe "
        "dès maintenant, puis appelez-nous."
    )
    notify([utilisateur], titre, texte, "/compte/second-facteur", urgent=True)


def _acteur(utilisateur: Utilisateur) -> Acteur:
    person = identite.visiteur()
    if person is not None:
        return person.acteur
    return Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)

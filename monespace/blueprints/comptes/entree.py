"""What every way in shares: proving a password or a code, the new token, where to go then."""

import hashlib
from datetime import timedelta
from urllib.parse import urlsplit

from flask import current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user
from werkzeug.exceptions import HTTPException

from monespace import horloge, identite, services
from monespace.blueprints import protection
from monespace.coffre import Altere
from monespace.comptes import actions, essais, passwords, queries, totp
from monespace.comptes.appareils import described
from monespace.comptes.models import Utilisateur
from monespace.forms.validators import printable
from monespace.notifications.actions import notify
from monespace.page import announce
from monespace.typographie import plural, time_of

MOST_PASSWORDS = 10
MOST_CODES = 5
BLOCKED_FOR = timedelta(minutes=15)
SIGN_IN = "connexion"
BLOCKED = "La connexion à votre compte est bloquée pendant un quart d’heure"
BLOCKED_TEXT = (
    "Dix mots de passe qui n’étaient pas le vôtre viennent d’être essayés. Si c’était vous, "
    "attendez un quart d’heure, puis réessayez. Sinon, vous n’avez rien à faire\u00a0: personne "
    "n’est entré. Les pages que vous avez déjà ouvertes ne sont pas bloquées."
)
CODES_BLOCKED = "Quelqu’un connaît peut-être votre mot de passe"
CODES_BLOCKED_TEXT = (
    "Votre mot de passe vient d’être donné, puis cinq codes qui n’étaient pas les bons. La "
    "connexion est bloquée pendant un quart d’heure. Si ce n’était pas vous, changez votre mot "
    "de passe dès maintenant."
)


def proved_password(courriel: str, password: str) -> Utilisateur | None:
    """The account of that address if the password is its own; the same work if there is none.

    Outside the transaction of the request: hashing takes time, and a try is counted whatever
    becomes of the request.
    """
    database = services.database()
    nom = _of_address(courriel)
    here = protection.network_allowed(SIGN_IN)
    tries = protection.count(nom, MOST_PASSWORDS, BLOCKED_FOR)
    with database.reading():
        person = queries.by_email(courriel)
    right = passwords.verify(person.mot_de_passe if person else None, password)
    if person and right and here and tries <= MOST_PASSWORDS:
        again = passwords.hash_password(password) if passwords.outdated(person.mot_de_passe) else ""
        with database.transaction():
            if again:
                actions.rehash(person.id, person.mot_de_passe, again)
            essais.forget(nom)
            essais.give_back(protection.of_network(SIGN_IN))
            essais.give_back(SIGN_IN)
        return person
    if person and tries == MOST_PASSWORDS:
        with database.transaction():
            notify([queries.account(person.id)], BLOCKED, BLOCKED_TEXT, urgent=True)
    return None


def proved_code(utilisateur_id: int, typed: str) -> bool:
    """Is it a code of the person’s application, or one of their recovery codes? Used from now on.

    Called before anything else is done in the request: the try is counted apart.
    """
    nom = f"second facteur {utilisateur_id}"
    tries = protection.count(nom, MOST_CODES, BLOCKED_FOR)
    if tries > MOST_CODES:
        return False
    coffre = services.coffre()
    utilisateur = queries.account(utilisateur_id)
    try:
        right = actions.accept_code(utilisateur, typed, coffre)
    except Altere:
        right = False
    if not right and actions.accept_recovery(utilisateur, typed, coffre):
        right = True
        _tell_recovery(utilisateur)
    if right:
        essais.forget(nom)
    elif tries == MOST_CODES:
        notify([utilisateur], CODES_BLOCKED, CODES_BLOCKED_TEXT, urgent=True)
    return right


def enter(token: str, suite: str, elsewhere: bool = True) -> ResponseReturnValue:
    """Have the browser keep that token, and go on. `elsewhere`: nothing of the old cookie stays."""
    if elsewhere:
        session.clear()
    login_user(identite.signing_in(token))
    return redirect(safe(suite), 303)


def tell_kept(utilisateur_id: int, suite: str) -> None:
    """Somebody signs in anew: tell them of what they were typing when their session ended."""
    kept = queries.last_kept_form(utilisateur_id)
    if kept is None or suite.startswith("/reprendre/"):
        return
    until = time_of(kept.expire_le)
    announce(
        "info",
        "Une saisie n’a pas été envoyée.",
        f"Votre session s’était terminée. Elle est gardée jusqu’à {until}.",
        ("Reprendre cette saisie", url_for("comptes.reprendre", cle=kept.cle)),
    )


def device() -> str:
    """The browser of this request, as its owner would recognise it."""
    return described(request.headers.get("User-Agent", ""))


def safe(suite: str) -> str:
    """A path of this portal that can be opened, or home: nobody may send people elsewhere."""
    # The parser drops line breaks without a word; a header cannot hold them.
    if not suite.isprintable():
        return "/"
    try:
        parts = urlsplit(suite.replace("\\", "/"))
    except ValueError:
        return "/"
    if parts.scheme or parts.netloc or not suite.startswith("/") or suite.startswith("//"):
        return "/"
    adapter = current_app.create_url_adapter(request)
    assert adapter is not None
    try:
        adapter.match(parts.path, method="GET")
    except HTTPException:
        return "/"
    return suite


def shown_code(utilisateur: Utilisateur) -> str:
    """The code of the moment, in two groups, for the demo to show; "" when all are used."""
    coffre = services.coffre()
    try:
        secret = actions.secret_of(utilisateur, coffre)
    except Altere:
        return ""
    code = totp.next_code(secret, horloge.now(), utilisateur.totp_pas)
    return totp.grouped(code, 3) if code else ""


def _of_address(courriel: str) -> str:
    """Counted alike whether or not the account exists."""
    typed = printable(courriel).strip().casefold()
    return f"{SIGN_IN} {hashlib.sha256(typed.encode()).hexdigest()}"


def _tell_recovery(utilisateur: Utilisateur) -> None:
    left = queries.recovery_codes_left(utilisateur.id)
    notify(
        [utilisateur],
        "Un code de secours vient de servir à ouvrir votre compte",
        f"Il vous reste {plural(left, 'code', 'codes')} de secours. Si ce n’était pas vous, "
        "changez votre mot de passe et vos codes dès maintenant.",
        "/compte/second-facteur",
        urgent=True,
    )

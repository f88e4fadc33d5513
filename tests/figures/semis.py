"""What is planted in a portal: every secret that a browser or a letterbox is given is noted."""

import re
import secrets
import time
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.figures.fouille import Recu, Secret
from tests.figures.navigateur import Fenetre, Reponse
from tests.support.html import Page
from tests.support.live import LivePortal
from tests.support.smtp import SmtpServer

PATIENCE_S = 30.0
BASE_URL = "https://portail.example"
CHOICE, RECOVERY = "/compte/second-facteur", "/compte/second-facteur/codes"
PASSWORD, LINK, TOTP, SPARE, CODE, TOKEN, CSRF = (
    "mot de passe", "lien", "clé du second facteur", "code de secours",
    "code d’activation", "session", "jeton de formulaire",
)  # fmt: skip
# Where a secret is meant to be read: on the pages that show it once, in the mail of a link.
MONTRES = {TOTP: (CHOICE, f"{CHOICE}/changer"), SPARE: (RECOVERY,), "courrier": (LINK,)}


class Semis:
    """What was planted so far, what was answered, and the letterboxes."""

    def __init__(self, portal: LivePortal, boites: SmtpServer) -> None:
        self.portal = portal
        self.boites = boites
        self.secrets: dict[str, Secret] = {}
        self.recus: list[Recu] = []

    def plant(self, quoi: str, clair: str) -> str:
        self.secrets[clair] = Secret(quoi, clair)
        return clair

    def password(self) -> str:
        """A new one, strong, with what must be escaped in it."""
        return self.plant(PASSWORD, f"{secrets.token_urlsafe(15)} &é«{secrets.token_urlsafe(6)}")

    def link_to(self, courriel: str, path: str) -> str:
        """The link that the last mail to that address opens, once it has come."""
        limit = time.monotonic() + PATIENCE_S
        while True:
            arrived = [one.text for one in self.boites.received if one.pour == courriel]
            found = re.findall(rf"{BASE_URL}({path}\S*\?s=(\S+))", "\n".join(arrived))
            if found:
                address, signature = found[-1]
                self.plant(LINK, signature)
                return str(address)
            assert time.monotonic() < limit, f"no mail to {courriel}"
            time.sleep(0.05)


class Curieux(Fenetre):
    """A browser that tells `semis` all that it is given."""

    def __init__(self, semis: Semis) -> None:
        super().__init__(semis.portal.port)
        self._semis = semis
        app = Flask("lecteur")
        app.secret_key = semis.portal.config.secret_key
        self._reader = SecureCookieSessionInterface().get_signing_serializer(app)

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reponse:
        answer = super()._ask(method, path, body, headers)
        self._semis.recus.append(Recu(path, body, f"{answer.location}\n{answer.text}"))
        for token in re.findall(r'name="csrf_token"[^>]* value="([^"]+)"', answer.text):
            self._semis.plant(CSRF, token)
        for cookie in self._cookies.values():
            if cookie.value:
                self._note(cookie.value)
        return answer

    def _note(self, cookie: str) -> None:
        assert self._reader is not None
        self._semis.plant(TOKEN, cookie)
        kept = self._reader.loads(cookie)
        for name, quoi in (("_user_id", TOKEN), ("csrf_token", CSRF), ("_codes", SPARE)):
            if kept.get(name):
                self._semis.plant(quoi, kept[name])

    def submit(
        self, path: str, typed: Mapping[str, str], action: str = "", button: str = ""
    ) -> Reponse:
        """Open a page, fill in its form to `action` (itself by default) and send it."""
        return self.send(self.get(path), path, typed, action, button)

    def send(
        self, page: Reponse, path: str, typed: Mapping[str, str], action: str = "", button: str = ""
    ) -> Reponse:
        assert page.status != HTTPStatus.SEE_OTHER, (path, page.location)
        form = Page(page.text).form(action or path, path)
        return self.post(action or path, form.filled(typed, button))


def done(answer: Reponse) -> Reponse:
    assert answer.status == HTTPStatus.SEE_OTHER, (answer.status, Page(answer.text).text)
    return answer

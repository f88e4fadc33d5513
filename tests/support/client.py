"""A browser without JavaScript for the tests: it checks every page that it is given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from urllib.parse import urlencode, urlsplit

from flask import Flask
from werkzeug.datastructures import FileStorage, Headers, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from monespace import horloge
from monespace.comptes.totp import code_at, step_of
from tests.support.codes import code_of
from tests.support.html import Page, text_of
from tests.support.regles import faults, faults_of_fragment

# As security asks for it, not as the portal writes it.
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SECOND_PAGE = "/connexion/second-facteur"
CHOICE = "/compte/second-facteur"
# What htmx adds to an autosave, which swaps nothing but what is sent out of band.
AUTOSAVE = {"HX-Request": "true", "HX-Target": "form"}


class Answer:
    """What the portal answered to one request."""

    def __init__(self, response: TestResponse) -> None:
        self.status = response.status_code
        self.headers: Headers = response.headers
        self.body = response.data
        self.path = response.request.path
        self.fragment = "HX-Request" in response.request.headers
        self.html = response.mimetype == "text/html"
        response.close()

    @cached_property
    def page(self) -> Page:
        return Page(self.body.decode(), self.fragment)

    @property
    def text(self) -> str:
        """What is read on the page, with plain single spaces."""
        return " ".join(self.page.text.split())

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def faults(self) -> Iterator[str]:
        """What is wrong with this answer, whatever was asked."""
        if self.status >= 500 and self.status != 503:
            yield f"status {self.status}"
        if not self.html or 300 <= self.status < 400:
            return
        for name, value in HEADERS.items():
            if self.headers.get(name) != value:
                yield f"{name}: {self.headers.get(name)}"
        if self.fragment:
            yield from faults_of_fragment(self.page)
            return
        yield from faults(self.page)
        if (self.status == 422) != self.page.title.startswith("Erreur"):
            yield f"status {self.status} under the title {self.page.title!r}"


@dataclass(frozen=True)
class Joint:
    """A file chosen in a form."""

    nom: str
    contenu: bytes


class Client:
    """One browser. `checking` off for those who ask for thousands of pages.

    `tolerated`: beginnings of faults that a hostile text on the page makes itself.
    """

    def __init__(self, app: Flask, checking: bool = True, tolerated: tuple[str, ...] = ()) -> None:
        self._client = app.test_client()
        self._checking = checking
        self._tolerated = tolerated

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        return self._checked(Answer(self._client.get(path, headers=headers)))

    def post(
        self,
        path: str,
        sent: Sequence[tuple[str, str]] | Mapping[str, str] = (),
        headers: Mapping[str, str] | None = None,
        joints: Mapping[str, Joint] | None = None,
    ) -> Answer:
        """Send exactly these fields."""
        pairs = list(sent.items() if isinstance(sent, Mapping) else sent)
        if joints is None:
            return self.post_body(path, urlencode(pairs).encode(), headers)
        data: MultiDict[str, str | FileStorage] = MultiDict(pairs)
        for name, joint in joints.items():
            data.add(name, FileStorage(BytesIO(joint.contenu), joint.nom))
        boundary, body = encode_multipart(data)
        return self.post_body(path, body, headers, f"multipart/form-data; boundary={boundary}")

    def post_body(
        self,
        path: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        type_mime: str = "application/x-www-form-urlencoded",
    ) -> Answer:
        """Send exactly these bytes."""
        return self._checked(
            Answer(self._client.post(path, data=body, headers=headers, content_type=type_mime))
        )

    def submit(
        self,
        answer: Answer,
        action: str,
        typed: Mapping[str, str | Sequence[str]] | None = None,
        button: str = "",
        joints: Mapping[str, Joint] | None = None,
    ) -> Answer:
        """Fill in a form of the page that was answered, and send what a browser would."""
        form = answer.page.form(action, answer.path)
        sent = form.filled(typed or {}, button)
        if form.method == "get":
            return self.get(f"{action}?{urlencode(sent)}")
        return self.post(action, sent, joints=joints)

    def follow(self, answer: Answer) -> Answer:
        """Go where it redirects. Fail when it does not, or leads out of the portal."""
        assert answer.status == 303, (answer.status, answer.text)
        parts = urlsplit(answer.location)
        assert not parts.netloc, answer.location
        return self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)

    def sign_in(self, courriel: str, mot_de_passe: str) -> None:
        """Through the pages, as everybody: with a code, or choosing an application, if need be."""
        signed = self.give_password(courriel, mot_de_passe)
        where = urlsplit(signed.location).path
        if where == SECOND_PAGE:
            typed = {"code": self.code(courriel)}
            signed = self.submit(self.follow(signed), SECOND_PAGE, typed)
        elif where == CHOICE:
            signed = self.choose_application(self.follow(signed))
        assert signed.status == 303, signed.text

    def give_password(self, courriel: str, mot_de_passe: str) -> Answer:
        """The first page of signing in."""
        typed = {"courriel": courriel, "mot_de_passe": mot_de_passe}
        return self.submit(self.get("/connexion"), "/connexion", typed)

    def code(self, courriel: str) -> str:
        """What the telephone of that person shows."""
        extensions = self._client.application.extensions
        return code_of(extensions["database"], extensions["coffre"], courriel)

    def choose_application(self, page: Answer) -> Answer:
        """Type the key that the page shows in an application, and its code in the page."""
        secret = text_of(next(page.page.all("code"))).replace(" ", "")
        return self.submit(page, CHOICE, {"code": code_at(secret, step_of(horloge.now()))})

    def prove(self, courriel: str, mot_de_passe: str, page: Answer) -> Answer:
        """Answer «Confirmez que c’est vous»."""
        typed = {"mot_de_passe": mot_de_passe}
        if next(page.page.all("input", name="code"), None) is not None:
            typed["code"] = self.code(courriel)
        return self.submit(page, "/confirmer-identite", typed)

    def cookie(self) -> str:
        """The session cookie, as somebody could copy it."""
        kept = self._client.get_cookie("session")
        assert kept is not None
        return kept.value

    def set_cookie(self, value: str) -> None:
        """Use a session cookie that was copied."""
        self._client.set_cookie("session", value)

    def token(self) -> str:
        """A token for a form that is sent without its page."""
        return self.get("/dossiers/nouveau" if self._signed_in() else "/connexion").page.token()

    def _signed_in(self) -> bool:
        return self.get("/connexion").status == 303

    def _checked(self, answer: Answer) -> Answer:
        if self._checking:
            found = [one for one in answer.faults() if not one.startswith(self._tolerated)]
            assert not found, f"{answer.path} ({answer.status}): " + "; ".join(found)
        return answer

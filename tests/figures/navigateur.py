"""Somebody's browser over a real network: it loses answers, and presses again."""

import http.client
import random
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

ANSWER_SECONDS = 20.0
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True)
class Reponse:
    """What came back, whole."""

    status: int
    location: str
    text: str

    def hidden(self, name: str) -> str:
        """The value of a hidden field. Fail when the page has none of that name."""
        found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', self.text)
        assert found, f"no {name} in a page of status {self.status}"
        return found[1]


class Fenetre:
    """One browser. `cut` counts the requests whose answer never came."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: SimpleCookie = SimpleCookie()
        self.cut = 0

    def get(self, path: str) -> Reponse:
        """The page, asked again until it comes."""
        return self._insist("GET", path, b"", {})

    def post(
        self,
        path: str,
        form: Mapping[str, str] | Sequence[tuple[str, str]],
        automatic: bool = False,
    ) -> Reponse:
        """Send the form, again and the same until it is acknowledged.

        `automatic`: as htmx does while one types.
        """
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if automatic:
            headers |= {"HX-Request": "true", "HX-Target": "form"}
        return self._insist("POST", path, urlencode(form).encode(), headers)

    def _insist(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reponse:
        limit = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self._ask(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                self.cut += 1
            else:
                assert answer.status != http.HTTPStatus.INTERNAL_SERVER_ERROR, f"{method} {path}"
                if answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
                    return answer
            assert time.monotonic() < limit, f"{method} {path} was never answered"
            time.sleep(random.uniform(0.01, 0.1))

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Reponse:
        link = http.client.HTTPConnection("127.0.0.1", self._port, timeout=ANSWER_SECONDS)
        try:
            sent = "; ".join(f"{one.key}={one.coded_value}" for one in self._cookies.values())
            link.request(method, path, body, {**headers, "Cookie": sent, "Connection": "close"})
            answer = link.getresponse()
            text = answer.read().decode()
            for kept in answer.headers.get_all("Set-Cookie", ()):
                self._cookies.load(kept)
            return Reponse(answer.status, answer.headers.get("Location", ""), text)
        finally:
            link.close()


class Navigateur(Fenetre):
    """One signed-in browser."""

    def __init__(
        self, port: int, courriel: str, mot_de_passe: str, code: Callable[[str], str]
    ) -> None:
        """`code` is what the telephone of that address shows."""
        super().__init__(port)
        form = {"csrf_token": self.get("/connexion").hidden("csrf_token")}
        form |= {"courriel": courriel, "mot_de_passe": mot_de_passe}
        signed = self.post("/connexion", form)
        if "/second-facteur" in signed.location:
            page = self.get(signed.location)
            form = {name: page.hidden(name) for name in ("csrf_token", "suite", "_fin")}
            signed = self.post("/connexion/second-facteur", form | {"code": code(courriel)})
        assert signed.location == "/", courriel
        self.csrf = self.get("/plan-du-site").hidden("csrf_token")

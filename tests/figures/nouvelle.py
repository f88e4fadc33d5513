"""A newcomer does everything that has a secret in it, through real requests."""

import re
from collections.abc import Mapping
from http import HTTPStatus

from monespace import horloge
from monespace.activation.codes import ALPHABET, new_code, printed
from monespace.comptes.totp import code_at, step_of
from tests.figures.navigateur import Reponse
from tests.figures.semis import CHOICE, CODE, PASSWORD, RECOVERY, SPARE, TOTP, Curieux, Semis, done
from tests.support.html import Page, text_of


class Nouvelle:
    """The newcomer: each method is one thing she does."""

    COURRIEL = "nora.semis@halles.example"

    def __init__(self, semis: Semis) -> None:
        self._semis = semis
        self.browser = Curieux(semis)
        self.password = semis.password()
        self._spare: list[str] = []

    def sign_up(self) -> None:
        typed = {"profil": "adhérent", "prenom": "Nora", "nom": "Semis", "accord": "oui"}
        typed |= {"courriel": self.COURRIEL}
        refused = self.browser.submit("/inscription", typed | {"mot_de_passe": "Nora-Semis-01"})
        assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
        self._semis.plant(PASSWORD, "Nora-Semis-01")
        done(self.browser.submit("/inscription", typed | {"mot_de_passe": self.password}))
        link = self._semis.link_to(self.COURRIEL, "/confirmer/")
        # In another browser than the one that signed up, where the password is asked for.
        elsewhere = Curieux(self._semis)
        wrong = elsewhere.submit(link, {"mot_de_passe": self._semis.password()})
        assert wrong.status == HTTPStatus.UNPROCESSABLE_ENTITY
        done(elsewhere.submit(link, {"mot_de_passe": self.password}))

    def sign_in(self) -> None:
        """Wrong, without the token of the form, then right."""
        typed = {"courriel": self.COURRIEL, "mot_de_passe": self._semis.password()}
        assert self.browser.submit("/connexion", typed).status == HTTPStatus.UNPROCESSABLE_ENTITY
        typed["mot_de_passe"] = self.password
        assert self.browser.post("/connexion", typed).status == HTTPStatus.BAD_REQUEST
        self._sign_in("/")

    def _sign_in(self, suite: str) -> Reponse:
        typed = {"courriel": self.COURRIEL, "mot_de_passe": self.password}
        return done(self.browser.submit(f"/connexion?suite={suite}", typed, "/connexion"))

    def forget_password(self) -> None:
        done(self.browser.submit("/mot-de-passe-oublie", {"courriel": self.COURRIEL}))
        link = self._semis.link_to(self.COURRIEL, "/mot-de-passe/")
        self.password = self._semis.password()
        done(self.browser.submit(link, {"mot_de_passe": self.password}))
        self._sign_in("/")

    def protect(self) -> None:
        """Choose an application; its key and the spare codes are shown once."""
        shown = self.browser.get(CHOICE)
        key = text_of(next(Page(shown.text).all("code"))).replace(" ", "")
        self._semis.plant(TOTP, key)
        assert self.browser.send(shown, CHOICE, {"code": "000000"}).status == 422
        code = code_at(key, step_of(horloge.now()))
        codes = self.browser.get(done(self.browser.send(shown, CHOICE, {"code": code})).location)
        self._spare = [text_of(one) for one in Page(codes.text).all("code")]
        for one in self._spare:
            self._semis.plant(SPARE, one)
        assert len(self._spare) == 10
        again = self.browser.get(RECOVERY)
        assert again.status == HTTPStatus.SEE_OTHER

    def type_codes(self, codes: Mapping[str, str], siren: str) -> None:
        """`codes`, by profile: one that is wrong, one misspelt, the other profile’s, the right."""
        for code in codes.values():
            self._semis.plant(CODE, code)
        right, other = codes["adherent"], codes["prestataire"]
        slip = right[:-1] + next(one for one in ALPHABET if one != right[-1])
        wrong = self._semis.plant(CODE, new_code())
        path = f"/rattachement/code?profil=adherent&siren={siren}"
        for typed in (self._semis.plant(CODE, slip), wrong, printed(other)):
            refused = self.browser.submit(path, {"code": typed}, "/rattachement/code")
            assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
        bare = self.browser.post("/rattachement/code", {"code": right, "siren": siren})
        assert bare.status == HTTPStatus.BAD_REQUEST
        spelt = printed(right).lower()
        use = done(self.browser.submit(path, {"code": spelt}, "/rattachement/code")).location
        done(self.browser.submit(use, {}, "/rattachement/code/administrer"))

    def invite(self) -> None:
        path = "/acces/invitations/nouvelle"
        typed = {"courriel": "invitee.semis@halles.example", "administrateur": "1"}
        done(self.browser.submit(path, typed, button="inviter"))
        link = self._semis.link_to(typed["courriel"], "/invitation/")
        stranger = Curieux(self._semis)
        assert stranger.get(link).status == HTTPStatus.OK

    def write_to_the_opco(self, code: str) -> None:
        """With the code in the message, which the portal takes out, and sends once taken out."""
        path = "/aide/contact"
        typed = {"nom": "Nora Semis", "courriel": self.COURRIEL, "sujet": "code"}
        typed |= {"message": f"Mon code {printed(code)} est refusé, {code.lower()} aussi."}
        stranger = Curieux(self._semis)
        refused = stranger.submit(path, typed)
        assert refused.status == HTTPStatus.UNPROCESSABLE_ENTITY
        done(stranger.send(refused, path, {}))

    def lose_the_session(self) -> None:
        """While a new password is typed: the form is kept, without it; a spare code opens."""
        path = "/compte/mot-de-passe"
        typed = {"ancien_mot_de_passe": self.password, "mot_de_passe": self._semis.password()}
        page = self.browser.get(path)
        elsewhere = self.browser
        self.browser = Curieux(self._semis)
        self._give_spare_code(self._sign_in("/"))
        opened = self.browser.get("/compte/sessions")
        close = next(
            action
            for one in Page(opened.text).all("form")
            if (action := one.get("action", "")).endswith("/fermer")
        )
        done(self.browser.send(opened, "/compte/sessions", {}, close))
        self.browser = elsewhere
        late = self.browser.send(page, path, typed)
        assert late.status == HTTPStatus.UNAUTHORIZED
        kept = re.search(r"/reprendre/\w+", late.text)
        assert kept
        self._give_spare_code(self._sign_in(kept[0]))
        assert self.browser.get(kept[0]).status == HTTPStatus.OK

    def _give_spare_code(self, signed: Reponse) -> None:
        path = "/connexion/second-facteur"
        assert path in signed.location
        shown = self.browser.get(signed.location)
        done(self.browser.send(shown, path, {"code": self._spare.pop()}))

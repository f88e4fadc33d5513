"""People who press twice: one dossier is started, one is sent, whatever is pressed."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

from sqlalchemy import func, select

from monespace.db import session
from monespace.dossiers.models import Dossier, Statut, Transmission
from monespace.journal import Evenement
from tests.figures.navigateur import Navigateur
from tests.figures.site import Site

ROUNDS, CLICKS, BROWSERS = 25, 4, 2


@dataclass
class Clics:
    """What was pressed, each several times at once: starts by their token, sendings by key."""

    times: int
    started: dict[str, set[str]] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def press(self, site: Site, browsers: list[Navigateur], cle: str) -> None:
        """Start one dossier and send another."""
        self._start(site, browsers)
        self._send(browsers, cle)

    def press_until(self, site: Site, browsers: list[Navigateur], stop: Event) -> None:
        """Start and send dossiers until told to stop."""
        while not stop.is_set():
            self.press(site, browsers, site.complet())

    @property
    def pressed(self) -> int:
        """How many clicks were answered."""
        return self.times * (len(self.started) + len(self.sent))

    def doubled(self, site: Site) -> int:
        """How many dossiers were started or sent more than once, or not at all."""
        with site.database.reading():
            return (
                sum(len(keys) != 1 for keys in self.started.values())
                + sum(_dossiers_of(jeton) != 1 for jeton in self.started)
                + sum(_sendings(site.dossier(cle)) != 1 for cle in self.sent)
                + _numbers_given_twice()
            )

    def _start(self, site: Site, browsers: list[Navigateur]) -> None:
        form = {"dispositif": "PDC", "etablissement": site.siret, "_fin": "1"}
        form["_jeton"] = browsers[0].get("/dossiers/nouveau").hidden("_jeton")
        # A form belongs to the person it was shown to.
        places = self._all_at_once(browsers[:1], "/dossiers/nouveau", form)
        self.started[form["_jeton"]] = places

    def _send(self, browsers: list[Navigateur], cle: str) -> None:
        form = {"attestation": "oui", "_fin": "1"}
        places = self._all_at_once(browsers, f"/dossiers/{cle}/envoi", form)
        assert places == {f"/dossiers/{cle}/transmis"}, places
        self.sent.append(cle)

    def _all_at_once(self, browsers: list[Navigateur], path: str, form: dict[str, str]) -> set[str]:
        """Where every one of the clicks leads."""
        clicks = [browsers[rank % len(browsers)] for rank in range(self.times)]
        with ThreadPoolExecutor(self.times) as fingers:
            answers = fingers.map(
                lambda one: one.post(path, form | {"csrf_token": one.csrf}), clicks
            )
            return {answer.location for answer in answers}


def click_at_once(site: Site) -> Counter[str]:
    """Start and send dossiers with several clicks each, round after round."""
    clicks = Clics(CLICKS)
    browsers = [site.browser(rank) for rank in range(BROWSERS)]
    for _ in range(ROUNDS):
        clicks.press(site, browsers, site.complet())
    return Counter(sends_pressed=clicks.pressed, sends_doubled=clicks.doubled(site))


def _dossiers_of(jeton: str) -> int:
    count = select(func.count()).select_from(Dossier).where(Dossier.jeton == jeton)
    return session().scalar(count) or 0


def _sendings(dossier: Dossier) -> int:
    """Lines of the journal that tell the sending, of a dossier that has a number and a copy."""
    assert dossier.statut is Statut.TRANSMIS
    assert dossier.numero
    session().get_one(Transmission, dossier.id)
    told = select(func.count()).where(
        Evenement.objet == Dossier.__tablename__,
        Evenement.objet_id == dossier.id,
        Evenement.acte == "transmettre",
    )
    return session().scalar(told) or 0


def _numbers_given_twice() -> int:
    numbers = session().scalars(select(Dossier.numero).where(Dossier.numero.is_not(None))).all()
    return len(numbers) - len(set(numbers))

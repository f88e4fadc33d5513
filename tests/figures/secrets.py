"""Secrets planted through every door of a portal in production, then looked for everywhere."""

import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import quote

from sqlalchemy import func, select

from monespace import journal, migration, queue
from monespace.activation.codes import new_code, printed
from monespace.autonome.children import Group
from monespace.config import Config
from monespace.courriels.actions import send
from monespace.db import Database, session
from monespace.organisations.models import Organisation, Profil
from monespace.queue import Doorbell, Travail
from tests.activation.texte_pdf import codes_of
from tests.figures.fouille import Lieux, Secret
from tests.figures.nouvelle import Nouvelle
from tests.figures.semis import BASE_URL, MONTRES, PATIENCE_S, Curieux, Semis
from tests.support.entreprise import OPCO, societe
from tests.support.live import LivePortal
from tests.support.portal import wait_for
from tests.support.smtp import SmtpServer, smtp_server
from tests.support.valkey import queue_server

KEY = "clé du portail"
CANARY = "canari@halles.example"


class EnProduction(LivePortal):
    """A portal that sends its mails, and shows nothing of a demo."""

    def __init__(
        self, group: Group, folder: Path, database_url: str, redis_url: str, mail_url: str
    ) -> None:
        super().__init__(group, folder, database_url, redis_url)
        self._environ |= {
            "MONESPACE_MODE": "production",
            "SECRET_KEY": token_hex(32),
            "NIR_KEY": token_hex(32),
            "TRUSTED_HOSTS": "localhost,127.0.0.1",
            "BASE_URL": BASE_URL,
            "MAIL_URL": mail_url,
        }
        self.config = Config.from_env(self._environ)
        self.database = Database(database_url, Doorbell(redis_url))


@dataclass(frozen=True)
class Terrier:
    """The portal, what is planted in it, and where to look."""

    portal: LivePortal
    semis: Semis
    lieux: Lieux

    def finds(self, *secrets: Secret) -> set[tuple[str, str]]:
        """Look everywhere once the workers are done."""
        wait_for(self._is_quiet, PATIENCE_S)
        boites = self.semis.boites
        self.lieux.courrier = [f"{one.message['Subject']}\n{one.text}" for one in boites.received]
        return self.lieux.finds(secrets)

    def _is_quiet(self) -> bool:
        with self.portal.database.reading():
            return not session().scalar(
                select(func.count()).select_from(Travail).where(Travail.fini_le.is_(None))
            )


def leave_nothing_behind(database_url: str, folder: Path) -> Counter[str]:
    """Return how many secrets were planted, and how many were read where they must not be."""
    migration.upgrade(database_url)
    with _terrier(database_url, folder) as terrier:
        siren, codes = _codes(terrier.portal, folder)
        _live(terrier.semis, siren, codes)
        planted = tuple(terrier.semis.secrets.values())
        found = terrier.finds(*planted)
        _check_the_search(terrier)
    for place, quoi in sorted(found):
        print(f"  {quoi} : {place}", file=sys.stderr)
    return Counter(secrets_planted=len(planted), secrets_found=len(found))


@contextmanager
def _terrier(database_url: str, folder: Path) -> Iterator[Terrier]:
    data, file = folder / "portail", folder / "file"
    data.mkdir()
    with smtp_server() as boites, queue_server(file) as server, Group() as group:
        portal = EnProduction(group, data, database_url, server.url, boites.url)
        try:
            portal.start()
            yield _explore(portal, boites, Lieux(database_url, folder, file, server.url, MONTRES))
        finally:
            portal.database.dispose()


def _explore(portal: LivePortal, boites: SmtpServer, lieux: Lieux) -> Terrier:
    semis = Semis(portal, boites)
    lieux.recus = semis.recus
    for key in (portal.config.secret_key, portal.config.nir_key):
        semis.plant(KEY, key)
    return Terrier(portal, semis, lieux)


def _codes(portal: LivePortal, folder: Path) -> tuple[str, Mapping[str, str]]:
    """The SIREN of a company, and what the letters to its siège say, by profile."""
    with portal.database.transaction():
        company = societe()
        entreprise = company.organisation.entreprise
        session().add(Organisation(entreprise=entreprise, profil=Profil.PRESTATAIRE))
        siren = entreprise.siren
    said = portal.flask("courriers", "tirer", "--vers", str(folder / "lettres"), "--premiere-vague")
    (folder / "terminal.log").write_text(said)
    found = {
        profil: codes_of(letter.read_bytes())[0]
        for profil in ("adherent", "prestataire")
        for letter in (folder / "lettres").glob(f"*/*-{profil}.pdf")
    }
    assert len(found) == 2
    return siren, found


def _live(semis: Semis, siren: str, codes: Mapping[str, str]) -> None:
    nora = Nouvelle(semis)
    nora.sign_up()
    nora.sign_in()
    nora.forget_password()
    nora.protect()
    nora.type_codes(codes, siren)
    nora.invite()
    nora.write_to_the_opco(codes["prestataire"])
    nora.lose_the_session()


def _check_the_search(terrier: Terrier) -> None:
    """A secret left on purpose in each place is found in each: else nothing was proved."""
    canary, lieux, portal = new_code(), terrier.lieux, terrier.portal
    assert any(place == "redis" for place, _ in lieux.contents())
    shown = printed(canary)
    with portal.database.transaction():
        organisation = session().scalars(select(Organisation)).first()
        assert organisation is not None
        journal.record(OPCO, "canari", organisation, code=canary.lower())
        send(CANARY, "Canari", shown)
    kept = zlib.compress(json.dumps([shown]).encode())
    queue.connect(lieux.redis_url).set("rq:canari", kept)
    logs = sorted(lieux.dossier.rglob("*.log"))
    for log in logs:
        with log.open("a") as opened:
            opened.write(quote(f"code={shown}\n"))
    (lieux.dossier / "portail" / "canari").write_text(f"<b>{shown.replace('-', ' ')}</b>")
    Curieux(terrier.semis).submit("/connexion", {"courriel": shown, "mot_de_passe": "x"})
    boites = terrier.semis.boites
    wait_for(lambda: any(one.pour == CANARY for one in boites.received), PATIENCE_S)
    wanted = {"base", "courriels", "courrier", "fichiers", "page /connexion"}
    wanted |= {"redis", "redis, ses fichiers", *(f"journal {log.name}" for log in logs)}
    if portal.config.database_url.startswith("sqlite"):
        wanted.add("fichier de la base")
    places = {place for place, _ in terrier.finds(Secret("canari", canary))}
    assert wanted <= places, wanted - places

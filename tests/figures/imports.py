"""Lists imported by the hundred: every person is taken, or comes back to be mended and is taken."""

import logging
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from flask import Flask
from sqlalchemy import select

from monespace import migration
from monespace.comptes.models import Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.config import Config
from monespace.db import Database, session
from monespace.dossiers.models import Dossier, EnAttente, Stagiaire
from monespace.portail import create_app
from monespace.salaries.identite import identity_of
from monespace.salaries.models import Salarie
from tests.figures.listes import Liste, Personne, liste, personne
from tests.imports.classeurs import A_CORRIGER, columns_of, heading_line, opened, put, saved
from tests.imports.gestes import Importateur
from tests.support.client import Answer, Client
from tests.support.entreprise import Societe, societe

SEED = 2026
LISTS = 126
FIGURES = ("imports_tried", "import_rows", "import_rows_lost")
PEOPLE_AT_ONCE = 2
MOT_DE_PASSE = "Figures-2026-Figures"


def import_at_random(database_url: str, folder: Path) -> Counter[str]:
    """Return how many lists were tried, and how many people were not found exactly once."""
    migration.upgrade(database_url)
    config = Config(
        data_dir=folder,
        database_url=database_url,
        redis_url=f"unix://{folder / 'nobody-listens'}",
        secret_key="0123456789abcdef0123456789abcdef",
    )
    app = create_app(config)
    logging.getLogger("monespace").setLevel(logging.ERROR)
    try:
        people = [Essai(app, rank) for rank in range(PEOPLE_AT_ONCE)]
        with ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
            found = list(pool.map(Essai.run, people))
    finally:
        app.extensions["database"].dispose()
    # A figure of nought is a figure: adding counters would leave it out.
    return Counter({name: sum(one[name] for one in found) for name in FIGURES})


@dataclass
class Essai:
    """One company whose HR manager imports one list after the other."""

    app: Flask
    rank: int
    known: list[Personne] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = Random(SEED + self.rank)
        self.born = self.rank * 40_000
        with self.database.transaction():
            self.societe: Societe = societe(("005720784", "999012586")[self.rank])
            self.rh = self.societe.person("Martin", administrateur=True)
            person = session().get_one(Utilisateur, self.rh.utilisateur_id)
            person.mot_de_passe = hash_password(MOT_DE_PASSE)
            courriel = person.courriel
        self.client = Client(self.app, checking=False)
        self.client.sign_in(courriel, MOT_DE_PASSE)

    @property
    def database(self) -> Database:
        found: Database = self.app.extensions["database"]
        return found

    def run(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for essai in range(LISTS):
            found += self._one(directory=self.random.random() < 0.7, essai=essai)
        return found

    def _one(self, directory: bool, essai: int) -> Counter[str]:
        people = [self._newcomer() for _ in range(self.random.randint(1, 25))]
        if directory and self.known:
            people += self.random.sample(self.known, min(len(self.known), 3))
        made = liste(self.random, people, directory)
        dossier = "" if directory else self._dossier()
        qui = Importateur(self.client, dossier)
        page = self._sent(qui, made)
        given = qui.a_corriger(page) if made.fautes else b""
        lost = self._lost(qui, given, made)
        if made.fautes:
            again = qui.renvoyer(page, mended(given, made))
            page = self._confirmed(qui, self._linked(qui, again))
            lost += [f"not taken once mended: {told}" for told in _told(page)]
            lost += [f"mended: {one}" for one in self._absent(qui, people)]
        if directory:
            self.known += people
        for one in lost:
            print(f"  list {essai} of {self.rank}, {made.nom}: {one}", file=sys.stderr)
        return Counter(imports_tried=1, import_rows=len(people), import_rows_lost=len(lost))

    def _newcomer(self) -> Personne:
        self.born += 1
        place = self.random.choice((self.societe.siege, self.societe.annexe))
        return personne(self.random, self.born, place.siret)

    def _dossier(self) -> str:
        with self.database.transaction():
            return self.societe.dossier(self.rh, people=self.random.choice((0, 0, 20))).cle

    def _sent(self, qui: Importateur, made: Liste) -> Answer:
        """From the file to the page of the result."""
        if isinstance(made.contenu, str):
            page = qui.coller(made.contenu)
        else:
            page = qui.envoyer(made.nom, made.contenu)
        return self._confirmed(qui, self._linked(qui, page))

    def _linked(self, qui: Importateur, page: Answer) -> Answer:
        """Columns that nobody knows are not read."""
        assert page.status == 200, (page.status, page.text)
        return qui.relier(page, {}) if page.path.endswith("/colonnes") else page

    def _confirmed(self, qui: Importateur, page: Answer) -> Answer:
        shown = any(page.page.all("select", id="etablissement"))
        answer = qui.confirmer(
            page, **({"etablissement": self.societe.siege.siret} if shown else {})
        )
        assert answer.status == 200, (answer.status, answer.text)
        return answer

    def _lost(self, qui: Importateur, contenu: bytes, made: Liste) -> list[str]:
        """People who are not at exactly one place: taken, or in the workbook given back."""
        given = _given(contenu, made) if contenu else set()
        faults = [f"given back: {one}" for one in given ^ set(made.fautes)]
        back = {one.rank for one in made.personnes if f"r{one.rank}" in given}
        taken = self._taken(qui)
        known = {one.rank for one in self.known}
        return faults + [
            f"{one.bon['prenom']} {one.bon['nom_naissance']}"
            for one in made.personnes
            if taken[one.identite] + (one.rank in back and one.rank not in known) != 1
        ]

    def _absent(self, qui: Importateur, people: Sequence[Personne]) -> Iterator[str]:
        taken = self._taken(qui)
        return (str(one.bon["nom_naissance"]) for one in people if taken[one.identite] != 1)

    def _taken(self, qui: Importateur) -> Counter[str]:
        """How many times each person is in the directory, or in the dossier."""
        with self.database.reading():
            if not qui.dossier:
                own = select(Salarie.identite).where(
                    Salarie.organisation_id == self.rh.organisation_id
                )
                return Counter(session().scalars(own))
            dossier = session().scalars(select(Dossier).where(Dossier.cle == qui.dossier)).one()
            held: list[Stagiaire | EnAttente] = [*dossier.stagiaires, *dossier.en_attente]
            return Counter(identity_of(one.reponses) for one in held)


def mended(contenu: bytes, made: Liste) -> bytes:
    """The workbook given back, as its author mends it: right cells typed, false doubles deleted."""
    book, sheet = opened(contenu)
    line = heading_line(sheet)
    columns = columns_of(sheet, line)
    mark = columns[made.marque]
    for row in range(sheet.max_row, line, -1):
        mend = made.fautes.get(str(sheet.cell(row, mark).value), {})
        if mend is None:
            sheet.delete_rows(row)
            continue
        for heading, value in mend.items():
            put(sheet, row, columns[heading.strip()], value)
    return saved(book)


def _given(contenu: bytes, made: Liste) -> set[str]:
    """The marks of the rows given back."""
    _, sheet = opened(contenu)
    line = heading_line(sheet)
    headings = [str(cell.value or "").strip() for cell in sheet[line]]
    assert A_CORRIGER in [heading.casefold() for heading in headings]
    mark = headings.index(made.marque)
    return {
        str(row[mark])
        for row in sheet.iter_rows(min_row=line + 1, values_only=True)
        if row[mark] is not None
    }


def _told(page: Answer) -> list[str]:
    """What the page of the result still asks to mend."""
    return [page.text] if "Télécharger le classeur à corriger" in page.text else []

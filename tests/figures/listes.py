"""Spreadsheets of every shape about made-up people, each with what is wrong in it."""

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from monespace.salaries.fiche import CONTRATS, CSP, FICHE, NIVEAUX
from monespace.salaries.identite import identity_of
from tests.imports.classeurs import Cellule, texte, xlsx

EXCEL_DAY_ZERO = date(1899, 12, 30)
HEADINGS = {question.name: (question.label, *question.headings) for question in FICHE.questions}
IDENTITY = ("nom_naissance", "prenom", "naissance")
MARKS = ("Observations", "Remarques du service", "Repère")
SYLLABLES = ("ba", "lo", "mi", "ru", "té", "né", "ça", "doux", "roi", "gi")
ABOVE = (("Les Halles d’Ajaccio",), ("Liste des effectifs", None, "2026"), ("Confidentiel",))
BROKEN: Mapping[str, Sequence[Cellule]] = {
    "naissance": ("31/02/1990", "bientôt", "12/1990"),
    "courriel": ("pas une adresse", "a@"),
    "csp": ("Zorglub",),
    "contrat": ("à voir",),
    "telephone": ("12",),
    "prenom": (None,),
    "nom_naissance": (None,),
}


@dataclass(frozen=True)
class Personne:
    """Somebody, and what a right cell says of them, by name of question."""

    rank: int
    bon: Mapping[str, Cellule]

    @property
    def identite(self) -> str:
        born = self.bon["naissance"]
        assert isinstance(born, date)
        return identity_of({**_texts(self.bon), "naissance": born.isoformat()})


@dataclass
class Liste:
    """One spreadsheet: its bytes, and what is wrong in it, by the mark of each row."""

    nom: str
    contenu: bytes | str
    titres: Mapping[str, str]
    personnes: Sequence[Personne]
    # Mark of a row that must come back → the cells that mend it, by heading; None: to be deleted.
    fautes: dict[str, Mapping[str, Cellule] | None] = field(default_factory=dict)
    marque: str = ""


def personne(random: Random, rank: int, siret: str) -> Personne:
    name = "".join(SYLLABLES[int(digit)] for digit in f"{rank:05}").capitalize()
    first = "".join(SYLLABLES[int(digit)] for digit in f"{rank:05}"[::-1]).capitalize()
    born = date(random.randint(1950, 2006), random.randint(1, 12), random.randint(1, 28))
    return Personne(
        rank,
        {
            "matricule": f"M{rank:05}",
            "nom_naissance": random.choice((name, f"L’{name}", f"{name}-Diallo")),
            "prenom": first,
            "naissance": born,
            "emploi": random.choice(("Vendeuse", "Cariste", "Chef de rayon")),
            "courriel": f"p{rank}@entreprise.example",
            "telephone": f"06 {rank // 10_000:02} {rank // 100 % 100:02} {rank % 100:02} 11",
            "csp": random.choice(CSP)[1],
            "contrat": random.choice(CONTRATS)[1],
            "diplome": random.choice(NIVEAUX)[1],
            "embauche": date(2010 + rank % 15, 1 + rank % 12, 1 + rank % 28),
            "etablissement": siret,
        },
    )


def liste(random: Random, people: Sequence[Personne], directory: bool) -> Liste:
    """The people in a random spreadsheet; some rows wrong, some there twice."""
    format_ = random.choice(("xlsx", "xlsx", "csv", "csv", "texte"))
    columns = _columns(random, directory)
    titres = {name: _written(random, random.choice(HEADINGS[name])) for name in columns}
    made = Liste("", b"", titres, people, marque=random.choice(MARKS))
    rows = list(_rows(random, made, columns, format_))
    marks = [*columns, "marque"]
    random.shuffle(marks)
    table: list[list[Cellule]] = [[titres.get(name, made.marque) for name in marks]]
    for row in rows:
        table += [[]] * (random.random() < 0.1)
        table.append([row[name] for name in marks])
    # Two lines of one column above would not tell where the table begins in a text.
    above = [list(one) for one in ABOVE[: random.choice((0, 0, 1, 2, 3))]]
    made.nom, made.contenu = _file(random, format_, [*above, *table])
    return made


def _columns(random: Random, directory: bool) -> list[str]:
    more = [name for name in personne(Random(0), 0, "").bon if name not in IDENTITY]
    chosen = random.sample(more, random.randint(1, len(more)))
    # A dossier asks where people work under another name.
    return [*IDENTITY, *(name for name in chosen if directory or name != "etablissement")]


def _rows(
    random: Random, made: Liste, columns: Sequence[str], format_: str
) -> Iterator[dict[str, Cellule]]:
    """One row for each person, or two; what is broken is remembered with its mending."""
    forms = {name: random.choice(_forms(name, format_)) for name in columns}
    breakable = [name for name in BROKEN if name in columns]
    for one in made.personnes:
        right = {name: forms[name](one.bon[name]) for name in columns}
        row = {**right, "marque": f"r{one.rank}"}
        fate = random.random()
        if fate < 0.2:
            name = random.choice(breakable)
            made.fautes[f"r{one.rank}"] = {made.titres[name]: _plain(one.bon[name])}
            yield {**row, name: random.choice(BROKEN[name])}
        elif fate < 0.25:
            yield row
            yield {**row, "marque": f"r{one.rank}-bis"}
        elif fate < 0.3 and "emploi" in columns:
            made.fautes |= {f"r{one.rank}": {}, f"r{one.rank}-bis": None}
            yield row
            yield {**row, "emploi": "Autre emploi", "marque": f"r{one.rank}-bis"}
        else:
            yield row


Form = Callable[[Cellule], Cellule]


def _forms(name: str, format_: str) -> Sequence[Form]:
    """How a column may be written; numbers that Excel turned in workbooks only."""
    if name in ("naissance", "embauche"):
        return (_plain,) if format_ != "xlsx" else (_plain, _same, _serial)
    if name in ("csp", "contrat", "diplome"):
        return (_same, _bare, lambda value: str(value).upper())
    if name == "telephone":
        glued: Form = lambda value: str(value).replace(" ", "")  # noqa: E731
        turned: Form = lambda value: int(str(value).replace(" ", ""))  # noqa: E731
        return (_same, glued) if format_ != "xlsx" else (_same, glued, turned)
    if name == "etablissement" and format_ == "xlsx":
        return (_same, lambda value: float(str(value)))
    return (_same,)


def _same(value: Cellule) -> Cellule:
    return value


def _plain(value: Cellule) -> Cellule:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value


def _serial(value: Cellule) -> Cellule:
    assert isinstance(value, date)
    return (value - EXCEL_DAY_ZERO).days


def _bare(value: Cellule) -> str:
    """Without accents nor typographic spaces."""
    parts = unicodedata.normalize("NFKD", str(value).replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _written(random: Random, heading: str) -> str:
    """A heading as somebody types it."""
    forms: tuple[Form, ...] = (_same, _bare, lambda one: str(one).upper(), lambda one: f" {one}  ")
    return str(random.choice(forms)(heading))


def _file(
    random: Random, format_: str, table: Sequence[Sequence[Cellule]]
) -> tuple[str, bytes | str]:
    if format_ == "xlsx":
        return "liste.xlsx", xlsx(table)
    plain = [[_plain(cell) for cell in row] for row in table]
    if format_ == "texte":
        return "", texte(plain)
    separator = random.choice((";", ";", ","))
    encoding = random.choice(("utf-8", "utf-8-sig", "cp1252"))
    return "liste.csv", texte(plain, separator).encode(encoding)


def _texts(cells: Mapping[str, Cellule]) -> dict[str, str]:
    return {name: str(value) for name, value in cells.items()}

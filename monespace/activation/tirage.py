"""What a batch of letters will hold, and the folder where it is written.

The clear codes exist in the PDFs of that folder and nowhere else. It is written under another
name, then the hashes are committed, then it takes its own: killed at any moment, it leaves either
nothing that opens, or every letter with its hash.
"""

import csv
import fcntl
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import ColumnElement, and_, select, true
from sqlalchemy.orm import joinedload

from monespace import horloge, policy
from monespace.activation.lettres import LINES, Lettre, address
from monespace.activation.models import Courrier, Tirage
from monespace.db import Database, session
from monespace.organisations.models import (
    Entreprise,
    Etablissement,
    Organisation,
    Profil,
    Rattachement,
)
from monespace.refus import Conflit, Refuse
from monespace.stockage import sync_folder

LIST = "imprimeur.csv"
LOCK = ".verrou"
KEY_LENGTH = 12
_PART = ".tirage-"
# A siège that a letter can be sent to: what `Etablissement.adressable` says of one row.
REACHED = and_(
    Etablissement.siege,
    Etablissement.actif,
    Etablissement.adresse != "",
    Etablissement.code_postal != "",
    Etablissement.commune != "",
)


@dataclass(frozen=True, slots=True)
class AFaire:
    """A letter to make: for that organisation, and for that request unless it is a first wave."""

    organisation_id: int
    courrier_id: int | None
    lettre: Lettre


def to_make(sirens: Sequence[str], first_wave: bool) -> Sequence[AFaire]:
    """The letters that wait, by SIREN and profile; with a first wave, those never sent as well.

    A company that has ceased, or whose siège is not known, gets none.
    """
    found = {one.organisation_id: one for one in _waiting(sirens)}
    if first_wave:
        found |= {
            one.organisation_id: one
            for one in _never_sent(sirens)
            if one.organisation_id not in found
        }
    return sorted(found.values(), key=lambda one: (one.lettre.siren, one.lettre.profil))


def _waiting(sirens: Sequence[str]) -> Iterator[AFaire]:
    rows = session().execute(
        select(Organisation, Etablissement, Courrier.id)
        .join(Courrier, Courrier.organisation_id == Organisation.id)
        .join(Entreprise, Entreprise.id == Organisation.entreprise_id)
        .join(Etablissement, Etablissement.entreprise_id == Entreprise.id)
        .where(
            Courrier.tirage_id.is_(None),
            REACHED,
            Entreprise.active,
            _among(sirens),
        )
        .options(joinedload(Organisation.entreprise))
    )
    for organisation, siege, courrier_id in rows:
        yield _letter(organisation, siege, courrier_id)


def _never_sent(sirens: Sequence[str]) -> Iterator[AFaire]:
    rows = session().execute(
        select(Organisation, Etablissement)
        .join(Entreprise, Entreprise.id == Organisation.entreprise_id)
        .join(Etablissement, Etablissement.entreprise_id == Entreprise.id)
        .where(
            ~Organisation.id.in_(select(Courrier.organisation_id)),
            ~Organisation.id.in_(
                select(Rattachement.organisation_id).where(
                    Rattachement.administrateur, policy.in_force(horloge.today())
                )
            ),
            REACHED,
            Entreprise.active,
            _among(sirens),
        )
        .options(joinedload(Organisation.entreprise))
    )
    for organisation, siege in rows:
        yield _letter(organisation, siege, None)


def _among(sirens: Sequence[str]) -> ColumnElement[bool]:
    return Entreprise.siren.in_(sirens) if sirens else true()


def _letter(organisation: Organisation, siege: Etablissement, courrier_id: int | None) -> AFaire:
    lettre = Lettre(
        organisation.siren,
        organisation.profil,
        organisation.nom,
        address(organisation.entreprise, siege),
    )
    return AFaire(organisation.id, courrier_id, lettre)


@contextmanager
def alone(vers: Path) -> Iterator[None]:
    """The only batch that writes in that folder. Raise Conflit."""
    vers.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (vers / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflit(
                f"Un tirage est déjà en cours dans {vers}\u00a0: attendez qu’il finisse."
            ) from None
        yield


def part_of(vers: Path, cle: str) -> Path:
    """Where the batch of that key is written, before it counts."""
    return vers / f"{_PART}{cle}.part"


def final_of(vers: Path, tirage: Tirage) -> Path:
    """Where the letters of a batch that counts are found."""
    return vers / f"tirage-{tirage.cree_le:%Y-%m-%d}-{tirage.cle}"


def settle(database: Database, vers: Path) -> list[Path]:
    """Finish or forget what was interrupted: letters whose hashes are kept get their folder.

    Return the folders that were found to count.
    """
    finished = []
    for part in sorted(vers.glob(f"{_PART}*.part")):
        cle = part.name.removeprefix(_PART).removesuffix(".part")
        with database.reading():
            tirage = session().scalar(select(Tirage).where(Tirage.cle == cle))
        if tirage is None:
            shutil.rmtree(part)
        else:
            final = final_of(vers, tirage)
            part.rename(final)
            finished.append(final)
    sync_folder(vers)
    return finished


def file_name(number: int, lettre: Lettre) -> str:
    """«0001-812345678-adherent.pdf»."""
    profil = "adherent" if lettre.profil is Profil.ADHERENT else "prestataire"
    return f"{number:04}-{lettre.siren}-{profil}.pdf"


def write(path: Path, content: bytes) -> None:
    """Write a file that its owner alone reads, for good."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_list(folder: Path, lettres: Sequence[tuple[Lettre, int]]) -> None:
    """The printer's file: one line a letter, with its pages, in order; then the folder lasts."""
    text = io.StringIO()
    table = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL)
    lines = [f"ligne {number}" for number in range(1, LINES + 1)]
    table.writerow(["numéro", "SIREN", "profil", *lines, "fichier", "pages"])
    for number, (lettre, pages) in enumerate(lettres, start=1):
        where = [_plain(line) for line in lettre.destinataire[:LINES]]
        where += [""] * (LINES - len(where))
        name = file_name(number, lettre)
        table.writerow([number, lettre.siren, lettre.profil.value, *where, name, pages])
    write(folder / LIST, text.getvalue().encode("utf-8-sig"))
    sync_folder(folder)


def erase(folder: Path, tirage: Tirage) -> int:
    """Delete the letters of a batch; the printer's list stays. Return how many there were."""
    if not (folder.is_dir() and folder.name.endswith(tirage.cle)):
        raise Refuse(
            f"{folder} n’est pas le dossier de ce tirage\u00a0: rien n’a été effacé. Donnez le "
            "chemin du dossier qui contient ses lettres."
        )
    letters = list(folder.glob("*.pdf"))
    for letter in letters:
        letter.unlink()
    sync_folder(folder)
    return len(letters)


def presumed(remis_le: date, known: date, days: int) -> date:
    """The presumed day of reception, once posted: never earlier than the letter itself tells."""
    return max(known, date.fromordinal(remis_le.toordinal() + days))


def _plain(line: str) -> str:
    # A spreadsheet must not take a name for a formula.
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line

"""The letter of one (SIREN, profil), as a tagged PDF: the only place where a code is clear."""

import io
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pikepdf
import typst

from monespace.activation.codes import GROUP, expiry, last_day
from monespace.config import Opco
from monespace.organisations.models import Entreprise, Etablissement, Profil
from monespace.typographie import date_long
from monespace.typographie import siren as spaced

TEMPLATE = Path(__file__).with_name("gabarits") / "lettre.typ"
# What a line of an address may hold, and how many lines a window shows.
LINE, LINES = 38, 6


@dataclass(frozen=True, slots=True)
class Lettre:
    """Whom a letter is for; the code is given apart, when it is printed."""

    siren: str
    profil: Profil
    nom: str
    destinataire: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expediteur:
    """Who sends the letters, and where the portal is."""

    opco: Opco
    adresse: str


def address(entreprise: Entreprise, siege: Etablissement) -> tuple[str, ...]:
    """The lines of the address of the siège, as SIRENE gives it, the post's way."""
    where = [siege.complement, siege.adresse] if siege.complement else [siege.adresse]
    town = _cut(f"{siege.code_postal} {siege.commune}")[:1]
    # The name and the town are always there, whatever must be cut between them.
    street = [line for part in where for line in _cut(part)][: LINES - 2]
    names = _cut(entreprise.raison_sociale)[: LINES - 1 - len(street)]
    return (*names, *street, *town)


def pdf(lettre: Lettre, code: str, jour: date, recu_le: date, sender: Expediteur) -> bytes:
    """One page, PDF/UA, with the code in large groups and nowhere else."""
    told = {
        "code": [code[start : start + GROUP] for start in range(0, len(code), GROUP)],
        "siren": spaced(lettre.siren),
        "profil": lettre.profil.value,
        "nom": lettre.nom,
        "destinataire": list(lettre.destinataire),
        "jour": date_long(jour),
        "recu": date_long(recu_le),
        "dernier": date_long(last_day(expiry(recu_le))),
        "opco": sender.opco.nom,
        "telephone": sender.opco.telephone,
        "courriel": sender.opco.courriel,
        "adresse": _shown(sender.adresse),
        "contact": _shown(f"{sender.adresse}/aide/contact"),
        "aide": _shown(f"{sender.adresse}/aide/codes"),
    }
    made = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=_fonts(),
        sys_inputs={"lettre": json.dumps(told)},
        pdf_standards=["ua-1"],
    )
    assert isinstance(made, bytes)
    return made


def pages(made: bytes) -> int:
    """How many pages were made: the printer must know of a second one."""
    with pikepdf.open(io.BytesIO(made)) as opened:
        return len(opened.pages)


def _shown(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://")


def _cut(line: str) -> Sequence[str]:
    return textwrap.wrap(line.upper(), LINE)


@cache
def _fonts() -> typst.Fonts:
    """Those typst brings, the same on every machine."""
    return typst.Fonts(include_system_fonts=False)

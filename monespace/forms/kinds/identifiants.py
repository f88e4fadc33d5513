"""Numbers and codes given by the administration, kept as text to save their zeros."""

from typing import ClassVar

from monespace import typographie
from monespace.forms import cellules, validators
from monespace.forms.cellules import Cellule
from monespace.forms.kinds.base import Code, Raw
from monespace.typographie import NBSP


class Numbered(Code):
    """A code of `length` digits, whose first zeros a spreadsheet takes away."""

    length: ClassVar[int]

    def from_cell(self, cellule: Cellule) -> Raw:
        return (cellules.digits(cellule, self.length, self.parse),)


class Siren(Numbered):
    """The 9 digits of a company."""

    inputmode = "numeric"
    width = "w-14"
    invite = validators.SIREN
    pattern = "[0-9]{9}"
    length = 9

    def parse(self, typed: str) -> str:
        return validators.siren(typed)

    def text(self, value: str | None) -> str:
        return typographie.siren(value or "")


class Siret(Numbered):
    """The 14 digits of an établissement."""

    inputmode = "numeric"
    width = "w-20"
    invite = validators.SIRET
    pattern = "[0-9]{14}"
    length = 14

    def parse(self, typed: str) -> str:
        return validators.siret(typed)

    def text(self, value: str | None) -> str:
        return typographie.siret(value or "")


class Nda(Numbered):
    """The 11 digits of a numéro de déclaration d'activité."""

    inputmode = "numeric"
    width = "w-20"
    invite = validators.NDA
    pattern = "[0-9]{11}"
    length = 11

    def parse(self, typed: str) -> str:
        return validators.nda(typed)

    def text(self, value: str | None) -> str:
        return NBSP.join((value[:2], value[2:4], value[4:9], value[9:])) if value else ""


class Nir(Code):
    """A person's numéro de sécurité sociale, key included. Kept encrypted, shown masked."""

    width = "w-20"
    invite = validators.NIR
    pattern = "[123478][0-9]{4}([0-9]{2}|2[AB])[0-9]{8}"

    def parse(self, typed: str) -> str:
        return validators.nir(typed)

    def text(self, value: str | None) -> str:
        return _spaced(value) if value else ""

    def masked(self, value: str) -> str:
        """Sex, year and month of birth, and nothing of the rest: «1 05 06 ** *** ***»."""
        return NBSP.join((value[0], value[1:3], value[3:5], "**", "***", "***"))


def _spaced(nir: str) -> str:
    parts = (nir[0], nir[1:3], nir[3:5], nir[5:7], nir[7:10], nir[10:13], nir[13:])
    return NBSP.join(parts)


class CodePostal(Numbered):
    """The 5 digits of a postal code."""

    inputmode = "numeric"
    width = "w-8"
    invite = validators.CODE_POSTAL
    pattern = "[0-9]{5}"
    length = 5

    def parse(self, typed: str) -> str:
        return validators.code_postal(typed)


class CodeFormation(Code):
    """The code of a certification: RNCP, RNCP and its bloc, or RS."""

    width = "w-20"
    invite = validators.CODE_FORMATION
    pattern = "(RNCP[0-9]{3,5}(BC[0-9]{2})?|RS[0-9]{1,5})"

    def parse(self, typed: str) -> str:
        return validators.code_formation(typed)


class CodeNsf(Code):
    """The code of a field of training in the NSF."""

    width = "w-4"
    inputmode = "numeric"
    invite = validators.CODE_NSF
    pattern = "[1-4][0-9]{2}"

    def parse(self, typed: str) -> str:
        return validators.code_nsf(typed)


class CodeRome(Code):
    """The code of a trade in the ROME."""

    width = "w-8"
    invite = validators.CODE_ROME
    pattern = "[A-N][0-9]{4}"

    def parse(self, typed: str) -> str:
        return validators.code_rome(typed)

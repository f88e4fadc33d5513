"""Numbers and codes given by the administration, kept as text to save their zeros."""

from monespace import typographie
from monespace.forms import validators
from monespace.forms.kinds.base import Code
from monespace.typographie import NBSP


class Siren(Code):
    """The 9 digits of a company."""

    inputmode = "numeric"
    width = "w-14"
    invite = validators.SIREN
    pattern = "[0-9]{9}"

    def parse(self, typed: str) -> str:
        return validators.siren(typed)

    def text(self, value: str | None) -> str:
        return typographie.siren(value or "")


class Siret(Code):
    """The 14 digits of an établissement."""

    inputmode = "numeric"
    width = "w-20"
    invite = validators.SIRET
    pattern = "[0-9]{14}"

    def parse(self, typed: str) -> str:
        return validators.siret(typed)

    def text(self, value: str | None) -> str:
        return typographie.siret(value or "")


class Nda(Code):
    """The 11 digits of a numéro de déclaration d'activité."""

    inputmode = "numeric"
    width = "w-20"
    invite = validators.NDA
    pattern = "[0-9]{11}"

    def parse(self, typed: str) -> str:
        return validators.nda(typed)

    def text(self, value: str | None) -> str:
        return NBSP.join((value[:2], value[2:4], value[4:9], value[9:])) if value else ""


class CodePostal(Code):
    """The 5 digits of a postal code."""

    inputmode = "numeric"
    width = "w-8"
    invite = validators.CODE_POSTAL
    pattern = "[0-9]{5}"

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

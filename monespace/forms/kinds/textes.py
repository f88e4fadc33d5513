"""Free text, e-mail addresses, telephone numbers."""

from monespace.db import Json
from monespace.forms import cellules, contacts
from monespace.forms.cellules import Cellule
from monespace.forms.kinds.base import Cell, Code, Raw
from monespace.forms.phrases import Illisible, insecables
from monespace.forms.validators import lines
from monespace.typographie import NBSP, count, plural

# Spaces and decomposed accents are not counted, so more may be typed than is kept.
_SLACK = 4
_WIDTHS = (4, 8, 14, 20)


class Text(Code):
    """One line of free text, at most `max_length` characters."""

    def __init__(self, max_length: int) -> None:
        self.max_length = max_length
        self.limit = max_length * _SLACK
        self.invite = f"Raccourcissez ce texte : {_characters(max_length)} au maximum."
        self.width = next((f"w-{size}" for size in _WIDTHS if max_length <= size), "w-full")

    def parse(self, typed: str) -> str:
        if len(typed) > self.max_length:
            raise Illisible(f"{self.invite} Vous en avez saisi {count(len(typed))}.")
        return typed

    def write(self, value: str | None) -> Raw:
        return (value or "",)

    def text(self, value: str | None) -> str:
        return insecables(value or "")

    def schema(self) -> dict[str, Json]:
        return {"type": "string", "minLength": 1, "maxLength": self.max_length}


class LongText(Text):
    """Free text of several paragraphs, at most `max_length` characters."""

    component = "area"

    def read(self, raw: Raw) -> str | None:
        typed = lines(raw[0] if raw else "", self.limit, self.invite)
        return self.parse(typed) if typed else None


class Email(Code):
    """An e-mail address."""

    inputmode = "email"
    limit = 320
    invite = contacts.EMAIL
    pattern = "[^@ ]+@[^@ ]+[.][^@ ]+"

    def parse(self, typed: str) -> str:
        return contacts.email(typed)


class Phone(Code):
    """A French telephone number, overseas included, kept as E.164."""

    inputmode = "tel"
    width = "w-20"
    invite = contacts.PHONE
    pattern = "[+][0-9]{8,15}"

    def parse(self, typed: str) -> str:
        return contacts.phone(typed)

    def text(self, value: str | None) -> str:
        return contacts.phone_text(value) if value else ""

    def cell(self, value: str | None) -> Cell:
        return self.text(value).replace(NBSP, " ") or None

    def from_cell(self, cellule: Cellule) -> Raw:
        return (cellules.phone(cellule),)


def _characters(number: int) -> str:
    return plural(number, "caractère", "caractères")

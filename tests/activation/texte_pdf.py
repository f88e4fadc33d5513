"""The text of a PDF as a reader of the page sees it: enough to find a code in a letter."""

import io
import re

import pikepdf

_RANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_CHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def text_of(content: bytes) -> str:
    """Every glyph that is shown, page after page, a new line for each piece of text."""
    shown = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            fonts = {
                str(name): _unicode(font.ToUnicode.read_bytes())
                for name, font in page.Resources.Font.items()
            }
            current: dict[int, str] = {}
            for step in pikepdf.parse_content_stream(page):
                operands, operator = step.operands, step.operator
                if str(operator) == "Tf":
                    current = fonts[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    for piece in operands if str(operator) == "Tj" else operands[0]:
                        if isinstance(piece, pikepdf.String):
                            shown.append(_read(bytes(piece), current))
                elif str(operator) == "ET":
                    shown.append("\n")
    return "".join(shown)


def codes_of(content: bytes) -> list[str]:
    """The codes that a letter shows: four groups of four symbols, in large."""
    letters = re.sub(r"\s+", "", text_of(content))
    return re.findall(r"([0-9A-HJKMNP-TV-Z]{16})Quatregroupes", letters)


def _read(piece: bytes, font: dict[int, str]) -> str:
    glyphs = (int.from_bytes(piece[at : at + 2], "big") for at in range(0, len(piece), 2))
    return "".join(font.get(glyph, "\ufffd") for glyph in glyphs)


def _unicode(cmap: bytes) -> dict[int, str]:
    known: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        known |= {int(glyph, 16): _text(text) for glyph, text in _CHAR.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            start = ord(_text(text))
            known |= {
                glyph: chr(start + glyph - int(first, 16))
                for glyph in range(int(first, 16), int(last, 16) + 1)
            }
    return known


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be")

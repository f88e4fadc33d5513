"""A text as a square that a telephone reads."""

import segno

# White around it, or telephones do not find it.
BORDER = 4
SCALE = 4


def drawn(text: str) -> str:
    """The QR code as SVG, black on white whatever the theme: so telephones read it."""
    code = segno.make(text, error="m", micro=False)
    picture = code.svg_inline(scale=SCALE, border=BORDER, dark="#000", light="#fff")
    return picture.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)

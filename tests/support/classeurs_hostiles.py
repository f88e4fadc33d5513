"""Workbooks made in code: those that exhaust, lie or are something else."""

import io
import zipfile

from tests.support.classeurs import brut, classeur, feuille, unzipped, zipped

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_ENTITIES = b"".join(
    b'<!ENTITY e%d "%s">' % (rank, b"&e%d;" % (rank - 1) * 10) for rank in range(1, 10)
)
MILLION = 1_000_000


def sparse() -> bytes:
    """Two cells, at both ends of the largest sheet there is: 17 thousand million between them."""
    return brut(feuille('<c r="A1"><v>1</v></c>', '<c r="XFD1048576"><v>2</v></c>'))


def sparse_prefixed() -> bytes:
    """The same, in a namespace with a prefix and single quotes."""
    cells = "<x:c r='A1'><x:v>1</x:v></x:c><x:c  s='0' r='XFD1048576'><x:v>2</x:v></x:c>"
    return _sheet(
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<x:sheetData><x:row>{cells}</x:row></x:sheetData></x:worksheet>"
    )


def sparse_unplaced() -> bytes:
    """The same by rows that do not say their place, then a row of many cells."""
    return brut(f"<sheetData>{'<row/>' * MILLION}<row>{'<c><v>1</v></c>' * 9000}</row></sheetData>")


def zip_bomb() -> bytes:
    """100 MB of blanks in 100 kB."""
    return brut(f"<sheetData>{' ' * 100 * MILLION}</sheetData>")


def rows_bomb() -> bytes:
    """A million lines that hold nothing."""
    return brut(f"<sheetData>{'<row><c/></row>' * MILLION}</sheetData>")


def text_bomb() -> bytes:
    """One text of 30 kB, shared by 200 000 cells: 6 GB once it is written in each."""
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 20 + "</row>") * 10_000
    return brut(f"<sheetData>{rows}</sheetData>", chaines=f"<si><t>{'a' * 30_000}</t></si>")


def entity_bomb() -> bytes:
    """A thousand million letters written in ten lines."""
    return _sheet(
        '<!DOCTYPE worksheet [<!ENTITY e0 "a">' + _ENTITIES.decode() + "]>"
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + feuille('<c r="A1" t="inlineStr"><is><t>&e9;</t></is></c>')
        + "</worksheet>"
    )


def external_entity() -> bytes:
    """Asks for a file of the server."""
    strings = (
        b'<!DOCTYPE sst [<!ENTITY f SYSTEM "file:///etc/passwd">]><sst><si><t>&f;</t></si></sst>'
    )
    return brut(feuille('<c r="A1" t="s"><v>0</v></c>'), autres={"xl/sharedStrings.xml": strings})


def in_utf_16() -> bytes:
    """Its sheet is written in an encoding that hides it from whoever looks for bytes."""
    part = '<?xml version="1.0" encoding="UTF-16"?><worksheet/>'.encode("utf-16")
    return brut("", autres={"xl/worksheets/sheet1.xml": part})


def climbing() -> bytes:
    """Holds a file that would be written elsewhere."""
    return brut(feuille('<c r="A1"><v>1</v></c>'), autres={"../../etc/cron.d/x": b"x"})


def crowded() -> bytes:
    """Holds more parts than any workbook."""
    return brut(
        feuille('<c r="A1"><v>1</v></c>'),
        autres={f"xl/media/image{rank}.png": b"x" for rank in range(300)},
    )


def macros() -> bytes:
    """Carries a program."""
    return zipped(unzipped(classeur([["Nom"]])) | {"xl/vbaProject.bin": b"\xcc\x61" * 100})


def encrypted_entry() -> bytes:
    """An archive whose parts need a password."""
    whole = bytearray(zipped({"xl/workbook.xml": b"x"}))
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        whole[whole.index(start) + offset] |= 1
    return bytes(whole)


def binary() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b"\x83\x01"})


def ods() -> bytes:
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    )


def word() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})


def truncated() -> bytes:
    whole = classeur([["Nom", "Prénom"], ["Martin", "Paul"]])
    return whole[: len(whole) // 2]


def corrupted() -> bytes:
    """One byte of its sheet was changed on the way."""
    whole = bytearray(classeur([["Nom", "Prénom"]] * 50))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    whole[start + 80] ^= 0xFF
    return bytes(whole)


def old_xls() -> bytes:
    return _OLE + "Workbook".encode("utf-16-le") + bytes(2000)


def with_password() -> bytes:
    """What Excel makes of a workbook protected by a password: no longer an archive."""
    return _OLE + "EncryptedPackage".encode("utf-16-le") + bytes(2000)


def html() -> bytes:
    return b"<html><body><table><tr><td>Nom</td></tr></table></body></html>"


def xml_2003() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'


def _sheet(xml: str) -> bytes:
    return brut("", autres={"xl/worksheets/sheet1.xml": xml.encode()})

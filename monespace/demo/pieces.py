"""Small sound PDFs, written without a library: one page, a title and a few lines."""

from collections.abc import Sequence

TITLE_SIZE, LINE_SIZE = 18, 11


def pdf(titre: str, lignes: Sequence[str]) -> bytes:
    """A one-page PDF that shows `titre`, then `lignes`."""
    stream = _text(titre, TITLE_SIZE, 770) + b"".join(
        _text(ligne, LINE_SIZE, 730 - 20 * rank) for rank, ligne in enumerate(lignes)
    )
    return _assembled(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>",
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(stream), stream),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        )
    )


def _text(texte: str, size: int, height: int) -> bytes:
    shown = texte.encode("cp1252", "replace").hex().encode()
    return b"BT /F1 %d Tf 60 %d Td <%s> Tj ET\n" % (size, height, shown)


def _assembled(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.7\n", b"0000000000 65535 f \n"
    for number, content in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    return body + b"xref\n0 %d\n" % size + places + end

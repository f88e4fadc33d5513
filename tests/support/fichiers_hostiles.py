"""Sample files made in code: those that hide, break or attack something."""

import io
import zlib

import pikepdf
from PIL import Image

from tests.support.fichiers import MEGABYTE, archive, document, exe, jpg, pdf, png, saved, written


def pdf_goes_to_page() -> bytes:
    """Sound: opens on its first page, as many programs ask, and holds a link to the web."""
    projet = document()
    page = projet.pages[0].obj
    projet.Root.OpenAction = pikepdf.Array([page, pikepdf.Name.Fit])
    lien = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
    page.Annots = pikepdf.Array([_link(lien)])
    return saved(projet)


def pdf_javascript() -> bytes:
    """Runs a script when it is opened."""
    projet = document()
    projet.Root.OpenAction = _script()
    return saved(projet)


def pdf_page_javascript() -> bytes:
    """Runs a script when its page is closed."""
    projet = document()
    projet.pages[0].obj.AA = pikepdf.Dictionary(C=_script())
    return saved(projet)


def pdf_link_javascript() -> bytes:
    """Carries a script three objects deep, behind the /Next of a harmless action."""
    projet = document()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.org"))
    action.Next = pikepdf.Array([_script()])
    projet.pages[0].obj.Annots = pikepdf.Array([_link(action)])
    return saved(projet)


def pdf_launch() -> bytes:
    """Starts a program when it is opened."""
    projet = document()
    projet.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
    return saved(projet)


def pdf_attachment() -> bytes:
    """Carries another file."""
    projet = document()
    projet.attachments["paie.exe"] = exe()
    return saved(projet)


def pdf_xfa() -> bytes:
    """Is an XFA form."""
    projet = document()
    formulaire = projet.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
    projet.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=formulaire)
    return saved(projet)


def pdf_without_page() -> bytes:
    """Opens, and holds nothing."""
    return saved(pikepdf.new())


def pdf_truncated() -> bytes:
    """Lost its second half."""
    whole = pdf()
    return whole[: len(whole) // 2]


def pdf_after_html() -> bytes:
    """A page of HTML that PDF readers open all the same."""
    return b"<html><script>alert(1)</script></html>\n" + pdf()


def pdf_before_zip() -> bytes:
    """A PDF to PDF readers, an archive to the others."""
    return pdf() + archive()


def pdf_hiding_its_weight() -> bytes:
    """Under 1 MB, 600 MB once the stream of its objects is decompressed."""
    objets = b"<</Type/Catalog/Pages 2 0 R>>".ljust(40)
    objets += b"<</Type/Pages/Count 1/Kids[3 0 R]>>".ljust(50)
    objets += b"<</Type/Page/MediaBox[0 0 9 9]>>"
    blancs, zipper = bytes(MEGABYTE).replace(b"\0", b" "), zlib.compressobj(9)
    flux = zipper.compress(b"1 0 2 40 3 90 ".ljust(100) + objets)
    flux += b"".join(zipper.compress(blancs) for _ in range(600)) + zipper.flush()
    debut = b"%PDF-1.7\n"
    debut_flux = b"4 0 obj\n<</Type/ObjStm/N 3/First 100/Filter/FlateDecode/Length %d>>\nstream\n"
    corps = debut + debut_flux % len(flux) + flux + b"\nendstream\nendobj\n"
    places = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, len(debut), 0), (1, len(corps), 0)]
    index = b"".join(bytes([a]) + b.to_bytes(4) + c.to_bytes(2) for a, b, c in places)
    table = b"5 0 obj\n<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(index)
    return corps + table + index + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(corps)


def pdf_repeating_a_page(times: int = 1_000_000) -> bytes:
    """Names the one page it holds `times` times."""
    return written(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (times, b"3 0 R " * times),
            b"<</Type/Page/MediaBox[0 0 9 9]>>",
        ]
    )


def pdf_looping() -> bytes:
    """Its tree of pages contains itself."""
    return written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"])


def pdf_without_catalog() -> bytes:
    """Begins and ends like a PDF, with nothing in between."""
    return b"%PDF-1.7\n" + b"rien " * 40 + b"\n%%EOF\n"


def jpg_truncated() -> bytes:
    """A photograph of which a third is missing."""
    whole = jpg(600, 400)
    return whole[: len(whole) * 2 // 3]


def png_truncated() -> bytes:
    """A drawing that ends too early, under a false end."""
    whole = png(600, 400)
    return whole[: len(whole) // 2] + b"IEND"


def jpg_of_telephone() -> bytes:
    """Sound: a second, larger picture stands after the end of the first."""
    return jpg() + jpg(600, 400)


def jpg_with_html() -> bytes:
    """A photograph to some, a page with a script to others."""
    return jpg() + b"<ScRiPt src=x></script>"


def png_bomb() -> bytes:
    """A few kilobytes, 400 million pixels once drawn."""
    buffer = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(buffer, "PNG")
    return buffer.getvalue()


def _script() -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _link(action: pikepdf.Dictionary) -> pikepdf.Dictionary:
    zone = pikepdf.Array([0, 0, 9, 9])
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=zone, A=action
    )

"""Free text, e-mail addresses and telephone numbers."""

import pytest

from monespace.forms.kinds import Email, Illisible, Kind, LongText, Phone, Text


def _told(kind: Kind[str], typed: str) -> str:
    with pytest.raises(Illisible) as told:
        kind.read((typed,))
    return str(told.value).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("O'Neill d’Été", "O'Neill d’Été"),
        ("Łucja Ğüneş-ßtraße İ", "Łucja Ğüneş-ßtraße İ"),
        ("Formation 👩🏽\u200d🏫 🇫🇷", "Formation 👩🏽\u200d🏫 🇫🇷"),
        ("E\u0301lodie", "Élodie"),
        ("E\u202e\u0301lodie", "Élodie"),
        ("  deux   mots\u00a0là\t\n", "deux mots là"),
        ("nul\0 \x0bcloche\x07 \x1b[31m", "nul cloche [31m"),
        ("\u202eexe.gpj\u202c\u200f\u2066", "exe.gpj"),
        ("a\ud800b\udfff\ufffe", "ab"),
        ("in\xadvi\u200bsi\ufeffble", "invisible"),
        ("=1+1", "=1+1"),
        ("é" * 20, "é" * 20),
    ],
)
def test_text_keeps_what_people_write_and_loses_what_breaks(typed: str, kept: str) -> None:
    assert Text(20).read((typed,)) == kept


def test_text_is_counted_once_cleaned() -> None:
    assert Text(3).read((" e\u0301e\u0301e\u0301 ",)) == "ééé"
    assert _told(Text(255), "x" * 256) == (
        "Raccourcissez ce texte : 255 caractères au maximum. Vous en avez saisi 256."
    )
    assert _told(Text(255), "x" * 5000) == "Raccourcissez ce texte : 255 caractères au maximum."


def test_text_is_shown_in_french_typography_and_kept_plain() -> None:
    kind = Text(50)
    assert kind.read(("Excel\u00a0: niveau 2",)) == "Excel : niveau 2"
    assert kind.text("Excel : niveau 2") == "Excel\u00a0: niveau 2"
    assert kind.cell("Excel : niveau 2") == "Excel : niveau 2"


def test_long_text_keeps_its_paragraphs() -> None:
    typed = "\r\n Un  objectif\r\n\r\n\r\n\r\ndeux\rtrois \n"
    assert LongText(100).read((typed,)) == "Un objectif\n\ndeux\ntrois"


@pytest.mark.parametrize(
    ("length", "width"), [(4, "w-4"), (5, "w-8"), (20, "w-20"), (21, "w-full")]
)
def test_a_control_is_as_wide_as_its_answer(length: int, width: str) -> None:
    assert Text(length).width == width


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Nora.Benali@Delorme.FR ", "Nora.Benali@delorme.fr"),
        ("nom+dossier@delorme.example", "nom+dossier@delorme.example"),
        ("a@café.fr", "a@café.fr"),
    ],
)
def test_an_address_is_read(typed: str, kept: str) -> None:
    assert Email().read((typed,)) == kept


@pytest.mark.parametrize(
    "typed",
    ["nora", "nora@", "@delorme.fr", "nora@delorme", "n ora@d.fr", "andré@d.fr", "a@[1.1.1.1]"],
)
def test_what_is_no_address_is_told(typed: str) -> None:
    assert _told(Email(), typed) == (
        "Indiquez une adresse électronique sans accent ni espace, par exemple nom@entreprise.fr."
    )


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("01 88 13 10 00", "+33188131000", "01 88 13 10 00"),
        ("01.88.13.10.00", "+33188131000", "01 88 13 10 00"),
        ("01-88-13-10-00", "+33188131000", "01 88 13 10 00"),
        ("0188131000", "+33188131000", "01 88 13 10 00"),
        ("+33 1 88 13 10 00", "+33188131000", "01 88 13 10 00"),
        ("+33 (0)1 88 13 10 00", "+33188131000", "01 88 13 10 00"),
        ("0033188131000", "+33188131000", "01 88 13 10 00"),
        ("06 39 98 12 34", "+33639981234", "06 39 98 12 34"),
        ("0976301234", "+33976301234", "09 76 30 12 34"),
        ("0262 16 12 34", "+262262161234", "0262 16 12 34"),
        ("+33 262 16 12 34", "+262262161234", "0262 16 12 34"),
        ("0639 01 23 45", "+262639012345", "0639 01 23 45"),
        ("0590 27 12 34", "+590590271234", "0590 27 12 34"),
        ("0594 10 12 34", "+594594101234", "0594 10 12 34"),
        ("0596 30 12 34", "+596596301234", "0596 30 12 34"),
        ("0696 20 12 34", "+596696201234", "0696 20 12 34"),
        ("+508 43 01 23", "+508430123", "+508 43 01 23"),
        ("+687 20.12.34", "+687201234", "+687 20 12 34"),
        ("+689 40 41 23 45", "+68940412345", "+689 40 41 23 45"),
        ("+681 72 12 34", "+681721234", "+681 72 12 34"),
    ],
)
def test_a_french_number_is_read_and_shown_as_dialled(typed: str, kept: str, shown: str) -> None:
    kind = Phone()
    assert kind.read((typed,)) == kept
    assert kind.text(kept) == shown.replace(" ", "\u00a0")
    assert kind.read(kind.write(kept)) == kept
    assert kind.cell(kept) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "01 88 13 10",
        "018813100",
        "018813100000",
        "20 12 34",
        "+32 2 555 12 12",
        "0O 88",
        "٠١٨٨١٣١٠٠٠",
    ],
)
def test_what_is_no_french_number_is_told(typed: str) -> None:
    assert _told(Phone(), typed) == (
        "Indiquez un numéro de téléphone français, par exemple 01 88 13 10 00."
    )

"""Workbooks made in code, as different people and programs make them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

SIEGE, ANNEXE = "99900100100018", "99900100100026"
ENTETES = (
    *("SIRET", "Matricule", "Civilité", "Nom de naissance", "Prénom", "Date de naissance"),
    *("Sexe", "Adresse e-mail", "Téléphone", "CSP", "Type de contrat", "Emploi occupé"),
    "Niveau de diplôme",
)
PRENOMS = ("Nora", "Élodie", "Jean-Marc", "Inès", "Paul", "Aïcha", "Zoé")
NOMS = ("Benali", "D’Almeida", "Lefèvre", "Nuñez", "Œuvrard", "Martin")

Ligne = Sequence[Any]


def personne(rang: int) -> list[Any]:
    """Somebody who exists nowhere, under ENTETES; nobody else has the same name and birth date."""
    femme = rang % 2 == 0
    return [
        (SIEGE, ANNEXE)[rang % 3 == 0],
        f"{rang:05}",
        "Mme" if femme else "M.",
        f"{NOMS[rang % len(NOMS)]} {chr(65 + rang % 26)}",
        PRENOMS[rang % len(PRENOMS)],
        date(1960 + rang % 40, 1 + rang % 12, 1 + rang % 28),
        "F" if femme else "M",
        f"personne{rang}@entreprise.example",
        f"06 12 34 {rang // 100 % 100:02} {rang % 100:02}",
        "Employé",
        "CDI",
        "Serveuse" if femme else "Serveur",
        "Niveau 4 (baccalauréat)",
    ]


def personnes(nombre: int, debut: int = 0) -> list[list[Any]]:
    return [personne(rang) for rang in range(debut, debut + nombre)]


def classeur(
    lignes: Sequence[Ligne],
    titre: str = "Salariés",
    change: Callable[[Worksheet], object] | None = None,
) -> bytes:
    """A workbook of one sheet; `change` is given the sheet before it is saved."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = titre
    for ligne in lignes:
        sheet.append(list(ligne))
    if change:
        change(sheet)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def opened(contenu: bytes) -> Worksheet:
    """The sheet a person sees first."""
    sheet = openpyxl.load_workbook(io.BytesIO(contenu)).active
    assert isinstance(sheet, Worksheet)
    return sheet


def csv_de(lignes: Sequence[Ligne], separateur: str = ";", encodage: str = "utf-8-sig") -> bytes:
    """A CSV as Excel writes it: dates as they are shown, CRLF."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separateur)
    writer.writerows(
        [f"{one:%d/%m/%Y}" if isinstance(one, date) else one for one in ligne] for ligne in lignes
    )
    return written.getvalue().encode(encodage)


def de_paie(nombre: int = 12) -> bytes:
    """Made by a payroll: columns in another order, capitals, no accents, numbers as numbers."""
    entetes = "NOM PRENOM DATE_NAISSANCE SEXE N_MATRICULE SIRET EMPLOI CONTRAT CIVILITE".split()
    lignes: list[Ligne] = [[*entetes, "CATEGORIE", "NIVEAU"]]
    for siret, matricule, civilite, nom, prenom, naissance, sexe, *_ in personnes(nombre):
        qui = (nom.upper(), prenom.upper(), f"{naissance:%d/%m/%y}", sexe)
        ou = (int(matricule), int(siret), "SERVEUR", "cdi", civilite.upper(), "CADRE", 4)
        lignes.append((*qui, *ou))
    return classeur(lignes, "Export")


def avec_titres(nombre: int = 12) -> bytes:
    """Made by hand: two lines of title, a merged one, a blank one, a total at the end."""

    def dress(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:F1")
        sheet["A1"].font = Font(bold=True, size=16)
        sheet.freeze_panes = "A5"

    lignes: list[Ligne] = [
        ["Liste du personnel à former"],
        ["Mise à jour le", date(2026, 11, 2)],
        [],
        [f"{entete.lower()} *" for entete in ENTETES],
        *personnes(nombre),
        [],
    ]
    return classeur(lignes, "Feuil1", dress)


def inconnu(nombre: int = 12) -> bytes:
    """Made by a program whose headings say nothing."""
    codes = [f"ZC{rang}_LIB" for rang in range(len(ENTETES))]
    return classeur([codes, *personnes(nombre)], "T_EXP")


def equipe_87(fautes: Mapping[int, tuple[str, Any]] | None = None) -> bytes:
    """87 people with styles, widths and a list; `fautes`: line of Excel → (heading, value)."""

    def dress(sheet: Worksheet) -> None:
        for row, (entete, value) in (FAUTES if fautes is None else fautes).items():
            sheet.cell(row, ENTETES.index(entete) + 1).value = value
        sheet["A1"].font = Font(bold=True)
        sheet.column_dimensions["D"].width = 33
        sheet.freeze_panes = "B2"
        choices = DataValidation("list", '"Mme,M."')
        choices.add("C2:C500")
        sheet.add_data_validation(choices)

    return classeur([ENTETES, *personnes(87)], "Équipe", dress)


# Nine lines of `equipe_87` that cannot be read, each for its own reason.
FAUTES: Mapping[int, tuple[str, Any]] = {
    4: ("SIRET", "9990010010001"),
    9: ("Date de naissance", "31/02/1990"),
    15: ("Civilité", "Docteur"),
    23: ("Adresse e-mail", "nora chez entreprise"),
    31: ("Téléphone", "12"),
    44: ("CSP", "Chef"),
    58: ("Type de contrat", "Bail"),
    71: ("Date de naissance", date(2090, 1, 1)),
    88: ("Niveau de diplôme", "Oui"),
}


def libreoffice(lignes: Sequence[Ligne], titre: str = "Feuille1") -> bytes:
    """A workbook as LibreOffice Calc 7 writes it: shared strings, «false» everywhere, an empty
    last line at the bottom of the sheet."""
    shared: dict[str, int] = {}

    def cell(place: str, value: Any) -> str:
        if value is None:
            return f'<c r="{place}" s="0"/>'
        if isinstance(value, date):
            return f'<c r="{place}" s="1" t="n"><v>{(value - date(1899, 12, 30)).days}</v></c>'
        if isinstance(value, int | float):
            return f'<c r="{place}" s="0" t="n"><v>{value}</v></c>'
        return f'<c r="{place}" s="0" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'

    attributes = 'customFormat="false" ht="12.8" hidden="false" customHeight="false"'
    rows = "".join(
        f'<row r="{row}" {attributes} outlineLevel="0" collapsed="false">'
        + "".join(
            cell(f"{get_column_letter(column)}{row}", value)
            for column, value in enumerate(ligne, 1)
        )
        + "</row>"
        for row, ligne in enumerate(lignes, 1)
    )
    bottom = f'<row r="1048576" {attributes} outlineLevel="0" collapsed="false"/>'
    strings = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in shared)
    return brut(f"<sheetData>{rows}{bottom}</sheetData>", titre=titre, chaines=strings)


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def brut(
    feuille: str,
    titre: str = "Feuil1",
    chaines: str = "",
    proprietes: str = "",
    autres: Mapping[str, bytes] | None = None,
) -> bytes:
    """A workbook whose sheet is written by hand; `autres`: more parts, or others instead."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        'package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{types}.sharedStrings+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{types}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships {_RELS}><Relationship Id="rId1" '
        f'Type="{_LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_LINK}">{proprietes}<sheets>'
        f'<sheet name="{escape(titre)}" sheetId="1" r:id="rId3"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_RELS}>"
        f'<Relationship Id="rId1" Type="{_LINK}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId3" Type="{_LINK}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId4" Type="{_LINK}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f"<worksheet {_MAIN}>{feuille}</worksheet>",
        "xl/sharedStrings.xml": f"<sst {_MAIN}>{chaines}</sst>",
        "xl/styles.xml": f'<styleSheet {_MAIN}><fonts count="1"><font><sz val="10"/><name '
        'val="Arial"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/>'
        '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1">'
        '<border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf xfId="0"/><xf xfId="0" numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    whole = {name: (_XML + part).encode() for name, part in parts.items()}
    return zipped(whole | dict(autres or {}))


def feuille(*cellules: str) -> str:
    """The XML of a first row, each cell as it is given."""
    return f'<sheetData><row r="1">{"".join(cellules)}</row></sheetData>'


def zipped(parts: Mapping[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def unzipped(contenu: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(contenu)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lignes_de(sheet: Worksheet) -> Iterator[tuple[Any, ...]]:
    """The values of each row, for a person who looks."""
    return sheet.iter_rows(values_only=True)

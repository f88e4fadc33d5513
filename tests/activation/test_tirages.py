"""Batches of letters: one a SIREN and profile, whole or not at all, and no code anywhere else."""

import csv
import io
import logging
import re
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import func, select, text

from monespace import horloge
from monespace.activation import actions, tirage
from monespace.activation.actions import draw
from monespace.activation.codes import GROUP, last_day
from monespace.activation.essai import AutreProfil, Bon, Faux
from monespace.activation.lettres import Lettre
from monespace.activation.models import CodeActivation, Courrier, Tirage
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.modeles import metadata
from monespace.notifications.models import Notification
from monespace.organisations.models import Entreprise, Etablissement, Profil
from monespace.refus import Conflit, Introuvable, Refuse
from monespace.typographie import date_long
from tests.activation.guichet import FONDERIE, HALLES, OPCO, Guichet
from tests.activation.texte_pdf import codes_of, text_of

ROOT = Path(__file__).parents[2]


def letters(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in sorted(folder.glob("*.pdf"))}


def printers_list(folder: Path) -> Sequence[dict[str, str]]:
    text = (folder / tirage.LIST).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def live(guichet: Guichet) -> int:
    with guichet.database.reading() as opened:
        return (
            opened.scalar(
                select(func.count())
                .select_from(CodeActivation)
                .where(CodeActivation.revoque_le.is_(None))
            )
            or 0
        )


def test_the_letter_says_all_one_needs(guichet: Guichet) -> None:
    folder = guichet.tirer((HALLES,))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.iterdir()} == {0o600}
    made = letters(folder)
    assert list(made) == ["0001-005720784-adherent.pdf", "0002-005720784-prestataire.pdf"]
    for profil, content in zip(Profil, made.values(), strict=True):
        shown = re.sub(r"\s+", " ", text_of(content))
        (code,) = codes_of(content)
        assert f"SIREN 005 720 784 — {profil.value}" in shown.replace("\u00a0", " ")
        assert "HALLES BÂTIMENT C 15 RUE DU PORT 01000 BOURG-EN-BRESSE" in shown
        found = guichet.essayer(guichet.personne(), code, HALLES, profil)
        assert isinstance(found, Bon)
        last = last_day(guichet.code(found.code_id).expire_le)
        assert f"valable jusqu’au {date_long(last)} inclus".replace("\u00a0", " ") in shown.replace(
            "\u00a0", " "
        )
        for help_ in ("conseiller", "assistant emploi formation", "formulaire de contact"):
            assert help_ in shown
        _sound(content, code)


def _sound(content: bytes, code: str) -> None:
    """One page, tagged for screen readers, its code nowhere but on the page."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert len(pdf.pages) == 1
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        about = pdf.Root.Metadata.read_bytes().decode() + repr(dict(pdf.docinfo))
        assert "<pdfuaid:part>1</pdfuaid:part>" in about
    for shown in _writings(code):
        assert shown not in about
        assert shown.encode() not in content


def _writings(code: str) -> Iterable[str]:
    groups = [code[at : at + GROUP] for at in range(0, len(code), GROUP)]
    for joined in ("", "-", " ", "\u00a0"):
        yield joined.join(groups)
        yield joined.join(groups).lower()


def test_a_group_of_forty_gets_forty_letters_and_no_code_is_kept(
    guichet: Guichet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sirens = guichet.groupe(40)
    boss = guichet.administrateur(guichet.organisation())
    guichet.demander(OPCO, HALLES)
    folder = guichet.tirer([*sirens, HALLES])
    rows = printers_list(folder)
    # Each to its own siège, in the order of the pages, the company that has an administrateur
    # because a letter was asked for.
    assert [row["SIREN"] for row in rows if row["SIREN"] != HALLES] == sirens
    assert [(row["SIREN"], row["profil"]) for row in rows if row["SIREN"] == HALLES] == [
        (HALLES, "adhérent"),
        (HALLES, "prestataire"),
    ]
    made = letters(folder)
    assert [row["fichier"] for row in rows] == list(made)
    codes = []
    for row, content in zip(rows, made.values(), strict=True):
        shown = text_of(content)
        where = [row[f"ligne {number}"] for number in range(1, 7) if row[f"ligne {number}"]]
        assert "\n".join(where) in shown
        # No synthesis: a letter names one SIREN.
        assert not [one for one in sirens if one != row["SIREN"] and one[4:] in shown]
        codes += codes_of(content)
    assert len(set(codes)) == len(rows)
    # Typed right, wrong, and under the other profile: trying one keeps nothing of it either.
    assert isinstance(guichet.essayer(boss, codes[0]), Bon)
    assert isinstance(guichet.essayer(boss, codes[-1]), Faux)
    assert isinstance(guichet.essayer(boss, codes[1]), AutreProfil)
    kept = _dump(guichet) + caplog.text + (folder / tirage.LIST).read_text() + " ".join(made)
    assert "argon2id" in kept
    for code in codes:
        for shown in _writings(code):
            assert shown not in kept


def _dump(guichet: Guichet) -> str:
    """Every value of every row."""
    with guichet.database.reading() as opened:
        return "\n".join(
            repr(tuple(row))
            for table in metadata.sorted_tables
            for row in opened.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608
        )


def test_letters_go_to_whom_they_should(guichet: Guichet) -> None:
    guichet.administrateur(guichet.organisation(HALLES))
    with guichet.database.transaction() as opened:
        ceased = opened.scalars(select(Entreprise).where(Entreprise.siren == FONDERIE)).one()
        ceased.active = False
    # One has an administrateur, two are of a company that has ceased.
    rows = printers_list(guichet.tirer())
    assert [(row["SIREN"], row["profil"]) for row in rows] == [(HALLES, "prestataire")]
    assert draw(guichet.presse, guichet.folder / "courriers", (), True) == (None, 0)
    with pytest.raises(Refuse, match="a cessé son activité"):
        guichet.demander(OPCO, FONDERIE)
    with guichet.database.transaction() as opened:
        opened.query(Etablissement).update({Etablissement.adresse: ""})
    with pytest.raises(Refuse, match="adresse du siège"):
        guichet.demander(OPCO, HALLES)


def test_a_letter_asked_for_twice_waits_once_and_replaces_the_code(guichet: Guichet) -> None:
    boss = guichet.administrateur(guichet.organisation())
    (first,) = codes_of(letters(_only(guichet, HALLES))["0001-005720784-adherent.pdf"])
    asked = {guichet.demander(OPCO, HALLES) for _ in range(3)}
    assert len(asked) == 1
    with guichet.database.reading() as opened:
        told = opened.scalars(select(Notification)).all()
    assert [one.utilisateur_id for one in told] == [boss.utilisateur_id] * 2
    # The old code serves until the new letter exists.
    assert isinstance(guichet.essayer(guichet.personne(), first), Bon)
    folder = guichet.tirer(first_wave=False)
    (second,) = codes_of(letters(folder)["0001-005720784-adherent.pdf"])
    assert isinstance(guichet.essayer(guichet.personne(), first), Faux)
    assert isinstance(guichet.essayer(guichet.personne(), second), Bon)


def _only(guichet: Guichet, siren: str) -> Path:
    guichet.demander(OPCO, siren)
    return guichet.tirer((siren,), first_wave=False)


def test_posted_letters_last_from_that_day_and_are_erased(guichet: Guichet) -> None:
    today = horloge.now()
    folder = guichet.tirer((HALLES,))
    cle = folder.name[-tirage.KEY_LENGTH :]
    with horloge.frozen(today + timedelta(days=3)):
        for _ in range(2):
            with guichet.database.transaction():
                handed = actions.hand_over(cle, 5)
    with guichet.database.reading() as opened:
        for code in opened.scalars(select(CodeActivation)):
            assert code.recu_le == horloge.paris(today).date() + timedelta(days=8)
            assert not code.reception_constatee
    with pytest.raises(Refuse, match="rien n’a été effacé"):
        tirage.erase(guichet.folder, handed)
    assert tirage.erase(folder, handed) == 2
    assert [one.name for one in folder.iterdir()] == [tirage.LIST]
    with pytest.raises(Introuvable), guichet.database.transaction():
        actions.hand_over("bcdfghjkmnpq", 5)


def test_a_second_batch_waits_for_the_first(guichet: Guichet) -> None:
    vers = guichet.folder / "courriers"
    with tirage.alone(vers), pytest.raises(Conflit, match="déjà en cours"):
        draw(guichet.presse, vers, (), True)
    assert live(guichet) == 0


def test_letters_made_elsewhere_meanwhile_count_for_nothing(
    guichet: Guichet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two batches in two folders: the second to commit gives up whole."""
    list_written = tirage.write_list

    def overtaken(folder: Path, rows: Sequence[tuple[Lettre, int]]) -> None:
        list_written(folder, rows)
        monkeypatch.setattr(tirage, "write_list", list_written)
        draw(guichet.presse, guichet.folder / "ailleurs", (HALLES,), True)

    guichet.demander(OPCO, HALLES)
    monkeypatch.setattr(tirage, "write_list", overtaken)
    with pytest.raises(Conflit, match="rien n’a été émis"):
        guichet.tirer((HALLES,), first_wave=False)
    assert not list((guichet.folder / "courriers").glob("*tirage*"))
    (elsewhere,) = (guichet.folder / "ailleurs").glob("tirage*")
    assert len(letters(elsewhere)) == live(guichet) == 2


KILLED = """
import sys
from pathlib import Path
from tests.activation.guichet import Guichet
from monespace.activation.actions import draw
from monespace.db import Database

guichet = Guichet(Database(sys.argv[1]), Path(sys.argv[2]), {})
draw(guichet.presse, Path(sys.argv[2]) / "courriers", (), True)
"""


@pytest.mark.parametrize("after", [1, 7, "committed"])
def test_killed_at_any_moment_leaves_no_code_without_its_letter(
    guichet: Guichet, database_url: str, after: int | str
) -> None:
    guichet.groupe(8)
    vers = guichet.folder / "courriers"
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, database_url, str(guichet.folder)], cwd=ROOT
    ) as running:
        limit = time.monotonic() + 60
        while time.monotonic() < limit:
            if after == "committed" and live(guichet):
                break
            if isinstance(after, int) and len(list(vers.glob(".tirage-*/*.pdf"))) >= after:
                break
            time.sleep(0.002)
        running.send_signal(signal.SIGKILL)
    assert running.returncode == -signal.SIGKILL or after == "committed"
    written = {code for one in vers.glob("*tirage*/*.pdf") for code in _codes_if_whole(one)}
    counted = live(guichet)
    assert counted == (0 if isinstance(after, int) else 12)
    assert len(written) == 12 or counted == 0
    # Starting again finishes: every code in force is that of a letter, and no other.
    draw(guichet.presse, vers, (), True)
    assert not list(vers.glob(".tirage*"))
    (folder,) = vers.glob("tirage-*")
    assert live(guichet) == len(letters(folder)) == 12
    with guichet.database.reading() as opened:
        assert opened.scalar(select(func.count()).select_from(Tirage)) == 1
    for name, content in list(letters(folder).items())[:3]:
        (code,) = codes_of(content)
        profil = Profil.PRESTATAIRE if "prestataire" in name else Profil.ADHERENT
        siren = name.split("-")[1]
        assert isinstance(guichet.essayer(guichet.personne(), code, siren, profil), Bon)


def _codes_if_whole(path: Path) -> Sequence[str]:
    try:
        return codes_of(path.read_bytes())
    except pikepdf.PdfError:
        return ()


def test_a_batch_killed_before_its_folder_had_its_name_is_found_again(guichet: Guichet) -> None:
    folder = guichet.tirer((HALLES,))
    vers, cle = folder.parent, folder.name[-tirage.KEY_LENGTH :]
    folder.rename(tirage.part_of(vers, cle))
    (vers / ".tirage-bcdfghjkmnpq.part").mkdir()
    assert tirage.settle(guichet.database, vers) == [folder]
    assert sorted(one.name for one in vers.iterdir()) == [tirage.LOCK, folder.name]
    assert len(letters(folder)) == 2


def test_long_names_and_addresses_fit_the_window(guichet: Guichet) -> None:
    with guichet.database.transaction() as opened:
        one = opened.scalars(select(Entreprise).where(Entreprise.siren == HALLES)).one()
        one.raison_sociale = "=Société nationale " + "des très longues raisons sociales " * 5
        siege = next(each for each in one.etablissements if each.siege)
        siege.adresse = "1234 bis boulevard de la République " * 5
    folder = guichet.tirer((HALLES,))
    for row in printers_list(folder):
        assert row["pages"] == "1"
        lines = [row[f"ligne {number}"] for number in range(1, 7)]
        assert all(len(line) <= 39 for line in lines)
        assert lines[0].startswith("'=")
        assert lines[-1] == "01000 BOURG-EN-BRESSE"


def test_the_row_keeps_where_the_letter_went(guichet: Guichet) -> None:
    guichet.tirer((HALLES,))
    with guichet.database.reading():
        for courrier in session().scalars(select(Courrier)):
            assert courrier.destinataire[-1] == "01000 BOURG-EN-BRESSE"
            assert courrier.tirage is not None
            assert courrier.code is not None
        assert not session().scalars(select(Utilisateur)).all()

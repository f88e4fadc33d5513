"""Compressed copies of the static files: as many as there are versions, and never stale."""

import gzip
from pathlib import Path

import brotli

from monespace import statique

STATIC = Path(statique.__file__).parent / "static"


def test_texts_have_compressed_copies_and_the_rest_has_none(tmp_path: Path) -> None:
    served = statique.compressed(STATIC, tmp_path)
    sheet = served / "css" / "monespace.css"
    assert sheet.read_bytes() == (STATIC / "css" / "monespace.css").read_bytes()
    assert gzip.decompress(sheet.with_name("monespace.css.gz").read_bytes()) == sheet.read_bytes()
    assert brotli.decompress(sheet.with_name("monespace.css.br").read_bytes()) == sheet.read_bytes()
    assert not list(served.glob("fonts/*.woff2.*"))


def test_a_changed_file_is_served_anew_and_the_same_one_is_kept(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("b { color: red }")
    first = statique.compressed(source, tmp_path)
    assert statique.compressed(source, tmp_path) == first
    (source / "a.css").write_text("b { color: blue }")
    assert gzip.decompress((statique.compressed(source, tmp_path) / "a.css.gz").read_bytes()) == (
        b"b { color: blue }"
    )

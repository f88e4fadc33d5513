"""The address of a siège comes from SIRENE, and is written nowhere else."""

import ast
from collections.abc import Iterator
from pathlib import Path

import monespace
from monespace.organisations.models import Entreprise, Etablissement
from tests.support.terrain import UNDONE

ROOT = Path(monespace.__file__).parent
# What takes over the files of SIRENE.
IMPORT = ROOT / "organisations" / "actions"
ADDRESS = {"siege", "complement", "adresse", "code_postal", "commune"}
WRITING = {"insert", "update", "delete", "bulk_insert_mappings", "bulk_update_mappings"}


def _writings(source: str) -> Iterator[int]:
    """The lines that make an établissement, or change where one is."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name("Etablissement")):
                yield node.lineno
            case ast.Call(func=ast.Name(verb), args=[ast.Name("Etablissement"), *_]):
                if verb in WRITING:
                    yield node.lineno
            case ast.Attribute(attr=name, ctx=ast.Store() | ast.Del()) if name in ADDRESS:
                yield node.lineno


def test_nothing_but_the_import_writes_it() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in ROOT.rglob("*.py")
        if IMPORT not in path.parents
        for line in _writings(path.read_text("utf-8"))
    }
    assert not found
    assert list(_writings((IMPORT / "lieux.py").read_text("utf-8")))


def test_no_page_writes_it() -> None:
    """Every act of every page is done in the matrix of accesses: none may touch these tables."""
    assert UNDONE.isdisjoint({Etablissement.__tablename__, Entreprise.__tablename__})

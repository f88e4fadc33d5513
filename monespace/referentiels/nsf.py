"""Spécialités de formation (NSF): the field a course belongs to."""

from functools import cache
from pathlib import Path


def libelle(code: str) -> str:
    """«Ressources humaines, gestion du personnel…» for `315`; empty for an unknown code."""
    return _libelles().get(code, "")


@cache
def _libelles() -> dict[str, str]:
    lines = Path(__file__).with_name("nsf.csv").read_text(encoding="utf-8").splitlines()
    return dict(line.split(";", 1) for line in lines if not line.startswith("#"))

"""Spécialités de formation (NSF): the field a course belongs to."""

from pathlib import Path


def _read() -> tuple[tuple[str, str], ...]:
    lines = Path(__file__).with_name("nsf.csv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split(";", 1) for line in lines if not line.startswith("#"))
    return tuple((code, f"{code} {label}") for code, label in pairs)


SPECIALITES = _read()
"""(code, «code label») pairs, ready for a choice."""

"""Sentences said to the person who typed, in French typography."""

import re

from monespace.typographie import NBSP

_BOUND = re.compile(r" (?=[:;!?»%€])|(?<=«) |(?<=[0-9]) (?=[0-9])")


def insecables(sentence: str) -> str:
    """`sentence` with non-breaking spaces where a line must not be cut."""
    return _BOUND.sub(NBSP, sentence)


class Illisible(ValueError):
    """What was typed cannot be read; the message is a French sentence telling what to type."""

    def __init__(self, sentence: str) -> None:
        super().__init__(insecables(sentence))

"""Kinds of answers: each is one class with all its faces, from the control to the Excel cell."""

from monespace.forms.kinds.base import Kind, Line, Option, Raw
from monespace.forms.kinds.choix import Choice, Choices, Listed, YesNo
from monespace.forms.kinds.dates import Date
from monespace.forms.kinds.identifiants import (
    CodeFormation,
    CodeNsf,
    CodePostal,
    CodeRome,
    Nda,
    Nir,
    Siren,
    Siret,
)
from monespace.forms.kinds.nombres import Hours, Integer, Money, Percent
from monespace.forms.kinds.textes import Email, LongText, Phone, Text
from monespace.forms.phrases import Illisible

__all__ = [
    "Choice",
    "Choices",
    "CodeFormation",
    "CodeNsf",
    "CodePostal",
    "CodeRome",
    "Date",
    "Email",
    "Hours",
    "Illisible",
    "Integer",
    "Kind",
    "Line",
    "Listed",
    "LongText",
    "Money",
    "Nda",
    "Nir",
    "Option",
    "Percent",
    "Phone",
    "Raw",
    "Siren",
    "Siret",
    "Text",
    "YesNo",
]

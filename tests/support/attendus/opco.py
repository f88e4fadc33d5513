"""The companies that the OPCO looks after."""

from collections.abc import Collection, Mapping

# Routes that name the space of a company, for who looks after it at the OPCO; those that name its
# code.
SUR_UNE_ENTREPRISE: Mapping[str, int] = {
    "GET opco.entreprise": 200,
    "GET opco.confirmer_courrier": 200,
    "POST opco.demander_courrier": 303,
}
# The same before somebody administers it; a form without its grid.
AVANT_OUVERTURE: Mapping[str, int] = {"GET opco.predesignation": 200, "POST opco.predesigner": 422}
# The day typed is none.
SUR_UNE_RECEPTION: Mapping[str, int] = {
    "GET opco.reception": 200,
    "POST opco.constater_reception": 422,
}
# What was agreed with «nouvelle».
SUR_UN_PREVU: Mapping[str, int] = {"GET opco.confirmer_annulation": 200, "POST opco.annuler": 303}
SUIVIES: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    ("conseiller", "AEF"), ("halles", "nouvelle")
)
DES_HALLES = (
    *("administrateur", "un SIRET", "tout sur un SIRET", "un dispositif", "consultation"),
    *("accès confiés", "sans droit"),
)
# Whose own space it is: they see that it is there, and do nothing of the sort.
CHEZ_SOI: Mapping[str, str] = {
    **dict.fromkeys(DES_HALLES, "halles"),
    "autre entreprise": "fonderie",
}
# Every table of routes above.
TABLES: tuple[Collection[str], ...] = (
    SUR_UNE_ENTREPRISE,
    AVANT_OUVERTURE,
    SUR_UNE_RECEPTION,
    SUR_UN_PREVU,
)

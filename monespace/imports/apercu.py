"""What is shown of an import before anything is written, as the row of the import keeps it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from monespace.db import Json
from monespace.forms.answers import Answer
from monespace.forms.fields import kind_of, text_of
from monespace.imports.cible import PLACE, Cible
from monespace.imports.lignes import Ligne, Sort

MOST_SHOWN = 25
MOST_FAULTS = 50
TAKEN = (Sort.NOUVEAU, Sort.CONNU)
# Told under the name of the person.
IDENTITY = frozenset({"civilite", "nom_naissance", "nom_usage", "prenom", "naissance"})


def apercu(
    cible: Cible, lignes: Sequence[Ligne], avis: Sequence[str], unread: Sequence[str]
) -> dict[str, Json]:
    """Counts, the first rows as they will be read, the rows to mend; `unread` are headings."""
    counts = Counter(one.sort for one in lignes)
    faults = [one for one in lignes if one.sort is Sort.A_CORRIGER]
    return {
        "compte": {sort.value: counts[sort] for sort in Sort},
        "lignes": [_shown(cible, one) for one in lignes[:MOST_SHOWN]],
        "fautes": [_fault(one) for one in faults[:MOST_FAULTS]],
        "doubles": list[Json](
            [one.numero for one in lignes if one.sort is Sort.DOUBLE][:MOST_FAULTS]
        ),
        "avis": list(avis),
        "non_lues": list(unread),
        "sans_etablissement": sum(
            one.sort is Sort.NOUVEAU and not one.reponses.get(PLACE) for one in lignes
        ),
    }


def name_of(reponses: Mapping[str, Json]) -> str:
    """«Nora Benali», or what of it is known."""
    last = reponses.get("nom_usage") or reponses.get("nom_naissance")
    return " ".join(str(part) for part in (reponses.get("prenom"), last) if part)


def _shown(cible: Cible, ligne: Ligne) -> dict[str, Json]:
    texts = dict(_texts(cible, ligne.reponses))
    return {
        "numero": ligne.numero,
        "sort": ligne.sort.value,
        "nom": name_of(ligne.reponses),
        "ne": texts.get("naissance", ""),
        "lu": [
            [question.label, texts[question.name]]
            for question in cible.questions
            if question.name in texts and question.name not in IDENTITY
        ],
    }


def _texts(cible: Cible, reponses: Mapping[str, Json]) -> Iterable[tuple[str, str]]:
    for question in cible.questions:
        answer = Answer(reponses.get(question.name))
        if answer.value is not None:
            yield question.name, text_of(kind_of(question, cible.lists, answer), answer)


def _fault(ligne: Ligne) -> dict[str, Json]:
    return {
        "numero": ligne.numero,
        "nom": name_of(ligne.reponses),
        "phrases": list[Json](ligne.phrases),
    }

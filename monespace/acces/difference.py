"""What a person gains and loses between two sets of rights, as sentences."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monespace.acces.lignes import titles_of
from monespace.acteur import Objet, Verbe
from monespace.dossiers.dispositifs import catalogue
from monespace.organisations.models import TOUS
from monespace.organisations.octrois import Octrois
from monespace.typographie import NBSP, plural

PLACES_NAMED = 5
OBJETS: Mapping[Objet, str] = {
    Objet.DOSSIERS: "les dossiers",
    Objet.SALARIES: "les salariés",
    Objet.FACTURES: "les factures",
    Objet.COORDONNEES_BANCAIRES: "les coordonnées bancaires",
    Objet.RATTACHEMENTS: "les rattachements",
}
# One verb at one place: verbe, objet, SIRET, dispositif.
Right = tuple[Verbe, Objet, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """Sentences without their full stop: «Saisir les dossiers pour Lyon Part-Dieu»."""

    gagne: tuple[str, ...]
    perd: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.gagne or self.perd)

    @property
    def texte(self) -> str:
        """Both, a line each: «Gagne : …», for a mail."""
        return "\n".join(
            [f"Gagne{NBSP}: {one}." for one in self.gagne]
            + [f"Perd{NBSP}: {one}." for one in self.perd]
        )


def difference(before: Octrois, after: Octrois) -> Difference:
    """What really changes: a right that a wider one gives already is neither gained nor lost."""
    was, now = frozenset(_rights(before)), frozenset(_rights(after))
    gained, lost = now - was, was - now
    names = titles_of({right[2] for right in gained | lost} - {TOUS})
    return Difference(
        _sentences((one for one in gained if not _comprised(one, was)), names),
        _sentences((one for one in lost if not _comprised(one, now)), names),
    )


def summary(octrois: Octrois) -> tuple[str, ...]:
    """All that these rights allow, as sentences."""
    return difference(frozenset(), octrois).gagne


def perimeter(octrois: Octrois) -> str:
    """«Lyon Part-Dieu, Villeurbanne», «toute l’entreprise»: where these rights are."""
    sirets = {one.siret for one in octrois if one.verbes}
    if TOUS in sirets:
        return "toute l’entreprise"
    return _listed([name for _, name in sorted(titles_of(sirets).items())], ", ")


def _rights(octrois: Octrois) -> Iterator[Right]:
    for one in octrois:
        for verbe in one.verbes:
            yield verbe, one.objet, one.siret, one.dispositif


def _comprised(right: Right, rights: frozenset[Right]) -> bool:
    """Is it given there anyway, by what is wider?"""
    verbe, objet, siret, dispositif = right
    return any(
        (verbe, objet, place, code) in rights
        for place in {siret, TOUS}
        for code in {dispositif, TOUS}
    )


def _sentences(rights: Iterable[Right], names: Mapping[str, str]) -> tuple[str, ...]:
    """One sentence for the same verbs on the same things at several places."""
    verbs: dict[tuple[Objet, str, str], set[Verbe]] = defaultdict(set)
    for verbe, objet, siret, dispositif in rights:
        verbs[objet, dispositif, siret].add(verbe)
    places: dict[tuple[Objet, str, frozenset[Verbe]], list[str]] = defaultdict(list)
    for (objet, dispositif, siret), some in sorted(verbs.items(), key=_order):
        places[objet, dispositif, frozenset(some)].append(siret)
    return tuple(
        f"{_verbs(some)} {OBJETS[objet]}{_dispositif(objet, code)} pour {_places(where, names)}"
        for (objet, code, some), where in places.items()
    )


def _order(item: tuple[tuple[Objet, str, str], object]) -> tuple[int, str, str]:
    objet, dispositif, siret = item[0]
    return list(Objet).index(objet), dispositif, siret


def _verbs(verbes: frozenset[Verbe]) -> str:
    return _joined([one for one in Verbe if one in verbes]).capitalize()


def _dispositif(objet: Objet, code: str) -> str:
    if objet is not Objet.DOSSIERS:
        return ""
    if code == TOUS:
        return " de tous les dispositifs"
    nom = catalogue()[code].nom if code in catalogue() else code
    return f" «{NBSP}{nom}{NBSP}»"


def _places(sirets: Sequence[str], names: Mapping[str, str]) -> str:
    return _listed(
        ["toute l’entreprise" if one == TOUS else names.get(one, one) for one in sirets], " et "
    )


def _listed(names: Sequence[str], last: str) -> str:
    if len(names) > PLACES_NAMED:
        more = plural(len(names) - PLACES_NAMED, "autre établissement", "autres établissements")
        return f"{', '.join(names[:PLACES_NAMED])} et {more}"
    return _joined(names, last)


def _joined(words: Sequence[str], last: str = " et ") -> str:
    return last.join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)

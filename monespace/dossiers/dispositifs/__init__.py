"""One file per dispositif. A file here that defines DISPOSITIF is in the portal, whole."""

from collections.abc import Iterable
from importlib import util
from pkgutil import iter_modules

from monespace.dossiers.declaration import PROJECTIONS, Dispositif
from monespace.refus import Introuvable

_catalogue: dict[str, Dispositif] = {}


def catalogue() -> dict[str, Dispositif]:
    """Every dispositif by its code, in the order of their names."""
    return _catalogue


def discover(folders: Iterable[str]) -> None:
    """Read the declarations of `folders` anew. Raise ValueError on one that contradicts itself."""
    found = []
    for finder, name, _ in iter_modules(list(folders), prefix=f"{__name__}."):
        spec = finder.find_spec(name, None)
        assert spec is not None
        assert spec.loader is not None
        module = util.module_from_spec(spec)
        spec.loader.exec_module(module)
        found.append(_checked(module.DISPOSITIF))
    _catalogue.clear()
    _catalogue.update(
        (dispositif.code, dispositif) for dispositif in sorted(found, key=lambda one: one.nom)
    )


def dispositif(code: str) -> Dispositif:
    """The dispositif of that code. Raise Introuvable."""
    if code not in _catalogue:
        raise Introuvable()
    return _catalogue[code]


def _checked(dispositif: Dispositif) -> Dispositif:
    everything = (*dispositif.questions, *dispositif.personnes.questions)
    names = [question.name for question in everything]
    twice = {name for name in names if names.count(name) > 1}
    unknown = {
        question.asked_if.question
        for question in everything
        if question.asked_if and question.asked_if.question not in names
    }
    unprojected = {question.projected_to for question in everything} - PROJECTIONS - {""}
    for fault, culprits in (
        ("asked twice", twice),
        ("a condition on nothing", unknown),
        ("projected to nothing", unprojected),
        ("no step for people", {dispositif.personnes.step} - {s.name for s in dispositif.steps}),
    ):
        if culprits:
            raise ValueError(f"{dispositif.code}: {fault}: {', '.join(sorted(culprits))}")
    return dispositif


discover(__path__)

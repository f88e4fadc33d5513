"""Who acts: a person on one organisation, with the rights read for this request or job."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """On which side of the portal a person stands."""

    MEMBRE = "membre"
    CONSEILLER = "conseiller"
    AEF = "AEF"


class Objet(StrEnum):
    """What an habilitation is about."""

    DOSSIERS = "dossiers"
    FACTURES = "factures"
    COORDONNEES_BANCAIRES = "coordonnées bancaires"
    SALARIES = "salariés"
    RATTACHEMENTS = "rattachements"


class Verbe(StrEnum):
    """What an habilitation allows. Saisir comprises Consulter."""

    CONSULTER = "consulter"
    SAISIR = "saisir"
    TRANSMETTRE = "transmettre"
    SUPPRIMER = "supprimer"


class Origine(StrEnum):
    """Where a right comes from, as the page of rights tells it."""

    ADMINISTRATEUR = "administrateur"
    CODE = "code"
    INVITATION = "invitation"
    PREDESIGNATION = "prédésignation"


@dataclass(frozen=True, slots=True)
class Droit:
    """Habilitations in force that say the same of several établissements.

    None stands for every établissement, every dispositif.
    """

    objet: Objet
    etablissements: frozenset[int] | None
    dispositif: str | None
    verbes: frozenset[Verbe]


@dataclass(frozen=True, slots=True)
class Acteur:
    """A person, their active organisation, and what they may do in it."""

    utilisateur_id: int | None
    nom: str
    role: Role
    organisation_id: int | None = None
    administrateur: bool = False
    droits: tuple[Droit, ...] = ()

    def scopes(self, objet: Objet, verbe: Verbe) -> tuple["Scope", ...]:
        """Where `verbe` is granted on `objet`, as few scopes as say it."""
        if self.administrateur:
            return (Scope(None, None),)
        return _merged(d for d in self.droits if d.objet == objet and verbe in d.verbes)

    def may(
        self, objet: Objet, verbe: Verbe, etablissement_id: int, dispositif: str | None = None
    ) -> bool:
        """Is `verbe` granted there? Without a dispositif: for at least one."""
        return any(
            (scope.etablissements is None or etablissement_id in scope.etablissements)
            and (dispositif is None or scope.dispositif in (None, dispositif))
            for scope in self.scopes(objet, verbe)
        )


@dataclass(frozen=True, slots=True)
class Scope:
    """One dispositif (None: all) on some établissements (None: the whole organisation)."""

    dispositif: str | None
    etablissements: frozenset[int] | None


def _merged(droits: Iterable[Droit]) -> tuple[Scope, ...]:
    places: dict[str | None, frozenset[int] | None] = {}
    for droit in droits:
        known = places.get(droit.dispositif, droit.etablissements)
        if known is None or droit.etablissements is None:
            places[droit.dispositif] = None
        else:
            places[droit.dispositif] = known | droit.etablissements
    return tuple(Scope(dispositif, ids) for dispositif, ids in places.items())

"""Which company and which profile the journey is about: what its addresses and forms carry."""

from dataclasses import dataclass

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from monespace.organisations import annuaire
from monespace.organisations.models import Profil
from monespace.organisations.queries import Trouvee

PROFILS = {"adherent": Profil.ADHERENT, "prestataire": Profil.PRESTATAIRE}
SLUGS = {profil: slug for slug, profil in PROFILS.items()}


@dataclass(frozen=True, slots=True)
class Lieu:
    """A SIREN under a profile; `slug` is how an address writes the profile."""

    siren: str
    slug: str

    @property
    def profil(self) -> Profil:
        return PROFILS[self.slug]

    @property
    def autre(self) -> "Lieu":
        """The same SIREN under the other profile."""
        return Lieu(self.siren, next(one for one in PROFILS if one != self.slug))

    def to(self, page: str) -> str:
        """The address of a page of the journey, on the same company."""
        return url_for(f"rattachement.{page}", profil=self.slug, siren=self.siren)

    @property
    def entreprise(self) -> Trouvee | None:
        return annuaire.entreprise(self.siren)


def lieu_of(source: MultiDict[str, str]) -> Lieu | None:
    """What an address or a form says, if it says both."""
    siren = annuaire.is_siren(source.get("siren", "")[:40])
    slug = source.get("profil", "")
    return Lieu(siren, slug) if siren and slug in PROFILS else None


def of_address() -> Lieu | None:
    return lieu_of(request.args)


def of_form() -> Lieu | None:
    return lieu_of(request.form)

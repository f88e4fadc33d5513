"""What a course is."""

from dataclasses import dataclass

from monespace.demo.organismes import Organisme


@dataclass(frozen=True, slots=True)
class Formation:
    """A course. `prix` is in euros for its `base` (forfait, heure, stagiaire); `groupe` is how
    many people a dossier sends at least and at most; without `metiers` it is for everyone."""

    intitule: str
    objectif: str
    organisme: Organisme
    heures: int
    jours: int
    base: str
    prix: int
    groupe: tuple[int, int]
    metiers: tuple[str, ...] = ()
    obligatoire: bool = False
    code: str = ""
    modalite: str = "presentiel"
    heures_distance: int = 0
    semaines: int = 0

    @property
    def organisation(self) -> str:
        return "inter" if self.base == "stagiaire" else "intra"

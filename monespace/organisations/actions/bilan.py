"""What an import of SIRENE did, counted as it goes."""

from dataclasses import dataclass, field

from monespace.organisations.sirene import Ecart

# A file that is wrong throughout must not fill the memory nor the screen.
MOST_TOLD = 50


@dataclass
class Told:
    """Things to name: the first of them, and how many there were."""

    nombre: int = 0
    premiers: list[str] = field(default_factory=list)

    def add(self, one: str) -> None:
        self.nombre += 1
        if len(self.premiers) < MOST_TOLD:
            self.premiers.append(one)


@dataclass
class Bilan:
    """Counts of rows; what somebody should look at is named."""

    entreprises_ajoutees: int = 0
    entreprises_modifiees: int = 0
    etablissements_ajoutes: int = 0
    etablissements_modifies: int = 0
    espaces_ouverts: int = 0
    # Ceased before the portal ever knew them: they are not added.
    cessees_ignorees: int = 0
    cessees: Told = field(default_factory=Told)
    sieges_changes: Told = field(default_factory=Told)
    adresses_changees: Told = field(default_factory=Told)
    sans_adresse: Told = field(default_factory=Told)
    ecarts: Told = field(default_factory=Told)

    def left_out(self, fichier: str, ecart: Ecart) -> None:
        self.ecarts.add(
            f"{fichier}, ligne {ecart.ligne}, {ecart.identifiant}\u00a0: {ecart.raison}"
        )

    @property
    def nothing_changed(self) -> bool:
        return not (
            self.entreprises_ajoutees
            or self.entreprises_modifiees
            or self.etablissements_ajoutes
            or self.etablissements_modifies
            or self.espaces_ouverts
            or self.sieges_changes.nombre
        )

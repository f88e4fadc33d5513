"""What people do in the wizard, as short as they would tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.support.client import Answer, Client, Joint
from tests.support.terrain import Terrain

Typed = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Assistant:
    """One person in the wizard of one dossier."""

    terrain: Terrain
    client: Client
    dossier: str = "brouillon"

    def adresse(self, *rest: str) -> str:
        return self.terrain.adresse(self.dossier, *rest)

    def etape(self, nom: str) -> Answer:
        return self.client.get(self.adresse("etapes", nom))

    def enregistrer(self, nom: str, typed: Typed, button: str = "continuer") -> Answer:
        """Open the step, type, press the button."""
        return self.client.submit(self.etape(nom), self.adresse("etapes", nom), typed, button)

    def ajouter(self, typed: Typed, button: str = "ajouter") -> Answer:
        """Open the page of people, type one, press the button."""
        page = self.client.get(self.adresse("salaries"))
        return self.client.submit(page, self.adresse("salaries"), typed, button)

    def joindre(self, type_piece: str, joint: Joint) -> Answer:
        page = self.client.get(self.adresse("pieces"))
        action = self.adresse("pieces", type_piece)
        return self.client.submit(page, action, joints={"fichier": joint})

    def transmettre(self, atteste: bool = True) -> Answer:
        page = self.client.get(self.adresse("envoi"))
        typed = {"attestation": "oui"} if atteste else {}
        return self.client.submit(page, self.adresse("envoi"), typed)


def date_typed(name: str, day: str, month: str, year: str) -> dict[str, str]:
    """The three controls of a date."""
    return {f"{name}-jour": day, f"{name}-mois": month, f"{name}-annee": year}

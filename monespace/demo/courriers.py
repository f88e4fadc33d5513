"""The letter of a demo company that nobody administers yet: open it, use its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from monespace.activation.actions import Presse, draw, hand_over
from monespace.activation.lettres import Expediteur
from monespace.activation.tirage import KEY_LENGTH
from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.demo.entreprises import ATELIER_VERDIER


@dataclass(frozen=True, slots=True)
class Lettre:
    """One letter in the folder of the demo."""

    nom: str
    siren: str
    profil: str
    path: Path


def folder_of(config: Config) -> Path:
    """Where the demo keeps what the post would carry."""
    return config.data_dir / "courriers-demo"


def post(database: Database, config: Config) -> None:
    """Make the letter of the company without administrateur, and hand it over."""
    sender = Expediteur(config.opco, config.base_url)
    presse = Presse(database, Coffre.of(config), sender, config.reception_jours)
    folder, _ = draw(presse, folder_of(config), (ATELIER_VERDIER.siren,), first_wave=True)
    assert folder is not None
    with database.transaction():
        hand_over(folder.name[-KEY_LENGTH:], config.reception_jours)


def letters(folder: Path) -> Sequence[Lettre]:
    """The letters that were made, the latest batch first."""
    found = sorted(folder.glob("tirage-*/*.pdf"), reverse=True)
    return [Lettre(one.name, one.name.split("-")[1], one.stem.split("-")[2], one) for one in found]

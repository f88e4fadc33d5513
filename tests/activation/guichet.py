"""Where codes are issued and tried: each gesture is a transaction of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from monespace import horloge, policy
from monespace.acteur import Acteur, Role
from monespace.activation import actions, empreinte, essai
from monespace.activation.actions import Presse, draw
from monespace.activation.codes import new_code
from monespace.activation.lettres import Expediteur
from monespace.activation.models import CodeActivation
from monespace.coffre import Coffre
from monespace.comptes.models import Utilisateur
from monespace.config import Opco
from monespace.db import Database, session
from monespace.organisations.models import (
    Entreprise,
    Etablissement,
    EtatRattachement,
    Organisation,
    Profil,
    Rattachement,
)
from tests.dossiers.bureau import at_once

OPCO = Acteur(None, "Courriers", Role.CONSEILLER)
HALLES, FONDERIE, INCONNU = "005720784", "999012586", "999999999"
RECEPTION_JOURS = 5


@dataclass
class Guichet:
    """Two companies, each adhérent and prestataire, by (SIREN, profil)."""

    database: Database
    folder: Path
    organisations: dict[tuple[str, Profil], int]
    coffre: Coffre = field(default_factory=lambda: Coffre("0123456789abcdef" * 2))
    slept: list[float] = field(default_factory=list)

    def organisation(self, siren: str = HALLES, profil: Profil = Profil.ADHERENT) -> int:
        return self.organisations[siren, profil]

    def personne(self, nom: str = "Martin") -> Acteur:
        """Somebody with a confirmed account and nothing else."""
        with self.database.transaction():
            return policy.acteur_of(_account(nom), None)

    def administrateur(self, organisation_id: int, nom: str = "Lefèvre") -> Acteur:
        with self.database.transaction():
            person = _account(nom)
            session().add(
                Rattachement(
                    utilisateur_id=person.id,
                    organisation_id=organisation_id,
                    etat=EtatRattachement.ACTIF,
                    administrateur=True,
                    cree_le=horloge.now(),
                )
            )
            session().flush()
            return policy.acteur_of(person, organisation_id)

    def emettre(self, siren: str = HALLES, profil: Profil = Profil.ADHERENT) -> tuple[str, int]:
        """A new code in force: itself, and its row."""
        code = new_code()
        hashed = empreinte.of(self.coffre, code, siren, profil)
        with self.database.transaction():
            issued = actions.issue(OPCO, self.organisation(siren, profil), hashed, RECEPTION_JOURS)
            session().flush()
            return code, issued.id

    def essayer(
        self,
        acteur: Acteur,
        typed: str,
        siren: str = HALLES,
        profil: Profil = Profil.ADHERENT,
        adresse: str = "192.0.2.1",
    ) -> essai.Issue:
        return essai.attempt(
            self.database, self.coffre, acteur, siren, profil, typed, adresse, self.slept.append
        )

    @property
    def presse(self) -> Presse:
        sender = Expediteur(Opco(), "https://monespace.opco.example")
        return Presse(self.database, self.coffre, sender, RECEPTION_JOURS)

    def tirer(self, sirens: Sequence[str] = (), first_wave: bool = True) -> Path:
        """Make the letters, and return their folder."""
        folder, _ = draw(self.presse, self.folder / "courriers", sirens, first_wave)
        assert folder is not None
        return folder

    def demander(self, acteur: Acteur, siren: str, profil: Profil = Profil.ADHERENT) -> str:
        """Ask for a new letter; return the key of its row."""
        with self.database.transaction() as opened:
            organisation = opened.get_one(Organisation, self.organisation(siren, profil))
            return actions.ask_reissue(acteur, organisation).cle

    def groupe(self, many: int) -> list[str]:
        """A group of that many companies, adhérents; return their SIRENs."""
        sirens = [f"9991{rank:05}" for rank in range(many)]
        with self.database.transaction() as opened:
            rows = [
                Organisation(entreprise=_company(siren, f"Filiale {siren}"), profil=Profil.ADHERENT)
                for siren in sirens
            ]
            opened.add_all(rows)
            opened.flush()
            self.organisations.update({(one.siren, one.profil): one.id for one in rows})
        return sirens

    def let_through(self, many: int = 50) -> int:
        """How many of `many` wrong codes, tried at once by one account, were compared."""
        self.emettre()
        acteur = self.personne()

        def compared() -> bool:
            return isinstance(self.essayer(acteur, new_code()), essai.Faux)

        return at_once([compared] * many).count(True)

    def code(self, code_id: int) -> CodeActivation:
        with self.database.reading() as opened:
            return opened.get_one(CodeActivation, code_id)


def ouvrir(database: Database, folder: Path) -> Guichet:
    """Write the two companies."""
    with database.transaction() as opened:
        rows = [
            Organisation(entreprise=entreprise, profil=profil)
            for entreprise in (_company(HALLES, "Halles"), _company(FONDERIE, "Fonderie Boréale"))
            for profil in Profil
        ]
        opened.add_all(rows)
        opened.flush()
        return Guichet(database, folder, {(one.siren, one.profil): one.id for one in rows})


def _company(siren: str, nom: str) -> Entreprise:
    return Entreprise(
        siren=siren,
        raison_sociale=nom,
        effectif=12,
        idcc="0573",
        branche="Commerce de gros",
        etablissements=[
            Etablissement(
                siret=siren + nic,
                enseigne=f"{nom} {nic}",
                siege=nic == "00015",
                complement="Bâtiment C" if nic == "00015" else "",
                adresse=f"{int(nic)} rue du Port",
                code_postal="01000",
                commune="Bourg-en-Bresse",
                ape="4639B",
            )
            for nic in ("00015", "00023")
        ],
    )


def _account(nom: str) -> Utilisateur:
    person = Utilisateur(
        courriel=f"{uuid4().hex}@entreprise.example",
        prenom="Camille",
        nom=nom,
        mot_de_passe="",
        cree_le=horloge.now(),
        confirme_le=horloge.now(),
    )
    session().add(person)
    session().flush()
    return person

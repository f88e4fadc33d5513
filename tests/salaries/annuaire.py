"""A directory at work: each gesture is a transaction of its own, as a request is."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import select

from monespace import policy
from monespace.acteur import Acteur, Objet
from monespace.coffre import Coffre
from monespace.comptes.models import Utilisateur
from monespace.db import Database, Json, session
from monespace.forms.answers import Answers
from monespace.organisations.models import Etablissement, Habilitation, Rattachement
from monespace.policy import Can
from monespace.salaries import actions, queries
from monespace.salaries.actions.nir import Numero
from monespace.salaries.filtres import Filtre
from monespace.salaries.models import Salarie
from tests.support.entreprise import Societe

# A NIR made for tests: nobody's.
NIR = "294037505600175"
COFFRE = Coffre("0123456789abcdef0123456789abcdef")


def fiche(at: Etablissement, **answers: Json) -> dict[str, Json]:
    """Answers of somebody, Nora Benali unless told otherwise."""
    return {
        "etablissement": at.siret,
        "civilite": "mme",
        "nom_naissance": "Benali",
        "prenom": "Nora",
        "naissance": "1994-03-27",
        **answers,
    }


@dataclass(frozen=True)
class Annuaire:
    """A company, its administrator, and what they do to its directory."""

    database: Database
    societe: Societe
    rh: Acteur

    def collegue(self, nom: str, at: Etablissement, saisir: bool = True) -> Acteur:
        """Somebody with rights on the directory of one établissement alone."""
        with self.database.transaction():
            acteur = self.societe.person(nom)
            rattachement = (
                session()
                .scalars(
                    select(Rattachement).where(Rattachement.utilisateur_id == acteur.utilisateur_id)
                )
                .one()
            )
            rattachement.habilitations.append(
                Habilitation(objet=Objet.SALARIES, siret=at.siret, consulter=True, saisir=saisir)
            )
            session().flush()
            person = rattachement.utilisateur_id
        return self.acteur(person)

    def acteur(self, utilisateur_id: int) -> Acteur:
        with self.database.reading() as running:
            person = running.get_one(Utilisateur, utilisateur_id)
            return policy.acteur_of(person, self.societe.organisation.id)

    def ajouter(
        self,
        acteur: Acteur | None = None,
        at: Etablissement | None = None,
        jeton: str = "",
        seen: int = 0,
        nir: str = "",
        **answers: Json,
    ) -> str:
        """Add somebody; return the key of their fiche."""
        typed = Answers(fiche(at or self.societe.siege, **answers), {})
        numero = Numero(nir, COFFRE) if nir else None
        with self.database.transaction():
            made = actions.add(acteur or self.rh, typed, jeton or uuid4().hex, seen, numero)
            session().flush()
            return made.cle

    @contextmanager
    def ouvrir(self, cle: str, acteur: Acteur | None = None) -> Iterator[Salarie]:
        """The fiche, locked, as a request that writes loads it."""
        with self.database.transaction():
            yield policy.load(acteur or self.rh, Salarie, cle, Can.EDIT, lock=True)

    @contextmanager
    def lire(self, cle: str) -> Iterator[Salarie]:
        with self.database.reading() as running:
            yield running.scalars(select(Salarie).where(Salarie.cle == cle)).one()

    def changer(
        self, cle: str, shown: Mapping[str, str], acteur: Acteur | None = None, **said: Json
    ) -> tuple[str, ...]:
        """Save the form that was shown with these digests, these answers changed in it."""
        with self.ouvrir(cle, acteur) as salarie:
            typed = Answers({**salarie.reponses, **said}, {})
            return actions.change(acteur or self.rh, salarie, typed, shown, {})

    def trouver(self, acteur: Acteur | None = None, **criteres: Json) -> list[str]:
        """Names of the first page."""
        with self.database.reading():
            page = queries.page_of(acteur or self.rh, Filtre(criteres))
            return [one.nom for one in page.rows]

    def tous(self) -> list[Salarie]:
        with self.database.reading() as running:
            return list(running.scalars(select(Salarie).order_by(Salarie.id)))

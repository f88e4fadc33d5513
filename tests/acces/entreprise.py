"""A company whose accesses are governed, and the grids that are sent back to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from sqlalchemy import select

from monespace import horloge
from monespace.acces.grille import Grille
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Acteur, Objet, Verbe
from monespace.db import Database, session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import TOUS, Etablissement, EtatRattachement
from monespace.organisations.octrois import Octroi, Octrois
from tests.support.entreprise import societe
from tests.support.maison import Maison

LETTERS = dict(zip("CSTX", Verbe, strict=True))


def octroi(
    letters: str, objet: Objet = Objet.DOSSIERS, siret: str = TOUS, code: str = TOUS
) -> Octroi:
    return Octroi(objet, siret, code, frozenset(LETTERS[one] for one in letters))


class Envoi:
    """A posted form, as a web framework gives it."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = list(pairs)

    def getlist(self, key: str) -> list[str]:
        return [value for name, value in self._pairs if name == key]

    def keys(self) -> list[str]:
        return [name for name, _ in self._pairs]

    def but(self, untick: Iterable[tuple[str, str]] = (), **more: str) -> "Envoi":
        """The same without those boxes, and with other values of some fields."""
        gone = set(untick)
        kept = [pair for pair in self._pairs if pair not in gone and pair[0] not in more]
        return Envoi([*kept, *more.items()])

    def ticking(self, *boxes: tuple[str, str]) -> "Envoi":
        return Envoi([*self._pairs, *boxes])


def sent(grille: Grille) -> Envoi:
    """What a browser sends of a grid in which nothing was changed."""
    boxes = [
        (case.nom, one.valeur)
        for _, cases in grille.rangs
        for case in cases
        for one in (*case.boites, *case.fines)
        if one.cochee
    ]
    hidden = [
        ("_lignes", grille.sirets),
        ("_colonnes", " ".join(one.cle for one in grille.colonnes)),
        ("_base", grille.base),
        ("_ailleurs", grille.ailleurs),
    ]
    return Envoi([*boxes, *hidden])


@dataclass(frozen=True)
class Entreprise(Maison):
    """A company with its administrateur, and those whom they let in."""

    administrateur: Acteur

    @property
    def organisation_id(self) -> int:
        return self.societe.organisation.id

    def personne(self, nom: str, *octrois: Octroi) -> Acteur:
        """Somebody of the company who holds exactly that."""
        acteur = self.person(nom)
        with self.database.transaction():
            rattachement = self._of(acteur)
            rattachement.habilitations.clear()
            session().flush()
            rattachement.habilitations = [ecrits.habilitation(one) for one in octrois]
        return self.now(acteur)

    def tenus(self, acteur: Acteur) -> Octrois:
        """What they hold now."""
        with self.reading(acteur) as rattachement:
            return ecrits.of(rattachement.habilitations)

    def ouvrir(self, places: int) -> list[str]:
        """Add that many établissements. Return every SIRET of the company, in order."""
        with self.database.transaction() as writing:
            siren = self.societe.organisation.siren
            for rank in range(places):
                writing.add(
                    Etablissement(
                        siret=f"{siren}{rank + 100:04}{rank % 10}",
                        entreprise_id=self.societe.organisation.entreprise_id,
                        enseigne=f"Boutique {rank:04}",
                        adresse="1 rue du Port",
                        code_postal="91000",
                        commune="Évry" if rank % 2 else "Melun",
                        ape="4639B",
                    )
                )
        with self.database.reading() as reading:
            return list(reading.scalars(select(Etablissement.siret).order_by(Etablissement.siret)))


def entreprise(database: Database) -> Entreprise:
    with database.transaction():
        company = societe()
        administrateur = company.person("Martin", administrateur=True)
    return Entreprise(database, company, administrateur)


def demander(
    chez: Entreprise,
    nom: str,
    *octrois: Octroi,
    genre: GenreDemande = GenreDemande.RATTACHEMENT,
    depuis: timedelta = timedelta(0),
    tenus: Iterable[Octroi] = (),
) -> str:
    """Somebody asks for that; the key of their request."""
    joins = genre is GenreDemande.RATTACHEMENT
    acteur = chez.personne(nom, *tenus)
    with chez.database.transaction():
        rattachement = chez._of(acteur)
        if joins:
            rattachement.etat = EtatRattachement.DEMANDE
        demande = DemandeAcces(
            jeton=uuid4().hex,
            organisation_id=chez.organisation_id,
            utilisateur_id=acteur.utilisateur_id,
            rattachement_id=rattachement.id,
            genre=genre,
            message="Je reprends le suivi des contrats.",
            droits=ecrits.to_json(frozenset(octrois)),
            cree_le=horloge.now() - depuis,
        )
        session().add(demande)
        session().flush()
        return demande.cle

"""Who asks for access, who was let in, who is invited: what makes the pages of accesses alive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from monespace import horloge, policy
from monespace.acces import actions
from monespace.acces.actions.demander import add_request, tell
from monespace.acces.actions.invitations import Promesse
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Acteur, Objet
from monespace.coffre import Coffre
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.demo import calendrier, comptes
from monespace.demo.comptes import CAMILLE, SOPHIE, Compte
from monespace.demo.entreprises import CAP_SAVOIRS, DELORME
from monespace.demo.figurants import (
    ARDENT,
    ARDENT_SIREN,
    CROIX_ROUSSE,
    ELODIE,
    FOURNIL,
    GRATTE_CIEL,
    HELENE,
    HUGO,
    NORA,
    READ,
    WRITE,
    YANIS,
    droits,
)
from monespace.demo.histoire import Life
from monespace.organisations.models import (
    TOUS,
    EtatRattachement,
    Organisation,
    Qualite,
    Rattachement,
)
from monespace.organisations.octrois import Octroi, Octrois


@dataclass(frozen=True, slots=True)
class Scene:
    """The spaces by SIREN, and what accounts are made with."""

    random: Random
    espaces: Mapping[str, Organisation]
    mot_de_passe: str
    coffre: Coffre
    today: date

    @property
    def delorme(self) -> Organisation:
        return self.espaces[DELORME.siren]

    def lives(self) -> list[Life]:
        """Everything that happens to accesses, each at its time."""
        return [
            self._approved(YANIS, 41),
            self._refused(ELODIE, 23),
            self._asks_for_more(NORA, 6),
            self._joins(ARDENT, 3, droits(READ, TOUS), "", ARDENT_SIREN),
            self._joins(
                HUGO,
                1,
                droits(READ, FOURNIL, GRATTE_CIEL),
                "J’arrive à la comptabilité\u00a0: je dois voir les dossiers de ces deux magasins.",
            ),
            self._invites("sarah.colin@delorme.example", 4),
            self._works_elsewhere_too(58),
        ]

    def _approved(self, compte: Compte, days: int) -> Life:
        yield self._at(days)
        wanted = droits(WRITE, CROIX_ROUSSE)
        demande = self._ask_to_join(compte, wanted, "Je remplace Karim l’été.")
        yield calendrier.after(self.random, horloge.now(), 1, 2)
        actions.approve(self._acteur(CAMILLE, self.delorme), demande, wanted)

    def _refused(self, compte: Compte, days: int) -> Life:
        yield self._at(days)
        demande = self._ask_to_join(compte, droits(READ, TOUS), "")
        yield calendrier.after(self.random, horloge.now(), 1, 3)
        motif = "Vous ne travaillez pas pour Maison Delorme\u00a0: vérifiez le SIREN."
        actions.refuse(self._acteur(CAMILLE, self.delorme), demande, motif)

    def _asks_for_more(self, compte: Compte, days: int) -> Life:
        yield self._at(days)
        person = self._person(compte)
        rattachement = session().scalars(
            select(Rattachement).where(Rattachement.utilisateur_id == person.id)
        )
        self._ask(
            person,
            rattachement.one(),
            GenreDemande.HABILITATION,
            droits(WRITE, CROIX_ROUSSE) | droits(READ, GRATTE_CIEL),
            "Je reprends le suivi des dossiers de Lyon à partir de décembre.",
        )

    def _joins(
        self, compte: Compte, days: int, wanted: Octrois, message: str, cabinet: str = ""
    ) -> Life:
        yield self._at(days)
        self._ask_to_join(compte, wanted, message, cabinet)

    def _invites(self, courriel: str, days: int) -> Life:
        yield self._at(days)
        given = droits(WRITE, FOURNIL) | droits(READ, FOURNIL, objet=Objet.SALARIES)
        camille = self._acteur(CAMILLE, self.delorme)
        actions.invite(camille, Promesse(courriel, given), self._jeton())

    def _works_elsewhere_too(self, days: int) -> Life:
        """Sophie trains for Cap Savoirs on Fridays."""
        yield self._at(days)
        espace = self.espaces[CAP_SAVOIRS.siren]
        given = frozenset(
            Octroi(objet, TOUS, TOUS, READ) for objet in (Objet.DOSSIERS, Objet.FACTURES)
        )
        promesse = Promesse(SOPHIE.courriel, given)
        invitation = actions.invite(self._acteur(HELENE, espace), promesse, self._jeton())
        yield calendrier.after(self.random, horloge.now(), 1, 3)
        actions.accept(self._acteur(SOPHIE, espace), invitation)

    def _ask_to_join(
        self, compte: Compte, wanted: Octrois, message: str, cabinet: str = ""
    ) -> DemandeAcces:
        person = comptes.create(compte, self.mot_de_passe, None, self.coffre)
        rattachement = Rattachement(
            utilisateur_id=person.id,
            organisation=self.delorme,
            etat=EtatRattachement.DEMANDE,
            qualite=Qualite.MANDATAIRE if cabinet else Qualite.MEMBRE,
            siren_mandataire=cabinet,
            cree_le=horloge.now(),
        )
        session().add(rattachement)
        session().flush()
        return self._ask(person, rattachement, GenreDemande.RATTACHEMENT, wanted, message)

    def _ask(
        self,
        person: Utilisateur,
        rattachement: Rattachement,
        genre: GenreDemande,
        wanted: Octrois,
        message: str,
    ) -> DemandeAcces:
        acteur = policy.acteur_of(person, self.delorme.id)
        demande = add_request(acteur, rattachement, genre, self._jeton(), wanted, message)
        tell(demande, f"{person.nom_complet} demande un accès à {self.delorme.nom}", message)
        return demande

    def _acteur(self, compte: Compte, espace: Organisation) -> Acteur:
        return policy.acteur_of(self._person(compte), espace.id)

    def _person(self, compte: Compte) -> Utilisateur:
        wanted = select(Utilisateur).where(Utilisateur.courriel == compte.courriel)
        return session().scalars(wanted).one()

    def _at(self, days: int) -> datetime:
        """Some hour of that day; also of a Sunday, so that what waits does so for as long."""
        minutes = self.random.randrange(calendrier.OPENING, calendrier.CLOSING)
        day = self.today - timedelta(days=days)
        return datetime.combine(day, time(minutes // 60, minutes % 60), horloge.PARIS)

    def _jeton(self) -> str:
        return f"{self.random.getrandbits(128):032x}"

"""The life of one dossier of the demo: who did what, when, by the portal's own actions.

A life is a generator: it yields the instant of its next act, and does it when it is resumed,
with the clock stopped there. Lives are so told side by side, in the order of time.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from monespace import horloge
from monespace.acteur import Acteur, Role
from monespace.argent import euros
from monespace.demo import calendrier, paroles, saisie
from monespace.demo.annuaire import Annuaire
from monespace.demo.destins import Destin, Ebauche
from monespace.demo.personnes import Salarie, typed
from monespace.demo.pieces import pdf
from monespace.demo.saisie import Projet, Typed
from monespace.dossiers import actions
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.dispositifs.pdc import DISPOSITIF as PDC
from monespace.dossiers.models import Dossier, Statut
from monespace.dossiers.reading import declaration
from monespace.fichiers import PDF, FichierSain, clean_name
from monespace.forms.fields import Lists
from monespace.organisations.models import Etablissement
from monespace.salaries.identite import identity_of
from monespace.stockage import Stockage

Life = Iterator[datetime]

TITLES = {"convention": "Convention de formation", "programme": "Programme"}


@dataclass(frozen=True, slots=True)
class Auteur:
    """Someone who files dossiers, with the lists they choose from."""

    acteur: Acteur
    lists: Lists


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that is decided of a dossier before it is told."""

    destin: Destin
    projet: Projet
    salaries: Sequence[Salarie]
    annuaire: Annuaire
    redacteur: Auteur
    expediteur: Auteur
    etablissement: Etablissement
    debut: datetime
    envoi: datetime


class Vie:
    """One dossier, from its first line to the state it is destined to."""

    def __init__(self, plan: Plan, random: Random, stockage: Stockage, most: int) -> None:
        self._plan = plan
        self._random = random
        self._stockage = stockage
        self._most = most
        self._conseiller = Acteur(
            None, f"Conseiller {random.choice(paroles.CONSEILLERS)}", Role.CONSEILLER
        )
        self._dossier: Dossier

    def tell(self) -> Life:
        """Everything that happens to the dossier."""
        destin = self._plan.destin
        yield from self._write()
        if destin.statut is Statut.BROUILLON:
            return
        yield self._minutes(4)
        actions.submit(self._plan.expediteur.acteur, self._dossier, attested=True)
        if destin.depuis is Statut.TRANSMIS:
            yield from self._cancel()
        elif destin.statut is not Statut.TRANSMIS:
            yield from self._instruct()

    def _write(self) -> Life:
        plan = self._plan
        yield plan.debut
        self._dossier = actions.start(
            plan.redacteur.acteur,
            dispositif(PDC.code),
            plan.etablissement,
            self._jeton(),
            plan.redacteur.lists,
        )
        for step, about in self._answers():
            yield self._minutes(3)
            self._save(step, about)
        if plan.destin.ebauche is Ebauche.COMMENCEE:
            return
        yield plan.envoi
        self._add_people()
        if plan.destin.ebauche is Ebauche.COMPLETE:
            yield self._minutes(6)
            self._attach("convention")
            self._attach("programme")

    def _answers(self) -> Iterator[tuple[str, Typed]]:
        """What is typed in each step, as far as the brouillon is taken."""
        projet, ebauche = self._plan.projet, self._plan.destin.ebauche
        if ebauche is Ebauche.COMMENCEE:
            yield "formation", {"intitule": (projet.formation.intitule,)}
            return
        if projet.reference:
            yield "entreprise", {"reference_interne": (projet.reference,)}
        odd = saisie.unreadable(projet) if ebauche is Ebauche.ILLISIBLE else {}
        yield "formation", {**saisie.formation(projet), **odd.get("formation", {})}
        if ebauche is not Ebauche.MOITIE:
            yield "organisme", {**saisie.organisme(projet), **odd.get("organisme", {})}
            yield "budget", {**saisie.budget(projet), **odd.get("budget", {})}

    def _save(self, name: str, about: Typed) -> None:
        step = declaration(self._dossier).step(name)
        assert step is not None
        auteur = self._plan.redacteur
        actions.save(
            auteur.acteur, self._dossier, step, about, self._dossier.revision, auteur.lists
        )

    def _add_people(self) -> None:
        auteur, frais = self._plan.redacteur, self._plan.projet.frais
        for rank, salarie in enumerate(self._plan.salaries):
            about = dict(typed(salarie, frais.remuneration))
            if rank == 0 and self._plan.destin.ebauche is Ebauche.SALARIES_INCOMPLETS:
                about |= {"naissance": ("30", "2", "1988"), "csp": ("",), "emploi": ("",)}
            stagiaire, _ = actions.save_stagiaire(
                auteur.acteur,
                self._dossier,
                self._jeton(),
                about,
                self._dossier.revision,
                auteur.lists,
                self._most,
            )
            if stagiaire is not None:
                identite = identity_of(stagiaire.reponses)
                stagiaire.salarie_id = self._plan.annuaire.get(identite)

    def _attach(self, type_piece: str) -> None:
        formation = self._plan.projet.formation
        title = f"{TITLES[type_piece]}\u00a0: {formation.intitule}"
        content = pdf(
            title,
            (
                f"Organisme\u00a0: {formation.organisme.nom}",
                f"Durée\u00a0: {formation.heures} heures en {formation.jours} jour(s)",
                f"Objectif\u00a0: {formation.objectif}",
                "Document de démonstration.",
            ),
        )
        depot = self._stockage.put(io.BytesIO(content))
        name = clean_name(f"{title.replace(chr(0xA0) + ':', ' -')}.pdf")
        sain = FichierSain(name, PDF.type_mime, PDF.extensions[0], depot.taille, pages=1)
        actions.attach(
            self._plan.expediteur.acteur, self._dossier, type_piece, sain, depot, self._jeton()
        )

    def _instruct(self) -> Life:
        destin = self._plan.destin
        yield self._days(1, 5)
        actions.take(self._conseiller, self._dossier)
        waits = Statut.A_COMPLETER in (destin.statut, destin.depuis)
        if waits or destin.demande:
            yield from self._ask(answered=not waits)
        if destin.statut in (Statut.ENGAGE, Statut.SOLDE) or destin.depuis is Statut.ENGAGE:
            yield self._days(3, 11)
            self._grant()
        if destin.statut is Statut.ANNULE:
            yield from self._cancel()
        elif destin.statut is Statut.REFUSE:
            yield from self._refuse()
        elif destin.statut is Statut.SOLDE:
            paid = self._plan.projet.fin + timedelta(days=self._random.randint(20, 50))
            yield max(calendrier.at_work(self._random, paid), self._minutes(30))
            actions.close(self._conseiller, self._dossier)

    def _ask(self, answered: bool) -> Life:
        echange = self._random.choice(paroles.ECHANGES)
        yield self._days(1, 3)
        actions.request_pieces(self._conseiller, self._dossier, echange.demande)
        if not answered:
            return
        yield self._days(2, 12)
        if echange.piece:
            self._attach(echange.piece)
        actions.answer(self._plan.expediteur.acteur, self._dossier, echange.reponse)

    def _grant(self) -> None:
        """All that was asked for, more often than not."""
        share = self._random.choices((100, 80, 60), (65, 25, 10))[0]
        shares = {"PEDA": share, "REMU": self._random.choice((100, 50, 0))}
        accorde: dict[str, Decimal] = {
            ligne.poste: euros(ligne.demande_cents * shares.get(ligne.poste, 100) // 100)
            for ligne in self._dossier.lignes
        }
        actions.grant(self._conseiller, self._dossier, accorde)

    def _refuse(self) -> Life:
        if self._dossier.statut is Statut.A_COMPLETER:
            yield self._days(16, 22)
            actions.refuse(self._conseiller, self._dossier, paroles.SANS_REPONSE)
        else:
            yield self._days(3, 14)
            actions.refuse(self._conseiller, self._dossier, self._random.choice(paroles.REFUS))

    def _cancel(self) -> Life:
        yield self._days(2, 12)
        motif = self._random.choice(paroles.ANNULATIONS)
        actions.cancel(self._conseiller, self._dossier, motif)

    def _jeton(self) -> str:
        return f"{self._random.getrandbits(128):032x}"

    def _minutes(self, most: int) -> datetime:
        return horloge.now() + timedelta(minutes=self._random.randint(1, most))

    def _days(self, least: int, most: int) -> datetime:
        return calendrier.after(self._random, horloge.now(), least, most)

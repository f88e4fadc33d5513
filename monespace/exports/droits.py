"""The export of rights: a line for each right of each person, one for who has all or none."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import and_, func, select

from monespace import policy
from monespace.acces.lignes import title
from monespace.acces.personnes import OBJETS, PRESENT, presence, quality
from monespace.acteur import Acteur, Objet, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.dossiers.dispositifs import catalogue
from monespace.dossiers.filtres import Filtre
from monespace.exports.declaration import Listing, Onglet
from monespace.forms.columns import DAY, Column
from monespace.horloge import paris
from monespace.organisations.models import TOUS, Etablissement, Habilitation, Rattachement
from monespace.policy import Can

BATCH = 500
ALL_OF_IT = "Toute l’entreprise"


class Ligne(NamedTuple):
    """Somebody and one right they hold, None for an administrateur and for who holds none."""

    acces: Rattachement
    personne: Utilisateur
    droit: Habilitation | None
    etablissement: Etablissement | None

    @property
    def accord(self) -> Rattachement | Habilitation:
        """What tells who gave it and when."""
        return self.droit or self.acces


class Droits:
    """The lines that an acteur may see of their organisation, by person."""

    def __init__(self, acteur: Acteur, filtre: Filtre) -> None:
        held = and_(Habilitation.rattachement_id == Rattachement.id, ~Rattachement.administrateur)
        self._chosen = (
            select(Rattachement, Utilisateur, Habilitation, Etablissement)
            .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
            .outerjoin(Habilitation, held)
            .outerjoin(Etablissement, Etablissement.siret == Habilitation.siret)
            .where(
                policy.allows(acteur, Rattachement, Can.VIEW),
                Rattachement.organisation_id == acteur.organisation_id,
                Rattachement.etat.in_(PRESENT),
            )
        )

    def count(self) -> Sequence[int]:
        ids = self._chosen.with_only_columns(Rattachement.id).subquery()
        return (session().execute(select(func.count()).select_from(ids)).scalar_one(),)

    def __iter__(self) -> Iterator[Ligne]:
        ordered = self._chosen.order_by(
            Utilisateur.nom, Utilisateur.prenom, Rattachement.id, Habilitation.id
        )
        for row in session().execute(ordered, execution_options={"yield_per": BATCH}):
            yield Ligne(*row)


def _place(one: Ligne) -> str:
    if one.droit is None:
        return ALL_OF_IT if one.acces.administrateur else ""
    if one.droit.siret == TOUS:
        return ALL_OF_IT
    return title(one.etablissement) if one.etablissement else ""


def _dispositif(one: Ligne) -> str:
    if one.droit is None:
        return ""
    code = one.droit.dispositif
    known = catalogue().get(code)
    return "Tous" if code == TOUS else known.nom if known else code


def _verbs(one: Ligne) -> str:
    if one.droit is None:
        return "Tous les droits" if one.acces.administrateur else "Aucun droit"
    return ", ".join(verbe for verbe in Verbe if getattr(one.droit, verbe))


def _day(instant: datetime | None) -> date | None:
    return paris(instant).date() if instant else None


def _plain(text: str) -> str:
    return text.replace("\u00a0", " ")


COLUMNS: tuple[Column[Ligne], ...] = (
    Column("Nom", lambda one: one.personne.nom, 22),
    Column("Prénom", lambda one: one.personne.prenom, 18),
    Column("Adresse e-mail", lambda one: one.personne.courriel, 34),
    Column("Qualité", lambda one: _plain(quality(one.acces)), 22),
    Column("Administrateur", lambda one: "Oui" if one.acces.administrateur else "Non", 14),
    Column("Accès", lambda one: _plain(presence(one.acces)) or "Actif", 26),
    Column("Objet", lambda one: OBJETS[one.droit.objet] if one.droit else "", 24),
    Column("SIRET", lambda one: one.droit.siret.strip(TOUS) if one.droit else "", 17),
    Column("Lieu", _place, 30),
    Column("Dispositif", _dispositif, 30),
    Column("Droits", _verbs, 44),
    Column("Origine", lambda one: one.accord.origine, 16),
    Column("Accordé par", lambda one: one.accord.accorde_par, 26),
    Column("Accordé le", lambda one: _day(one.accord.accorde_le or one.acces.cree_le), 12, DAY),
    Column("Rattaché le", lambda one: _day(one.acces.cree_le), 12, DAY),
    Column("Dernière connexion", lambda one: _day(one.personne.connecte_le), 18, DAY),
)


def _criteres(acteur: Acteur, filtre: Filtre) -> Iterator[tuple[str, str]]:
    yield "Périmètre", "Toutes les personnes de l’entreprise"


DROITS: Listing[Ligne] = Listing(
    nom="droits",
    titre="Export des droits",
    unite=("ligne", "lignes"),
    page=("Accès et droits", "/acces/personnes"),
    objet=Objet.RATTACHEMENTS,
    rows=Droits,
    onglets=(Onglet("Droits", COLUMNS, lambda ligne: (ligne,)),),
    ordre=lambda filtre: "Nom, prénom",
    criteres=_criteres,
)

"""The people of an organisation, as those who look after its accesses see them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, select

from monespace import horloge, policy
from monespace.acces.difference import perimeter, summary
from monespace.acces.origines import came_from
from monespace.acteur import Acteur, Objet, Verbe
from monespace.comptes import queries as comptes
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.organisations import octrois as ecrits
from monespace.organisations.models import (
    EtatRattachement,
    Habilitation,
    Organisation,
    Portefeuille,
    Qualite,
    Rattachement,
)
from monespace.organisations.octrois import Octrois
from monespace.pages import ROWS_A_PAGE, Page
from monespace.policy import Can
from monespace.recherche import normalise, terms
from monespace.refus import Introuvable
from monespace.typographie import NBSP, date_long

PRESENT = (EtatRattachement.ACTIF, EtatRattachement.SUSPENDU)
OBJETS: Mapping[Objet, str] = {
    Objet.DOSSIERS: "Dossiers",
    Objet.SALARIES: "Salariés",
    Objet.FACTURES: "Factures",
    Objet.COORDONNEES_BANCAIRES: "Coordonnées bancaires",
    Objet.RATTACHEMENTS: "Rattachements",
}


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody of the organisation, and their rights in few words."""

    rattachement: Rattachement
    utilisateur: Utilisateur
    en_bref: str

    @property
    def nom(self) -> str:
        return f"{self.utilisateur.nom} {self.utilisateur.prenom}"

    @property
    def qualite(self) -> str:
        return quality(self.rattachement)

    @property
    def presence(self) -> str:
        return presence(self.rattachement)


def page_of(
    acteur: Acteur, q: str = "", gone: bool = False, after: str = "", before: str = ""
) -> Page[Personne]:
    """One page of the people the acteur may see, by name; those who are gone when asked for.

    `after` and `before` are keys of rattachements at the ends of former pages.
    """
    found = _ordered(acteur, terms(q), gone)
    start = _start(found, after, before)
    shown = found[start : start + ROWS_A_PAGE]
    return Page(
        _people(shown),
        len(found),
        shown[0] if shown and start else None,
        shown[-1] if shown and start + ROWS_A_PAGE < len(found) else None,
    )


def _ordered(acteur: Acteur, words: Sequence[str], gone: bool) -> list[str]:
    """Keys of the rattachements that match, by name: those of one company, read at once.

    They are some thousands at most; names sort without accents the same on both databases.
    """
    states = (EtatRattachement.RETIRE,) if gone else PRESENT
    rows = session().execute(
        select(Rattachement.cle, Utilisateur.nom, Utilisateur.prenom, Utilisateur.courriel)
        .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
        .where(
            policy.allows(acteur, Rattachement, Can.VIEW),
            Rattachement.organisation_id == acteur.organisation_id,
            Rattachement.etat.in_(states),
        )
    )
    named = (
        (normalise(f"{nom} {prenom}"), cle, f"{nom} {prenom} {courriel}")
        for cle, nom, prenom, courriel in rows
    )
    matching = (
        (name, cle) for name, cle, text in named if not words or _matches(normalise(text), words)
    )
    return [cle for _, cle in sorted(matching)]


def _matches(text: str, words: Sequence[str]) -> bool:
    return all(word in text for word in words)


def _start(found: Sequence[str], after: str, before: str) -> int:
    try:
        if before:
            return max(0, found.index(before) - ROWS_A_PAGE)
        return found.index(after) + 1 if after else 0
    except ValueError as error:
        raise Introuvable() from error


def _people(cles: Sequence[str]) -> list[Personne]:
    rows = session().execute(
        select(Rattachement, Utilisateur)
        .join(Utilisateur, Utilisateur.id == Rattachement.utilisateur_id)
        .where(Rattachement.cle.in_(cles))
    )
    found = {one.cle: (one, person) for one, person in rows}
    rights = _rights({one.id for one, _ in found.values()})
    people = (found[cle] for cle in cles)
    return [Personne(one, who, in_short(one, rights.get(one.id, ()))) for one, who in people]


def _rights(ids: Collection[int]) -> Mapping[int, list[Habilitation]]:
    rows = session().scalars(
        select(Habilitation)
        .where(Habilitation.rattachement_id.in_(ids))
        .order_by(Habilitation.rattachement_id)
    )
    return {key: list(some) for key, some in groupby(rows, lambda row: row.rattachement_id)}


def in_short(rattachement: Rattachement, rights: Iterable[Habilitation]) -> str:
    """«Dossiers : consulter, saisir · toute l’entreprise»: enough to tell who does what."""
    if rattachement.administrateur:
        return "Tous les droits"
    octrois = ecrits.of(rights)
    if not octrois:
        return "Aucun droit"
    parts = [
        f"{OBJETS[objet]}{NBSP}: {_verbs(octrois, objet)}"
        for objet in Objet
        if any(one.objet is objet for one in octrois)
    ]
    return f"{', '.join(parts)} · {perimeter(octrois)}"


def _verbs(octrois: Octrois, objet: Objet) -> str:
    held = frozenset[Verbe]().union(*(one.verbes for one in octrois if one.objet is objet))
    return " et ".join(
        part
        for part in (
            ", ".join([verbe for verbe in Verbe if verbe in held][:-1]),
            *[verbe for verbe in Verbe if verbe in held][-1:],
        )
        if part
    )


def quality(rattachement: Rattachement) -> str:
    """«Membre», or for whom a mandataire acts."""
    if rattachement.qualite is Qualite.MANDATAIRE:
        siren = rattachement.siren_mandataire
        return f"Mandataire (SIREN{NBSP}{siren})" if siren else "Mandataire"
    return "Membre"


def presence(rattachement: Rattachement) -> str:
    """What bounds the access, "" when nothing does."""
    today = horloge.today()
    if rattachement.etat is EtatRattachement.SUSPENDU:
        return "Suspendu"
    if rattachement.etat is EtatRattachement.RETIRE:
        return "Retiré"
    if rattachement.fin and rattachement.fin < today:
        return f"Terminé le {date_long(rattachement.fin)}"
    if rattachement.debut and rattachement.debut > today:
        return f"À partir du {date_long(rattachement.debut)}"
    return f"Jusqu’au {date_long(rattachement.fin)}" if rattachement.fin else ""


def person_of(rattachement: Rattachement) -> Utilisateur:
    return session().get_one(Utilisateur, rattachement.utilisateur_id)


def provenance(rattachement: Rattachement) -> list[tuple[str, tuple[str, ...]]]:
    """The rights of somebody in full: for each origin, who gave them and when, the sentences."""
    if rattachement.administrateur:
        return [
            (
                came_from(rattachement),
                ("Administrer\u00a0: tous les droits, pour toute l’entreprise",),
            )
        ]
    groups: dict[str, list[Habilitation]] = {}
    for row in sorted(rattachement.habilitations, key=lambda row: row.id):
        groups.setdefault(came_from(row, rattachement), []).append(row)
    return [(told, summary(ecrits.of(rows))) for told, rows in groups.items()]


def sole_administrateur(acteur: Acteur) -> bool:
    """Does the acteur alone administer their organisation for good?"""
    if not acteur.administrateur:
        return False
    return len(session().scalars(_lasting(acteur).limit(2)).all()) < 2


def _lasting(acteur: Acteur) -> Select[int]:
    return select(Rattachement.id).where(
        Rattachement.organisation_id == acteur.organisation_id,
        Rattachement.administrateur,
        Rattachement.fin.is_(None),
        policy.in_force(horloge.today()),
    )


def organisation_of(acteur: Acteur) -> Organisation:
    """The organisation the acteur works in. Raise Introuvable when there is none."""
    if acteur.organisation_id is None:
        raise Introuvable()
    return session().get_one(Organisation, acteur.organisation_id)


def looked_after_by(organisation: Organisation) -> Sequence[Utilisateur]:
    """The conseillers and AEF of the OPCO who look after that company, by name."""
    return (
        session()
        .scalars(
            select(Utilisateur)
            .join(Portefeuille, Portefeuille.utilisateur_id == Utilisateur.id)
            .where(Portefeuille.entreprise_id == organisation.entreprise_id)
            .order_by(Utilisateur.role.desc(), Utilisateur.nom, Utilisateur.id)
        )
        .all()
    )


def administrateurs(acteur: Acteur) -> Sequence[str]:
    """The names of those who can give rights where the acteur works."""
    if acteur.organisation_id is None:
        return []
    return [one.nom_complet for one in comptes.administrateurs(acteur.organisation_id)]

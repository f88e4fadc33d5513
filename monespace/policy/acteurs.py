"""The acteur behind a person: their rattachement in force and what it grants, read as of now."""

from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from monespace import horloge
from monespace.acteur import Acteur, Droit, Verbe
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.db import session
from monespace.organisations.models import (
    TOUS,
    Etablissement,
    EtatRattachement,
    Habilitation,
    Rattachement,
)


def acteur_of(utilisateur: Utilisateur, organisation_id: int | None) -> Acteur:
    """The person on that organisation, with the rights in force today; none if not attached."""
    where = {"utilisateur": utilisateur.id, "organisation": organisation_id}
    found = session().scalars(_RATTACHEMENT, {**where, "jour": horloge.today()})
    return attached(utilisateur, found.one_or_none())


def attached(utilisateur: Utilisateur, rattachement: Rattachement | None) -> Acteur:
    """The person with the rights of a rattachement in force, or with none."""
    if rattachement is None:
        return Acteur(utilisateur.id, utilisateur.nom_complet, utilisateur.role)
    return Acteur(
        utilisateur.id,
        utilisateur.nom_complet,
        utilisateur.role,
        rattachement.organisation_id,
        rattachement.administrateur,
        () if rattachement.administrateur else _droits(rattachement.id),
    )


def in_force(today: date | BindParameter[date]) -> ColumnElement[bool]:
    """Rattachements that are active on that day, in Paris."""
    return and_(
        Rattachement.etat == EtatRattachement.ACTIF,
        or_(Rattachement.debut.is_(None), Rattachement.debut <= today),
        or_(Rattachement.fin.is_(None), Rattachement.fin >= today),
    )


def administers_somewhere(
    model: type[SessionOuverte] | type[Utilisateur], today: date | BindParameter[date]
) -> ColumnElement[bool]:
    """Rows of people who administer an organisation on that day, whichever it is."""
    whose = Utilisateur.id if model is Utilisateur else SessionOuverte.utilisateur_id
    return (
        select(Rattachement.id)
        .where(Rattachement.utilisateur_id == whose, Rattachement.administrateur, in_force(today))
        .correlate(model)
        .exists()
    )


# Both are read at each request: building them takes longer than running them.
_RATTACHEMENT = select(Rattachement).where(
    Rattachement.utilisateur_id == bindparam("utilisateur"),
    Rattachement.organisation_id == bindparam("organisation"),
    in_force(bindparam("jour", type_=Date())),
)
_EVERYWHERE = Habilitation.siret == TOUS
_SAME = (
    Habilitation.objet,
    Habilitation.dispositif,
    _EVERYWHERE,
    *(getattr(Habilitation, verbe) for verbe in Verbe),
)
# Somebody may hold hundreds: the database groups them.
_DROITS = (
    select(*_SAME, func.aggregate_strings(cast(Etablissement.id, String), ","))
    .outerjoin(Etablissement, Etablissement.siret == Habilitation.siret)
    .where(Habilitation.rattachement_id == bindparam("rattachement"))
    # A SIRET that is not in the base grants nothing; it must not read as «all».
    .where(or_(_EVERYWHERE, Etablissement.id.is_not(None)))
    .group_by(*_SAME)
)


def _droits(rattachement_id: int) -> tuple[Droit, ...]:
    rows = session().execute(_DROITS, {"rattachement": rattachement_id})
    return tuple(
        Droit(
            objet,
            None if tous else frozenset(map(int, ids.split(","))),
            None if dispositif == TOUS else dispositif,
            frozenset(verbe for verbe, granted in zip(Verbe, verbes, strict=True) if granted),
        )
        for objet, dispositif, tous, *verbes, ids in rows
    )

"""Établissements as SIRENE tells them, and which of them is the siège."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from monespace.acteur import Acteur
from monespace.db import session
from monespace.organisations.actions.bilan import Bilan
from monespace.organisations.actions.entreprises import by_siren, spaces_of, tell
from monespace.organisations.models import Entreprise, Etablissement, Organisation
from monespace.organisations.sirene import Lieu

Spaces = Mapping[int, Sequence[Organisation]]
ADDRESS = ("complement", "adresse", "code_postal", "commune")


def take_lieux(acteur: Acteur, lieux: Sequence[Lieu], bilan: Bilan) -> None:
    """Add or bring up to date these établissements of companies that the portal knows.

    One that closed stays, as history; one that was closed before being known is left out.
    """
    said = {one.siret: one for one in lieux}
    companies = by_siren({one.siren for one in lieux})
    known = _by_siret(list(said))
    spaces = spaces_of([one.id for one in companies.values()])
    for siret, lieu in said.items():
        company, row = companies.get(lieu.siren), known.get(siret)
        if company is None:
            continue
        if row is not None:
            _update(acteur, row, lieu, company, spaces, bilan)
        elif lieu.actif:
            session().add(_new(lieu, company))
            bilan.etablissements_ajoutes += 1
    session().flush()


def place_sieges(acteur: Acteur, sieges: Mapping[str, str], bilan: Bilan) -> None:
    """Give each SIREN its siège. Where the établissement is not there, none is better than a
    former one: no letter goes astray."""
    companies = by_siren(sieges)
    present = _by_siret(list(sieges.values()))
    flagged = select(Etablissement).where(
        Etablissement.siege, Etablissement.entreprise_id.in_([one.id for one in companies.values()])
    )
    former = {one.entreprise_id: one for one in session().scalars(flagged)}
    spaces = spaces_of([one.id for one in companies.values()])
    for siren, company in companies.items():
        siege, before = present.get(sieges[siren]), former.get(company.id)
        if before is not siege:
            _move(acteur, company, before, siege, spaces, bilan)
        if company.active and (siege is None or not siege.adressable):
            bilan.sans_adresse.add(f"{siren} {company.raison_sociale}")
    session().flush()


def _move(
    acteur: Acteur,
    company: Entreprise,
    before: Etablissement | None,
    siege: Etablissement | None,
    spaces: Spaces,
    bilan: Bilan,
) -> None:
    if before is not None:
        before.siege = False
    if siege is not None:
        siege.siege = True
    if before is None:
        return
    to = siege.siret if siege is not None else ""
    bilan.sieges_changes.add(f"{company.siren} {company.raison_sociale}")
    tell(acteur, spaces[company.id], "changer le siège", company, avant=before.siret, apres=to)


def _new(lieu: Lieu, company: Entreprise) -> Etablissement:
    return Etablissement(
        siret=lieu.siret,
        entreprise_id=company.id,
        enseigne=lieu.enseigne or company.raison_sociale,
        complement=lieu.complement,
        adresse=lieu.adresse,
        code_postal=lieu.code_postal,
        commune=lieu.commune,
        ape=lieu.ape,
    )


def _update(
    acteur: Acteur,
    row: Etablissement,
    lieu: Lieu,
    company: Entreprise,
    spaces: Spaces,
    bilan: Bilan,
) -> None:
    names = (*ADDRESS, "actif", "ape")
    before = {name: getattr(row, name) for name in names}
    enseigne = lieu.enseigne or company.raison_sociale
    changed = {name: was for name, was in before.items() if getattr(lieu, name) != was}
    if not changed and row.enseigne == enseigne:
        return
    row.enseigne = enseigne
    for name in changed:
        setattr(row, name, getattr(lieu, name))
    bilan.etablissements_modifies += 1
    if changed.keys() & {*ADDRESS}:
        bilan.adresses_changees.add(f"{row.siret} {row.enseigne}")
    if changed:
        now = {name: getattr(lieu, name) for name in changed}
        tell(
            acteur,
            spaces[company.id],
            "mettre à jour selon SIRENE",
            row,
            avant=changed,
            apres=now,
        )


def _by_siret(sirets: Sequence[str]) -> dict[str, Etablissement]:
    rows = session().scalars(select(Etablissement).where(Etablissement.siret.in_(sorted(sirets))))
    return {one.siret: one for one in rows}

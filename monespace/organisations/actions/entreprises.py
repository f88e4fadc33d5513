"""Companies as SIRENE tells them, and the spaces opened for them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.organisations.actions.bilan import Bilan
from monespace.organisations.models import Entreprise, Etablissement, Organisation, Profil
from monespace.organisations.sirene import Unite

NO_NAME = "Nom non publié"


def take_unites(
    acteur: Acteur, unites: Sequence[Unite], profils: Collection[Profil], bilan: Bilan
) -> None:
    """Add or bring up to date these companies, and open their spaces."""
    said = {one.siren: one for one in unites}
    known = by_siren(said)
    for siren, unite in said.items():
        entreprise = known.get(siren)
        if entreprise is not None:
            _update(acteur, entreprise, unite, bilan)
        elif unite.active:
            known[siren] = _new(unite)
            bilan.entreprises_ajoutees += 1
        else:
            bilan.cessees_ignorees += 1
    session().flush()
    _open_spaces(acteur, [one for one in known.values() if one.active], profils, bilan)


def by_siren(sirens: Iterable[str]) -> dict[str, Entreprise]:
    """Those of them that are known here."""
    rows = session().scalars(select(Entreprise).where(Entreprise.siren.in_(sorted(sirens))))
    return {one.siren: one for one in rows}


def _new(unite: Unite) -> Entreprise:
    entreprise = Entreprise(
        siren=unite.siren,
        raison_sociale=unite.nom or NO_NAME,
        effectif=min(unite.effectifs, default=0),
        # SIRENE does not know them.
        idcc="",
        branche="",
        sirene_le=horloge.now(),
    )
    session().add(entreprise)
    return entreprise


def _update(acteur: Acteur, entreprise: Entreprise, unite: Unite, bilan: Bilan) -> None:
    before: dict[str, Json] = {
        "raison_sociale": entreprise.raison_sociale,
        "effectif": entreprise.effectif,
        "active": entreprise.active,
    }
    entreprise.raison_sociale = unite.nom or entreprise.raison_sociale
    entreprise.active = unite.active
    # A number within the class is more precise than the class.
    if unite.effectifs and entreprise.effectif not in unite.effectifs:
        entreprise.effectif = min(unite.effectifs)
    entreprise.sirene_le = horloge.now()
    changed = {name: was for name, was in before.items() if getattr(entreprise, name) != was}
    if not changed:
        return
    bilan.entreprises_modifiees += 1
    if before["active"] and not entreprise.active:
        bilan.cessees.add(f"{entreprise.siren} {entreprise.raison_sociale}")
    tell(
        acteur,
        spaces_of([entreprise.id])[entreprise.id],
        "mettre à jour selon SIRENE",
        entreprise,
        avant=changed,
        apres={name: getattr(entreprise, name) for name in changed},
    )


def _open_spaces(
    acteur: Acteur, entreprises: Sequence[Entreprise], profils: Collection[Profil], bilan: Bilan
) -> None:
    spaces = spaces_of([one.id for one in entreprises])
    opened = [
        Organisation(entreprise=one, profil=profil)
        for one in entreprises
        for profil in sorted({*profils} - {space.profil for space in spaces[one.id]})
    ]
    session().add_all(opened)
    session().flush()
    for space in opened:
        tell(acteur, [space], "ouvrir l’espace", space)
    bilan.espaces_ouverts += len(opened)


def spaces_of(entreprise_ids: Collection[int]) -> Mapping[int, list[Organisation]]:
    """The spaces of each of these companies."""
    found: dict[int, list[Organisation]] = {one: [] for one in entreprise_ids}
    wanted = Organisation.entreprise_id.in_(sorted(entreprise_ids))
    for space in session().scalars(select(Organisation).where(wanted)):
        found[space.entreprise_id].append(space)
    return found


def tell(
    acteur: Acteur,
    spaces: Sequence[Organisation],
    acte: str,
    row: Entreprise | Organisation | Etablissement,
    **details: Json,
) -> None:
    """One line in the journal of each space, so that the company reads it; one at least."""
    readers: Sequence[int | None] = [space.id for space in spaces] or [None]
    for organisation_id in readers:
        journal.record(replace(acteur, organisation_id=organisation_id), acte, row, **details)

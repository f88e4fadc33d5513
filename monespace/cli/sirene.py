"""`flask sirene importer`: companies and their siège, from the files that INSEE publishes."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from monespace import bail, services
from monespace.acteur import Acteur, Role
from monespace.cli.commun import refusals_told
from monespace.db import session
from monespace.forms import validators
from monespace.forms.phrases import Illisible
from monespace.organisations import actions, sirene
from monespace.organisations.actions import Bilan, Told
from monespace.organisations.models import Entreprise, Profil
from monespace.refus import Conflit, Refuse

IMPORT = Acteur(None, "Import SIRENE", Role.CONSEILLER)
PROFILS: dict[str, Sequence[Profil]] = {
    Profil.ADHERENT.value: (Profil.ADHERENT,),
    Profil.PRESTATAIRE.value: (Profil.PRESTATAIRE,),
    "les deux": tuple(Profil),
}
# Longer than any batch; what a killed import held is free again after it.
ALONE = timedelta(minutes=5)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)

commands = AppGroup("sirene", help="Les entreprises et leur siège, selon l’INSEE.")


@commands.command("importer")
@click.argument("unites", type=EXISTING)
@click.argument("etablissements", type=EXISTING)
@click.option(
    "--profil",
    type=click.Choice([*PROFILS]),
    help="Ouvre aux entreprises les espaces de ce profil.",
)
@click.option("--siren", "liste", type=EXISTING, help="Fichier des SIREN à prendre, un par ligne.")
@click.option("--connus", is_flag=True, help="Ne prend que les SIREN déjà connus du portail.")
def importer(
    unites: Path, etablissements: Path, profil: str | None, liste: Path | None, connus: bool
) -> None:
    """Importe les fichiers StockUniteLegale (UNITES) et StockEtablissement (ETABLISSEMENTS).

    Ce sont les CSV publiés par l’INSEE, ou les archives zip qui les contiennent. Sans --siren ni
    --connus, toutes leurs entreprises en activité sont prises. Rien n’est supprimé. Un import
    interrompu se recommence sans rien faire deux fois.
    """
    with refusals_told():
        fichiers = actions.Fichiers(sirene.unites(unites), sirene.etablissements(etablissements))
        wanted = _chosen(liste, connus)
        titulaire = secrets.token_hex(6)

        @contextmanager
        def transaction() -> Iterator[None]:
            with services.database().transaction():
                if not bail.hold("sirene", titulaire, ALONE):
                    raise Conflit("Un autre import de SIRENE est en cours. Attendez qu’il finisse.")
                yield

        bilan = actions.import_sirene(
            IMPORT,
            fichiers,
            wanted,
            PROFILS[profil] if profil else (),
            transaction,
        )
        with services.database().transaction():
            bail.release("sirene", titulaire)
    _tell(bilan)


def _chosen(liste: Path | None, connus: bool) -> sirene.Wanted:
    """Which SIRENs to take. Raise Refuse for a list that cannot be read."""
    asked = None if liste is None else _listed(liste)
    if connus:
        with services.database().reading():
            known = frozenset(session().scalars(select(Entreprise.siren)))
        asked = known if asked is None else known & asked
    return (lambda siren: True) if asked is None else asked.__contains__


def _listed(liste: Path) -> frozenset[str]:
    try:
        lines = liste.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Refuse(f"Le fichier {liste.name} n’est pas un texte en UTF-8.") from None
    found = set()
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                found.add(validators.siren(line.strip()))
        except Illisible as error:
            raise Refuse(f"{liste.name}, ligne {number}\u00a0: {error}") from None
    return frozenset(found)


def _tell(bilan: Bilan) -> None:
    if bilan.nothing_changed:
        click.echo("Rien n’a changé depuis le dernier import.")
    for count, what in (
        (bilan.entreprises_ajoutees, "entreprises ajoutées"),
        (bilan.entreprises_modifiees, "entreprises mises à jour"),
        (bilan.etablissements_ajoutes, "établissements ajoutés"),
        (bilan.etablissements_modifies, "établissements mis à jour"),
        (bilan.espaces_ouverts, "espaces ouverts"),
        (bilan.cessees_ignorees, "entreprises cessées, inconnues du portail, non ajoutées"),
    ):
        if count:
            click.echo(f"{what.capitalize()}\u00a0: {count}")
    _name("Entreprises cessées", bilan.cessees)
    _name("Sièges changés", bilan.sieges_changes)
    _name("Adresses changées", bilan.adresses_changees)
    _name(
        "Sièges sans adresse publiée en France, à qui aucun courrier ne peut être envoyé",
        bilan.sans_adresse,
    )
    _name("Lignes écartées", bilan.ecarts)


def _name(what: str, told: Told) -> None:
    if not told.nombre:
        return
    click.echo(f"{what}\u00a0: {told.nombre}")
    for one in told.premiers:
        click.echo(f"  {one}")
    if told.nombre > len(told.premiers):
        click.echo(f"  … et {told.nombre - len(told.premiers)} de plus")

"""`flask courriers …`: print the letters that carry the codes, hand them to the post."""

from pathlib import Path

import click
from flask.cli import AppGroup

from monespace import services
from monespace.activation import tirage
from monespace.activation.actions import Presse, draw, hand_over
from monespace.activation.lettres import Expediteur
from monespace.cli.commun import refusals_told

courriers = AppGroup("courriers", help="Les courriers qui portent les codes d’activation.")


@courriers.command(help="Produit les lettres en attente, une par SIREN et par profil.")
@click.option(
    "--vers",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Dossier où écrire les lettres et le fichier de l’imprimeur.",
)
@click.option("--siren", "sirens", multiple=True, help="Seulement ce SIREN (peut se répéter).")
@click.option(
    "--premiere-vague",
    is_flag=True,
    help="Aussi toutes les organisations sans administrateur qui n’ont jamais reçu de courrier.",
)
def tirer(vers: Path, sirens: tuple[str, ...], premiere_vague: bool) -> None:
    with refusals_told():
        folder, many = draw(presse(), vers, sirens, premiere_vague)
    if folder is None:
        click.echo("Aucun courrier n’est en attente\u00a0: rien n’a été produit.")
        return
    click.echo(f"{many} lettres prêtes dans {folder}, avec {tirage.LIST} pour l’imprimeur.")
    click.echo(f"Une fois postées\u00a0: flask courriers remettre {folder} --effacer")


@courriers.command(help="Note que les lettres du tirage de ce dossier ont été postées.")
@click.argument("dossier", type=click.Path(path_type=Path))
@click.option("--effacer", is_flag=True, help="Efface ensuite les lettres de ce dossier.")
def remettre(dossier: Path, effacer: bool) -> None:
    cle = dossier.name[-tirage.KEY_LENGTH :]
    with refusals_told():
        with services.database().transaction():
            handed = hand_over(cle, services.config().reception_jours)
        click.echo("Les lettres sont notées comme postées.")
        if effacer:
            click.echo(f"{tirage.erase(dossier, handed)} lettres effacées de {dossier}.")


def presse() -> Presse:
    """What letters of this portal are made with."""
    config = services.config()
    return Presse(
        services.database(),
        services.coffre(),
        Expediteur(config.opco, config.base_url),
        config.reception_jours,
    )

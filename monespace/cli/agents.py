"""`flask agents …`: who works for the OPCO, and which companies each looks after."""

import click
from flask.cli import AppGroup

from monespace import services
from monespace.acces import actions
from monespace.acteur import Acteur, Role
from monespace.cli.commun import refusals_told
from monespace.comptes import queries
from monespace.comptes.models import Utilisateur
from monespace.refus import Introuvable
from monespace.typographie import plural

agents = AppGroup("agents", help="Les agents de l’OPCO et leurs portefeuilles.")
OPCO = Acteur(None, "OPCO, au terminal", Role.CONSEILLER)
ROLES = {"conseiller": Role.CONSEILLER, "aef": Role.AEF, "aucun": Role.MEMBRE}


@agents.command(
    help="Fait d’un compte confirmé celui d’un agent, ou l’inverse («\u00a0aucun\u00a0»)."
)
@click.argument("courriel")
@click.argument("role", type=click.Choice(list(ROLES)))
def nommer(courriel: str, role: str) -> None:
    with refusals_told(), services.database().transaction():
        person = _account(courriel)
        actions.engage(OPCO, person, ROLES[role])
    click.echo(f"{person.nom_complet}\u00a0: {role}. Ses sessions sont fermées.")


@agents.command(help="Ajoute des entreprises au portefeuille d’un agent.")
@click.argument("courriel")
@click.argument("sirens", nargs=-1, required=True)
def confier(courriel: str, sirens: tuple[str, ...]) -> None:
    with refusals_told(), services.database().transaction():
        person = _account(courriel)
        number = actions.entrust(OPCO, person, sirens)
    click.echo(f"{plural(number, 'entreprise confiée', 'entreprises confiées')}.")


@agents.command(help="Retire des entreprises du portefeuille d’un agent.")
@click.argument("courriel")
@click.argument("sirens", nargs=-1, required=True)
def retirer(courriel: str, sirens: tuple[str, ...]) -> None:
    with refusals_told(), services.database().transaction():
        person = _account(courriel)
        number = actions.relieve(OPCO, person, sirens)
    click.echo(f"{plural(number, 'entreprise retirée', 'entreprises retirées')}.")


def _account(courriel: str) -> Utilisateur:
    person = queries.by_email(courriel)
    if person is None:
        raise Introuvable(
            f"Aucun compte n’a l’adresse {courriel}. La personne en crée un comme tout le monde."
        )
    return person

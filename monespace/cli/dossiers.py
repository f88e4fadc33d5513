"""`flask dossiers …`: the acts of the OPCO on a dossier, driven from a terminal until its
advisers have their pages.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

import click
from flask.cli import AppGroup
from sqlalchemy import select

from monespace import policy, services
from monespace.acteur import Acteur, Role
from monespace.argent import euros
from monespace.cli.commun import refusals_told
from monespace.db import session
from monespace.dossiers import actions
from monespace.dossiers.models import Dossier
from monespace.dossiers.states import PRESENTATION
from monespace.forms.kinds import Illisible, Money
from monespace.policy import Can
from monespace.refus import Introuvable, Refuse

Command = TypeVar("Command", bound=Callable[..., None])

dossiers = AppGroup("dossiers", help="Les actes de l’OPCO sur un dossier transmis.")


def on_dossier(command: Command) -> Command:
    """Give a command the dossier it acts on and the name of who acts."""
    named = click.option(
        "--conseiller", default="de permanence", help="Nom du conseiller, pour l’historique."
    )
    return click.argument("numero")(named(command))


@dossiers.command(help="Prend le dossier en instruction.")
@on_dossier
def instruire(numero: str, conseiller: str) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        actions.take(acteur, dossier)


@dossiers.command("demander-pieces", help="Renvoie le dossier à l’entreprise, à compléter.")
@on_dossier
@click.option("--message", default="", help="Ce que l’entreprise doit faire.")
@click.option(
    "--echeance", type=click.DateTime(["%d/%m/%Y"]), help="Dernier jour pour répondre (JJ/MM/AAAA)."
)
def demander_pieces(numero: str, conseiller: str, message: str, echeance: datetime | None) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        actions.request_pieces(acteur, dossier, message, echeance.date() if echeance else None)


@dossiers.command(help="Accorde la prise en charge, poste par poste.")
@on_dossier
@click.option("--poste", "postes", multiple=True, help="Montant accordé, par exemple PEDA=1200,50.")
@click.option("--tout", is_flag=True, help="Accorde tout ce qui est demandé.")
def accorder(numero: str, conseiller: str, postes: Sequence[str], tout: bool) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        asked = {ligne.poste: euros(ligne.demande_cents) for ligne in dossier.lignes}
        actions.grant(acteur, dossier, asked if tout else dict(map(_amount, postes)))


@dossiers.command(help="Refuse le dossier.")
@on_dossier
@click.option("--motif", default="", help="La raison, que l’entreprise lira.")
def refuser(numero: str, conseiller: str, motif: str) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        actions.refuse(acteur, dossier, motif)


@dossiers.command(help="Annule le dossier.")
@on_dossier
@click.option("--motif", default="", help="La raison, que l’entreprise lira.")
def annuler(numero: str, conseiller: str, motif: str) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        actions.cancel(acteur, dossier, motif)


@dossiers.command(help="Solde un dossier accordé.")
@on_dossier
def solder(numero: str, conseiller: str) -> None:
    with _instructing(numero, conseiller) as (acteur, dossier):
        actions.close(acteur, dossier)


@contextmanager
def _instructing(numero: str, conseiller: str) -> Iterator[tuple[Acteur, Dossier]]:
    """The dossier, locked, in one transaction; its new state is told once it is committed."""
    acteur = Acteur(None, f"Conseiller {conseiller}", Role.CONSEILLER)
    with refusals_told():
        with services.database().transaction():
            cle = session().scalar(select(Dossier.cle).where(Dossier.numero == numero))
            if cle is None:
                raise Introuvable(f"Aucun dossier transmis ne porte le numéro {numero}.")
            dossier = policy.load(acteur, Dossier, cle, Can.INSTRUCT, lock=True)
            yield acteur, dossier
        state = PRESENTATION[dossier.statut].label.lower()
        click.echo(f"Dossier {numero}\u00a0: {state}.")


def _amount(typed: str) -> tuple[str, Decimal]:
    """«PEDA=1200,50» as the poste and its euros. Raise Refuse."""
    poste, _, montant = typed.partition("=")
    try:
        amount = Money().read((montant,))
    except Illisible as error:
        raise Refuse(f"Poste {poste}\u00a0: {error}") from None
    if amount is None:
        raise Refuse(
            f"Écrivez un montant après «\u00a0{poste}=\u00a0», par exemple {poste}=1200,50."
        )
    return poste.strip().upper(), amount

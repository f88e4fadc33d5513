"""`flask comptes …`: what only somebody who knows the person can decide."""

import click
from flask.cli import AppGroup

from monespace import services
from monespace.acteur import Acteur, Role
from monespace.cli.commun import refusals_told
from monespace.comptes import actions, queries
from monespace.notifications.actions import notify
from monespace.refus import Introuvable

comptes = AppGroup("comptes", help="Les comptes des personnes.")
TELEPHONE = Acteur(None, "OPCO, au téléphone", Role.CONSEILLER)


@comptes.command(
    "retirer-second-facteur",
    help="Pour qui a perdu son téléphone et ses codes de secours, une fois son identité vérifiée.",
)
@click.argument("courriel")
def retirer_second_facteur(courriel: str) -> None:
    with refusals_told(), services.database().transaction():
        person = queries.by_email(courriel)
        if person is None or person.totp_le is None:
            raise Introuvable("Aucun compte de cette adresse n’a de second facteur.")
        actions.remove_second_factor(TELEPHONE, person)
        actions.close_sessions(person.id)
        notify(
            [person],
            "Votre second facteur a été retiré à votre demande",
            "Connectez-vous avec votre mot de passe, puis choisissez une nouvelle application. "
            "Si vous n’avez rien demandé, appelez-nous et changez votre mot de passe.",
            "/connexion",
            urgent=True,
        )
    click.echo(f"Second facteur retiré : {person.nom_complet} en choisira un autre.")

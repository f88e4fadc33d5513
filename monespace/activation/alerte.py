"""Tell who is in charge that somebody tries codes at random on a company."""

from sqlalchemy import or_, select

from monespace import horloge, policy, typographie
from monespace.activation.actions.codes import PAGE
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.notifications.actions import notify
from monespace.organisations.models import Entreprise, Organisation, Portefeuille, Rattachement


def alert(siren: str, many: int) -> None:
    """Tell the administrateurs of that SIREN, and who looks after it at the OPCO."""
    company = select(Entreprise.id).where(Entreprise.siren == siren).scalar_subquery()
    people = session().scalars(
        select(Utilisateur).where(
            or_(
                Utilisateur.id.in_(
                    select(Rattachement.utilisateur_id)
                    .join(Organisation, Organisation.id == Rattachement.organisation_id)
                    .where(
                        Organisation.entreprise_id == company,
                        Rattachement.administrateur,
                        policy.in_force(horloge.today()),
                    )
                ),
                Utilisateur.id.in_(
                    select(Portefeuille.utilisateur_id).where(Portefeuille.entreprise_id == company)
                ),
            )
        )
    )
    notify(
        people,
        f"Des codes faux sont essayés pour le SIREN {typographie.siren(siren)}",
        f"{many} codes faux ont été saisis en une heure. Aucun n’a ouvert d’accès, et le vrai "
        "code sert toujours. Si ces essais ne viennent pas de votre entreprise, dites-le à votre "
        "conseiller.",
        PAGE,
        urgent=True,
    )

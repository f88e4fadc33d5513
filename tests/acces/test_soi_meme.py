"""Whatever the code forgets, the database refuses that somebody decides for themselves."""

from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge
from monespace.acces.models import DemandeAcces, EtatDemande, GenreDemande
from monespace.db import session
from monespace.organisations.models import Rattachement
from tests.support.maison import Maison


def test_a_decision_on_ones_own_request_is_refused(chez: Maison) -> None:
    asker, other = chez.person("Demande"), chez.person("Décide", administrateur=True)
    cle = chez.cle(asker)

    def decide(decideur_id: int | None) -> None:
        with chez.database.transaction():
            row = session().scalars(select(Rattachement).where(Rattachement.cle == cle)).one()
            session().add(
                DemandeAcces(
                    jeton=uuid4().hex,
                    organisation_id=row.organisation_id,
                    utilisateur_id=row.utilisateur_id,
                    rattachement_id=row.id,
                    genre=GenreDemande.HABILITATION,
                    etat=EtatDemande.APPROUVEE,
                    cree_le=horloge.now(),
                    decideur_id=decideur_id,
                )
            )

    decide(other.utilisateur_id)
    with pytest.raises(IntegrityError, match="nul_ne_decide_pour_soi"):
        decide(asker.utilisateur_id)

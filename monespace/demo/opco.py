"""What the OPCO's people look after: portfolios, codes, letters, rights agreed before opening."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, select

from monespace import horloge, journal, policy
from monespace.acces.models import Invitation
from monespace.acteur import Acteur, Origine, Role
from monespace.activation import actions as activation
from monespace.activation.models import UsagePour
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.demo.comptes import ALINE, CAMILLE, INES, JULIE, Compte
from monespace.demo.entreprises import ATELIER_VERDIER, CAP_SAVOIRS, CLAIRE_PROPRETE, DELORME
from monespace.demo.figurants import BERNARD, HELENE
from monespace.demo.histoire import Life
from monespace.demo.sirene import GROUPE
from monespace.organisations.models import Entreprise, Organisation, Portefeuille

SERVICE = Acteur(None, "Service courrier", Role.CONSEILLER)
RECEPTION_JOURS = 5
# In the group: where a letter is asked for, where rights wait, where a code ended unused.
LETTER_ASKED, AGREED, ENDED = (f"{GROUPE} {town}" for town in ("Montpellier", "Nantes", "Toulouse"))
AGREED_WITH = "claire.morvan@alizes.example"
ALINE_LOOKS_AFTER = 12
BY_CODE = (
    (DELORME.siren, (CAMILLE, BERNARD)),
    (CLAIRE_PROPRETE.siren, (INES,)),
    (CAP_SAVOIRS.siren, (HELENE,)),
)


def entrust(utilisateurs: Mapping[str, Utilisateur]) -> None:
    """Give the conseillère and the AEF their portfolios."""
    group = _sirens(Entreprise.raison_sociale.startswith(f"{GROUPE} "))
    told = _sirens(Entreprise.siren.in_([ATELIER_VERDIER.siren, *(one for one, _ in BY_CODE)]))
    aline = [*group[:ALINE_LOOKS_AFTER], *_sirens(Entreprise.siren == CLAIRE_PROPRETE.siren)]
    for compte, companies in ((JULIE, [*told, *group]), (ALINE, aline)):
        person = utilisateurs[compte.courriel]
        session().add_all(
            Portefeuille(utilisateur_id=person.id, entreprise_id=one) for one in companies
        )


def use_first_codes(
    espaces: Mapping[str, Organisation], utilisateurs: Mapping[str, Utilisateur], empreinte: str
) -> None:
    """The codes that the first administrateurs got by letter. `empreinte` is of no code at all."""
    for siren, people in BY_CODE:
        espace = espaces[siren]
        code = activation.issue(SERVICE, espace.id, empreinte, RECEPTION_JOURS)
        for compte in people:
            acteur = policy.acteur_of(utilisateurs[compte.courriel], espace.id)
            activation.use(acteur, code.id, UsagePour.ADMINISTRER)


def lives(today: date, empreinte: str) -> Sequence[Life]:
    """What the OPCO did for the group, each at its time."""
    return (_ended(today, empreinte), _agreed(today), _letter_asked(today))


def _ended(today: date, empreinte: str) -> Life:
    yield _at(today, 140)
    activation.issue(SERVICE, _espace(ENDED).id, empreinte, RECEPTION_JOURS)


def _agreed(today: date) -> Life:
    yield _at(today, 12)
    julie, espace = _staff(JULIE), _espace(AGREED)
    assert julie.utilisateur_id is not None
    invitation = Invitation(
        jeton=f"{espace.id:032x}",
        organisation=espace,
        courriel=AGREED_WITH,
        origine=Origine.PREDESIGNATION,
        administrateur=True,
        auteur_id=julie.utilisateur_id,
        auteur=julie.nom,
        cree_le=horloge.now(),
    )
    session().add(invitation)
    journal.record(replace(julie, organisation_id=espace.id), "prédésigner", invitation)


def _letter_asked(today: date) -> Life:
    yield _at(today, 2)
    activation.ask_reissue(_staff(JULIE), _espace(LETTER_ASKED))


def _staff(compte: Compte) -> Acteur:
    wanted = select(Utilisateur).where(Utilisateur.courriel == compte.courriel)
    return policy.acteur_of(session().scalars(wanted).one(), None)


def _espace(nom: str) -> Organisation:
    wanted = select(Organisation).join(Organisation.entreprise)
    return session().scalars(wanted.where(Entreprise.raison_sociale == nom)).one()


def _sirens(condition: ColumnElement[bool]) -> Sequence[int]:
    return (
        session().scalars(select(Entreprise.id).where(condition).order_by(Entreprise.siren)).all()
    )


def _at(today: date, days: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(10, 5), horloge.PARIS)

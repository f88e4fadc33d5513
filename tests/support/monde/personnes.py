"""The people of the small world: their rights, their second factor, what they left open."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from monespace import horloge, policy
from monespace.acteur import Acteur, Objet, Role
from monespace.coffre import Coffre
from monespace.comptes.actions import Formulaire, equip, fingerprint, keep_form, open_session
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.comptes.queries import must_have_two_factors
from monespace.db import session
from monespace.notifications.models import Notification
from monespace.organisations.models import (
    TOUS,
    Etablissement,
    Habilitation,
    Organisation,
    Portefeuille,
    Rattachement,
)
from tests.support.codes import SECRET
from tests.support.entreprise import Societe
from tests.support.monde.distribution import PERSONNES, Personnage

VERBES = {"C": "consulter", "S": "saisir", "T": "transmettre", "X": "supprimer"}


def courriel_of(nom: str) -> str:
    """The address that they sign in with."""
    return f"{list(PERSONNES).index(nom)}@monde.example"


def lieux(one: Societe) -> dict[str, Etablissement]:
    """Its two places by the names that the world gives them."""
    return {"siège": one.siege, "annexe": one.annexe}


def person(nom: str, role: Personnage, societes: Mapping[str, Societe], hashed: str) -> Acteur:
    """Somebody who has an account, and their rights."""
    utilisateur = Utilisateur(
        courriel=courriel_of(nom),
        prenom="Dominique",
        nom=nom.capitalize(),
        telephone="+33188131000",
        role=role.opco or Role.MEMBRE,
        mot_de_passe=hashed,
        cree_le=horloge.now(),
        confirme_le=horloge.now(),
    )
    session().add(utilisateur)
    session().flush()
    session().add_all(
        Portefeuille(
            utilisateur_id=utilisateur.id, entreprise_id=societes[nom].organisation.entreprise_id
        )
        for nom in role.portefeuille
    )
    if not role.societe:
        return policy.acteur_of(utilisateur, None)
    one = societes[role.societe]
    session().add(_rattachement(utilisateur, role, one))
    session().flush()
    return policy.acteur_of(utilisateur, one.organisation.id)


def _rattachement(utilisateur: Utilisateur, role: Personnage, one: Societe) -> Rattachement:
    return Rattachement(
        utilisateur_id=utilisateur.id,
        organisation=session().get_one(Organisation, one.organisation.id),
        etat=role.etat,
        administrateur=role.administrateur,
        cree_le=horloge.now(),
        fin=horloge.today() - timedelta(days=1) if role.echu else None,
        habilitations=[
            Habilitation(
                objet=Objet.DOSSIERS,
                siret=lieu if lieu == TOUS else lieux(one)[lieu].siret,
                dispositif=code,
                **{verbe: lettre in lettres for lettre, verbe in VERBES.items()},
            )
            for lettres, lieu, code in role.octrois
        ]
        + [
            Habilitation(
                objet=Objet.SALARIES,
                siret=lieu if lieu == TOUS else lieux(one)[lieu].siret,
                **{verbe: lettre in lettres for lettre, verbe in VERBES.items()},
            )
            for lettres, lieu in role.annuaire
        ]
        + [
            Habilitation(
                objet=Objet.RATTACHEMENTS,
                **{verbe: lettre in role.acces for lettre, verbe in VERBES.items()},
            )
            for _ in role.acces[:1]
        ],
    )


def give_second_factors(coffre: Coffre) -> None:
    """To those who must have one."""
    for utilisateur in session().scalars(select(Utilisateur)).all():
        if must_have_two_factors(utilisateur):
            equip(utilisateur, SECRET, coffre)


def open_somewhere(utilisateur_id: int) -> str:
    """A session that was left open somewhere."""
    empreinte = fingerprint(open_session(utilisateur_id, "Firefox sur Windows"))
    return session().get_one(SessionOuverte, empreinte).cle


def kept_form(utilisateur_id: int, coffre: Coffre) -> str:
    """A form that was kept while its author was to prove who they are, and will be for long."""
    formulaire = Formulaire("/dossiers/nouveau", "/", (("dispositif", "PDC"), ("_fin", "1")))
    with horloge.frozen(horloge.now() + timedelta(days=1)):
        return keep_form(utilisateur_id, "", formulaire, coffre)


def told(acteur: Acteur) -> str:
    """They were told something, and have not opened it."""
    assert acteur.utilisateur_id is not None
    notification = Notification(
        utilisateur_id=acteur.utilisateur_id,
        organisation_id=acteur.organisation_id,
        titre="Un salarié est arrivé dans l’annuaire",
        texte="Vérifiez sa fiche.",
        lien="/salaries",
        cree_le=horloge.now(),
    )
    session().add(notification)
    session().flush()
    return notification.cle

"""A small world: two companies, everyone who may or may not, dossiers in every place and state.

It is written once by the portal's own actions, then copied for each test. Every text of a dossier
bears its mark: where a mark is read by somebody who may not, there is a leak.
"""

import io
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import select

from monespace import fichiers, horloge, policy
from monespace.acces.actions import invitations as acces
from monespace.acces.actions import pre_appoint
from monespace.acces.actions.invitations import Promesse
from monespace.acces.models import DemandeAcces, GenreDemande
from monespace.acteur import Acteur, Objet, Role, Verbe
from monespace.activation import actions as activation
from monespace.activation.models import Courrier, Tirage
from monespace.argent import euros
from monespace.coffre import Coffre
from monespace.comptes.actions import (
    Formulaire,
    equip,
    fingerprint,
    keep_form,
    open_session,
)
from monespace.comptes.models import SessionOuverte, Utilisateur
from monespace.comptes.passwords import hash_password
from monespace.comptes.queries import must_have_two_factors
from monespace.db import Database, Json, session
from monespace.dossiers import actions, choices
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.filtres import Filtre
from monespace.dossiers.models import Dossier, Lot, Statut
from monespace.dossiers.reading import declaration
from monespace.exports import actions as exports
from monespace.forms.answers import Answers
from monespace.imports import actions as imports
from monespace.imports.cible import cible_of
from monespace.imports.lecture import plan_of, understand
from monespace.notifications.models import Notification
from monespace.organisations.models import (
    TOUS,
    Etablissement,
    EtatRattachement,
    Habilitation,
    Organisation,
    Portefeuille,
    Rattachement,
)
from monespace.organisations.octrois import Octroi as Accorde
from monespace.salaries import actions as annuaire
from monespace.stockage import Stockage
from monespace.tableur.lecture import read_text
from tests.support import saisies
from tests.support.codes import SECRET
from tests.support.entreprise import Societe, societe
from tests.support.fichiers import pdf

MOT_DE_PASSE = "Monde-de-poche-2026"
CONSEIL = Acteur(None, "Conseil", Role.CONSEILLER)
# Verbs granted, SIRET («siège» or all), dispositif.
Octroi = tuple[str, str, str]
VERBES = {"C": "consulter", "S": "saisir", "T": "transmettre", "X": "supprimer"}


@dataclass(frozen=True)
class Personnage:
    """What makes a person: their company («halles», «fonderie» or none) and their rights there."""

    societe: str
    administrateur: bool = False
    octrois: tuple[Octroi, ...] = ()
    # The same on the directory, that no dispositif divides.
    annuaire: tuple[tuple[str, str], ...] = ()
    # And on the accesses of the whole company.
    acces: str = ""
    etat: EtatRattachement = EtatRattachement.ACTIF
    echu: bool = False
    # Staff of the OPCO, and the companies they look after.
    opco: Role | None = None
    portefeuille: tuple[str, ...] = ()


PERSONNES: Mapping[str, Personnage] = {
    "administrateur": Personnage("halles", administrateur=True),
    "un SIRET": Personnage("halles", octrois=(("CS", "siège", TOUS),), annuaire=(("CS", "siège"),)),
    "tout sur un SIRET": Personnage("halles", octrois=(("CSTX", "siège", TOUS),)),
    "un dispositif": Personnage("halles", octrois=(("CST", TOUS, "PDC"),)),
    "consultation": Personnage("halles", octrois=(("C", TOUS, TOUS),), annuaire=(("C", TOUS),)),
    "accès confiés": Personnage(
        "halles", octrois=(("C", TOUS, TOUS),), annuaire=(("C", TOUS),), acces="CSX"
    ),
    "sans droit": Personnage("halles"),
    "rattachement retiré": Personnage("halles", administrateur=True, etat=EtatRattachement.RETIRE),
    "rattachement échu": Personnage("halles", administrateur=True, echu=True),
    "autre entreprise": Personnage("fonderie", administrateur=True),
    "conseiller": Personnage("", opco=Role.CONSEILLER, portefeuille=("halles", "nouvelle")),
    "AEF": Personnage("", opco=Role.AEF, portefeuille=("halles", "nouvelle")),
    "conseiller sans portefeuille": Personnage("", opco=Role.CONSEILLER),
}


@dataclass(frozen=True)
class Place:
    """Where a dossier stands: what rights look at."""

    societe: str
    etablissement: str
    dispositif: str
    statut: Statut


# Nobody administers the last one yet.
HALLES, FONDERIE, NOUVELLE = "halles", "fonderie", "nouvelle"
DOSSIERS: Mapping[str, Place] = {
    "brouillon": Place(HALLES, "siège", "PDC", Statut.BROUILLON),
    "transmis": Place(HALLES, "siège", "PDC", Statut.TRANSMIS),
    "à compléter": Place(HALLES, "siège", "PDC", Statut.A_COMPLETER),
    "accordé": Place(HALLES, "siège", "PDC", Statut.ENGAGE),
    "brouillon de l’annexe": Place(HALLES, "annexe", "PDC", Statut.BROUILLON),
    "à compléter de l’annexe": Place(HALLES, "annexe", "PDC", Statut.A_COMPLETER),
    "brouillon VAE": Place(HALLES, "siège", "VAE", Statut.BROUILLON),
    "à compléter VAE": Place(HALLES, "siège", "VAE", Statut.A_COMPLETER),
    "brouillon étranger": Place(FONDERIE, "siège", "PDC", Statut.BROUILLON),
    "transmis étranger": Place(FONDERIE, "siège", "PDC", Statut.TRANSMIS),
    "à compléter étranger": Place(FONDERIE, "siège", "VAE", Statut.A_COMPLETER),
}

# Dossiers that are parts of one lot, in places and states that not everybody sees.
LOTS: Mapping[str, tuple[str, ...]] = {
    HALLES: ("brouillon", "brouillon de l’annexe", "à compléter de l’annexe"),
    FONDERIE: ("brouillon étranger", "transmis étranger"),
}


# Where somebody of the directory works.
SALARIES: Mapping[str, tuple[str, str]] = {
    "du siège": (HALLES, "siège"),
    "de l’annexe": (HALLES, "annexe"),
    "d’une autre entreprise": (FONDERIE, "siège"),
}


# Whom each has invited, and who is looked at on the pages of accesses.
INVITES: Mapping[str, str] = {
    "administrateur": "kanari-halles@monde.example",
    "autre entreprise": "kanari-fonderie@monde.example",
}
ATTACHED = frozenset(
    {"administrateur", "consultation", "accès confiés"}
    | {"rattachement retiré", "rattachement échu", "autre entreprise"}
)


@dataclass(frozen=True)
class SalarieConnu:
    """Somebody of the directory, once the objects are gone."""

    societe: str
    lieu: str
    id: int
    cle: str
    mark: str


@dataclass(frozen=True)
class DossierConnu:
    """What a test needs of a dossier of the world, once its objects are gone."""

    place: Place
    id: int
    cle: str
    designation: str
    mark: str
    salarie: str
    piece: str
    type_piece: str


@dataclass(frozen=True)
class Monde:
    """Everything by its name: addresses to sign in with, dossiers, SIRETs, keys of exports."""

    courriels: Mapping[str, str]
    dossiers: Mapping[str, DossierConnu]
    sirets: Mapping[tuple[str, str], str]
    exports: Mapping[str, str]
    imports: Mapping[str, str] = field(default_factory=dict)
    lots: Mapping[str, str] = field(default_factory=dict)
    salaries: Mapping[str, SalarieConnu] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    # Keys of a session of theirs, of a form that was kept for them.
    sessions: Mapping[str, str] = field(default_factory=dict)
    saisies: Mapping[str, str] = field(default_factory=dict)
    notifications: Mapping[str, str] = field(default_factory=dict)
    # By who belongs there, by who invites.
    rattachements: Mapping[str, str] = field(default_factory=dict)
    invitations: Mapping[str, str] = field(default_factory=dict)
    # By who waits for an answer.
    demandes: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    # What the OPCO agreed with a company, by company.
    prevus: Mapping[str, str] = field(default_factory=dict)


def creer(database: Database, stockage: Stockage, coffre: Coffre) -> Monde:
    """Write the world in an empty database."""
    hashed = hash_password(MOT_DE_PASSE)
    with database.transaction():
        societes = {
            HALLES: societe(),
            FONDERIE: societe("999012586", "Fonderie Boréale"),
            NOUVELLE: societe("999045503", "Nouvelle Enseigne"),
        }
        for nom, one in societes.items():
            one.siege.enseigne, one.annexe.enseigne = f"Siège {nom}", f"Annexe {nom}"
        acteurs = {nom: _person(nom, role, societes, hashed) for nom, role in PERSONNES.items()}
        _give_second_factors(coffre)
        redacteurs = {HALLES: acteurs["administrateur"], FONDERIE: acteurs["autre entreprise"]}
        dossiers = {
            nom: _dossier(rang, place, redacteurs[place.societe], societes, stockage)
            for rang, (nom, place) in enumerate(DOSSIERS.items(), start=1)
        }
        salaries = {
            nom: _salarie(rang, where, redacteurs[where[0]], societes)
            for rang, (nom, where) in enumerate(SALARIES.items(), start=1)
        }
        listes = {
            nom: _import(acteurs[nom], stockage) for nom in ("administrateur", "autre entreprise")
        }
        rattachements = {
            nom: _rattachement_de(acteur) for nom, acteur in acteurs.items() if nom in ATTACHED
        }
        invitations = {nom: _invitation(acteurs[nom], invite) for nom, invite in INVITES.items()}
        lots = {nom: _lot(societes[nom], dossiers, LOTS[nom]) for nom in LOTS}
        told = {nom: _notification(acteurs[nom]) for nom in ("administrateur", "autre entreprise")}
        waiting = {"sans droit": _request(acteurs["sans droit"])}
        prevus = {NOUVELLE: _agreed(acteurs["conseiller"], societes[NOUVELLE])}
        codes = {nom: _code(one, rang) for rang, (nom, one) in enumerate(societes.items())}
        demandes = {
            nom: exports.request(acteurs[nom], Filtre(), secrets.token_hex(16)).cle
            for nom in ("administrateur", "un SIRET", "autre entreprise")
        }
        who = {nom: acteurs[nom].utilisateur_id or 0 for nom in ("administrateur", "consultation")}
        sessions = {nom: _session(one) for nom, one in who.items()}
        saisies = {nom: _saisie(one, coffre) for nom, one in who.items()}
    return Monde(
        {nom: _courriel(nom) for nom in PERSONNES},
        dossiers,
        {
            (nom, lieu): etablissement.siret
            for nom, one in societes.items()
            for lieu, etablissement in _lieux(one).items()
        },
        demandes,
        imports=listes,
        lots=lots,
        salaries=salaries,
        codes=codes,
        organisations={nom: one.organisation.cle for nom, one in societes.items()},
        prevus=prevus,
        sessions=sessions,
        saisies=saisies,
        notifications=told,
        rattachements=rattachements,
        invitations=invitations,
        demandes=waiting,
    )


def _session(utilisateur_id: int) -> str:
    """A session that was left open somewhere."""
    empreinte = fingerprint(open_session(utilisateur_id, "Firefox sur Windows"))
    return session().get_one(SessionOuverte, empreinte).cle


def _saisie(utilisateur_id: int, coffre: Coffre) -> str:
    """A form that was kept while its author was to prove who they are, and will be for long."""
    formulaire = Formulaire("/dossiers/nouveau", "/", (("dispositif", "PDC"), ("_fin", "1")))
    with horloge.frozen(horloge.now() + timedelta(days=1)):
        return keep_form(utilisateur_id, "", formulaire, coffre)


def _give_second_factors(coffre: Coffre) -> None:
    """To those who must have one."""
    for person in session().scalars(select(Utilisateur)).all():
        if must_have_two_factors(person):
            equip(person, SECRET, coffre)


def _courriel(nom: str) -> str:
    return f"{list(PERSONNES).index(nom)}@monde.example"


def _lieux(one: Societe) -> dict[str, Etablissement]:
    return {"siège": one.siege, "annexe": one.annexe}


def _person(nom: str, role: Personnage, societes: Mapping[str, Societe], hashed: str) -> Acteur:
    utilisateur = Utilisateur(
        courriel=_courriel(nom),
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
            utilisateur_id=utilisateur.id,
            entreprise_id=societes[nom].organisation.entreprise_id,
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
                siret=lieu if lieu == TOUS else _lieux(one)[lieu].siret,
                dispositif=code,
                **{verbe: lettre in lettres for lettre, verbe in VERBES.items()},
            )
            for lettres, lieu, code in role.octrois
        ]
        + [
            Habilitation(
                objet=Objet.SALARIES,
                siret=lieu if lieu == TOUS else _lieux(one)[lieu].siret,
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


def _rattachement_de(acteur: Acteur) -> str:
    rows = select(Rattachement).where(Rattachement.utilisateur_id == acteur.utilisateur_id)
    return session().scalars(rows).one().cle


def _invitation(acteur: Acteur, courriel: str) -> str:
    look = Accorde(Objet.DOSSIERS, TOUS, TOUS, frozenset({Verbe.CONSULTER}))
    promesse = acces.Promesse(courriel, frozenset({look}))
    return acces.invite(acteur, promesse, secrets.token_hex(16)).cle


def _request(acteur: Acteur) -> str:
    """Somebody asks to read the dossiers; nobody has answered."""
    rows = select(Rattachement).where(Rattachement.utilisateur_id == acteur.utilisateur_id)
    rattachement = session().scalars(rows).one()
    demande = DemandeAcces(
        jeton=secrets.token_hex(16),
        organisation=rattachement.organisation,
        utilisateur_id=rattachement.utilisateur_id,
        rattachement=rattachement,
        genre=GenreDemande.HABILITATION,
        message="Pour suivre les formations.",
        droits=[["dossiers", TOUS, TOUS, ["consulter"]]],
        cree_le=horloge.now(),
    )
    session().add(demande)
    session().flush()
    return demande.cle


def _dossier(
    rang: int, place: Place, acteur: Acteur, societes: Mapping[str, Societe], stockage: Stockage
) -> DossierConnu:
    mark = f"Kanari{rang:02}x"
    lieu = _lieux(societes[place.societe])[place.etablissement]
    dossier = complet(acteur, place.dispositif, lieu, stockage, mark)
    avancer(dossier, acteur, place.statut, mark)
    session().flush()
    piece = dossier.pieces[0]
    return DossierConnu(
        place,
        dossier.id,
        dossier.cle,
        dossier.designation,
        mark,
        dossier.stagiaires[0].cle,
        piece.cle,
        piece.type,
    )


def _salarie(
    rang: int, where: tuple[str, str], acteur: Acteur, societes: Mapping[str, Societe]
) -> SalarieConnu:
    nom, lieu = where
    mark = f"Annuair{rang:02}x"
    reponses: dict[str, Json] = {
        "etablissement": _lieux(societes[nom])[lieu].siret,
        "civilite": "mme",
        "nom_naissance": f"Kerbrat {mark}",
        "prenom": "Ana",
        "naissance": "1990-05-12",
        "matricule": f"MAT-{rang}",
    }
    made = annuaire.add(acteur, Answers(reponses, {}), secrets.token_hex(16))
    return SalarieConnu(nom, lieu, made.id, made.cle, mark)


def _notification(acteur: Acteur) -> str:
    assert acteur.utilisateur_id is not None
    told = Notification(
        utilisateur_id=acteur.utilisateur_id,
        organisation_id=acteur.organisation_id,
        titre="Un salarié est arrivé dans l’annuaire",
        texte="Vérifiez sa fiche.",
        lien="/salaries",
        cree_le=horloge.now(),
    )
    session().add(told)
    session().flush()
    return told.cle


def _import(acteur: Acteur, stockage: Stockage) -> str:
    """A list that was read and waits to be confirmed."""
    pasted = "Nom\tPrénom\tDate de naissance\nLambert\tZoé\t27/03/1994\n"
    feuilles, cible = read_text(pasted), cible_of(acteur, None)
    comprise = understand(acteur, cible, feuilles, plan_of(cible, feuilles, {}), here=True)
    kept = [stockage.put(io.BytesIO(x)).cle for x in (pasted.encode(), feuilles.to_bytes())]
    envoye = imports.Envoye("liste.txt", kept[0], kept[1], comprise)
    jeton = secrets.token_hex(16)
    return imports.receive(acteur, None, envoye, jeton, timedelta(hours=48)).cle


def _code(one: Societe, rang: int) -> str:
    """The letter of a company was posted; its code was never typed."""
    issued = activation.issue(CONSEIL, one.organisation.id, f"empreinte {rang}", 5)
    tirage = Tirage(cree_le=horloge.now(), remis_le=horloge.now())
    session().add_all([tirage, issued])
    session().flush()
    courrier = Courrier(
        organisation_id=one.organisation.id,
        demande_le=horloge.now(),
        destinataire=["1 RUE DU PORT", f"Kourrier{rang:02}x"],
    )
    courrier.tirage, courrier.code = tirage, issued
    session().add(courrier)
    return issued.cle


def _agreed(acteur: Acteur, one: Societe) -> str:
    """Somebody will administer the company from their first sign-in."""
    promesse = Promesse("future@nouvelle.example", frozenset(), administrateur=True)
    return pre_appoint(acteur, one.organisation, promesse, secrets.token_hex(16)).cle


def _lot(one: Societe, dossiers: Mapping[str, DossierConnu], parts: Sequence[str]) -> str:
    lot = Lot(
        organisation_id=one.organisation.id,
        reference=f"L-{one.organisation.id:08}",
        cree_le=horloge.now(),
    )
    session().add(lot)
    for part, nom in enumerate(parts, start=1):
        dossier = session().get_one(Dossier, dossiers[nom].id)
        dossier.lot, dossier.part = lot, part
    session().flush()
    return lot.cle


def complet(
    acteur: Acteur,
    code: str,
    lieu: Etablissement,
    stockage: Stockage,
    mark: str = "Atelier",
) -> Dossier:
    """A brouillon that lacks nothing, typed as a person would."""
    among = choices.lists(acteur, code)
    dossier = actions.start(acteur, dispositif(code), lieu, secrets.token_hex(16), among)
    typed = saisies.pdc(mark) if code == "PDC" else saisies.vae(mark)
    for step in declaration(dossier).steps:
        if step.name in typed:
            actions.save(acteur, dossier, step, typed[step.name], dossier.revision, among)
    names = {question.name for question in declaration(dossier).personnes.questions}
    person = {name: raw for name, raw in saisies.salarie(mark).items() if name in names}
    jeton = secrets.token_hex(16)
    actions.save_stagiaire(acteur, dossier, jeton, person, dossier.revision, among, 30)
    for expected in declaration(dossier).pieces:
        joindre(acteur, dossier, expected.type, stockage, f"{expected.type} {mark}.pdf")
    return dossier


def joindre(
    acteur: Acteur, dossier: Dossier, type_piece: str, stockage: Stockage, nom: str
) -> None:
    """Join a sound PDF."""
    contenu = pdf()
    sain = fichiers.FichierSain(nom, "application/pdf", "pdf", len(contenu), 1)
    depot = stockage.put(io.BytesIO(contenu))
    actions.attach(acteur, dossier, type_piece, sain, depot, secrets.token_hex(16))


def avancer(dossier: Dossier, acteur: Acteur, statut: Statut, mark: str = "Atelier") -> None:
    """Take a complete brouillon to that state, by the shortest way."""
    if statut is Statut.BROUILLON:
        return
    actions.submit(acteur, dossier, attested=True)
    if statut is Statut.TRANSMIS:
        return
    if statut is Statut.ANNULE:
        actions.cancel(CONSEIL, dossier, f"Demande retirée {mark}")
        return
    actions.take(CONSEIL, dossier)
    if statut is Statut.A_COMPLETER:
        actions.request_pieces(CONSEIL, dossier, f"Joignez la convention signée {mark}")
    elif statut is Statut.REFUSE:
        actions.refuse(CONSEIL, dossier, f"Hors délai {mark}")
    elif statut in (Statut.ENGAGE, Statut.SOLDE):
        accorde: dict[str, Decimal] = {
            ligne.poste: euros(ligne.demande_cents) for ligne in dossier.lignes
        }
        actions.grant(CONSEIL, dossier, accorde)
        if statut is Statut.SOLDE:
            actions.close(CONSEIL, dossier)

"""Who may do what, written by hand from the rules of the trade and reviewed.

Nothing here is read from `policy`: this is what it is compared with.
C consulter, S saisir, T transmettre, X supprimer; c: consulter once the dossier was sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from monespace.dossiers.models import Statut
from tests.support.monde import Place

ANONYME = "anonyme"

# Where a dossier stands, seen from the company that files it: columns of the table below.
ZONES: Mapping[tuple[str, str, str], int] = {
    ("halles", "siège", "PDC"): 0,
    ("halles", "annexe", "PDC"): 1,
    ("halles", "siège", "VAE"): 2,
    ("halles", "annexe", "VAE"): 3,
    ("fonderie", "siège", "PDC"): 4,
    ("fonderie", "siège", "VAE"): 4,
}
# fmt: off
DROITS: Mapping[str, tuple[str, str, str, str, str]] = {
    #                       siège   annexe  VAE     VAE à   autre
    #                                               l’annexe entreprise
    "administrateur":      ("CSTX", "CSTX", "CSTX", "CSTX", ""),
    "un SIRET":            ("CS",   "",     "CS",   "",     ""),
    "tout sur un SIRET":   ("CSTX", "",     "CSTX", "",     ""),
    "un dispositif":       ("CST",  "CST",  "",     "",     ""),
    "consultation":        ("C",    "C",    "C",    "C",    ""),
    "accès confiés":       ("C",    "C",    "C",    "C",    ""),
    "sans droit":          ("",     "",     "",     "",     ""),
    "rattachement retiré": ("",     "",     "",     "",     ""),
    "rattachement échu":   ("",     "",     "",     "",     ""),
    "autre entreprise":    ("",     "",     "",     "",     "CSTX"),
    "conseiller":          ("c",    "c",    "c",    "c",    ""),
    "AEF":                 ("c",    "c",    "c",    "c",    ""),
    "conseiller sans portefeuille": ("", "", "", "", ""),
    ANONYME:               ("",     "",     "",     "",     ""),
}
# fmt: on


def droits(personne: str, place: Place) -> str:
    """The letters of that person on a dossier that stands there."""
    letters = DROITS[personne][ZONES[place.societe, place.etablissement, place.dispositif]]
    return letters.replace("c", "" if place.statut is Statut.BROUILLON else "C")


@dataclass(frozen=True)
class Regle:
    """What an act on a dossier takes: a right, a state; and the status of its success."""

    droit: str
    etats: frozenset[Statut]
    succes: int


TOUS = frozenset(Statut)
BROUILLON = frozenset({Statut.BROUILLON})
OUVERT = frozenset({Statut.BROUILLON, Statut.A_COMPLETER})
# A second click on «Transmettre» finds the confirmation of the first.
ENVOYABLE = frozenset({Statut.BROUILLON, Statut.TRANSMIS})

# Routes that name a dossier, or something that belongs to one.
SUR_UN_DOSSIER: Mapping[str, Regle] = {
    "GET dossiers.detail": Regle("C", TOUS, 200),
    "GET dossiers.transmis": Regle("C", TOUS, 200),
    "GET dossiers.historique": Regle("C", TOUS, 200),
    "GET dossiers.confirmer_retour": Regle("S", BROUILLON, 200),
    "POST dossiers.revenir": Regle("S", BROUILLON, 303),
    "GET dossiers.telecharger": Regle("C", TOUS, 200),
    "POST dossiers.repondre": Regle("T", frozenset({Statut.A_COMPLETER}), 303),
    "GET dossiers.confirmer_suppression": Regle("X", BROUILLON, 200),
    "POST dossiers.supprimer": Regle("X", BROUILLON, 303),
    "GET dossiers.envoi": Regle("C", TOUS, 200),
    "POST dossiers.transmettre": Regle("T", ENVOYABLE, 303),
    "GET dossiers.etape": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer": Regle("S", BROUILLON, 303),
    "GET dossiers.salaries": Regle("S", BROUILLON, 200),
    "GET dossiers.salarie": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer_salarie": Regle("S", BROUILLON, 303),
    "GET dossiers.confirmer_retrait": Regle("S", BROUILLON, 200),
    "POST dossiers.retirer": Regle("S", BROUILLON, 303),
    "GET dossiers.choisir": Regle("S", BROUILLON, 200),
    # Nobody is ticked; nothing was compared.
    "POST dossiers.ajouter_de_l_annuaire": Regle("S", BROUILLON, 422),
    "GET dossiers.comparer_a_l_annuaire": Regle("S", BROUILLON, 200),
    "POST dossiers.mettre_a_jour_l_annuaire": Regle("S", BROUILLON, 409),
    "GET dossiers.repartir": Regle("S", BROUILLON, 200),
    "POST dossiers.enregistrer_repartition": Regle("S", BROUILLON, 303),
    # Nobody waits in these dossiers: they are told so on the page of the split.
    "GET dossiers.confirmer_abandon": Regle("S", BROUILLON, 303),
    "POST dossiers.abandonner": Regle("S", BROUILLON, 303),
    "GET dossiers.confirmer_copie": Regle("S", TOUS, 200),
    "POST dossiers.dupliquer": Regle("S", TOUS, 303),
    "GET dossiers.pieces": Regle("S", OUVERT, 200),
    "POST dossiers.joindre": Regle("S", OUVERT, 303),
}
# Only the person who asked for an export may follow it and fetch it.
SUR_UN_EXPORT: Mapping[str, int] = {
    "GET exports.suivi": 200,
    "GET exports.fichier": 200,
}
# Routes that name a lot, seen by whoever sees one of its parts. The first letters are the right
# that is needed on a part that is not sent, none where seeing is enough; the status of success.
SUR_UN_LOT: Mapping[str, tuple[str, int]] = {
    "GET lots.lot": ("", 200),
    "GET lots.modifier": ("S", 200),
    # A form in which nothing was changed, a confirmation of nothing, a sending of nothing.
    "POST lots.previsualiser": ("S", 422),
    "POST lots.appliquer": ("S", 303),
    "GET lots.verifier_envoi": ("", 200),
    "POST lots.transmettre": ("", 422),
}
# Whom of the directory each may see (C) and write (S): at the siège, at the annexe of «halles»,
# and at the siège of «fonderie».
ANNUAIRE: Mapping[str, tuple[str, str, str]] = {
    "administrateur": ("CS", "CS", ""),
    "un SIRET": ("CS", "", ""),
    "consultation": ("C", "C", ""),
    "accès confiés": ("C", "C", ""),
    "autre entreprise": ("", "", "CS"),
}
# Routes that name somebody of the directory: the right that is needed, the status of success.
SUR_UN_SALARIE: Mapping[str, tuple[str, int]] = {
    "GET salaries.fiche": ("C", 200),
    "GET salaries.modifier": ("S", 200),
    "POST salaries.enregistrer": ("S", 303),
    "GET salaries.depart": ("S", 200),
    "POST salaries.noter_depart": ("S", 303),
    "POST salaries.annuler_depart": ("S", 303),
    "GET salaries.nir": ("S", 200),
    "POST salaries.enregistrer_nir": ("S", 303),
}
# Only the person who sent a list may follow it; nothing of it was taken yet.
SUR_UN_IMPORT: Mapping[str, int] = {
    "GET imports.suivi": 200,
    "GET imports.colonnes": 200,
    "POST imports.relier": 422,
    "POST imports.confirmer": 409,
    "GET imports.corrige": 404,
}
# Only the person who was told may open what they were told; it leads elsewhere.
SUR_UNE_NOTIFICATION: Mapping[str, int] = {"POST notifications.ouvrir": 303}
# There is no mail of that name: the mails of the demo belong to nobody.
SUR_UN_COURRIEL: Mapping[str, int] = {"GET demonstration.courriel": 404}
# Who looks after the accesses that somebody administers.
CONFIE: Mapping[str, str] = {"accès confiés": "administrateur"}
# What each may do to the access of each: V see, E change, R remove, A appoint, Q leave. An
# administrateur is out of reach of the others; nobody touches their own.
PERSONNES: Mapping[str, Mapping[str, str]] = {
    "administrateur": {
        "administrateur": "VQ",
        "consultation": "VERA",
        "accès confiés": "VERA",
        "rattachement retiré": "V",
        "rattachement échu": "VERA",
    },
    "accès confiés": {
        "administrateur": "V",
        "consultation": "VER",
        "accès confiés": "VQ",
        "rattachement retiré": "V",
        "rattachement échu": "V",
    },
    "consultation": {"consultation": "VQ"},
    "rattachement retiré": {"rattachement retiré": "V"},
    "rattachement échu": {"rattachement échu": "VQ"},
    "autre entreprise": {"autre entreprise": "VQ"},
}
# Routes that name somebody's access: the letter that is needed, the status of success.
SUR_UNE_PERSONNE: Mapping[str, tuple[str, int]] = {
    "GET acces.fiche": ("V", 200),
    "GET acces.droits": ("E", 200),
    # Without its grid, its rights, or anything to undo.
    "POST acces.previsualiser": ("E", 422),
    "POST acces.appliquer": ("E", 422),
    "GET acces.confirmer_annulation": ("E", 200),
    "POST acces.annuler_changement": ("E", 409),
    "GET acces.dates": ("E", 200),
    "POST acces.enregistrer_dates": ("E", 303),
    "POST acces.suspendre": ("R", 303),
    # Nobody is suspended here.
    "POST acces.retablir": ("-", 303),
    "GET acces.confirmer_retrait": ("R", 200),
    "POST acces.retirer": ("R", 303),
    "GET acces.role": ("A", 200),
    "POST acces.nommer": ("A", 303),
    # Nothing was chosen of what they keep.
    "POST acces.retirer_le_role": ("A", 422),
    "GET acces.confirmer_depart": ("Q", 200),
    "POST acces.quitter": ("Q", 303),
}
# Those who administer alone may not leave.
SEULS = ("administrateur", "autre entreprise")
# Routes that name an invitation of one's company, for who looks after accesses.
SUR_UNE_INVITATION: Mapping[str, int] = {
    "POST acces.renvoyer": 303,
    "GET acces.confirmer_annulation_invitation": 200,
    "POST acces.annuler_invitation": 303,
}
# Its signed link, without the signature and with it: it is for nobody of this world.
LIEN_D_INVITATION: Mapping[str, tuple[int, int]] = {
    "GET invitation.ouvrir": (404, 200),
    "POST invitation.accepter": (404, 422),
}
# Routes that name the code of a company: its administrateurs stop it, who looks after it at the
# OPCO knows of it, nobody else does.
SUR_UN_CODE: Mapping[str, int] = {
    "GET acces.confirmer_arret": 200,
    "POST acces.arreter_code": 303,
}
CODES: Mapping[str, Mapping[str, bool]] = {
    "administrateur": {"halles": True},
    "autre entreprise": {"fonderie": True},
    "conseiller": {"halles": False, "nouvelle": False},
    "AEF": {"halles": False, "nouvelle": False},
}
# Routes that name the space of a company, for who looks after it at the OPCO; those that name its
# code.
SUR_UNE_ENTREPRISE: Mapping[str, int] = {
    "GET opco.entreprise": 200,
    "GET opco.confirmer_courrier": 200,
    "POST opco.demander_courrier": 303,
}
# The same before somebody administers it; a form without its grid.
AVANT_OUVERTURE: Mapping[str, int] = {
    "GET opco.predesignation": 200,
    "POST opco.predesigner": 422,
}
# The day typed is none.
SUR_UNE_RECEPTION: Mapping[str, int] = {
    "GET opco.reception": 200,
    "POST opco.constater_reception": 422,
}
# What was agreed with «nouvelle».
SUR_UN_PREVU: Mapping[str, int] = {
    "GET opco.confirmer_annulation": 200,
    "POST opco.annuler": 303,
}
OPCO = ("conseiller", "AEF", "conseiller sans portefeuille")
SUIVIES: Mapping[str, tuple[str, ...]] = dict.fromkeys(
    ("conseiller", "AEF"), ("halles", "nouvelle")
)
DES_HALLES = (
    *("administrateur", "un SIRET", "tout sur un SIRET", "un dispositif", "consultation"),
    *("accès confiés", "sans droit"),
)
# Whose own space it is: they see that it is there, and do nothing of the sort.
CHEZ_SOI: Mapping[str, str] = {
    **dict.fromkeys(DES_HALLES, "halles"),
    "autre entreprise": "fonderie",
}
# Nothing of that name exists in this world, for anybody.
NULLE_LETTRE: Mapping[str, Mapping[str, str]] = {
    "GET courriers_demo.lettre": {"nom": "0001-005720784-adherent.pdf"},
}
# Anybody; the answer is bounded by the marks that nobody else may read.
PUBLIQUES = frozenset(
    {
        "GET static",
        "GET aide.aide",
        "GET aide.plan",
        "GET aide.accessibilite",
        "GET aide.donnees",
        "GET aide.mentions",
        "GET sante.vivant",
        "GET sante.pret",
        "GET composants.galerie",
        "GET rattachement.codes",
        "GET comptes.guide",
        "GET comptes.oubli",
        "GET comptes.nouveau_lien",
        "GET contact.formulaire",
        # The tests ask from the machine itself.
        "GET demonstration.courriels",
        "GET courriers_demo.liste",
    }
)
# The mails of the demo are everybody’s, for who sits at the machine; elsewhere they have no page.
TOUT_VOIT = frozenset({"GET demonstration.courriels"})
# Routes that a link of a mail opens, asked for with a key and a signature that open nothing.
PAR_LIEN = frozenset(
    {
        "GET comptes.lien_de_confirmation",
        "POST comptes.confirmer",
        "GET comptes.nouveau_mot_de_passe",
        "POST comptes.remplacer_mot_de_passe",
        "GET comptes.lien_d_adresse",
        "POST comptes.prendre_adresse",
    }
)
# Sessions of «administrateur» and «consultation», each their own; a form kept for the former.
SUR_UNE_SESSION: Mapping[str, int] = {"POST comptes.fermer_session": 303}
SUR_UNE_SAISIE: Mapping[str, int] = {"GET comptes.reprendre": 200}
# Anybody signed in.
CONNECTEES = frozenset(
    {"GET comptes.sessions", "GET comptes.mon_second_facteur", "GET comptes.changer_second_facteur"}
    | {"GET comptes.confirmer_identite"}
    | {"GET accueil.accueil", "GET dossiers.liste", "GET dossiers.nouveau", "GET exports.liste"}
    | {"GET notifications.liste"}
    | {"GET lots.liste", "GET salaries.liste", "GET imports.nouveau", "GET imports.liste"}
    | {"GET comptes.compte", "GET comptes.identite_du_compte", "GET comptes.courriels"}
    | {"GET comptes.mot_de_passe", "GET comptes.adresse"}
    | {"GET acces.liste", "GET acces.invitations"}
    | {"GET rattachement.entreprises", "GET rattachement.suivi"}
)
# What somebody of «halles» asked: who governs its accesses decides; they themselves do not.
SUR_UNE_DEMANDE: Mapping[str, int] = {
    "GET acces.demande": 200,
    "POST acces.decider": 303,
    "GET acces.refuser": 200,
    "POST acces.confirmer_refus": 303,
    # Nothing was decided: there is nothing to take back.
    "POST acces.annuler": 303,
}
GOUVERNE: Mapping[str, int] = dict.fromkeys(
    ("administrateur", "accès confiés", "autre entreprise"), 200
)
# Nothing is ticked.
GOUVERNE_RIEN: Mapping[str, int] = dict.fromkeys(GOUVERNE, 422)
# Working for an organisation: one's own rattachement, in force. Whoever looks after accesses
# sees the others'.
SUR_UN_RATTACHEMENT: Mapping[str, int] = {"POST rattachement.choisir": 303}
# What somebody of «halles» asked, and waits for: to be taken back by them alone.
SUR_SA_DEMANDE: Mapping[str, int] = {
    "GET rattachement.confirmer_retrait": 200,
    "POST rattachement.retirer": 303,
}
# Who works somewhere, and who may ask to; nobody of the OPCO asks anything.
NULLE_PART = ("rattachement retiré", "rattachement échu", *OPCO)
REJOINDRE: Mapping[str, int] = {ANONYME: 303, **dict.fromkeys(OPCO, 403), "": 200}
WRITERS = ("administrateur", "un SIRET", "autre entreprise")
IMPORTE: Mapping[str, int] = {**dict.fromkeys(WRITERS, 200), "": 403}
# Their second factor protects more than themselves.
NEVER_WITHOUT = dict.fromkeys(("administrateur", "autre entreprise", *OPCO), 403)
IMPORTE_RIEN: Mapping[str, int] = {ANONYME: 401, **dict.fromkeys(WRITERS, 422), "": 403}
GARDIENS = ("administrateur", "accès confiés", "autre entreprise")
NULLE_ENTREPRISE: Mapping[str, int] = {
    ANONYME: 303,
    **dict.fromkeys(("rattachement retiré", "rattachement échu", *OPCO), 404),
    "": 200,
}
# Told one by one in the tests: status by person, the others as for «».
PAR_PERSONNE: Mapping[str, Mapping[str, int]] = {
    "GET comptes.connexion": {ANONYME: 200, "": 303},
    # Their form says wrong words for everybody.
    "POST comptes.se_connecter": {"": 422},
    "POST comptes.deconnexion": {ANONYME: 401, "": 303},
    # Both factors were given.
    "GET comptes.second_facteur": {"": 303},
    "POST comptes.donner_second_facteur": {ANONYME: 401, "": 303},
    # No password, no code; no codes to show.
    "POST comptes.prouver_identite": {ANONYME: 401, "": 422},
    "POST comptes.choisir_second_facteur": {ANONYME: 401, "": 422},
    "GET comptes.codes_secours": {"": 303},
    "POST comptes.refaire_codes": {ANONYME: 401, "": 303},
    "GET comptes.confirmer_retrait": {ANONYME: 303, **NEVER_WITHOUT, "": 303},
    "POST comptes.retirer_second_facteur": {ANONYME: 401, **NEVER_WITHOUT, "": 303},
    "POST comptes.fermer_sessions": {ANONYME: 401, "": 303},
    "GET comptes.inscription": {ANONYME: 200, "": 303},
    # An empty form.
    "POST comptes.inscrire": {ANONYME: 422, "": 303},
    "POST comptes.renvoyer": {"": 422},
    "POST comptes.demander_mot_de_passe": {"": 422},
    # Nothing was asked for in this browser.
    "GET comptes.boite": {"": 303},
    "GET comptes.lien_envoye": {"": 303},
    "POST comptes.changer_identite": {ANONYME: 401, "": 303},
    "POST comptes.choisir_courriels": {ANONYME: 401, "": 303},
    "POST comptes.changer_mot_de_passe": {ANONYME: 401, "": 422},
    "POST comptes.demander_adresse": {ANONYME: 401, "": 303},
    "POST notifications.tout_lire": {ANONYME: 401, "": 303},
    # An empty form.
    "POST contact.envoyer": {"": 422},
    "GET acces.courriers": {
        ANONYME: 303,
        "administrateur": 200,
        "autre entreprise": 200,
        "": 403,
    },
    "GET opco.entreprises": {ANONYME: 303, **dict.fromkeys(OPCO, 200), "": 403},
    "GET salaries.nouveau": {
        ANONYME: 303,
        "administrateur": 200,
        "un SIRET": 200,
        "autre entreprise": 200,
        "": 403,
    },
    "GET acces.demandes": {**GOUVERNE, ANONYME: 303, "": 403},
    "GET acces.ensemble": {**GOUVERNE_RIEN, ANONYME: 303, "": 403},
    "POST acces.decider_ensemble": {**GOUVERNE_RIEN, ANONYME: 401, "": 403},
    "GET imports.modele": {**IMPORTE, ANONYME: 303},
    # Nothing was chosen, nothing was pasted.
    "POST imports.envoyer": IMPORTE_RIEN,
    "POST imports.coller": IMPORTE_RIEN,
    # An empty form.
    "POST salaries.ajouter": {
        ANONYME: 401,
        "administrateur": 422,
        "un SIRET": 422,
        "autre entreprise": 422,
        "": 403,
    },
    "GET acces.exporter": NULLE_ENTREPRISE,
    "GET acces.reglages": NULLE_ENTREPRISE,
    "GET acces.journal": {ANONYME: 303, **dict.fromkeys(GARDIENS, 200), "": 403},
    "GET acces.nouvelle": {ANONYME: 303, **dict.fromkeys(GARDIENS, 200), "": 403},
    # Without its grid, without a choice.
    "POST acces.inviter": {ANONYME: 401, **dict.fromkeys(GARDIENS, 422), "": 403},
    "POST acces.enregistrer_reglages": {ANONYME: 401, **dict.fromkeys(SEULS, 422), "": 403},
    "GET rattachement.profil": REJOINDRE,
    "GET rattachement.entreprise": REJOINDRE,
    # Their addresses name no company: back to the first step.
    "GET rattachement.choix": {**REJOINDRE, "": 303},
    "GET rattachement.demande": {**REJOINDRE, "": 303},
    "POST rattachement.demander": {ANONYME: 401, **dict.fromkeys(OPCO, 403), "": 422},
    "GET rattachement.code": {**REJOINDRE, "": 303},
    "POST rattachement.essayer": {ANONYME: 401, **dict.fromkeys(OPCO, 403), "": 422},
    # No code was typed in this browser: it is to be typed again.
    "GET rattachement.usage": {**REJOINDRE, "": 303},
    "GET rattachement.droits_du_code": {**REJOINDRE, "": 303},
    "POST rattachement.administrer": {ANONYME: 401, **dict.fromkeys(OPCO, 403), "": 303},
    "POST rattachement.valider": {ANONYME: 401, **dict.fromkeys(OPCO, 403), "": 303},
    "GET rattachement.mes_droits": {**dict.fromkeys((ANONYME, *NULLE_PART), 303), "": 200},
    "GET rattachement.demander_un_droit": {ANONYME: 303, **dict.fromkeys(NULLE_PART, 403), "": 200},
    # An empty form.
    "POST rattachement.envoyer_la_demande": {
        ANONYME: 401,
        **dict.fromkeys(NULLE_PART, 403),
        "": 422,
    },
    "POST exports.demander": {
        ANONYME: 401,
        "sans droit": 403,
        "rattachement retiré": 403,
        "rattachement échu": 403,
        # Staff belong to no company; their own lists come with their desk.
        **dict.fromkeys(OPCO, 403),
        "": 303,
    },
}
# Starting a brouillon names a place; 422 where the list of the form does not offer it, 403 where
# it does for another dispositif.
COMMENCER = "POST dossiers.commencer"


def commencer(personne: str, place: tuple[str, str, str]) -> int:
    """The status of «Commencer» for that SIRET and that dispositif."""
    if personne == ANONYME:
        return 401
    if "S" in DROITS[personne][ZONES[place]]:
        return 303
    societe, etablissement, _ = place
    elsewhere = (ZONES[societe, etablissement, code] for code in ("PDC", "VAE"))
    return 403 if any("S" in DROITS[personne][zone] for zone in elsewhere) else 422


def toutes() -> frozenset[str]:
    """Every route and method that this table tells about."""
    return (
        PUBLIQUES
        | CONNECTEES
        | PAR_LIEN
        | {
            *SUR_UN_DOSSIER,
            *NULLE_LETTRE,
            *SUR_UN_CODE,
            *SUR_UNE_ENTREPRISE,
            *AVANT_OUVERTURE,
            *SUR_UNE_RECEPTION,
            *SUR_UN_PREVU,
            *SUR_UN_EXPORT,
            *SUR_UN_IMPORT,
            *SUR_UN_LOT,
            *SUR_UN_SALARIE,
            *SUR_UNE_SESSION,
            *SUR_UNE_SAISIE,
            *SUR_UNE_NOTIFICATION,
            *SUR_UN_COURRIEL,
            *SUR_UNE_PERSONNE,
            *SUR_UNE_INVITATION,
            *LIEN_D_INVITATION,
            *SUR_UNE_DEMANDE,
            *SUR_UN_RATTACHEMENT,
            *SUR_SA_DEMANDE,
            *PAR_PERSONNE,
            COMMENCER,
        }
    )

"""Pages that name no object, person by person."""

from collections.abc import Collection, Mapping

from tests.support.attendus.groupes import ANONYME, GARDIENS, OPCO, SANS_ENTREPRISE, SEULS, WRITERS

GOUVERNE: Mapping[str, int] = dict.fromkeys(GARDIENS, 200)
# Nothing is ticked.
GOUVERNE_RIEN: Mapping[str, int] = dict.fromkeys(GOUVERNE, 422)
REJOINDRE: Mapping[str, int] = {ANONYME: 303, **dict.fromkeys(OPCO, 403), "": 200}
IMPORTE: Mapping[str, int] = {**dict.fromkeys(WRITERS, 200), "": 403}
# Their second factor protects more than themselves.
NEVER_WITHOUT = dict.fromkeys(("administrateur", "autre entreprise", *OPCO), 403)
IMPORTE_RIEN: Mapping[str, int] = {ANONYME: 401, **dict.fromkeys(WRITERS, 422), "": 403}
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
    "POST comptes.rester": {"": 303},
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
    "GET acces.courriers": {ANONYME: 303, "administrateur": 200, "autre entreprise": 200, "": 403},
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
    "GET rattachement.mes_droits": {**dict.fromkeys((ANONYME, *SANS_ENTREPRISE), 303), "": 200},
    "GET rattachement.demander_un_droit": {
        ANONYME: 303,
        **dict.fromkeys(SANS_ENTREPRISE, 403),
        "": 200,
    },
    # An empty form.
    "POST rattachement.envoyer_la_demande": {
        ANONYME: 401,
        **dict.fromkeys(SANS_ENTREPRISE, 403),
        "": 422,
    },
}
# The same of asking for the export of each listing.
EXPORTER = "POST exports.demander"
PAR_LISTING: Mapping[str, Mapping[str, int]] = {
    "dossiers": {
        ANONYME: 401,
        "sans droit": 403,
        "rattachement retiré": 403,
        "rattachement échu": 403,
        # Staff belong to no company; their own lists come with their desk.
        **dict.fromkeys(OPCO, 403),
        "": 303,
    },
    "droits": {ANONYME: 401, **dict.fromkeys(GARDIENS, 303), "": 403},
    "inconnu": {ANONYME: 401, **dict.fromkeys(OPCO, 403), "": 404},
}
# Every table of routes above.
TABLES: tuple[Collection[str], ...] = (PAR_PERSONNE, (EXPORTER,))

"""Pages that are everybody’s, and what is each person’s own."""

from collections.abc import Collection, Mapping

# Nothing of that name exists in this world, for anybody.
NULLE_LETTRE: Mapping[str, Mapping[str, str]] = {
    "GET courriers_demo.lettre": {"nom": "0001-005720784-adherent.pdf"}
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
        "GET comptes.echeance",
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
# Only the person who was told may open what they were told; it leads elsewhere.
SUR_UNE_NOTIFICATION: Mapping[str, int] = {"POST notifications.ouvrir": 303}
# There is no mail of that name: the mails of the demo belong to nobody.
SUR_UN_COURRIEL: Mapping[str, int] = {"GET demonstration.courriel": 404}
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
# Every table of routes above.
TABLES: tuple[Collection[str], ...] = (
    NULLE_LETTRE,
    PUBLIQUES,
    PAR_LIEN,
    CONNECTEES,
    SUR_UNE_SESSION,
    SUR_UNE_SAISIE,
    SUR_UNE_NOTIFICATION,
    SUR_UN_COURRIEL,
)

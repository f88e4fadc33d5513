"""The accesses of a company: people, invitations, codes, requests."""

from collections.abc import Collection, Mapping

# Who looks after the accesses that somebody administers.
CONFIE: Mapping[str, str] = {"accès confiés": "administrateur"}
# What each may do to the access of each: V see, E change, R remove, A appoint, Q leave. An
# administrateur is out of reach of the others; nobody touches their own.
POUVOIRS: Mapping[str, Mapping[str, str]] = {
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
SUR_UN_CODE: Mapping[str, int] = {"GET acces.confirmer_arret": 200, "POST acces.arreter_code": 303}
CODES: Mapping[str, Mapping[str, bool]] = {
    "administrateur": {"halles": True},
    "autre entreprise": {"fonderie": True},
    "conseiller": {"halles": False, "nouvelle": False},
    "AEF": {"halles": False, "nouvelle": False},
}
# What somebody of «halles» asked: who governs its accesses decides; they themselves do not.
SUR_UNE_DEMANDE: Mapping[str, int] = {
    "GET acces.demande": 200,
    "POST acces.decider": 303,
    "GET acces.refuser": 200,
    "POST acces.confirmer_refus": 303,
    # Nothing was decided: there is nothing to take back.
    "POST acces.annuler": 303,
}
# Working for an organisation: one's own rattachement, in force. Whoever looks after accesses
# sees the others'.
SUR_UN_RATTACHEMENT: Mapping[str, int] = {"POST rattachement.choisir": 303}
# What somebody of «halles» asked, and waits for: to be taken back by them alone.
SUR_SA_DEMANDE: Mapping[str, int] = {
    "GET rattachement.confirmer_retrait": 200,
    "POST rattachement.retirer": 303,
}
# Every table of routes above.
TABLES: tuple[Collection[str], ...] = (
    SUR_UNE_PERSONNE,
    SUR_UNE_INVITATION,
    LIEN_D_INVITATION,
    SUR_UN_CODE,
    SUR_UNE_DEMANDE,
    SUR_UN_RATTACHEMENT,
    SUR_SA_DEMANDE,
)

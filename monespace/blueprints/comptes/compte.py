"""One's own account: who one is, how one signs in, what one is written."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from monespace import identite, services
from monespace.blueprints.comptes import bp
from monespace.blueprints.comptes.entree import proved_password
from monespace.blueprints.comptes.envois import may_write_to
from monespace.blueprints.comptes.oubli import fault_of
from monespace.blueprints.comptes.par_lien import by_link
from monespace.blueprints.comptes.saisie import (
    HOW_TO_CHOOSE,
    NOM,
    PRENOM,
    answered,
    drawn,
    errors,
)
from monespace.blueprints.formulaire import received
from monespace.comptes import actions, passwords, queries
from monespace.comptes.models import But, Courriels, Lien, Utilisateur
from monespace.forms.answers import Answers
from monespace.forms.kinds import Choice, Email, Phone
from monespace.forms.questionnaire import Question
from monespace.guard import fresh, own, public
from monespace.page import announce, page

TELEPHONE = Question("telephone", "Téléphone", Phone(), autocomplete="tel")
ADDRESS = Question(
    "courriel", "Nouvelle adresse e-mail", Email(), required=True, autocomplete="email"
)
MAILS = Question(
    "courriels",
    "Quand souhaitez-vous les recevoir\u00a0?",
    Choice(
        (Courriels.IMMEDIAT.value, "Tout de suite, un par un"),
        (Courriels.QUOTIDIEN.value, "Une fois par jour, en un seul message"),
        (Courriels.AUCUN.value, "Jamais\u00a0: je les lis dans Mon Espace"),
    ),
    required=True,
)


@dataclass(frozen=True, slots=True)
class Volet:
    """A few questions about the account, on a page of their own."""

    titre: str
    questions: tuple[Question, ...]
    intro: str = ""
    bouton: str = "Enregistrer"


IDENTITE = Volet("Modifier mon identité", (PRENOM, NOM, TELEPHONE))
COURRIELS = Volet(
    "E-mails reçus",
    (MAILS,),
    "Demandes d’accès, réponses, dossiers à compléter\u00a0: tout est toujours dans Mon Espace. "
    "Ce qui touche à la sécurité de votre compte ou de votre entreprise vous est écrit tout de "
    "suite, quel que soit votre choix.",
)
ADRESSE = Volet(
    "Changer d’adresse e-mail",
    (ADDRESS,),
    "Nous enverrons un lien à la nouvelle adresse. Elle remplacera l’ancienne quand vous l’aurez "
    "ouvert\u00a0; l’ancienne en est avertie.",
    "Envoyer le lien",
)
WRONG = "Ce n’est pas votre mot de passe actuel. Vérifiez-le, puis réessayez."


def me() -> Utilisateur:
    """The account of whoever is signed in."""
    person = identite.visiteur()
    assert person is not None
    return queries.account(person.utilisateur_id)


@bp.get("/compte")
@own("one’s own account")
def compte() -> ResponseReturnValue:
    moi = me()
    return page(
        "comptes/compte.html",
        titre="Mon compte",
        moi=moi,
        telephone=TELEPHONE.kind.text(moi.telephone),
        courriels=MAILS.kind.text(moi.courriels.value),
    )


@bp.get("/compte/identite")
@own("one’s own name")
def identite_du_compte() -> ResponseReturnValue:
    moi = me()
    known = {"prenom": moi.prenom, "nom": moi.nom, "telephone": moi.telephone or None}
    return _show(IDENTITE, Answers(known, {}))


@bp.post("/compte/identite")
@own("one’s own name")
def changer_identite() -> ResponseReturnValue:
    received()
    answers = answered(IDENTITE.questions)
    if answers.saisies:
        return _show(IDENTITE, answers, status=422)
    prenom, nom, telephone = (str(answers.reponses.get(one.name, "")) for one in IDENTITE.questions)
    changed = actions.change_identity(identite.acteur(), prenom, nom, telephone)
    flash("Votre identité est enregistrée." if changed else "Rien n’a changé.", "ok")
    return redirect(url_for("comptes.compte"), 303)


@bp.get("/compte/courriels")
@own("what one is written")
def courriels() -> ResponseReturnValue:
    chosen = Answers({"courriels": me().courriels.value}, {})
    return _show(COURRIELS, chosen)


@bp.post("/compte/courriels")
@own("what one is written")
def choisir_courriels() -> ResponseReturnValue:
    received()
    answers = answered((MAILS,))
    if answers.saisies:
        return _show(COURRIELS, answers, status=422)
    actions.choose_mails(identite.acteur(), Courriels(str(answers.reponses["courriels"])))
    flash("Votre choix est enregistré.", "ok")
    return redirect(url_for("comptes.compte"), 303)


@bp.get("/compte/mot-de-passe")
@own("one’s own password")
@fresh
def mot_de_passe() -> ResponseReturnValue:
    return _password({})


@bp.post("/compte/mot-de-passe")
@own("one’s own password")
@fresh
def changer_mot_de_passe() -> ResponseReturnValue:
    received()
    former, wanted = (request.form.get(f"{one}mot_de_passe", "") for one in ("ancien_", ""))
    # Read and compared before the transaction: hashing takes time.
    with services.database().reading():
        moi = me()
    fault = fault_of(moi, wanted)
    proved = proved_password(moi.courriel, former)
    if proved is None or proved.id != moi.id:
        return _password({"ancien-mot-de-passe": WRONG})
    if fault:
        return _password({"mot-de-passe": fault})
    hashed = passwords.hash_password(wanted)
    signed_in = identite.visiteur()
    assert signed_in is not None
    actions.change_password(signed_in.acteur, hashed, signed_in.token)
    announce("ok", "Votre mot de passe est changé.", "Vos autres appareils ont été déconnectés.")
    return redirect(url_for("comptes.compte"), 303)


@bp.get("/compte/adresse")
@own("one’s own address")
@fresh
def adresse() -> ResponseReturnValue:
    return _show(ADRESSE, Answers({}, {}))


@bp.post("/compte/adresse")
@own("one’s own address")
@fresh
def demander_adresse() -> ResponseReturnValue:
    received()
    answers = answered((ADDRESS,))
    if answers.saisies:
        return _show(ADRESSE, answers, status=422)
    courriel = str(answers.reponses["courriel"]).casefold()
    if may_write_to(courriel):
        actions.ask_new_address(identite.acteur(), courriel)
    announce(
        "ok",
        f"Un lien est parti à {courriel}.",
        "Ouvrez-le dans les 24\u00a0heures. D’ici là, votre adresse ne change pas.",
    )
    return redirect(url_for("comptes.compte"), 303)


@bp.get("/compte/adresse/<cle>")
@public("shows the button of a link of a mail")
@by_link(But.ADRESSE)
def lien_d_adresse(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    return page(
        "comptes/adresse.html", titre="Utiliser cette adresse e-mail", courriel=lien.courriel
    )


@bp.post("/compte/adresse/<cle>")
@public("who holds the link of the mail proves the address")
@by_link(But.ADRESSE)
def prendre_adresse(lien: Lien, utilisateur: Utilisateur) -> ResponseReturnValue:
    received()
    taken = actions.take_new_address(lien.cle)
    announce("ok", "Votre adresse est changée.", f"Connectez-vous avec {taken.courriel}.")
    here = identite.visiteur() is not None
    return redirect(url_for("comptes.compte" if here else "comptes.connexion"), 303)


def _show(volet: Volet, answers: Answers, status: int = 200) -> ResponseReturnValue:
    fields = drawn(volet.questions, answers)
    return page(
        "comptes/modifier.html",
        titre=volet.titre,
        status=status,
        volet=volet,
        fields=fields,
        errors=errors(fields, {}),
    )


def _password(faults: dict[str, str]) -> ResponseReturnValue:
    return page(
        "comptes/mot_de_passe.html",
        titre="Changer de mot de passe",
        status=422 if faults else 200,
        faults=faults,
        errors=errors((), faults),
        hint=HOW_TO_CHOOSE,
    )

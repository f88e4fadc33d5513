"""Write to the OPCO: one mail to it, one receipt to the sender."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.aide.codes import without_codes
from monespace.aide.formulaire import BY_NAME, QUESTIONS
from monespace.aide.models import Message, Sujet
from monespace.comptes import essais
from monespace.courriels import actions as courriels
from monespace.courriels.rendu import inert, link
from monespace.db import session
from monespace.forms.answers import Answer, Answers
from monespace.numeros import next_number
from monespace.refus import Refuse
from monespace.typographie import date_long, time_of

PREFIXE = "C"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Messages from one network, and in the name of one address, that may not have asked for receipts.
MOST_OF_A_NETWORK, MOST_OF_AN_ADDRESS = 20, 5

CODE_TYPED = (
    "Un code d’activation ne se communique à personne\u00a0: nous l’avons retiré de votre "
    "message. Relisez-le, puis envoyez-le de nouveau."
)

MISSING = {
    "nom": "Indiquez votre prénom et votre nom.",
    "courriel": "Indiquez votre adresse e-mail, pour que nous puissions vous répondre.",
    "sujet": "Choisissez ce sur quoi porte votre message.",
    "message": "Écrivez votre message.",
}
VISITEUR = Acteur(None, "Visiteur", Role.MEMBRE)


class Trop(Refuse):
    """Too many messages from there."""

    statut = 429

    def __init__(self) -> None:
        super().__init__(
            "Trop de messages ont été envoyés d’ici. Réessayez plus tard, ou appelez-nous au "
            "numéro indiqué en bas de page."
        )


def check(answers: Answers) -> bool:
    """Tell, on each answer, what keeps the message from leaving; take activation codes out."""
    for question in QUESTIONS:
        answer = answers[question.name]
        cleaned = _cleaned(answer)
        if cleaned is not None:
            answers[question.name] = Answer(raw=(cleaned,), error=CODE_TYPED)
        elif question.required and answer == Answer():
            answers[question.name] = Answer(raw=("",), error=MISSING[question.name])
    return not answers.saisies


def _cleaned(answer: Answer) -> str | None:
    typed = answer.value if isinstance(answer.value, str) else "".join(answer.raw)
    cleaned = without_codes(typed)
    return None if cleaned == typed else cleaned


def write(
    acteur: Acteur | None, reponses: Mapping[str, str], jeton: str, network: str, opco: str
) -> Message:
    """Send the message to the OPCO and a receipt; the same `jeton` again sends nothing more.

    `reponses` are those of a form that `check` let through. Raise Trop beyond twenty messages an
    hour from one network, five a day in the name of one address.
    """
    again = session().scalar(select(Message).where(Message.jeton == jeton))
    if again is not None:
        return again
    _count(network, reponses["courriel"])
    message = Message(
        jeton=jeton,
        numero=next_number(PREFIXE),
        sujet=Sujet(reponses["sujet"]),
        siren=reponses.get("siren", ""),
        profil=reponses.get("profil", ""),
        utilisateur_id=acteur.utilisateur_id if acteur else None,
        cree_le=horloge.now(),
    )
    session().add(message)
    session().flush()
    courriels.send(opco, f"{message.numero} : {_label(message)}", _to_the_opco(message, reponses))
    courriels.send(
        reponses["courriel"], f"Votre message {message.numero} est arrivé", _receipt(message)
    )
    journal.record(acteur or VISITEUR, "contacter", message, numero=message.numero)
    return message


def _count(network: str, courriel: str) -> None:
    # Who writes is nobody's business: the counters do not name them.
    address = hashlib.sha256(courriel.casefold().encode()).hexdigest()[:32]
    here = essais.allow(f"contact {network}", MOST_OF_A_NETWORK, HOUR)
    if not (essais.allow(f"contact de {address}", MOST_OF_AN_ADDRESS, DAY) and here):
        raise Trop()


def _to_the_opco(message: Message, reponses: Mapping[str, str]) -> str:
    told = [
        f"{question.label}\u00a0: {inert(question.kind.text(reponses[question.name]))}"
        for question in QUESTIONS
        if question.name in reponses and question.name != "message"
    ]
    when = f"Envoyé le {date_long(message.cree_le)} à {time_of(message.cree_le)}"
    signed_in = "Depuis un compte connecté" if message.utilisateur_id else "Sans connexion"
    facts = "\n".join([*told, when, signed_in])
    return f"Message {message.numero}\n\n{facts}\n\n{inert(reponses['message'])}"


def _receipt(message: Message) -> str:
    # Nothing of what was typed: the address may be that of somebody who asked for nothing.
    return (
        f"Bonjour,\n\nNous avons reçu votre message {message.numero}, le "
        f"{date_long(message.cree_le)} à {time_of(message.cree_le)}. Nous vous répondons par "
        "e-mail. Rappelez ce numéro si vous nous appelez.\n\n"
        f"Aide et contact\u00a0: {link('/aide')}\n\n"
        "Vous n’avez rien envoyé\u00a0? Ignorez ce message."
    )


def _label(message: Message) -> str:
    return BY_NAME["sujet"].kind.text(message.sujet)

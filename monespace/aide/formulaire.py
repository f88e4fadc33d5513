"""The form by which one writes to the OPCO."""

from monespace.aide.models import Sujet
from monespace.forms.kinds import Choice, Email, LongText, Siren, Text
from monespace.forms.questionnaire import Question
from monespace.organisations.models import Profil

SUJETS = (
    (Sujet.CODE, "Un code d’activation\u00a0: non reçu, refusé ou expiré"),
    (Sujet.ACCES, "Un accès ou des droits dans une entreprise"),
    (Sujet.COMPTE, "Mon compte\u00a0: connexion, mot de passe, second facteur"),
    (Sujet.DOSSIER, "Un dossier ou un financement"),
    (Sujet.AUTRE, "Autre chose"),
)
PROFILS = (
    (Profil.ADHERENT, "Adhérent\u00a0: une entreprise"),
    (Profil.PRESTATAIRE, "Prestataire\u00a0: un organisme de formation"),
)

QUESTIONS = (
    Question("nom", "Prénom et nom", Text(100), required=True, autocomplete="name"),
    Question(
        "courriel",
        "Adresse e-mail",
        Email(),
        required=True,
        hint="Nous vous répondons à cette adresse.",
        autocomplete="email",
    ),
    Question("siren", "SIREN de l’entreprise", Siren(), hint="9 chiffres, par exemple 999 001 001"),
    Question("profil", "Profil", Choice(*PROFILS)),
    Question("sujet", "Votre message porte sur", Choice(*SUJETS), required=True),
    Question(
        "message",
        "Message",
        LongText(4000),
        required=True,
        hint="N’écrivez jamais un code d’activation ni un mot de passe\u00a0: "
        "nous ne vous les demanderons pas.",
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}

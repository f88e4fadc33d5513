"""What the OPCO and the company write to each other in the demo."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Echange:
    """What the OPCO asks for, the type of the piece that answers it ("" for words alone), and
    what the company writes back."""

    demande: str
    piece: str
    reponse: str


ECHANGES = (
    Echange(
        "La convention n’est pas signée par l’organisme de formation. Joignez la convention "
        "signée par les deux parties.",
        "convention",
        "Voici la convention signée par l’organisme.",
    ),
    Echange(
        "Le programme ne dit ni la durée de chaque séquence ni comment les acquis sont évalués. "
        "Joignez un programme complet.",
        "programme",
        "L’organisme nous a transmis un programme détaillé, le voici.",
    ),
    Echange(
        "Le prix de la convention ne correspond pas au montant demandé. Joignez la convention "
        "corrigée.",
        "convention",
        "Le prix avait été mal reporté sur la convention\u00a0; elle a été refaite.",
    ),
    Echange(
        "Confirmez que les salariés inscrits n’ont pas déjà suivi cette formation cette année.",
        "",
        "Nous confirmons\u00a0: aucun d’eux ne l’a suivie depuis au moins deux ans.",
    ),
)

REFUS = (
    "La demande nous est parvenue après le début de la formation.",
    "La certification Qualiopi de l’organisme n’est plus valable à la date de début.",
    "Le budget annuel de la branche pour ce type d’action est épuisé.",
    "Cette journée de sensibilisation n’est pas une action de formation au sens de "
    "l’article L.\u00a06313-1 du Code du travail.",
)

SANS_REPONSE = "Les pièces demandées ne nous sont pas parvenues avant l’échéance."

ANNULATIONS = (
    "Annulé à la demande de l’entreprise\u00a0: la session est reportée à l’année prochaine.",
    "L’organisme a annulé la session, faute d’inscrits.",
    "Doublon d’un autre dossier de la même formation.",
    "La personne inscrite a quitté l’entreprise.",
)

CONSEILLERS = ("Julie Fabre", "Thomas Leclerc", "Nadia Haddad")

"""A whole dispositif as somebody would write it: the text of one file, and what one types in it."""

SOURCE = '''
"""Bilan de compétences."""

from monespace.dossiers.declaration import (
    Dispositif, Personnes, PieceAttendue, Poste, quantity_at,
)
from monespace.forms.kinds import Choices, Date, Email, Integer, Money, Text, YesNo
from monespace.forms.questionnaire import Probleme, Question, Step, when


def few_meetings(values):
    if values["seances"] and values["seances"] > 24:
        yield Probleme("seances", "Indiquez 24 séances au plus.")


BILAN = Step(
    "bilan",
    "Bilan de compétences",
    (
        Question("theme", "Thème du bilan", Text(100), required=True, projected_to="intitule"),
        Question("ouverture", "Date d’ouverture", Date(), required=True,
                 projected_to="date_debut"),
        Question("domaines", "Domaines explorés",
                 Choices(("metier", "Métier"), ("projet", "Projet"), ("sante", "Santé"))),
        Question("externe", "Mené par un cabinet", YesNo(), required=True),
        Question("cabinet", "Nom du cabinet", Text(100), required=True,
                 asked_if=when("externe", True), projected_to="prestataire_nom"),
        Question("cabinet_courriel", "Adresse e-mail du cabinet", Email(),
                 asked_if=when("externe", True)),
        Question("seances", "Nombre de séances", Integer(1, 99), required=True),
        Question("prix", "Prix d’une séance", Money(), required=True),
    ),
    checks=(few_meetings,),
)

DISPOSITIF = Dispositif(
    code="BILAN",
    nom="Bilan de compétences",
    version="1",
    prefixe="BC",
    description="Faire le point avec un conseiller.",
    steps=(BILAN, Step("personnes", "Personnes")),
    personnes=Personnes(
        step="personnes",
        questions=(
            Question("prenom", "Prénom", Text(100), required=True),
            Question("poste", "Poste visé", Text(100), required=True,
                     asked_if=when("externe", True)),
        ),
        shown=("poste",),
    ),
    pieces=(
        PieceAttendue("accord", "Accord écrit du salarié", "Daté et signé."),
        PieceAttendue("devis", "Devis du cabinet", "De moins de trois mois.",
                      asked_if=when("externe", True)),
    ),
    postes=(
        Poste("SEANCES", "Séances", quantity_at("séance", "seances", "prix"), "pedagogique"),
    ),
    guide="Demandez l’accord écrit du salarié avant tout.",
)
'''

TYPED = {
    "theme": "Changer de métier",
    "ouverture-jour": "1er",
    "ouverture-mois": "mars",
    "ouverture-annee": "2099",
    "domaines": ["metier", "sante"],
    "externe": "oui",
    "cabinet": "Cap & Co",
    "cabinet_courriel": "bonjour@cap.example",
    "seances": "12",
    "prix": "80,50 €",
}

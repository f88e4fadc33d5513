"""Étape «Entreprise et contacts»."""

from monespace import typographie
from monespace.forms.kinds import Email, Phone, Siret, Text
from monespace.forms.questionnaire import Fact, Question, Step
from monespace.referentiels import naf

# Of a company that SIRENE alone has told of.
UNKNOWN = "Non renseignée\u00a0: demandez à votre conseiller"

ENTREPRISE = Step(
    "entreprise",
    "Entreprise et contacts",
    (
        Question(
            "etablissement",
            "Établissement",
            Siret(),
            required=True,
            hint="Celui qui emploie les salariés à former.",
            among="etablissements",
            projected_to="etablissement",
        ),
        Question("contact_nom", "Nom du contact", Text(100), required=True, autocomplete="name"),
        Question(
            "contact_courriel",
            "Adresse e-mail du contact",
            Email(),
            required=True,
            autocomplete="email",
        ),
        Question(
            "contact_telephone",
            "Téléphone du contact",
            Phone(),
            required=True,
            autocomplete="tel",
        ),
        Question(
            "reference_interne",
            "Votre référence",
            Text(50),
            hint="Pour retrouver ce dossier dans vos propres outils.",
            projected_to="reference_interne",
            emptied="Elle désigne le dossier d’origine.",
        ),
    ),
    facts=(
        Fact("SIREN", lambda place: typographie.siren(place.entreprise.siren)),
        Fact("Convention collective (IDCC)", lambda place: place.entreprise.idcc or UNKNOWN),
        Fact("Branche", lambda place: place.entreprise.branche or UNKNOWN),
        Fact("Effectif", lambda place: typographie.count(place.entreprise.effectif)),
        Fact("Code APE", lambda place: naf.text(place.ape)),
    ),
)

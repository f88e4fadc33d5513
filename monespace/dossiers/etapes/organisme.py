"""Étape «Organisme de formation»."""

from collections.abc import Iterable

from monespace.dossiers.etapes.adresse import known_postal_code
from monespace.forms.kinds import (
    Choice,
    Choices,
    CodePostal,
    Date,
    Email,
    LongText,
    Nda,
    Percent,
    Phone,
    Siret,
    Text,
    YesNo,
)
from monespace.forms.questionnaire import Probleme, Question, Step, Values, when


def qualiopi_required(values: Values) -> Iterable[Probleme]:
    """OPCO funding goes to certified bodies (L. 6316-1)."""
    if values["of_qualiopi"] is False:
        yield Probleme(
            "of_qualiopi",
            "Sans certification Qualiopi, l’OPCO ne peut pas financer cette formation\u00a0: "
            "choisissez un organisme certifié ou corrigez votre réponse.",
        )


ORGANISME = Step(
    "organisme",
    "Organisme de formation",
    (
        Question(
            "of_siret",
            "SIRET de l’organisme",
            Siret(),
            required=True,
            projected_to="prestataire_siret",
        ),
        Question(
            "of_nom",
            "Dénomination",
            Text(200),
            required=True,
            projected_to="prestataire_nom",
        ),
        Question("of_adresse", "Adresse", Text(200), required=True),
        Question("of_code_postal", "Code postal", CodePostal(), required=True),
        Question("of_commune", "Commune", Text(100), required=True),
        Question("of_contact_nom", "Nom du contact", Text(100), required=True),
        Question("of_contact_courriel", "Adresse e-mail du contact", Email(), required=True),
        Question("of_contact_telephone", "Téléphone du contact", Phone()),
        Question(
            "of_nda_en_cours",
            "Déclaration d’activité en cours d’enregistrement",
            YesNo(),
            required=True,
        ),
        Question(
            "of_nda",
            "Numéro de déclaration d’activité",
            Nda(),
            required=True,
            hint="11 chiffres, imprimés sur la convention et les factures.",
            asked_if=when("of_nda_en_cours", False),
            projected_to="nda",
        ),
        Question(
            "of_nda_justification",
            "Justification de l’enregistrement en cours",
            LongText(1000),
            required=True,
            asked_if=when("of_nda_en_cours", True),
        ),
        Question("of_qualiopi", "Organisme certifié Qualiopi", YesNo(), required=True),
        Question(
            "of_qualiopi_numero",
            "Numéro du certificat Qualiopi",
            Text(50),
            required=True,
            asked_if=when("of_qualiopi", True),
        ),
        Question(
            "of_qualiopi_fin",
            "Fin de validité du certificat",
            Date(),
            required=True,
            asked_if=when("of_qualiopi", True),
        ),
        Question(
            "of_qualiopi_categories",
            "Catégories certifiées",
            Choices(
                ("formation", "Actions de formation"),
                ("bilan", "Bilans de compétences"),
                ("vae", "VAE"),
                ("apprentissage", "Apprentissage"),
            ),
            required=True,
            asked_if=when("of_qualiopi", True),
        ),
        Question(
            "of_tva",
            "TVA",
            Choice(("assujetti", "Assujetti à la TVA"), ("exonere", "Exonéré de TVA")),
            required=True,
        ),
        Question(
            "of_taux_tva",
            "Taux de TVA en %",
            Percent(),
            required=True,
            asked_if=when("of_tva", "assujetti"),
        ),
        Question("sous_traitance", "Sous-traitance", YesNo()),
        Question(
            "st_siret",
            "SIRET du sous-traitant",
            Siret(),
            asked_if=when("sous_traitance", True),
        ),
        Question(
            "st_nda",
            "Numéro de déclaration d’activité du sous-traitant",
            Nda(),
            asked_if=when("sous_traitance", True),
        ),
    ),
    checks=(qualiopi_required, known_postal_code("of_code_postal")),
)

"""Étape «Coûts et demande financière»: the questions, and how each poste is computed."""

from collections.abc import Sequence
from decimal import Decimal

from monespace import horloge
from monespace.argent import to_the_cent
from monespace.dossiers.bareme import smic_horaire
from monespace.dossiers.declaration import Ligne, Poste, forfait, quantity_at
from monespace.forms.kinds import Choice, Integer, Money, Text, YesNo
from monespace.forms.questionnaire import Question, Step, Values, when


def pedagogique(values: Values, stagiaires: Sequence[Values]) -> Ligne | None:
    """Coûts pédagogiques: a lump sum, or a price per hour or per stagiaire (L. 6332-17)."""
    base, price = values["peda_base"], values["peda_prix"]
    if base is None or price is None:
        return None
    quantity = {
        "forfait": Decimal(1),
        "heure": values["duree_heures"] or Decimal(0),
        "stagiaire": Decimal(len(stagiaires)),
    }[base]
    amount = to_the_cent(quantity * price)
    tva = to_the_cent(amount * (values["of_taux_tva"] or Decimal(0)) / 100)
    return Ligne(base, quantity, price, amount, tva)


def remuneration(values: Values, stagiaires: Sequence[Values]) -> Ligne | None:
    """Wages, capped at the hourly SMIC for each hour of training (D. 6332-39)."""
    if not values["remu_demandee"]:
        return None
    cap = smic_horaire(values["date_debut"] or horloge.today())
    course = values["duree_heures"] or Decimal(0)
    hours = [course if one["heures"] is None else one["heures"] for one in stagiaires]
    wages = [min(one["salaire_horaire"] or Decimal(0), cap) for one in stagiaires]
    amount = to_the_cent(sum((h * w for h, w in zip(hours, wages, strict=True)), Decimal(0)))
    total = sum(hours, Decimal(0))
    return Ligne("heure", total, to_the_cent(amount / total) if total else cap, amount)


BUDGET = Step(
    "budget",
    "Coûts et demande financière",
    (
        Question(
            "peda_base",
            "Prix de la formation fixé",
            Choice(
                ("forfait", "Au total"),
                ("heure", "Par heure de formation"),
                ("stagiaire", "Par stagiaire"),
            ),
            required=True,
        ),
        Question(
            "peda_prix",
            "Coûts pédagogiques hors taxes",
            Money(),
            required=True,
            hint="Le prix au total, par heure ou par stagiaire, par exemple 1 234,56 €.",
            shared=when("peda_base", "forfait"),
        ),
        Question(
            "remu_demandee",
            "Prise en charge de la rémunération demandée",
            YesNo(),
            required=True,
            hint="Plafonnée au SMIC horaire par heure de formation.",
        ),
        Question("transport_montant", "Transport", Money(), shared=True),
        Question(
            "heb_nuits",
            "Hébergement\u00a0: nombre de nuits",
            Integer(0, 10000),
            shared=True,
        ),
        Question("heb_prix", "Hébergement\u00a0: prix d’une nuit", Money()),
        Question(
            "rest_repas", "Restauration\u00a0: nombre de repas", Integer(0, 10000), shared=True
        ),
        Question("rest_prix", "Restauration\u00a0: prix d’un repas", Money()),
        Question(
            "garde_montant",
            "Garde d’enfants ou de parents à charge",
            Money(),
            shared=True,
            hint="Pour une formation hors temps de travail.",
        ),
        Question("diag_montant", "Diagnostic ou accompagnement", Money(), shared=True),
        Question("cert_montant", "Frais de certification ou de jury", Money(), shared=True),
        Question("tut_mois", "Tutorat\u00a0: nombre de mois", Integer(0, 36), shared=True),
        Question("tut_prix", "Tutorat\u00a0: montant par mois", Money()),
        Question("cofinancement", "Cofinancement", YesNo()),
        Question(
            "cofinanceur",
            "Organisme cofinanceur",
            Text(200),
            required=True,
            asked_if=when("cofinancement", True),
        ),
        Question(
            "cofinancement_montant",
            "Montant du cofinancement",
            Money(),
            required=True,
            shared=True,
            asked_if=when("cofinancement", True),
        ),
        Question("versement_volontaire", "Versement volontaire mobilisé", Money(), shared=True),
        Question(
            "subrogation",
            "Subrogation de paiement",
            YesNo(),
            required=True,
            hint="Oui\u00a0: l’OPCO paie l’organisme. Non\u00a0: vous payez, puis êtes remboursé.",
            projected_to="subrogation",
        ),
    ),
)

POSTES = (
    Poste("PEDA", "Coûts pédagogiques", pedagogique, family="pedagogique"),
    Poste("REMU", "Rémunération", remuneration, family="remuneration"),
    Poste("TRANS", "Transport", forfait("transport_montant")),
    Poste("HEB", "Hébergement", quantity_at("nuit", "heb_nuits", "heb_prix")),
    Poste("REST", "Restauration", quantity_at("repas", "rest_repas", "rest_prix")),
    Poste("GARDE", "Garde d’enfants ou de parents", forfait("garde_montant")),
    Poste("DIAG", "Diagnostic ou accompagnement", forfait("diag_montant")),
    Poste("CERT", "Certification", forfait("cert_montant")),
    Poste("TUT", "Tutorat", quantity_at("mois", "tut_mois", "tut_prix")),
)

"""What people type in the steps of a dossier, as text, the way they type it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monespace.argent import euros
from monespace.demo.entreprises import Lieu
from monespace.demo.formations import Formation
from monespace.forms.questionnaire import Raw

Typed = Mapping[str, Raw]


@dataclass(frozen=True, slots=True)
class Frais:
    """What is asked for beside the course itself."""

    remuneration: bool = False
    transport_cents: int = 0
    nuits: int = 0
    repas: int = 0


@dataclass(frozen=True, slots=True)
class Projet:
    """A course that people of `lieu` will follow from `debut` to `fin`."""

    formation: Formation
    lieu: Lieu
    debut: date
    fin: date
    frais: Frais
    subrogation: bool
    reference: str


def jour(day: date) -> Raw:
    """A day in its three controls."""
    return (str(day.day), str(day.month), str(day.year))


def montant(cents: int) -> str:
    """An amount with a comma, without a sign: «1450,00»."""
    return f"{euros(cents):.2f}".replace(".", ",")


def formation(projet: Projet) -> Typed:
    """The step «Action de formation»."""
    course = projet.formation
    about: dict[str, Raw] = {
        "type_action": ("formation",),
        "intitule": (course.intitule,),
        "objectif": (course.objectif,),
        "nature": ("obligatoire" if course.obligatoire else "autre",),
        "certifiante": ("oui" if course.code else "non",),
        "modalite": (course.modalite,),
        "organisation": (course.organisation,),
        "date_debut": jour(projet.debut),
        "date_fin": jour(projet.fin),
        "duree_heures": (str(course.heures),),
        "duree_jours": (str(course.jours),),
        "temps_travail": ("pendant",),
    }
    if course.code:
        about["code_formation"] = (course.code,)
    if course.heures_distance:
        about["heures_distance"] = (str(course.heures_distance),)
    if course.modalite != "distance":
        place = projet.lieu if course.organisation == "intra" else course.organisme
        about["lieu_adresse"] = (place.adresse,)
        about["lieu_code_postal"] = (place.code_postal,)
        about["lieu_commune"] = (place.commune,)
    return about


def organisme(projet: Projet) -> Typed:
    """The step «Organisme de formation»."""
    body = projet.formation.organisme
    about: dict[str, Raw] = {
        "of_siret": (body.siret,),
        "of_nom": (body.nom,),
        "of_adresse": (body.adresse,),
        "of_code_postal": (body.code_postal,),
        "of_commune": (body.commune,),
        "of_contact_nom": (body.contact,),
        "of_contact_courriel": (body.courriel,),
        "of_contact_telephone": (body.telephone,),
        "of_nda_en_cours": ("non",),
        "of_nda": (body.nda,),
        "of_qualiopi": ("oui",),
        "of_qualiopi_numero": (body.certificat,),
        "of_qualiopi_fin": jour(date(projet.fin.year + 1, 6, 30)),
        "of_qualiopi_categories": ("formation",),
        "of_tva": ("assujetti" if body.assujetti else "exonere",),
        "sous_traitance": ("non",),
    }
    if body.assujetti:
        about["of_taux_tva"] = ("20",)
    return about


def budget(projet: Projet) -> Typed:
    """The step «Coûts et demande financière»."""
    frais = projet.frais
    about: dict[str, Raw] = {
        "peda_base": (projet.formation.base,),
        "peda_prix": (f"{Decimal(projet.formation.prix)},00",),
        "remu_demandee": ("oui" if frais.remuneration else "non",),
        "subrogation": ("oui" if projet.subrogation else "non",),
    }
    if frais.transport_cents:
        about["transport_montant"] = (montant(frais.transport_cents),)
    if frais.nuits:
        about |= {"heb_nuits": (str(frais.nuits),), "heb_prix": ("78,00",)}
    if frais.repas:
        about |= {"rest_repas": (str(frais.repas),), "rest_prix": ("16,50",)}
    return about


def unreadable(projet: Projet) -> Mapping[str, Typed]:
    """What cannot be read, by step: kept as it was typed, with what to type instead."""
    return {
        "formation": {
            "date_fin": ("31", "2", str(projet.fin.year)),
            "duree_heures": ("deux jours",),
        },
        "organisme": {"of_siret": ("999330723 00018",), "of_contact_courriel": ("h.vasseur",)},
        "budget": {"peda_prix": ("1 2oo €",)},
    }

"""A dossier's answers as typed values, and what is written from them into columns."""

from collections import ChainMap
from datetime import date
from decimal import Decimal

from monespace.argent import cents, hundredths
from monespace.dossiers.declaration import Dispositif
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.models import (
    NO_DATE,
    Dossier,
    EnAttente,
    LigneCout,
    Recherche,
    Stagiaire,
)
from monespace.forms.questionnaire import Values
from monespace.recherche import normalise

LONGEST_SORT_KEY = 60


def declaration(dossier: Dossier) -> Dispositif:
    """The dispositif the dossier was started with."""
    return dispositif(dossier.dispositif)


def values(dossier: Dossier) -> Values:
    """The answers of the dossier itself."""
    return Values(declaration(dossier).questions, dossier.reponses)


def values_of(stagiaire: Stagiaire | EnAttente) -> Values:
    """The answers about one person; conditions may look at the dossier's own."""
    return Values(
        declaration(stagiaire.dossier).personnes.questions,
        ChainMap(stagiaire.reponses, stagiaire.dossier.reponses),
    )


def project(dossier: Dossier) -> None:
    """Write the columns that lists and exports read, from the answers as they stand."""
    known = declaration(dossier).projected(values(dossier))
    dossier.intitule = _text(known.get("intitule"))
    dossier.tri_intitule = normalise(dossier.intitule)[:LONGEST_SORT_KEY]
    dossier.date_debut = _date(known.get("date_debut"))
    dossier.tri_debut = dossier.date_debut or NO_DATE
    dossier.date_fin = _date(known.get("date_fin"))
    duree = known.get("duree")
    dossier.duree_centiemes = hundredths(duree) if isinstance(duree, Decimal) else 0
    dossier.prestataire_siret = _text(known.get("prestataire_siret"))
    dossier.prestataire_nom = _text(known.get("prestataire_nom"))
    dossier.nb_stagiaires = len(dossier.stagiaires)
    _project_money(dossier)


def _project_money(dossier: Dossier) -> None:
    people = [values_of(stagiaire) for stagiaire in dossier.stagiaires]
    asked = declaration(dossier).lignes(values(dossier), people)
    rows = {ligne.poste: ligne for ligne in dossier.lignes}
    for rang, (code, ligne) in enumerate(asked.items(), start=1):
        row = rows.pop(code, None)
        if row is None:
            row = LigneCout(poste=code, accorde_cents=0)
            dossier.lignes.append(row)
        row.rang, row.base = rang, ligne.base
        row.quantite_centiemes, row.taux_cents = hundredths(ligne.quantite), cents(ligne.taux)
        row.demande_cents, row.tva_cents = cents(ligne.demande), cents(ligne.tva)
    for row in rows.values():
        dossier.lignes.remove(row)
    dossier.demande_cents = sum(ligne.demande_cents for ligne in dossier.lignes)
    dossier.cout_total_cents = dossier.demande_cents


def search_text(dossier: Dossier) -> str:
    """Everything the dossier is found by."""
    known = declaration(dossier).projected(values(dossier))
    people = [
        " ".join(one.get(name) or "" for name in ("prenom", "nom_naissance", "nom_usage"))
        for one in (values_of(stagiaire) for stagiaire in dossier.stagiaires)
    ]
    words = (
        dossier.numero or "",
        dossier.reference,
        dossier.intitule,
        _text(known.get("reference_interne")),
        dossier.prestataire_nom,
        dossier.prestataire_siret,
        dossier.etablissement.siret,
        dossier.etablissement.enseigne,
        *people,
    )
    return normalise(" ".join(word for word in words if word))


def index(dossier: Dossier) -> None:
    """Write what the dossier is found by."""
    if dossier.recherche is None:
        dossier.recherche = Recherche()
    dossier.recherche.texte = search_text(dossier)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None

"""People of the directory of the small world, and a list that waits to be taken."""

import io
import secrets
from collections.abc import Mapping
from datetime import timedelta

from monespace.acteur import Acteur
from monespace.db import Json
from monespace.forms.answers import Answers
from monespace.imports import actions as imports
from monespace.imports.cible import cible_of
from monespace.imports.lecture import plan_of, understand
from monespace.salaries import actions as annuaire
from monespace.stockage import Stockage
from monespace.tableur.lecture import read_text
from tests.support.entreprise import Societe
from tests.support.monde.connu import SalarieConnu
from tests.support.monde.personnes import lieux


def known_salarie(
    rang: int, where: tuple[str, str], acteur: Acteur, societes: Mapping[str, Societe]
) -> SalarieConnu:
    """Somebody of the directory, whose name is marked."""
    nom, lieu = where
    mark = f"Annuair{rang:02}x"
    reponses: dict[str, Json] = {
        "etablissement": lieux(societes[nom])[lieu].siret,
        "civilite": "mme",
        "nom_naissance": f"Kerbrat {mark}",
        "prenom": "Ana",
        "naissance": "1990-05-12",
        "matricule": f"MAT-{rang}",
    }
    made = annuaire.add(acteur, Answers(reponses, {}), secrets.token_hex(16))
    return SalarieConnu(nom, lieu, made.id, made.cle, mark)


def waiting_list(acteur: Acteur, stockage: Stockage) -> str:
    """A list that was read and waits to be confirmed."""
    pasted = "Nom\tPrénom\tDate de naissance\nLambert\tZoé\t27/03/1994\n"
    feuilles, cible = read_text(pasted), cible_of(acteur, None)
    comprise = understand(acteur, cible, feuilles, plan_of(cible, feuilles, {}), here=True)
    kept = [stockage.put(io.BytesIO(x)).cle for x in (pasted.encode(), feuilles.to_bytes())]
    envoye = imports.Envoye("liste.txt", kept[0], kept[1], comprise)
    jeton = secrets.token_hex(16)
    return imports.receive(acteur, None, envoye, jeton, timedelta(hours=48)).cle

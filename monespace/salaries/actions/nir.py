"""Keep somebody's NIR: sealed for their fiche alone, recognised by its fingerprint."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, journal, policy
from monespace.acteur import Acteur
from monespace.coffre import Coffre
from monespace.db import session
from monespace.policy import Can
from monespace.refus import Refuse
from monespace.salaries.models import Salarie
from monespace.salaries.queries import TABLE
from monespace.salaries.reconnaissance import called, siren_of

FEMININ = "2478"
HIDDEN_NIR = (
    "Ce numéro ne peut pas être enregistré avec vos droits. Rien n’a été modifié. Demandez à un "
    "administrateur de votre entreprise de l’enregistrer, ou d’étendre vos droits."
)


@dataclass(frozen=True, slots=True)
class Numero:
    """A NIR that was read, on its way to be sealed."""

    clear: str = field(repr=False)
    coffre: Coffre = field(repr=False)

    def holder(self, acteur: Acteur, but: int | None = None) -> Salarie | None:
        """Whose it is in the company. Raise Refuse when the acteur may not see them."""
        row = (
            session()
            .execute(
                select(Salarie, policy.allows(acteur, Salarie, Can.VIEW)).where(
                    Salarie.organisation_id == acteur.organisation_id,
                    Salarie.nir_empreinte == self._fingerprint(acteur),
                    Salarie.id != (but or 0),
                )
            )
            .one_or_none()
        )
        if row is None:
            return None
        if not row[1]:
            raise Refuse(HIDDEN_NIR)
        holder: Salarie = row[0]
        return holder

    def put(self, acteur: Acteur, salarie: Salarie) -> None:
        """Seal it for that row, table and company: elsewhere it opens nothing."""
        salarie.nir_chiffre = self.coffre.seal(self.clear, TABLE, salarie.cle, siren_of(acteur))
        salarie.nir_empreinte = self._fingerprint(acteur)

    def doubts(self, salarie: Salarie) -> str:
        """What the number says that the fiche does not, or ""."""
        sexe, born = salarie.reponses.get("sexe"), salarie.naissance
        months = range(1, 13)
        differs = [
            (sexe is not None and (self.clear[0] in FEMININ) != (sexe == "f"), "le sexe"),
            (int(self.clear[1:3]) != born.year % 100, "l’année de naissance"),
            (int(self.clear[3:5]) in months and int(self.clear[3:5]) != born.month, "le mois"),
        ]
        return ", ".join(what for wrong, what in differs if wrong)

    def _fingerprint(self, acteur: Acteur) -> str:
        return self.coffre.fingerprint(self.clear, siren_of(acteur))


def keep_nir(acteur: Acteur, salarie: Salarie, nir: Numero | None) -> None:
    """Write the NIR of that person, or forget it. Raise Refuse when it is somebody else's."""
    if nir is None:
        salarie.nir_chiffre, salarie.nir_empreinte = "", None
    else:
        _refuse_another(acteur, salarie, nir)
        try:
            with session().begin_nested():
                nir.put(acteur, salarie)
        except IntegrityError:
            _refuse_another(acteur, salarie, nir)
            raise
    salarie.maj_le = horloge.now()
    journal.record(acteur, "nir" if nir else "oublier le nir", salarie)


def _refuse_another(acteur: Acteur, salarie: Salarie, nir: Numero) -> None:
    if holder := nir.holder(acteur, salarie.id):
        raise Refuse(
            f"Ce numéro est celui de {called(holder)}. Rien n’a été modifié. Vérifiez le numéro, "
            "ou corrigez l’autre fiche."
        )

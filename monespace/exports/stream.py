"""The dossiers of an export, streamed from one snapshot with what belongs to each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVarTuple

from sqlalchemy import Connection, Row, Select, func, select

from monespace.acteur import Acteur
from monespace.comptes.models import Utilisateur
from monespace.dossiers.dispositifs import dispositif
from monespace.dossiers.filtres import Filtre
from monespace.dossiers.listing import COSTS, PLACES, SOURCES, DossierLu, Formulaire
from monespace.dossiers.models import Dossier, LigneCout, Piece, Stagiaire
from monespace.dossiers.queries import matching
from monespace.organisations.models import Entreprise, Etablissement

BATCH = 500

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True, slots=True)
class Selected:
    """How many rows the filter and the rights select, for each sheet."""

    dossiers: int
    lignes: int
    stagiaires: int


class Listing:
    """The dossiers of a filter that an acteur may see, as they stand in the snapshot.

    Iterating holds one batch in memory, whatever their number.
    """

    def __init__(self, connection: Connection, acteur: Acteur, filtre: Filtre) -> None:
        self._connection = connection
        self._filtre = filtre
        self._chosen = matching(acteur, filtre)
        self._formulaires: dict[str, Formulaire] = {}

    def count(self) -> Selected:
        """How many there are to write."""
        ids = self._chosen.with_only_columns(Dossier.id)
        return Selected(
            self._number(select(func.count()).select_from(ids.subquery())),
            *(
                self._number(
                    select(func.count()).select_from(model).where(model.dossier_id.in_(ids))
                )
                for model in (LigneCout, Stagiaire)
            ),
        )

    def __iter__(self) -> Iterator[DossierLu]:
        result = self._connection.execute(
            self._chosen.with_only_columns(*SOURCES)
            .join(Etablissement, Etablissement.id == Dossier.etablissement_id)
            .join(Entreprise, Entreprise.id == Etablissement.entreprise_id)
            .outerjoin(Utilisateur, Utilisateur.id == Dossier.auteur_id)
            .order_by(*self._order()),
            execution_options={"yield_per": BATCH},
        )
        for rows in result.partitions():
            batch = {row[0]: DossierLu(row, self._formulaire(row)) for row in rows}
            self._fill(batch)
            yield from batch.values()

    def _order(self) -> Sequence[Any]:
        columns = (self._filtre.sort.column, Dossier.id)
        return [x.desc() if self._filtre.sort.descending else x.asc() for x in columns]

    def _formulaire(self, row: Row[Any]) -> Formulaire:
        code = row[PLACES[Dossier.dispositif]]
        if code not in self._formulaires:
            self._formulaires[code] = Formulaire(dispositif(code))
        return self._formulaires[code]

    def _fill(self, batch: Mapping[int, DossierLu]) -> None:
        """Give each dossier of the batch its people, its lines of costs and its pieces."""
        people = select(Stagiaire.dossier_id, Stagiaire.reponses).where(
            Stagiaire.dossier_id.in_(batch)
        )
        for dossier_id, reponses in self._belonging(people.order_by(Stagiaire.rang)):
            batch[dossier_id].people.append(reponses)
        costs = select(LigneCout.dossier_id, *COSTS).where(LigneCout.dossier_id.in_(batch))
        for dossier_id, *row in self._belonging(costs.order_by(LigneCout.rang)):
            batch[dossier_id].costs.append(row)
        joined = select(Piece.dossier_id, Piece.type).where(
            Piece.dossier_id.in_(batch), Piece.remplacee_le.is_(None)
        )
        for dossier_id, type_piece in self._belonging(joined):
            batch[dossier_id].pieces.add(type_piece)

    def _belonging(self, statement: Select[*Ts]) -> Sequence[Row[*Ts]]:
        # A second cursor on the server for some hundred rows would cost more than they do.
        return self._connection.execute(
            statement, execution_options={"stream_results": False}
        ).all()

    def _number(self, statement: Select[int]) -> int:
        return self._connection.execute(
            statement, execution_options={"stream_results": False}
        ).scalar_one()

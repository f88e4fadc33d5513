"""The export of dossiers: each with its lines of costs and its people, streamed."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVarTuple

from sqlalchemy import Row, Select, func, select

from monespace.acteur import Acteur, Objet, Scope, Verbe
from monespace.comptes.models import Utilisateur
from monespace.db import session
from monespace.dossiers import columns
from monespace.dossiers.choices import etablissements
from monespace.dossiers.dispositifs import catalogue, dispositif
from monespace.dossiers.filtres import Filtre
from monespace.dossiers.listing import COSTS, PLACES, SOURCES, DossierLu, Formulaire
from monespace.dossiers.models import Dossier, LigneCout, Piece, Stagiaire
from monespace.dossiers.queries import matching
from monespace.exports import perimetre
from monespace.exports.declaration import Listing, Onglet
from monespace.exports.wording import told
from monespace.forms.fields import Lists
from monespace.forms.kinds import Option
from monespace.organisations.models import Entreprise, Etablissement

BATCH = 500

Ts = TypeVarTuple("Ts")


class Dossiers:
    """The dossiers of a filter that an acteur may see, as they stand in the snapshot.

    Iterating holds one batch in memory, whatever their number.
    """

    def __init__(self, acteur: Acteur, filtre: Filtre) -> None:
        self._connection = session().connection()
        self._filtre = filtre
        self._chosen = matching(acteur, filtre)
        self._formulaires: dict[str, Formulaire] = {}

    def count(self) -> Sequence[int]:
        """How many dossiers, lines of costs and people there are to write."""
        ids = self._chosen.with_only_columns(Dossier.id)
        return (
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


def _criteres(acteur: Acteur, filtre: Filtre) -> Iterator[tuple[str, str]]:
    places = etablissements(acteur, Verbe.CONSULTER)
    for scope in perimetre.scopes(acteur, Objet.DOSSIERS):
        yield "Périmètre", _scope_text(scope, places)
    for label, text in told(filtre, _lists(places)):
        yield f"Filtre\u00a0: {label}", text


def _lists(places: Sequence[Etablissement]) -> Lists:
    """Établissements by their SIRET too: a workbook is read far from the portal."""
    return {
        "dispositifs": tuple(Option(code, one.nom) for code, one in catalogue().items()),
        "etablissements": tuple(Option(one.siret, _place_text(one)) for one in places),
    }


def _scope_text(scope: Scope, places: Sequence[Etablissement]) -> str:
    known = catalogue().get(scope.dispositif or "")
    what = known.nom if known else scope.dispositif or "Tous les dispositifs"
    if scope.etablissements is None:
        return f"{what}, tous les établissements"
    where = "\u00a0; ".join(_place_text(one) for one in places if one.id in scope.etablissements)
    return f"{what}\u00a0: {where}"


def _place_text(etablissement: Etablissement) -> str:
    return f"{etablissement.siret} {etablissement.enseigne}, {etablissement.commune}"


DOSSIERS: Listing[DossierLu] = Listing(
    nom="dossiers",
    titre="Export de dossiers",
    unite=("dossier", "dossiers"),
    page=("Dossiers", "/dossiers"),
    objet=Objet.DOSSIERS,
    rows=Dossiers,
    onglets=(
        Onglet("Dossiers", columns.DOSSIERS, lambda dossier: (dossier,)),
        Onglet("Détail financier", columns.LIGNES, lambda dossier: dossier.lignes),
        Onglet("Stagiaires", columns.STAGIAIRES, lambda dossier: dossier.stagiaires),
    ),
    ordre=lambda filtre: filtre.sort.label,
    criteres=_criteres,
)

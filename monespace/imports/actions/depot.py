"""Keep a spreadsheet that was sent, what was read of it, and what its columns were said to be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from monespace import horloge, queue
from monespace.acteur import Acteur
from monespace.db import Json, session
from monespace.dossiers.models import Dossier
from monespace.imports.lecture import Comprise
from monespace.imports.models import Correspondance, EtatImport, Import
from monespace.queue import Job
from monespace.refus import Conflit, DejaServi, Interdit

LONGEST_HEADING = 100
CHANGED = (
    "Les colonnes de ce fichier viennent d’être reliées dans une autre fenêtre. Rechargez la page, "
    "vérifiez, puis recommencez."
)


@dataclass(frozen=True, slots=True)
class Envoye:
    """A spreadsheet in the store: as it was sent, and what was read of it unless it is long."""

    nom: str
    fichier: str
    lecture: str = ""
    comprise: Comprise | None = None


def receive(
    acteur: Acteur, dossier: Dossier | None, envoye: Envoye, jeton: str, kept_for: timedelta
) -> Import:
    """Keep what was sent until somebody confirms it. One `jeton` makes one import.

    Raise Interdit for somebody who belongs to no company.
    """
    if acteur.utilisateur_id is None or acteur.organisation_id is None:
        raise Interdit("Vous n’êtes rattaché à aucune entreprise. Demandez-le à la vôtre.")
    instant = horloge.now()
    import_ = Import(
        jeton=jeton,
        utilisateur_id=acteur.utilisateur_id,
        organisation_id=acteur.organisation_id,
        dossier_id=dossier.id if dossier else None,
        etat=EtatImport.EN_LECTURE,
        nom=envoye.nom,
        fichier=envoye.fichier,
        demande_le=instant,
        expire_le=instant + kept_for,
    )
    try:
        with session().begin_nested():
            session().add(import_)
    except IntegrityError:
        return _already_sent(acteur, jeton)
    keep_reading(import_, envoye.lecture, envoye.comprise)
    if import_.etat is EtatImport.EN_LECTURE:
        queue.ask(Job.IMPORTER, import_.id)
    return import_


def keep_reading(import_: Import, lecture: str, comprise: Comprise | None) -> None:
    """What was read, and how it was understood; nothing yet for a file left to the worker."""
    import_.lecture = lecture
    if comprise is None:
        return
    import_.etat = comprise.etat
    import_.lignes_total = comprise.lignes
    import_.plan = {
        **import_.plan,
        "plan": comprise.plan.as_json(),
        "revision": revision_of(import_) + 1,
        "reste": comprise.reste,
    }
    import_.bilan = {"apercu": comprise.apercu}


def choose_columns(
    acteur: Acteur,
    import_: Import,
    comprise: Comprise,
    linked: Mapping[str, str],
    shown_revision: int,
) -> None:
    """Read the columns as somebody said, and remember it for the next file of the company.

    `linked`: normalised heading → question. Raise Conflit if the import is no longer to be linked.
    """
    if import_.etat not in (EtatImport.A_RELIER, EtatImport.A_VERIFIER):
        raise Conflit("Ce fichier n’attend plus de réponse. Revenez à «\u00a0Mes imports\u00a0».")
    if shown_revision != revision_of(import_):
        raise Conflit(CHANGED)
    _remember(acteur, linked)
    keep_reading(import_, import_.lecture, comprise)
    if comprise.etat is EtatImport.EN_LECTURE:
        import_.essais = 0
        queue.ask(Job.IMPORTER, import_.id)


def revision_of(import_: Import) -> int:
    """How many times its columns were understood: a page shown before is out of date."""
    revision = import_.plan.get("revision")
    return revision if isinstance(revision, int) else 0


def _already_sent(acteur: Acteur, jeton: str) -> Import:
    import_ = session().scalars(select(Import).where(Import.jeton == jeton)).one()
    if import_.utilisateur_id != acteur.utilisateur_id:
        raise DejaServi()
    return import_


def _remember(acteur: Acteur, linked: Mapping[str, str]) -> None:
    wanted = {heading[:LONGEST_HEADING]: name for heading, name in linked.items() if heading}
    known = {
        one.entete: one
        for one in session().scalars(
            select(Correspondance)
            .where(
                Correspondance.organisation_id == acteur.organisation_id,
                Correspondance.entete.in_(wanted),
            )
            .with_for_update()
        )
    }
    for heading, name in wanted.items():
        if heading in known:
            known[heading].question = name
        else:
            _add(acteur, heading, name)


def _add(acteur: Acteur, heading: str, name: str) -> None:
    assert acteur.organisation_id is not None
    row = Correspondance(organisation_id=acteur.organisation_id, entete=heading, question=name)
    try:
        with session().begin_nested():
            session().add(row)
    except IntegrityError:
        # A colleague has just said what this heading is: theirs is as good.
        return


def plan_kept(import_: Import) -> Mapping[str, Json]:
    kept = import_.plan.get("plan")
    return kept if isinstance(kept, dict) else {}

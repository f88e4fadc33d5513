"""The runs of an import in the worker: one at a time, again when one died, and its end."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select, update

from monespace import horloge, queue
from monespace.db import new_key, session
from monespace.imports.models import EtatImport, Import
from monespace.queue import Fenced, Job

# A run that has not beaten for that long is taken for dead.
SILENCE = timedelta(seconds=45)
MOST_RUNS = 3
WAITING = (EtatImport.EN_LECTURE, EtatImport.EN_COURS)

GAVE_UP = (
    "Le fichier n’a pas pu être traité après plusieurs essais\u00a0: rien n’a été pris. "
    "Envoyez-le à nouveau\u00a0; si l’échec se répète, appelez votre OPCO en donnant la "
    "référence {cle}."
)


def claim(import_id: int) -> str | None:
    """Begin a run of the import: its token, or None when it does not wait for one."""
    course = new_key()
    claimed = session().scalar(
        update(Import)
        .where(Import.id == import_id, Import.etat.in_(WAITING), Import.course == "")
        .values(
            course=course, essais=Import.essais + 1, battement_le=horloge.now(), lignes_faites=0
        )
        .returning(Import.id)
    )
    return None if claimed is None else course


def progress(import_id: int, course: str, done: int, total: int) -> None:
    """The run is alive and has done `done` rows of `total`. Raise Fenced."""
    values = {"lignes_total": total, "lignes_faites": done} if total else {}
    written = session().scalar(
        update(Import)
        .where(Import.id == import_id, Import.course == course, Import.etat.in_(WAITING))
        .values(battement_le=horloge.now(), **values)
        .returning(Import.id)
    )
    if written is None:
        raise Fenced()


def finish(import_id: int, course: str) -> Import:
    """The row, locked and no longer run, to write in it what the run gave. Raise Fenced."""
    import_ = _owned(import_id, course)
    if import_ is None:
        raise Fenced()
    import_.course = ""
    return import_


def fail(import_id: int, course: str, message: str) -> None:
    """The import cannot be done; `message` tells its reader what to do."""
    import_ = _owned(import_id, course)
    if import_ is not None:
        _end(import_, message)


def give_back(import_id: int, course: str) -> None:
    """A run failed by accident: the import waits for another one, or has failed for good."""
    import_ = _owned(import_id, course)
    if import_ is not None:
        _run_again(import_)


def give_back_stale() -> int:
    """Take the imports whose run died away from it, and have them run again; return how many."""
    before = horloge.now() - SILENCE
    stale = _locked(
        Import.etat.in_(WAITING),
        Import.course != "",
        or_(Import.battement_le.is_(None), Import.battement_le < before),
    )
    for import_ in stale:
        _run_again(import_)
        if import_.etat in WAITING:
            queue.ask(Job.IMPORTER, import_.id)
    return len(stale)


def expire() -> list[str]:
    """Forget the imports whose time is over; return their files, to delete after the commit."""
    over = _locked(
        Import.etat.not_in((*WAITING, EtatImport.EXPIRE)), Import.expire_le < horloge.now()
    )
    files = []
    for import_ in over:
        files += [import_.fichier, import_.lecture, import_.corrige]
        import_.fichier = import_.lecture = import_.corrige = ""
        import_.etat = EtatImport.EXPIRE
        # Names of people stand in what was shown, and in what was to be mended.
        import_.bilan = {
            name: kept for name, kept in import_.bilan.items() if isinstance(kept, int)
        }
        import_.plan = {}
    return [cle for cle in files if cle]


def _run_again(import_: Import) -> None:
    import_.course = ""
    if import_.essais >= MOST_RUNS:
        _end(import_, GAVE_UP.format(cle=import_.cle))


def _end(import_: Import, message: str) -> None:
    import_.course = ""
    import_.etat = EtatImport.ECHEC
    import_.message = message
    import_.fini_le = horloge.now()


def _owned(import_id: int, course: str) -> Import | None:
    """The row, locked, if this run still owns it."""
    found = _locked(Import.id == import_id, Import.course == course, Import.etat.in_(WAITING))
    return found[0] if found else None


def _locked(*conditions: object) -> Sequence[Import]:
    statement = select(Import).where(*conditions).with_for_update(of=Import)  # type: ignore[arg-type]
    return session().scalars(statement.execution_options(populate_existing=True)).all()

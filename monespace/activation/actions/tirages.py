"""Make the letters that wait, and hand them to the post."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from monespace import horloge, journal
from monespace.acteur import Acteur, Role
from monespace.activation import empreinte, lettres, tirage
from monespace.activation.actions.codes import issue, seen_by
from monespace.activation.codes import expiry, new_code
from monespace.activation.lettres import Expediteur
from monespace.activation.models import CodeActivation, Courrier, Tirage
from monespace.activation.tirage import AFaire
from monespace.coffre import Coffre
from monespace.db import Database, new_key, session
from monespace.refus import Conflit, Introuvable

SERVICE = Acteur(None, "Service courrier", Role.CONSEILLER)
# Hashing and drawing leave Python to the other threads.
THREADS = 4


@dataclass(frozen=True, slots=True)
class Presse:
    """What a batch is made with: codes are hashed under the vault, letters signed by the sender."""

    database: Database
    coffre: Coffre
    expediteur: Expediteur
    reception_jours: int


def draw(
    presse: Presse, vers: Path, sirens: Sequence[str] = (), first_wave: bool = False
) -> tuple[Path | None, int]:
    """Write every letter that waits in a new folder under `vers`. Return it, and how many.

    None when there was nothing to make. Opens its own transactions. Raise Conflit when another
    batch runs, or has made some of these letters meanwhile: none of these counts then.
    """
    with tirage.alone(vers):
        tirage.settle(presse.database, vers)
        with presse.database.reading():
            wanted = tirage.to_make(sirens, first_wave)
        if not wanted:
            return None, 0
        cle = new_key()
        try:
            kept = _print(presse, tirage.part_of(vers, cle), wanted)
            with presse.database.transaction():
                _commit(cle, wanted, kept, presse.reception_jours)
        finally:
            finished = tirage.settle(presse.database, vers)
        return next((one for one in finished if one.name.endswith(cle)), None), len(wanted)


def _print(presse: Presse, folder: Path, wanted: Sequence[AFaire]) -> Sequence[str]:
    """Write the letters and the printer's list; return the hash of each code."""
    folder.mkdir(mode=0o700)
    jour = horloge.today()
    recu_le = jour + timedelta(days=presse.reception_jours)

    def make(numbered: tuple[int, AFaire]) -> tuple[str, int]:
        number, one = numbered
        code = new_code()
        made = lettres.pdf(one.lettre, code, jour, recu_le, presse.expediteur)
        tirage.write(folder / tirage.file_name(number, one.lettre), made)
        kept = empreinte.of(presse.coffre, code, one.lettre.siren, one.lettre.profil)
        return kept, lettres.pages(made)

    with ThreadPoolExecutor(THREADS) as pool:
        made = list(pool.map(make, enumerate(wanted, start=1)))
    counted = [(one.lettre, pages) for one, (_, pages) in zip(wanted, made, strict=True)]
    tirage.write_list(folder, counted)
    return [kept for kept, _ in made]


def _commit(cle: str, wanted: Sequence[AFaire], kept: Sequence[str], days: int) -> None:
    made = Tirage(cle=cle, cree_le=horloge.now())
    session().add(made)
    for one, hashed in zip(wanted, kept, strict=True):
        code = issue(SERVICE, one.organisation_id, hashed, days)
        courrier = _still_waiting(one)
        courrier.tirage, courrier.code = made, code
        courrier.destinataire = list(one.lettre.destinataire)
    journal.record(SERVICE, "tirer les courriers", made, lettres=len(wanted))


def _still_waiting(one: AFaire) -> Courrier:
    """The row of that letter, new for a first wave. The organisation is locked by its new code."""
    courrier = session().scalar(
        select(Courrier).where(
            Courrier.organisation_id == one.organisation_id, Courrier.tirage_id.is_(None)
        )
    )
    if (courrier and courrier.id) != one.courrier_id:
        raise Conflit(
            "Des courriers de ce tirage ont été demandés ou produits par ailleurs entre-temps"
            "\u00a0: rien n’a été émis. Relancez la commande."
        )
    if courrier is None:
        courrier = Courrier(organisation_id=one.organisation_id, demande_le=horloge.now())
        session().add(courrier)
    return courrier


def hand_over(cle: str, reception_jours: int) -> Tirage:
    """The letters of that batch were given to the post today: their codes last accordingly.

    Doing it again changes nothing. Raise Introuvable.
    """
    handed = session().scalar(select(Tirage).where(Tirage.cle == cle).with_for_update())
    if handed is None:
        raise Introuvable(f"Aucun tirage ne porte la clé {cle}.")
    if handed.remis_le is not None:
        return handed
    handed.remis_le = horloge.now()
    rows = session().execute(
        select(Courrier, CodeActivation)
        .join(CodeActivation, CodeActivation.id == Courrier.code_id)
        .where(Courrier.tirage_id == handed.id)
        .with_for_update(of=CodeActivation)
    )
    for courrier, code in rows:
        if not code.reception_constatee:
            code.recu_le = tirage.presumed(horloge.today(), code.recu_le, reception_jours)
            code.expire_le = expiry(code.recu_le)
        journal.record(seen_by(SERVICE, courrier.organisation_id), "remettre à la poste", courrier)
    return handed

"""Forms that could not be taken for want of a proof of identity, kept for who typed them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import delete, func, select

from monespace import horloge
from monespace.coffre import Coffre
from monespace.comptes.models import FormulaireGarde
from monespace.db import KEY_ALPHABET, insert_of, session

KEPT_FOR = timedelta(hours=1)
LARGEST = 256 * 1024
# Beyond, whoever sends them is not typing.
MOST = 40
TABLE = "formulaires_gardes"
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Formulaire:
    """What was being sent: where, from which page, its fields, and whether files were joined."""

    adresse: str
    page: str
    champs: Pairs
    fichiers: bool = False


def keep_form(utilisateur_id: int, origine: str, formulaire: Formulaire, coffre: Coffre) -> str:
    """Seal the form for that person alone, for an hour. Return its key, "" if it is not kept.

    `origine` names the drawing of the form: what is typed in it afterwards takes its place.
    """
    content = json.dumps(asdict(formulaire))
    if len(content) > LARGEST or _kept(utilisateur_id) >= MOST:
        return ""
    cle = _key(coffre.fingerprint(origine, f"{TABLE} {utilisateur_id}"))
    row = {
        "contenu_scelle": coffre.seal(content, TABLE, cle, str(utilisateur_id)),
        "expire_le": horloge.now() + KEPT_FOR,
    }
    session().execute(
        insert_of(FormulaireGarde)
        .values(cle=cle, utilisateur_id=utilisateur_id, **row)
        .on_conflict_do_update(index_elements=[FormulaireGarde.cle], set_=row)
    )
    return cle


def opened_form(garde: FormulaireGarde, coffre: Coffre) -> Formulaire:
    """What was kept in that row. Raise coffre.Altere."""
    content = coffre.open(garde.contenu_scelle, TABLE, garde.cle, str(garde.utilisateur_id))
    kept = json.loads(content)
    champs = tuple((name, value) for name, value in kept.pop("champs"))
    return Formulaire(champs=champs, **kept)


def forget_form(utilisateur_id: int, cle: str) -> None:
    """It was taken: nothing of it waits any more."""
    session().execute(
        delete(FormulaireGarde).where(
            FormulaireGarde.cle == cle, FormulaireGarde.utilisateur_id == utilisateur_id
        )
    )


def forget_kept_forms() -> None:
    """Delete the forms that nobody came back to."""
    session().execute(delete(FormulaireGarde).where(FormulaireGarde.expire_le < horloge.now()))


def _kept(utilisateur_id: int) -> int:
    statement = select(func.count()).where(
        FormulaireGarde.utilisateur_id == utilisateur_id,
        FormulaireGarde.expire_le > horloge.now(),
    )
    return session().scalar(statement) or 0


def _key(fingerprint: str) -> str:
    """A key for an address, from what only this portal can compute."""
    number, letters = int(fingerprint, 16), ""
    while len(letters) < 12:
        number, rank = divmod(number, len(KEY_ALPHABET))
        letters += KEY_ALPHABET[rank]
    return letters

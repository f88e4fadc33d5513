"""A NIR is sealed for one fiche, recognised by its fingerprint, and read nowhere."""

import logging
from functools import partial

import pytest
from sqlalchemy import select, update

from monespace.coffre import Altere, Coffre
from monespace.config import BadConfig, Config
from monespace.modeles import metadata
from monespace.refus import Refuse
from monespace.salaries import actions, queries
from monespace.salaries.actions import Doublon
from monespace.salaries.actions.nir import HIDDEN_NIR, Numero
from monespace.salaries.models import Salarie
from tests.dossiers.bureau import at_once
from tests.salaries.annuaire import COFFRE, NIR, Annuaire

OTHER = "105067505600172"


def masked(annuaire: Annuaire, cle: str, coffre: Coffre = COFFRE) -> str | None:
    with annuaire.lire(cle) as salarie:
        return queries.masked_nir(annuaire.rh, salarie, coffre)


def everything(annuaire: Annuaire) -> str:
    """Every row of the database as text."""
    with annuaire.database.reading() as running:
        return "".join(
            repr(running.execute(select(table)).all()) for table in metadata.sorted_tables
        )


def test_only_its_beginning_is_ever_read(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nir=NIR)

    assert masked(annuaire, cle) == "2\u00a094\u00a003\u00a0**\u00a0***\u00a0***"
    assert NIR[:13] not in everything(annuaire)
    assert annuaire.trouver(q=NIR) == annuaire.trouver(q=NIR[:13]) == []
    assert "nir" not in repr(Numero(NIR, COFFRE)).replace("Numero", "").lower()


def test_a_number_moved_to_another_fiche_is_refused(
    annuaire: Annuaire, caplog: pytest.LogCaptureFixture
) -> None:
    """Swapped in SQL: both fail closed, somebody is told, no digit is written."""
    first, second = annuaire.ajouter(nir=NIR), annuaire.ajouter(prenom="Lou", nir=OTHER)
    sealed = {one.cle: one.nir_chiffre for one in annuaire.tous()}
    with annuaire.database.transaction() as running:
        for cle, other in ((first, second), (second, first)):
            running.execute(
                update(Salarie).where(Salarie.cle == cle).values(nir_chiffre=sealed[other])
            )

    with caplog.at_level(logging.ERROR):
        assert masked(annuaire, first) is None
        assert masked(annuaire, second) is None
    assert len(caplog.records) == 2
    assert NIR[5:13] not in caplog.text


def test_another_key_opens_nothing(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nir=NIR)

    assert masked(annuaire, cle, Coffre("another secret of thirty-two letters")) is None


@pytest.mark.parametrize(
    "place", [("t", "r", "s2"), ("t", "r2", "s"), ("t2", "r", "s"), ("tr", "s")]
)
def test_a_value_is_bound_to_its_place(place: tuple[str, ...]) -> None:
    sealed = COFFRE.seal("clear", "t", "r", "s")

    assert COFFRE.open(sealed, "t", "r", "s") == "clear"
    with pytest.raises(Altere):
        COFFRE.open(sealed, *place)


@pytest.mark.parametrize("sealed", ["", "1", "1.", "1..", "2.0.0", "clear", "é", "1.00000000.****"])
def test_what_is_not_sealed_is_not_opened(sealed: str) -> None:
    with pytest.raises(Altere):
        COFFRE.open(sealed, "t")
    head = COFFRE.seal("clear", "t").rsplit(".", 1)[0]
    for body in ("", "é", "AAAA", "A" * 40):
        with pytest.raises(Altere):
            COFFRE.open(f"{head}.{body}", "t")


def test_the_same_value_is_never_sealed_alike_and_always_recognised() -> None:
    assert COFFRE.seal(NIR, "t") != COFFRE.seal(NIR, "t")
    assert COFFRE.fingerprint(NIR, "1") == COFFRE.fingerprint(NIR, "1")
    assert COFFRE.fingerprint(NIR, "1") != COFFRE.fingerprint(NIR, "2")
    assert COFFRE.fingerprint(NIR, "1") != Coffre("other").fingerprint(NIR, "1")


def test_a_key_of_its_own_is_taken_and_a_weak_one_refused() -> None:
    given = {"SECRET_KEY": "s" * 10 + "0123456789abcdef0123456789abcdef"}
    derived = Coffre.of(Config.from_env(given))
    own = Coffre.of(Config.from_env({**given, "NIR_KEY": "0123456789abcdef" * 3}))

    with pytest.raises(Altere):
        own.open(derived.seal("clear", "t"), "t")
    for weak in ("short", "a" * 40):
        with pytest.raises(BadConfig, match="NIR_KEY"):
            Config.from_env({**given, "NIR_KEY": weak})


def test_a_number_recognises_whoever_changed_their_name(annuaire: Annuaire) -> None:
    cle = annuaire.ajouter(nir=NIR)

    with pytest.raises(Doublon) as refusal:
        annuaire.ajouter(nom_naissance="Lefèvre", nir=NIR)
    assert refusal.value.by_nir
    assert [one.cle for one in refusal.value.semblables] == [cle]
    assert len(annuaire.tous()) == 1


def test_a_number_of_somebody_hidden_is_refused_without_a_word(annuaire: Annuaire) -> None:
    siege, annexe = annuaire.societe.siege, annuaire.societe.annexe
    annuaire.ajouter(at=annexe, nir=NIR)
    local = annuaire.collegue("Durand", siege)
    own = annuaire.ajouter(local, prenom="Lou")

    with annuaire.ouvrir(own, local) as salarie, pytest.raises(Refuse) as refusal:
        actions.keep_nir(local, salarie, Numero(NIR, COFFRE))
    assert refusal.value.message == HIDDEN_NIR
    with pytest.raises(Refuse, match="administrateur"):
        annuaire.ajouter(local, prenom="Ana", nir=NIR)
    assert masked(annuaire, own) == ""


def test_a_number_is_changed_forgotten_and_told_in_the_journal_without_its_value(
    annuaire: Annuaire,
) -> None:
    cle = annuaire.ajouter(sexe="f")
    for nir in (NIR, OTHER, None):
        with annuaire.ouvrir(cle) as salarie:
            actions.keep_nir(annuaire.rh, salarie, Numero(nir, COFFRE) if nir else None)
        for clear in (NIR, OTHER):
            assert clear[:13] not in everything(annuaire)
    with annuaire.lire(cle) as salarie:
        assert (salarie.nir_chiffre, salarie.nir_empreinte) == ("", None)
        assert Numero(NIR, COFFRE).doubts(salarie) == ""
        assert "sexe" in Numero(OTHER, COFFRE).doubts(salarie)


def test_one_number_given_to_two_at_once_is_kept_by_one(annuaire: Annuaire) -> None:
    cles = [annuaire.ajouter(prenom=prenom) for prenom in ("Ana", "Lou", "Zoé", "Inès")]

    def give(cle: str) -> bool:
        try:
            with annuaire.ouvrir(cle) as salarie:
                actions.keep_nir(annuaire.rh, salarie, Numero(NIR, COFFRE))
        except Refuse:
            return False
        return True

    done = at_once([partial(give, cle) for cle in cles])
    assert done.count(True) == 1
    assert sum(bool(one.nir_empreinte) for one in annuaire.tous()) == 1

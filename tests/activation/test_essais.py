"""Codes tried by people: counted before they are compared, and nothing told to strangers."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import func, select

from monespace import horloge, policy, typographie
from monespace.activation import actions, empreinte
from monespace.activation.codes import MalEcrit, new_code
from monespace.activation.essai import (
    HOUR,
    PER_ACCOUNT,
    PER_COMPANY,
    SLOWED_FROM,
    SLOWEST_S,
    Attendre,
    AutreProfil,
    Bon,
    Expire,
    Faux,
)
from monespace.activation.models import CodeActivation, UsageCode, UsagePour
from monespace.comptes import essais, passwords
from monespace.comptes.models import Compteur
from monespace.courriels.models import Courriel
from monespace.notifications.models import Notification
from monespace.organisations.models import Profil
from monespace.policy import Can
from monespace.refus import Refuse
from tests.activation.guichet import FONDERIE, HALLES, INCONNU, OPCO, Guichet
from tests.dossiers.bureau import at_once


def test_the_code_of_the_letter_opens_its_company_only(guichet: Guichet) -> None:
    places = list(product((HALLES, FONDERIE), Profil))
    codes = {place: guichet.emettre(*place)[0] for place in places}
    opened = 0
    for place, code in product(places, codes.values()):
        found = guichet.essayer(guichet.personne(), code, *place)
        opened += isinstance(found, Bon)
        if isinstance(found, Bon):
            assert codes[place] == code
            assert found.organisation_id == guichet.organisation(*place)
        elif code == codes[place[0], _other(place[1])]:
            assert found == AutreProfil(_other(place[1]))
        else:
            assert found == Faux(PER_COMPANY - 1)
    assert opened == 4


def _other(profil: Profil) -> Profil:
    return next(one for one in Profil if one is not profil)


def test_strangers_are_all_told_the_same(guichet: Guichet) -> None:
    right, code_id = guichet.emettre()
    guichet.emettre(FONDERIE, Profil.PRESTATAIRE)
    boss = guichet.administrateur(guichet.organisation())
    with guichet.database.transaction() as opened:
        actions.revoke(boss, opened.get_one(CodeActivation, code_id))
    tries = [
        (INCONNU, Profil.ADHERENT, new_code()),
        (FONDERIE, Profil.ADHERENT, new_code()),
        (FONDERIE, Profil.PRESTATAIRE, new_code()),
        # Stopped: it is a code like any other wrong one.
        (HALLES, Profil.ADHERENT, right),
        (HALLES, Profil.PRESTATAIRE, right),
    ]
    told = {
        guichet.essayer(guichet.personne(), code, siren, profil) for siren, profil, code in tries
    }
    assert told == {Faux(PER_COMPANY - 1)}


def test_as_many_hashes_whatever_there_is(
    guichet: Guichet, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = guichet.emettre()
    hashes: Counter[str] = Counter()
    verify = passwords.verify
    tried: list[str] = []

    def counted(kept: str | None, password: str) -> bool:
        hashes[tried[-1]] += 1
        return verify(kept, password)

    monkeypatch.setattr(passwords, "verify", counted)
    for place, siren, profil, typed in (
        ("unknown", INCONNU, Profil.ADHERENT, new_code()),
        ("none issued", FONDERIE, Profil.ADHERENT, new_code()),
        ("wrong", HALLES, Profil.ADHERENT, new_code()),
        ("right", HALLES, Profil.ADHERENT, code),
        ("other profile", HALLES, Profil.PRESTATAIRE, code),
    ):
        tried.append(place)
        guichet.essayer(guichet.personne(), typed, siren, profil)
    tried.append("misspelt")
    with pytest.raises(MalEcrit):
        guichet.essayer(guichet.personne(), code[:-1])
    assert hashes == dict.fromkeys(
        ("unknown", "none issued", "wrong", "right", "other profile"), len(Profil)
    )


def test_fifty_wrong_tries_at_once_five_compared(guichet: Guichet) -> None:
    assert guichet.let_through(50) == PER_COMPANY


def test_ten_a_day_over_all_companies(guichet: Guichet) -> None:
    acteur = guichet.personne()
    sirens = [f"9990000{rank:02}" for rank in range(12)]
    found = [guichet.essayer(acteur, new_code(), siren) for siren in sirens]
    assert [isinstance(one, Faux) for one in found] == [True] * PER_ACCOUNT + [False] * 2
    refused = found[-1]
    assert isinstance(refused, Attendre)
    assert timedelta(hours=23) < refused.jusqu_a - horloge.now() <= timedelta(days=1)


def test_what_was_refused_is_compared_again_after_the_hour(guichet: Guichet) -> None:
    code, _ = guichet.emettre()
    acteur = guichet.personne()
    start = horloge.now()
    with horloge.frozen(start):
        left = [guichet.essayer(acteur, new_code()) for _ in range(PER_COMPANY)]
        assert left == [Faux(rest) for rest in (4, 3, 2, 1, 0)]
        # Even the right one: it is not compared.
        assert guichet.essayer(acteur, code) == Attendre(start + HOUR)
    with horloge.frozen(start + HOUR - timedelta(seconds=1)):
        assert guichet.essayer(acteur, code) == Attendre(start + HOUR)
    with horloge.frozen(start + HOUR):
        assert isinstance(guichet.essayer(acteur, code), Bon)


def test_a_right_code_and_a_slip_cost_no_try(guichet: Guichet) -> None:
    code, _ = guichet.emettre()
    acteur = guichet.personne()
    for _ in range(PER_ACCOUNT + 2):
        assert isinstance(guichet.essayer(acteur, code), Bon)
        with pytest.raises(MalEcrit):
            guichet.essayer(acteur, code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert guichet.essayer(acteur, new_code()) == Faux(PER_COMPANY - 1)


def test_fifty_strangers_do_not_lock_a_company_out(guichet: Guichet) -> None:
    code, _ = guichet.emettre()
    told = guichet.administrateur(guichet.organisation())
    strangers = [guichet.personne(f"Intrus {rank}") for rank in range(50)]

    def try_ten(rank: int) -> list[object]:
        adresse = f"198.51.{rank}.7"
        return [guichet.essayer(strangers[rank], new_code(), adresse=adresse) for _ in range(10)]

    with ThreadPoolExecutor(4) as pool:
        found = [one for some in pool.map(try_ten, range(50)) for one in some]
    assert len(found) == 500
    assert sum(isinstance(one, Faux) for one in found) == 50 * PER_COMPANY
    # Slower and slower, never for long.
    assert len(guichet.slept) == 50 * PER_COMPANY - SLOWED_FROM + 1
    assert max(guichet.slept) == SLOWEST_S
    assert isinstance(guichet.essayer(guichet.personne(), code, adresse="203.0.113.9"), Bon)
    with guichet.database.reading() as opened:
        warned = opened.scalars(select(Notification.titre)).all()
        assert warned == [f"Des codes faux sont essayés pour le SIREN {typographie.siren(HALLES)}"]
        assert opened.scalar(select(Notification.utilisateur_id)) == told.utilisateur_id


def test_one_address_tries_sixty_times_an_hour(guichet: Guichet) -> None:
    with guichet.database.transaction():
        # 59 tries came from the neighbours.
        for _ in range(59):
            assert essais.allow("code 2001:db8:1:200::/56", 60, HOUR)
    for adresse, kind in (("2001:db8:1:2aa::1", Faux), ("2001:db8:1:2bb::2", Attendre)):
        assert isinstance(guichet.essayer(guichet.personne(), new_code(), adresse=adresse), kind)
    elsewhere = guichet.essayer(guichet.personne(), new_code(), adresse="2001:db8:1:3aa::1")
    assert isinstance(elsewhere, Faux)
    # Nothing is counted for who is refused.
    with guichet.database.reading() as opened:
        assert not opened.scalar(
            select(func.count()).select_from(Compteur).where(Compteur.essais == 0)
        )


def test_the_end_is_told_to_the_holder_and_exact(guichet: Guichet) -> None:
    code, code_id = guichet.emettre()
    end = guichet.code(code_id).expire_le
    acteur = guichet.personne()
    with horloge.frozen(end - timedelta(seconds=1)):
        assert isinstance(guichet.essayer(acteur, code), Bon)
    with horloge.frozen(end):
        assert guichet.essayer(acteur, code) == Expire(end)
        assert guichet.essayer(acteur, new_code()) == Faux(PER_COMPANY - 1)
        assert guichet.essayer(acteur, code, profil=Profil.PRESTATAIRE) == AutreProfil(
            Profil.ADHERENT
        )


def test_twenty_new_letters_at_once_leave_one_code(guichet: Guichet) -> None:
    first, _ = guichet.emettre()
    codes = [new_code() for _ in range(20)]
    hashes = [empreinte.of(guichet.coffre, one, HALLES, Profil.ADHERENT) for one in codes]

    def issue(hashed: str) -> Callable[[], bool]:
        def issue_now() -> bool:
            with guichet.database.transaction():
                actions.issue(OPCO, guichet.organisation(), hashed, 5)
            return True

        return issue_now

    assert at_once([issue(hashed) for hashed in hashes]).count(True) == 20
    with guichet.database.reading() as opened:
        live = opened.scalars(
            select(CodeActivation.empreinte).where(CodeActivation.revoque_le.is_(None))
        ).all()
        assert opened.scalar(select(func.count()).select_from(CodeActivation)) == 21
    assert len(live) == 1
    right = codes[hashes.index(live[0])]
    for code in (first, *codes):
        found = guichet.essayer(guichet.personne(), code)
        assert isinstance(found, Bon) == (code == right)
        assert isinstance(found, Bon | Faux)


def test_each_use_is_written_and_told_at_once(guichet: Guichet) -> None:
    code, code_id = guichet.emettre()
    boss = guichet.administrateur(guichet.organisation())
    users = [guichet.personne("Petit"), guichet.personne("Roux")]
    for user, pour in zip(users, UsagePour, strict=True):
        with guichet.database.transaction():
            actions.use(user, code_id, pour)
    with guichet.database.reading() as opened:
        uses = opened.scalars(select(UsageCode).order_by(UsageCode.id)).all()
        assert [(one.utilisateur_id, one.pour) for one in uses] == [
            (user.utilisateur_id, pour) for user, pour in zip(users, UsagePour, strict=True)
        ]
        told = opened.scalars(select(Notification)).all()
        assert {one.utilisateur_id for one in told} == {boss.utilisateur_id}
        mails = opened.scalars(select(Courriel.texte)).all()
    assert len(mails) == len(told) == 2
    assert "Camille Petit" in mails[0]
    assert code not in "".join(mails)


def test_a_code_stopped_meanwhile_is_not_used(guichet: Guichet) -> None:
    code, code_id = guichet.emettre()
    boss = guichet.administrateur(guichet.organisation())
    acteur = guichet.personne()
    assert isinstance(guichet.essayer(acteur, code), Bon)
    with guichet.database.transaction():
        cle = guichet.code(code_id).cle
        actions.revoke(boss, policy.load(boss, CodeActivation, cle, Can.REVOKE, lock=True))
    with pytest.raises(Refuse, match="arrêté"), guichet.database.transaction():
        actions.use(acteur, code_id, UsagePour.ADMINISTRER)
    with guichet.database.reading() as opened:
        assert not opened.scalars(select(UsageCode)).all()
    assert isinstance(guichet.essayer(acteur, code), Faux)

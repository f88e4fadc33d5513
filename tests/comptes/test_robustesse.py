"""Which passwords are accepted, and what is said of the others."""

import time

import pytest

from monespace.comptes.passwords import LONGEST, hash_password, verify
from monespace.comptes.robustesse import CONSEIL, weakness

CONTEXTE = (
    *("Mon Espace", "OPCO de démonstration", "Maison Delorme", "999001001"),
    *("Camille", "Martin", "camille.martin@delorme.example"),
)

ACCEPTED = """
soleil-parapluie-vache
mon chien adore les carottes
cheval agrafe pile correcte
Monde-de-poche-2026
J'aime le fromage bleu
girafe tambour lundi escabeau
vK7#mQ2x!pL9
kfjwqhzmvbxoplsye
G8nXw2VtQz4LrB
où-est-passée-la-loutre
Trombone%Violette8Nuage
piano-radis-fusée-Orteil7
delorme-parapluie-tortue-lampe-bleuet
vingt-sept hiboux mangent du riz
7-hiboux-&-3-loutres
xkcd.Tulipe.42.brouette
tortuelampebiberon
un mot de passe avec des espaces  doubles
Le 14 juillet, huit canards dorment
桜が咲くと春が来ますね今年もきっと
9Tz!rW_4kd?M
hamac/buvard/ourson/cactus
MARMITE TONNEAU GRILLON VIOLON
trente-deux pinsons et un ukulélé
""".strip("\n").split("\n")

REFUSED = """
Akto2025!Akto
Delorme2026Delorme2026
Camille-Martin-2026
MonEspace2026!!
azertyuiopqsdfgh
AzertyAzerty2025!
Motdepasse2026!
P@ssw0rd2026!!
Bonjour12345678!
aaaaaaaaaaaaaaaaaaaaaa
123456789012345678901234
abcdefghijklmnopqrstuvwxyz
Soleil2026Soleil!
Marseille13013!
JeTaime14071990!
999001001999001001
999001001Delorme!
camille.martin@delorme.example
Maison-Delorme-69
Novembre-2026!!
Password1234567!
Administrateur2026
qwertyuiopasdfgh
D3l0rm3-2026-D3l0rm3
soleilsoleilsoleil
Chocolat123456!!
14/07/1990-14/07/1990
PSG-Paris-2026!
Janvier2026Fevrier2026
Zx9!Zx9!Zx9!
tortuelampe
tortuelampebi
nitramellimac-emroled
CÀMÏLLE-mârtin-2026
ééééééééééééééé
000000000000000000000000
""".strip("\n").split("\n")


def test_sixty_passwords_are_tried() -> None:
    assert len(ACCEPTED) + len(REFUSED) == 60


@pytest.mark.parametrize("password", ACCEPTED)
def test_accepted(password: str) -> None:
    assert weakness(password, CONTEXTE) == ""


@pytest.mark.parametrize("password", REFUSED)
def test_refused_with_what_to_do(password: str) -> None:
    said = weakness(password, CONTEXTE)

    assert "trois ou quatre mots sans rapport entre eux" in said
    assert password not in said


def test_each_weakness_is_told_apart() -> None:
    assert "compte 8 caractères, il en faut 12" in weakness("Court-26", ())
    assert "rappelle votre nom" in weakness("Camille-Martin-69!", CONTEXTE)
    assert "date" in weakness("14/07/1990-14/07/1990", ())
    assert "beaucoup de gens utilisent" in weakness("Motdepasse2026!", ())
    assert "répétitions" in weakness("Zx9!Zx9!Zx9!", ())
    assert weakness("tortuelampebi", ()).startswith("Ajoutez au moins 4 caractères")


def test_only_who_knows_the_person_guesses_their_name() -> None:
    assert weakness("Zoubrowka-Quetzal-69", ()) == ""
    assert weakness("Zoubrowka-Quetzal-69", ("Zoubrowka", "Quetzal")) != ""


def test_more_is_asked_of_those_who_administer() -> None:
    middling = "butterfly princess"

    assert weakness(middling, ()) == ""
    assert CONSEIL in weakness(middling, (), exigeant=True)


@pytest.mark.parametrize("length", [LONGEST + 1, 5000, 900_000])
def test_too_long_is_refused_at_once(length: int) -> None:
    start = time.perf_counter()
    said = weakness("tortue lampe " * (length // 13 + 1), CONTEXTE)

    assert said.startswith("Raccourcissez votre mot de passe")
    assert time.perf_counter() - start < 0.05


def test_the_whole_of_a_long_password_counts() -> None:
    long = ("hibou%tambour7Violette " * 50)[: LONGEST - 1]
    assert weakness(f"{long}a", ()) == ""
    kept = hash_password(f"{long}a")

    assert verify(kept, f"{long}a")
    assert not verify(kept, f"{long}b")


@pytest.mark.parametrize(
    "hostile",
    [
        "4@8({[</369&#!1/|0$5+7%2" * 40,
        "({[<1!|7+4@" * 90,
        "a4@3e1!i0o$5s7t" * 60,
        "\x00" * 72,
        "\U0001f9a6" * 200,
        "ﷺ" * LONGEST,
        "é" * LONGEST,
    ],
)
def test_no_password_keeps_a_worker_busy(hostile: str) -> None:
    start = time.process_time()
    weakness(hostile, CONTEXTE)

    assert time.process_time() - start < 1

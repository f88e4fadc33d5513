"""Reference data: what is shipped, how it is read, and the script that makes it."""

import json
from pathlib import Path

import pytest

from monespace.referentiels import communes, fabriquer, fichiers, naf

COMMUNES = [
    {"code": "01033", "nom": "Valserhône", "type": "commune-actuelle", "departement": "01",
     "codesPostaux": ["01200"]},
    {"code": "74109", "nom": "Éloise", "type": "commune-actuelle", "departement": "74",
     "codesPostaux": ["01200"]},
    {"code": "75101", "nom": "Paris 1er Arrondissement", "type": "arrondissement-municipal",
     "departement": "75", "codesPostaux": ["75001"]},
    {"code": "97501", "nom": "Sans code", "type": "commune-actuelle", "departement": "975"},
]  # fmt: skip


def _paquet(folder: Path, name: str, version: str, files: dict[str, object]) -> str:
    (folder / "data").mkdir(parents=True)
    for path, content in {**files, "package.json": {"name": name, "version": version}}.items():
        (folder / path).write_text(json.dumps(content), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("code_postal", "nom", "departement"),
    [
        ("75011", "Paris", "75"),
        ("75116", "Paris", "75"),
        ("69003", "Lyon", "69"),
        ("20090", "Ajaccio", "2A"),
        ("20200", "Bastia", "2B"),
        ("97400", "Saint-Denis", "974"),
        ("98800", "Nouméa", "988"),
    ],
)
def test_a_postal_code_tells_its_commune(code_postal: str, nom: str, departement: str) -> None:
    assert communes.connu(code_postal)
    assert nom in [commune.nom for commune in communes.communes(code_postal)]
    found = communes.departement(code_postal)
    assert found is not None
    assert found.code == departement


def test_a_postal_code_may_serve_several_communes_by_name() -> None:
    served = [commune.nom for commune in communes.communes("01200")]
    assert len(served) == 9
    assert served.index("Confort") + 1 == served.index("Éloise")
    assert communes.departement("01200") == communes.Departement("01", "Ain")


def test_a_cedex_is_unknown_but_has_a_departement() -> None:
    assert not communes.connu("75908")
    assert communes.communes("75908") == ()
    assert communes.departement("75908") == communes.Departement("75", "Paris")
    assert communes.departement("20184") == communes.Departement("2A", "Corse-du-Sud")
    assert communes.departement("98000") is None


def test_every_postal_code_has_a_departement() -> None:
    codes = {row[0] for row in fichiers.read(fichiers.COMMUNES)}
    assert len(codes) == 6310
    assert all(communes.departement(code) for code in codes)


def test_a_code_ape_has_a_label() -> None:
    assert naf.libelle("81.21Z") == naf.libelle("8121Z") == "Nettoyage courant des bâtiments"
    assert naf.text("8121Z") == "81.21Z\u00a0– Nettoyage courant des bâtiments"
    assert naf.text("9999Z") == "99.99Z"
    assert sum(1 for _ in fichiers.read(fichiers.NAF)) == 732


def test_the_files_are_made_from_the_packages(tmp_path: Path) -> None:
    decoupage = _paquet(
        tmp_path / "decoupage",
        "@etalab/decoupage-administratif",
        "6.0.0",
        {
            "data/communes.json": COMMUNES,
            "data/departements.json": [{"code": "74", "nom": "Haute-Savoie"}],
        },
    )
    niveaux = [{"id": "81.2", "label": "Nettoyage"}, {"id": "81.21Z", "label": "Nettoyage courant"}]
    codes_naf = _paquet(tmp_path / "naf", "@socialgouv/codes-naf", "1.1.1", {"index.json": niveaux})
    fabriquer.main([decoupage, codes_naf], tmp_path)
    assert list(fichiers.read(fichiers.COMMUNES, tmp_path)) == [
        ["01200", "74109", "Éloise", "74"],
        ["01200", "01033", "Valserhône", "01"],
    ]
    assert list(fichiers.read(fichiers.DEPARTEMENTS, tmp_path)) == [["74", "Haute-Savoie"]]
    assert list(fichiers.read(fichiers.NAF, tmp_path)) == [["8121Z", "Nettoyage courant"]]
    first = (tmp_path / fichiers.COMMUNES).read_bytes()
    fabriquer.main([decoupage], tmp_path)
    assert (tmp_path / fichiers.COMMUNES).read_bytes() == first


def test_the_script_asks_for_a_package(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="paquet npm"):
        fabriquer.main([], tmp_path)

"""What the portal refuses to start with, and what it starts with when told nothing."""

from pathlib import Path

import pytest

from monespace.config import BadConfig, Config

PRODUCTION = {
    "MONESPACE_MODE": "production",
    "SECRET_KEY": "0123456789abcdef0123456789abcdef",
    "TRUSTED_HOSTS": "espace.opco.example",
    "BASE_URL": "https://espace.opco.example/",
    "MAIL_URL": "smtps://monespace:secret@mail.example:465",
}


def read(folder: Path, **environ: str) -> Config:
    return Config.from_env({"DATA_DIR": str(folder), **environ})


def test_the_demo_needs_nothing(tmp_path: Path) -> None:
    config = read(tmp_path, PORT="8123")

    assert config.mode == "demo"
    # The address that the terminal announces: a session of the one is none of the other.
    assert config.base_url == "http://localhost:8123"
    assert config.mail_url == ""
    assert config.mail_from == "ne-pas-repondre@opco.example"
    assert config.reception_jours == 5


def test_production_starts_with_all_that_it_needs(tmp_path: Path) -> None:
    config = read(tmp_path, **PRODUCTION)

    assert config.base_url == "https://espace.opco.example"
    assert "secret" not in repr(config)
    assert config.secret_key not in repr(config)


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"MONESPACE_MODE"}))
def test_production_does_not_start_without(tmp_path: Path, missing: str) -> None:
    with pytest.raises(BadConfig, match=missing):
        read(tmp_path, **{name: value for name, value in PRODUCTION.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BASE_URL", "http://espace.opco.example"),
        ("BASE_URL", "espace.opco.example"),
        ("MAIL_URL", "mail.example:25"),
        ("MAIL_URL", "https://mail.example"),
        ("SECRET_KEY", "court"),
        ("SECRET_KEY", "a" * 40),
        ("NIR_KEY", "court"),
        ("RECEPTION_JOURS", "31"),
        ("RECEPTION_JOURS", "-1"),
        ("RECEPTION_JOURS", "cinq"),
        ("PORT", "٨٠٠٠"),
        ("MAX_STAGIAIRES", "31"),
    ],
)
def test_a_setting_that_cannot_be_served_is_refused(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(BadConfig, match=name):
        read(tmp_path, **PRODUCTION | {name: value})


def test_the_demo_takes_any_address_of_a_portal(tmp_path: Path) -> None:
    assert read(tmp_path, BASE_URL="http://localhost:9000").base_url == "http://localhost:9000"
    with pytest.raises(BadConfig, match="BASE_URL"):
        read(tmp_path, BASE_URL="localhost")

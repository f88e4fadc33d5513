"""What the portal reads from its environment, once, into one frozen value."""

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

SHORTEST_SECRET = 32
CEILING_STAGIAIRES = 30


class BadConfig(Exception):
    """The environment asks for something the portal refuses to start with."""


@dataclass(frozen=True, slots=True)
class Opco:
    """Who runs this portal, as users must be able to reach them."""

    nom: str = "OPCO de démonstration"
    telephone: str = "01 88 13 10 00"
    horaires: str = (
        "du lundi au jeudi de 9\u00a0h à 12\u00a0h\u00a030 et de 13\u00a0h\u00a030 à 17\u00a0h, "
        "le vendredi de 9\u00a0h à 12\u00a0h et de 13\u00a0h\u00a030 à 16\u00a0h\u00a030"
    )
    courriel: str = "contact@opco.example"


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of the portal; `from_env` documents the variable of each."""

    data_dir: Path
    database_url: str
    redis_url: str
    secret_key: str = field(repr=False)
    mode: Literal["demo", "production"] = "demo"
    # What social security numbers are encrypted under; the secret key when it is empty.
    nir_key: str = field(repr=False, default="")
    port: int = 8000
    max_stagiaires: int = CEILING_STAGIAIRES
    trusted_hosts: tuple[str, ...] = ()
    proxies: int = 0
    exports_ttl_hours: int = 48
    opco: Opco = Opco()
    # What the links of a mail begin with.
    base_url: str = "http://localhost:8000"
    # smtp://user:password@host:port, or smtps://…; empty in demo mode, where mails are shown.
    mail_url: str = field(repr=False, default="")
    mail_from: str = "ne-pas-repondre@opco.example"
    # Days from the issue of a letter to the day it is presumed received.
    reception_jours: int = 5

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """Read the environment. Raise BadConfig when it cannot be served safely."""
        data_dir = Path(environ.get("DATA_DIR", "var")).resolve()
        mode: Literal["demo", "production"] = (
            "production" if environ.get("MONESPACE_MODE") == "production" else "demo"
        )
        defaults = Opco()
        return cls(
            data_dir=data_dir,
            database_url=environ.get("DATABASE_URL")
            or f"sqlite:///{data_dir / 'monespace.sqlite3'}",
            redis_url=environ.get("REDIS_URL", "redis://localhost:6379/0"),
            secret_key=_secret_key(environ, data_dir, mode),
            mode=mode,
            nir_key=_nir_key(environ),
            port=_whole(environ, "PORT", 8000, 1, 65535),
            max_stagiaires=_whole(
                environ, "MAX_STAGIAIRES", CEILING_STAGIAIRES, 1, CEILING_STAGIAIRES
            ),
            trusted_hosts=_trusted_hosts(environ, mode),
            proxies=_whole(environ, "PROXIES", 0, 0, 5),
            exports_ttl_hours=_whole(environ, "EXPORTS_TTL_HOURS", 48, 1, 24 * 31),
            opco=Opco(
                nom=environ.get("OPCO_NOM", defaults.nom),
                telephone=environ.get("OPCO_TELEPHONE", defaults.telephone),
                horaires=environ.get("OPCO_HORAIRES", defaults.horaires),
                courriel=environ.get("OPCO_COURRIEL", defaults.courriel),
            ),
            base_url=_base_url(environ, mode),
            mail_url=_mail_url(environ, mode),
            mail_from=environ.get("MAIL_FROM", "ne-pas-repondre@opco.example"),
            reception_jours=_whole(environ, "RECEPTION_JOURS", 5, 0, 30),
        )


def _whole(environ: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    typed = environ.get(name, str(default))
    if not (typed.isascii() and typed.isdigit() and least <= int(typed) <= most):
        raise BadConfig(f"{name} must be a whole number from {least} to {most}, not {typed!r}")
    return int(typed)


def _trusted_hosts(environ: Mapping[str, str], mode: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in environ.get("TRUSTED_HOSTS", "").split(",") if host)
    if mode == "production" and not hosts:
        raise BadConfig("TRUSTED_HOSTS must name the portal's host in production")
    return hosts


def _base_url(environ: Mapping[str, str], mode: str) -> str:
    default = f"http://localhost:{environ.get('PORT', '8000')}"
    given = environ.get("BASE_URL", "" if mode == "production" else default).rstrip("/")
    if not given.startswith("https://" if mode == "production" else ("http://", "https://")):
        raise BadConfig("BASE_URL must be the https:// address of the portal in production")
    return given


def _mail_url(environ: Mapping[str, str], mode: str) -> str:
    given = environ.get("MAIL_URL", "")
    if given and not given.startswith(("smtp://", "smtps://")):
        raise BadConfig("MAIL_URL must begin with smtp:// or smtps://")
    if mode == "production" and not given:
        raise BadConfig("MAIL_URL must name a mail server in production")
    return given


def _nir_key(environ: Mapping[str, str]) -> str:
    given = environ.get("NIR_KEY", "")
    if given and _weak(given):
        raise BadConfig(f"NIR_KEY must hold {SHORTEST_SECRET} random characters or more")
    return given


def _weak(secret: str) -> bool:
    return len(secret) < SHORTEST_SECRET or len(set(secret)) < 10


def _secret_key(environ: Mapping[str, str], data_dir: Path, mode: str) -> str:
    given = environ.get("SECRET_KEY", "")
    if mode == "production":
        if _weak(given):
            raise BadConfig(f"SECRET_KEY must hold {SHORTEST_SECRET} random characters or more")
        return given
    return given or _secret_kept_in(data_dir / "secret-key")


def _secret_kept_in(path: Path) -> str:
    """Made by whoever comes first: web, worker and ticker start side by side."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()

"""The pages that are measured, each beside the same page of the control."""

import logging
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from bench import donnees, temoin
from bench.mesure import Call, Comparison, compare
from monespace import migration
from monespace.config import Config
from monespace.db import Database
from monespace.portail import create_app
from tests.support.client import Client

ROUNDS = 200


@dataclass(frozen=True)
class Site:
    """One application, and the cookie of somebody who is signed in."""

    app: Flask
    cookie: str

    def call(self, path: str, body: Callable[[], bytes] | None = None) -> Call:
        return Call(self.app.wsgi_app, path, self.cookie, body)


def measure(folder: Path) -> dict[str, Comparison]:
    """Build both applications on one SQLite file in `folder`, and compare their pages."""
    config = Config.from_env({"DATA_DIR": str(folder)})
    migration.upgrade(config.database_url)
    portal = create_app(config)
    _log_to_nowhere()
    database: Database = portal.extensions["database"]
    engine = temoin.engine_of(config.database_url)
    etape = f"/dossiers/{donnees.fill_portal(database)}/etapes/formation"
    formulaire = f"/formulaire/{donnees.fill_control(engine, database)}"
    client = _signed_in(portal)
    typed = _typing(client.get(etape).body.decode())
    ours, control = Site(portal, f"session={client.cookie()}"), _known(temoin.create_app(engine))
    pages = {
        "wizard step": (ours.call(etape), control.call(formulaire)),
        "list of 25": (ours.call("/dossiers"), control.call("/liste")),
        "autosave": (ours.call(etape, typed), control.call(formulaire, typed)),
    }
    found = {}
    for name, (page, bare_page) in pages.items():
        control.app.config["REMPLISSAGE"] = ""
        control.app.config["REMPLISSAGE"] = "." * (page()[1] - bare_page()[1])
        found[name] = compare(page, bare_page, ROUNDS)
    return found


def _log_to_nowhere() -> None:
    """Every line is still made, as in production, and read by nobody."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(open(os.devnull, "w"))  # noqa: SIM115 - kept until the end


def _signed_in(app: Flask) -> Client:
    client = Client(app, checking=False)
    client.sign_in(donnees.COURRIEL, donnees.MOT_DE_PASSE)
    return client


def _known(app: Flask) -> Site:
    client = app.test_client()
    with client.session_transaction() as session:
        session["personne"] = 1
    return Site(app, _cookie(client))


def _cookie(client: FlaskClient) -> str:
    kept = client.get_cookie("session")
    assert kept is not None
    return f"session={kept.value}"


def _typing(page: str) -> Callable[[], bytes]:
    """What a person's browser sends while they type in the form of `page`: always more."""
    form = {name: _hidden(name, page) for name in ("csrf_token", "_champs", "_fin")} | {
        "lieu_commune": "Lyon"
    }
    typed = count(int(_hidden("_revision", page)))

    def body() -> bytes:
        rank = next(typed)
        changed = {"intitule": f"Formation de l’équipe, version {rank}", "_revision": str(rank)}
        return urlencode(form | changed).encode()

    return body


def _hidden(name: str, page: str) -> str:
    found = re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)
    assert found, name
    return found[1]

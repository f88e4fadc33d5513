"""What the running application holds, by its type: configuration, database, safe, files."""

from flask import current_app

from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.stockage import Stockage


def config() -> Config:
    """What it was started with."""
    found: Config = current_app.extensions["config"]
    return found


def database() -> Database:
    """Its transactions."""
    found: Database = current_app.extensions["database"]
    return found


def coffre() -> Coffre:
    """What seals, opens and signs."""
    found: Coffre = current_app.extensions["coffre"]
    return found


def stockage() -> Stockage:
    """Its files."""
    found: Stockage = current_app.extensions["stockage"]
    return found

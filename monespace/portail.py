"""The web application: `create_app` reads like a table of contents."""

from pathlib import Path

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from monespace import (
    blueprints,
    cli,
    entetes,
    errors,
    gabarits,
    guard,
    identite,
    logs,
    queue,
    statique,
)
from monespace.coffre import Coffre
from monespace.config import Config
from monespace.db import Database
from monespace.page import htmx
from monespace.stockage import Stockage

LARGEST_FORM = 1024 * 1024
LARGEST_UPLOAD = 12 * 1024 * 1024


class Portail(Flask):
    """The application; each request is one transaction."""

    def dispatch_request(self) -> ResponseReturnValue:
        """Call the view: it returns, commit; it raises, roll back; a GET cannot write.

        The body is parsed and the person identified before: a slow upload must not hold the
        lock of the database.
        """
        database: Database = self.extensions["database"]
        if request.method != "POST":
            with database.reading():
                return super().dispatch_request()
        request.form  # noqa: B018
        guard.check_espace()
        with database.transaction():
            return super().dispatch_request()


def create_app(config: Config) -> Portail:
    """The portal, for this configuration. Raise guard.Undeclared if a route says not who may."""
    logs.configure("web")
    app = Portail(__name__)
    _settings(app, config)
    entetes.init(app, https=config.mode == "production")
    CSRFProtect(app)
    Compress(app)
    htmx.init_app(app)
    identite.init(app)
    gabarits.init(app)
    errors.init(app)
    blueprints.register(app, config)
    cli.register(app)
    guard.check_every_route(app)
    app.wsgi_app = _middleware(app, config)  # type: ignore[method-assign]
    return app


def _settings(app: Flask, config: Config) -> None:
    secure = config.mode == "production"
    app.config.update(
        SECRET_KEY=config.secret_key,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        TRUSTED_HOSTS=list(config.trusted_hosts) or None,
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        WTF_CSRF_TIME_LIMIT=None,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
    )
    app.before_request(_allow_large_body)
    app.extensions["config"] = config
    app.extensions["database"] = Database(config.database_url, queue.Doorbell(config.redis_url))
    app.extensions["coffre"] = Coffre.of(config)
    app.extensions["stockage"] = Stockage(config.data_dir / "fichiers")


def _allow_large_body() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "large_body", False):
        request.max_content_length = LARGEST_UPLOAD


def _middleware(app: Flask, config: Config) -> WhiteNoise:
    hops = config.proxies
    behind = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops) if hops else app.wsgi_app
    root = statique.compressed(Path(app.static_folder or ""), config.data_dir)
    return WhiteNoise(behind, root=root, prefix="static/", max_age=31536000)

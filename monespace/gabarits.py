"""What every template has at hand: the components, the French formats, versioned addresses."""

import hashlib
from pathlib import Path

from flask import Flask

from monespace import identite, typographie
from monespace.dossiers.states import PRESENTATION
from monespace.forms.contacts import phone_text


def init(app: Flask) -> None:
    """Give the templates their filters and globals."""
    env = app.jinja_env
    env.filters.update(typographie.FILTERS, phone=phone_text)
    env.globals.update(plural=typographie.plural, presentation=PRESENTATION, espace=identite.espace)
    with app.test_request_context():
        module = env.get_template("components/index.html").module
    env.globals.update({name: value for name, value in vars(module).items() if name[0] != "_"})
    app.url_defaults(_version(app))


def _version(app: Flask):  # type: ignore[no-untyped-def]
    digests: dict[str, str] = {}

    def add(endpoint: str, values: dict[str, str]) -> None:
        """An address that changes with its file can be kept for a year."""
        if endpoint != "static" or "v" in values:
            return
        name = values["filename"]
        if name not in digests:
            content = Path(app.static_folder or "", name).read_bytes()
            digests[name] = hashlib.sha256(content).hexdigest()[:8]
        values["v"] = digests[name]

    return add

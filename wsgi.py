"""What gunicorn and `flask --app wsgi` load: the portal, configured by the environment."""

from monespace.config import Config
from monespace.portail import create_app

app = create_app(Config.from_env())

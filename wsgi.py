"""The WSGI entry point: any WSGI server can run ``wsgi:app``."""

from opendata.settings import Settings
from opendata.web import create_app

app = create_app(Settings.from_environment().store)

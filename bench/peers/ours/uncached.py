"""The WSGI application without its response cache."""

from opendata.settings import Settings
from opendata.web import create_app

app = create_app(Settings.from_environment().store, cache=0)

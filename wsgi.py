"""The WSGI entry point: any WSGI server can run ``wsgi:app``."""

from opendata.settings import Settings
from opendata.web import create_app

_settings = Settings.from_environment()
app = create_app(
    _settings.store,
    security_contact=_settings.security_contact,
    database=_settings.database,
)

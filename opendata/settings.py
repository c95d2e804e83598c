"""The settings of an installation, read from the environment once and checked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from opendata.errors import OpendataError

#: RFC 9116 §2.5.3: a URI, of the web only where it is secure.
_CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9.()-]+|https://[^\s/?#]+\S*)")
#: The one way to a database: PostgreSQL's protocol, by the driver that the extra brings.
_DRIVER = "postgresql+psycopg"
_BASE_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*[^\s/?#])?")


class SettingsError(OpendataError):
    """A setting that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """Where the datasets are, where stores are built, and the public base address.

    Set by ``OPENDATA_DATASETS``, ``OPENDATA_STORE`` and ``OPENDATA_BASE_URL``; and by
    ``OPENDATA_SECURITY_CONTACT`` whom to tell of weaknesses of the installation (a URI), and by
    ``OPENDATA_DATABASE_URL`` the database that is served from instead of a store file.
    """

    datasets: Path = Path("datasets")
    store: Path = Path("build")
    base_url: str = "http://127.0.0.1:8000"
    security_contact: str | None = None
    database: URL | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings.

        :raises SettingsError: where one cannot be used, saying how to write it.
        """
        base_url = (environment.get("OPENDATA_BASE_URL") or cls.base_url).rstrip("/")
        if not _BASE_URL.fullmatch(base_url):
            raise SettingsError(
                f"OPENDATA_BASE_URL is {base_url!r}; write the public address in full, "
                "such as https://data.example.org or https://example.org/opendata"
            )
        contact = environment.get("OPENDATA_SECURITY_CONTACT") or None
        if contact and not _CONTACT.fullmatch(contact):
            raise SettingsError(
                f"OPENDATA_SECURITY_CONTACT is {contact!r}; write it as a URI, such as "
                "mailto:security@example.org or https://example.org/security"
            )
        return cls(
            Path(environment.get("OPENDATA_DATASETS") or "datasets"),
            Path(environment.get("OPENDATA_STORE") or "build"),
            base_url,
            contact,
            database_url("OPENDATA_DATABASE_URL", environment.get("OPENDATA_DATABASE_URL")),
        )


def database_url(setting: str, written: str | None) -> URL | None:
    """Read the address of a database; ``None`` where nothing is written.

    :param setting: what to call it in a message, which never shows the password.
    :raises SettingsError: where it cannot be used, saying how to write it.
    """
    if not written:
        return None
    advice = f"write {setting} as postgresql+psycopg://user:password@host:5432/database"
    try:
        url = make_url(written)
    except (ArgumentError, ValueError) as error:
        raise SettingsError(f"{setting} is no address of a database; {advice}") from error
    if url.drivername != _DRIVER:
        raise SettingsError(f"{setting} begins with {url.drivername}://; {advice}")
    if not url.database:
        raise SettingsError(f"{setting} names no database; {advice}")
    if find_spec("psycopg") is None:
        raise SettingsError(f"{setting} needs psycopg: pip install 'opendata[postgresql]'")
    return url

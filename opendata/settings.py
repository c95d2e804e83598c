"""The settings of an installation, read from the environment once and checked."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from opendata.errors import OpendataError

#: RFC 9116 §2.5.3: a URI, of the web only where it is secure.
_CONTACT = re.compile(r"(mailto:[^\s@]+@[^\s@]+|tel:\+?[0-9.()-]+|https://[^\s/?#]+\S*)")
_BASE_URL = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*[^\s/?#])?")


class SettingsError(OpendataError):
    """A setting that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """Where the datasets are, where stores are built, and the public base address.

    Set by ``OPENDATA_DATASETS``, ``OPENDATA_STORE`` and ``OPENDATA_BASE_URL``; and by
    ``OPENDATA_SECURITY_CONTACT`` whom to tell of weaknesses of the installation (a URI).
    """

    datasets: Path = Path("datasets")
    store: Path = Path("build")
    base_url: str = "http://127.0.0.1:8000"
    security_contact: str | None = None

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
        )

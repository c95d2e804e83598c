"""What there is to announce: releases of datasets, and corrections that they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from opendata.vocabularies import Label


class Download(NamedTuple):
    """A file of a version: its address, media type without parameters, and length in bytes."""

    url: str
    media_type: str
    byte_size: int
    title: Label


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a dataset.

    ``published`` is when it was first published here (RFC 3339, UTC, whole seconds), ``released``
    the day that it bears, ``licence_url`` the text of its licence.
    """

    dataset: str
    version: str
    latest: bool
    published: str
    released: str
    sha256: str
    title: Label
    notes: Label
    publisher: Label
    publisher_url: str | None
    licence: str
    licence_url: str | None
    downloads: tuple[Download, ...]

    @property
    def path(self) -> str:
        """The path of the version's pinned address."""
        return f"/v1/datasets/{self.dataset}/versions/{self.version}"


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that ``version`` makes in those before it, from ``since`` on.

    ``number`` counts the corrections of the version from 1.
    """

    dataset: str
    version: str
    number: int
    since: str
    collection: str
    ids: tuple[str, ...]
    columns: tuple[str, ...]
    wrong: Label
    reason: Label

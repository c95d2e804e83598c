"""The pictures of a version: their numbers, from which they are drawn when they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from opendata.citation import of_version, reference
from opendata.formats.json import JSON, dump
from opendata.pictures import Material, pictures
from opendata.store import Document
from opendata.vocabularies import Label


def pictures_document(
    base_url: str,
    path: str,
    description: Mapping[str, Any],
    records: Mapping[str, Sequence[Mapping[str, Any]]],
    labels: Mapping[str, Mapping[str, Label]],
    units: Mapping[str, Mapping[str, Any]],
) -> Document:
    """Return every picture of a version, each with its citation, as a list.

    :param path: the pinned path of the version.
    :param description: the record of the version.
    :param records: its records as they are served, by collection.
    """
    material = Material(f"{base_url}{path}", description["period"], records, labels, units)
    whole = replace(of_version(description, base_url), digest=None)
    found = []
    for picture in pictures(material):
        title = Label(**picture["title"])
        cited = replace(whole, part=title, permalink=picture["url"])
        citation = {language: reference(cited, language) for language in Label._fields}
        found.append({**picture, "citation": citation})
    body = dump(found)
    return Document(JSON.content_type, body, hashlib.sha256(body).hexdigest())

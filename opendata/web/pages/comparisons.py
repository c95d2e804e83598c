"""Pages for people: what changed and what was corrected, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import urlencode

from flask import render_template

from opendata.formats.changes import shown
from opendata.records import COLLECTIONS, DATASETS
from opendata.records.columns import columns_of
from opendata.records.document import Document
from opendata.records.section import Section
from opendata.vocabularies import CHANGE_KINDS, LANGUAGES, OPEN, PARTS, Label
from opendata.web import query


def changes_page(
    data: Sequence[Mapping[str, Any]],
    meta: Mapping[str, Any],
    links: Mapping[str, str | None],
    language: str,
    path: str,
) -> bytes:
    """Return the page of changes; arguments are as JSON has them."""
    summed = {name: counts for name, counts in meta["counts"].items() if any(counts.values())}
    return _page("changes.html", language, path, data=data, meta=meta, links=links, summed=summed)


def corrections_page(
    data: Sequence[Mapping[str, Any]],
    meta: Mapping[str, Any],
    links: Mapping[str, str | None],
    language: str,
    path: str,
) -> bytes:
    """Return the page of corrections; arguments are as JSON has them."""
    return _page("corrections.html", language, path, data=data, meta=meta, links=links)


def _page(template: str, language: str, path: str, **values: Any) -> bytes:
    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    def label(labels: Mapping[str, Label], name: str) -> str:
        found = labels.get(name)
        return getattr(found, language) if found else name

    return render_template(
        template,
        language=language,
        languages={n: urlencode({**query.arguments(), "lang": n}) for n in LANGUAGES},
        say=say,
        up="../" * path.strip("/").count("/"),
        shown=shown,
        kind=lambda name: label(_kinds(), name),
        part=lambda name: label(_parts(), name),
        field=lambda part, name: label(_fields(part), name),
        kinds=tuple(CHANGE_KINDS),
        **values,
    ).encode()


@cache
def _kinds() -> dict[str, Label]:
    return {code.code: code.label for code in CHANGE_KINDS.codes}


@cache
def _parts() -> dict[str, Label]:
    lists = {f"vocabularies/{name}": title for name, title in OPEN.items()}
    return {code.code: code.label for code in PARTS.codes} | lists


@cache
def _fields(part: str) -> dict[str, Label]:
    if part in COLLECTIONS:
        columns = COLLECTIONS[part].columns
    elif part == "dataset":
        columns = DATASETS.columns
    else:
        schema = {"documents": Document, "sections": Section}.get(part)
        columns = columns_of(schema) if schema else ()
    return {column.name: column.label for column in columns}

"""Pages of what changed and what was corrected, in Chinese or English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import orjson
from flask import request

from opendata.records import COLLECTIONS, DATASETS, Column
from opendata.records.columns import columns_of
from opendata.records.document import Document
from opendata.records.section import Section
from opendata.spec.resources import PAGE_SUFFIX
from opendata.store import Store, VersionRow
from opendata.vocabularies import CHANGE_KINDS, OPEN, PARTS, Label
from opendata.web.languages import reader
from opendata.web.pages.answering import shell_of
from opendata.web.pages.codes import Codes
from opendata.web.pages.differences import Difference, differences, status_of
from opendata.web.pages.rendering import render

Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What the pages show: the answer as JSON has it, and what explains it.

    ``title`` is that of the dataset, ``versions`` are its numbers, the newest first; ``counts``
    are those of the parts that changed, by kind of change.
    """

    data: Sequence[Told]
    meta: Told
    links: Mapping[str, str | None]
    title: Label
    versions: Sequence[str]
    counts: Mapping[str, Mapping[str, int]]
    codes: Codes

    @property
    def kinds(self) -> Mapping[str, Label]:
        """Every kind of change, by what it is called."""
        return {kind: status_of(kind) for kind in CHANGE_KINDS}

    def part(self, name: str) -> Label:
        """Return what a part of a dataset is called."""
        return _parts().get(name) or Label(name, name)

    def differences(self, part: str, fields: Sequence[Told]) -> Sequence[Difference]:
        """Return fields with their values before and after."""
        return differences(_columns(part), fields, self.codes)


def changes_page(
    current: Store,
    held: Sequence[VersionRow],
    data: Sequence[Told],
    meta: Told,
    links: Mapping[str, str | None],
) -> bytes:
    """Return the page of changes; the last three are as JSON has them."""
    counts = {name: found for name, found in meta["counts"].items() if any(found.values())}
    return _page("changes.html", _model(current, held, data, meta, links, counts))


def corrections_page(
    current: Store,
    held: Sequence[VersionRow],
    data: Sequence[Told],
    meta: Told,
    links: Mapping[str, str | None],
) -> bytes:
    """Return the page of corrections; the last three are as JSON has them."""
    return _page("corrections.html", _model(current, held, data, meta, links, {}))


def _page(template: str, model: ComparisonPage) -> bytes:
    suffix = PAGE_SUFFIX if request.path.endswith(f".{PAGE_SUFFIX}") else None
    return render(template, model, shell_of(reader(), suffix))


def _model(
    current: Store,
    held: Sequence[VersionRow],
    data: Sequence[Told],
    meta: Told,
    links: Mapping[str, str | None],
    counts: Mapping[str, Mapping[str, int]],
) -> ComparisonPage:
    newest = held[-1]
    title = Label(**orjson.loads(newest.meta)["title"])
    numbers = [version.version for version in reversed(held)]
    return ComparisonPage(data, meta, links, title, numbers, counts, Codes(current, newest))


@cache
def _parts() -> dict[str, Label]:
    lists = {f"vocabularies/{name}": title for name, title in OPEN.items()}
    return {code.code: code.label for code in PARTS.codes} | lists


def _columns(part: str) -> Iterable[Column]:
    if part in COLLECTIONS:
        return COLLECTIONS[part].columns
    if part == "dataset":
        return DATASETS.columns
    schema = {"documents": Document, "sections": Section}.get(part)
    return columns_of(schema) if schema else ()

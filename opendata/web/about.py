"""What a workbook says of itself: where its rows are from and which they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from opendata.formats import JSON, About, Options
from opendata.query import OPERATORS, Condition, Kind, Operator
from opendata.query.reading import Request
from opendata.query.values import decode
from opendata.records import DATASETS
from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import Label

_EVERYTHING = Label("全部数据集的最新版本", "All datasets, each at its latest version")
_CAVEATS = Label(
    "带有“注意事项”的记录须连同其说明一起使用；数值以“原文表述”为准。",
    "Where a record has caveats, use it with them; of every figure the printed wording decides.",
)


def title_of(version: VersionRow) -> Label:
    """Return what a version's dataset is called."""
    return Label(**orjson.loads(version.meta)["title"])


def about(current: Store, scope: Scope, asked: Request, options: Options, address: str) -> About:
    """Return what there is to say of the rows that a request asks for.

    :param address: of the query, which gives the same rows again.
    """
    language = options.language
    filters = tuple(_in_words(asked, language))
    notes = (getattr(_CAVEATS, language),)
    if scope.version is None:
        title = getattr(_EVERYTHING, language)
        return About(title, version=title, address=address, filters=filters, notes=notes)
    version = scope.version
    found = current.record(DATASETS.name, JSON.name, version, version.dataset)
    assert found is not None
    record: dict[str, Any] = orjson.loads(found[1])
    meta: dict[str, Any] = orjson.loads(version.meta)
    title, publisher = record["title"][language], meta["publisher"][language]
    released = meta["released"]
    return About(
        title,
        description=record["description"][language],
        publisher=publisher,
        version=f"{version.dataset} {version.version} ({released})",
        licence=meta["licence"],
        licence_url=meta["licence_url"] or "",
        citation=f"{publisher}: {title}, {version.version}, {released}. {address}",
        address=address,
        filters=filters,
        notes=(*notes, record["notes"][language]),
    )


def _in_words(asked: Request, language: str) -> Iterator[str]:
    if asked.query.search:
        yield f"q: {asked.query.search}"
    for condition in asked.query.conditions:
        yield _condition(condition, language)


def _condition(condition: Condition, language: str) -> str:
    label = getattr(condition.field.column.label, language)
    said = getattr(OPERATORS[condition.operator], language)
    if condition.operator is Operator.ISNULL:
        return f"{label} {said}: {condition.values[0]}"
    values = ", ".join(_shown(condition.field.kind, value) for value in condition.values)
    return f"{label} {said} {values}"


def _shown(kind: Kind, form: str) -> str:
    value = decode(kind, form)
    return format(value, "f") if kind is Kind.NUMBER else str(value)

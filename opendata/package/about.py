"""What a workbook says of itself: where its rows are from and which they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from opendata.citation import of_version, reference
from opendata.formats import JSON, About, Options
from opendata.query import OPERATORS, Condition, Kind, Operator, Query, fields_of
from opendata.query.reading import Request
from opendata.query.values import decode, encode
from opendata.records import DATASETS, Collection
from opendata.spec.notices import DRAFT_NOTICE
from opendata.store import FacetValue, Scope, Store, VersionRow
from opendata.vocabularies import Label

#: Stands where a draft, which has none, would have a date.
NO_DATE = "–"
#: Datasets that a workbook names one by one.
MOST_SOURCES = 20
#: Characters of the notes of a version that a workbook repeats; Chinese says more with fewer.
_NOTES = {"zh": 300, "en": 600}

#: Comparisons with whole codes, not with parts of them or by their order.
_OF_CODES = (Operator.EQ, Operator.NE, Operator.IN)
_EVERYTHING = Label("全部数据集的最新版本", "All datasets, each at its latest version")
_VERSIONS = Label("数据集 {} 的全部版本", "All versions of the dataset {}")
_CAVEATS = Label(
    "带有“注意事项”的记录须连同其说明一起使用；数值以“原文表述”为准。",
    "Where a record has caveats, use it with them; of every figure the printed wording decides.",
)
_COUNT = Label(
    "{label}（{code}）：{total} 条记录中的 {count} 条",
    "{label} ({code}): {count} of {total} records",
)
_LICENCE = Label("许可：{}。", "Licence: {}.")
_MORE = Label("另有 {} 个，见 {}", "and {} more; see {}")
_ALL_NOTES = Label("{}…… 全文见 {}", "{} … In full at {}")
_SENTENCE = re.compile(r"[。！？]|[.!?](?= )")
_CLAUSE = re.compile(r"[；，：]|[;,:](?= )")


def title_of(version: VersionRow) -> Label:
    """Return what a version's dataset is called."""
    return Label(**orjson.loads(version.meta)["title"])


def about(
    current: Store,
    collection: Collection,
    scope: Scope,
    asked: Request,
    options: Options,
    address: str,
) -> About:
    """Return what there is to say of the rows that a request asks for.

    :param address: of the query, which gives the same rows again.
    """
    language, query = options.language, asked.query
    filters = tuple(in_words(current, scope, asked, language))
    caveats = tuple(_caveats(current, collection, scope, query, language))
    if scope.version is None:
        title: str = getattr(_VERSIONS if scope.dataset else _EVERYTHING, language)
        return About(
            title.format(scope.dataset),
            notice=getattr(DRAFT_NOTICE, language) if current.preview else "",
            sources=tuple(_sources(current, collection, scope, query, language)),
            address=address,
            filters=filters,
            caveats=caveats,
        )
    version = scope.version
    found = current.record(DATASETS.name, JSON.name, version, version.dataset)
    assert found is not None
    record: dict[str, Any] = orjson.loads(found[1])
    pinned = _pinned(current, record)
    meta = orjson.loads(version.meta)
    return About(
        record["title"][language],
        description=record["description"][language],
        publisher=record["publisher"]["name"][language],
        version=f"{version.dataset} {version.version} ({record['released'] or NO_DATE})",
        licence=record["licence"],
        licence_url=meta["licence_url"] or "",
        citation=_citation(current, record, language),
        address=address,
        filters=filters,
        caveats=caveats,
        notes=shortened(record["notes"][language], language, pinned),
        notice=meta["notice"][language] if meta["notice"] else "",
    )


def _sources(
    current: Store, collection: Collection, scope: Scope, query: Query, language: str
) -> Iterator[str]:
    """Yield how to cite each dataset that has rows among those a query selects, and its licence."""
    query = datasets_of(current, collection, scope, query)
    part = current.part(DATASETS.name, JSON.name, scope, query, None, MOST_SOURCES)
    for fragment in part.fragments:
        record = orjson.loads(fragment)
        licence: str = getattr(_LICENCE, language)
        named = licence.format(record["licence"])
        yield f"{_citation(current, record, language)} {named}"
    if part.more:
        more: str = getattr(_MORE, language)
        others = current.count(DATASETS.name, scope, query) - MOST_SOURCES
        yield more.format(others, f"{current.base_url}/v1/datasets")


def datasets_of(current: Store, collection: Collection, scope: Scope, query: Query) -> Query:
    """Return the query for the datasets that have rows among those a query selects.

    Where these are too many to be told apart, that is all datasets.
    """
    if collection.name == DATASETS.name:
        return query
    [facet] = current.facets(collection.name, scope, query, [fields_of(collection)["dataset"]])
    if facet.total_values > len(facet.values):
        return Query()
    field = fields_of(DATASETS)["id"]
    names = tuple(encode(field.kind, value.value) for value in facet.values)
    return Query((Condition(field, Operator.IN, names),))


def _citation(current: Store, record: dict[str, Any], language: str) -> str:
    return reference(of_version(record, current.base_url), language)


def _pinned(current: Store, record: dict[str, Any]) -> str:
    """Return the address of a dataset at the version that ``record`` is of."""
    return f"{current.base_url}/v1/datasets/{record['id']}/versions/{record['version']}"


def _caveats(
    current: Store, collection: Collection, scope: Scope, query: Query, language: str
) -> Iterator[str]:
    """Yield what to mind, and how many of the rows have each kind of caveat."""
    if "caveats_code" not in fields_of(collection):
        return
    yield getattr(_CAVEATS, language)
    total = current.count(collection.name, scope, query)
    form: str = getattr(_COUNT, language)
    for value in kinds_of_caveat(current, collection, scope, query):
        label = getattr(value.label, language) if value.label else value.value
        yield form.format(label=label, code=value.value, count=value.count, total=total)


def kinds_of_caveat(
    current: Store, collection: Collection, scope: Scope, query: Query
) -> list[FacetValue]:
    """Return the kinds of caveat among the rows that a query selects, the most frequent first."""
    field = fields_of(collection).get("caveats_code")
    if field is None:
        return []
    [facet] = current.facets(collection.name, scope, query, [field])
    return [value for value in facet.values if value.value is not None]


def shortened(text: str, language: str, address: str) -> str:
    """Return the first sentences of ``text``, or clauses of a long one, and where to read all."""
    longest = _NOTES[language]
    if len(text) <= longest:
        return text
    head = text[:longest]
    ends = [match.end() for match in _SENTENCE.finditer(head)]
    if not ends or ends[-1] < longest // 3:
        ends = [match.start() for match in _CLAUSE.finditer(head)] or [longest]
    form: str = getattr(_ALL_NOTES, language)
    return form.format(head[: ends[-1]], address)


def in_words(current: Store, scope: Scope, asked: Request, language: str) -> Iterator[str]:
    """Yield what a request looks for and each of its conditions, codes by what they are called."""
    if asked.query.search:
        yield f"q: {asked.query.search}"
    for condition in asked.query.conditions:
        yield _condition(current, scope, condition, language)


def _condition(current: Store, scope: Scope, condition: Condition, language: str) -> str:
    label = getattr(condition.field.column.label, language)
    said = getattr(OPERATORS[condition.operator], language)
    if condition.operator is Operator.ISNULL:
        return f"{label} {said}: {condition.values[0]}"
    shown = [_shown(condition.field.kind, value) for value in condition.values]
    vocabulary = condition.field.column.vocabulary
    if vocabulary and condition.operator in _OF_CODES:
        called = current.labels(scope, vocabulary, shown)
        shown = [getattr(called[code], language) if code in called else code for code in shown]
    return f"{label} {said} {', '.join(shown)}"


def _shown(kind: Kind, form: str) -> str:
    value = decode(kind, form)
    return format(value, "f") if kind is Kind.NUMBER else str(value)

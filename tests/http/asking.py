"""Random queries over HTTP, made from the parameters there are, and a world that varies.

The world is that of :mod:`tests.store.varied`: three datasets in six versions. What is asked is
drawn from the parameters' own declarations; values are those of the data, or near them.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from hypothesis import strategies as st

from opendata.query import Operator
from opendata.query.filters import Filter, filters
from opendata.query.settings import settings
from opendata.records import COLLECTIONS, DATASETS, Collection
from tests.serving import client_of, get
from tests.store.varied import VERSIONS, build_varied

Record = dict[str, Any]
ALL: dict[str, Collection] = {**COLLECTIONS, DATASETS.name: DATASETS}

_NUMBERS = ["0", "-1", "6.1", "6.100", "1e1", "-1e30", "1E30", "0.0500000001", "299.99", "7"]
_TEXTS = [
    "业",
    "产值",
    "nd",
    "IND",
    "%",
    "_",
    "a",
    "é",
    "𠮷",
    "'",
    '"',
    " ",
    "\\",
    "工业产值增长率",
]
_DAYS = ["2030-06-15", "0001-01-01", "9999-12-31", "2030-12-31"]
_MOMENTS = ["2030-02-01T00:00:00Z", "0001-01-01T00:00:00Z"]
_SLUGS = ["targets-1", "projects-2", "glossary-3", "nothing", "aa-2030", "1.0.0", "2030", "2.1"]
_SOUGHT = ["工", "产值", "industry", "INDUS", "潍坊", "濰坊", "weifang", "wf", "名称，逗号", "。"]


@dataclass(frozen=True)
class Query:
    """A query of the rows of a collection: the address without suffix, and its parameters."""

    collection: str
    path: str
    conditions: dict[str, str] = field(default_factory=dict)
    sort: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    facet: tuple[str, ...] = ()
    q: str | None = None

    def address(self, suffix: str, *names: str, **more: str | int) -> str:
        """Return the address; ``names`` are those of ``fields`` and ``facet`` to ask for."""
        found: dict[str, str | int] = {**self.conditions, **more}
        found |= {} if self.q is None else {"q": self.q}
        for name in ("sort", *names):
            if listed := getattr(self, name):
                found[name] = ",".join(listed)
        return f"{self.path}{suffix}?{urlencode(found)}"


class Asked:
    """A client of the world, and everything in it as NDJSON has it."""

    def __init__(self, folder: Path) -> None:
        path = build_varied(folder)
        (folder / "current").symlink_to(path.name)
        self.client: FlaskClient = client_of(folder)
        self.paths = {name: list(_paths(name)) for name in ALL}
        self.everything = {
            path: [parse(line) for line in get(self.client, f"{path}.ndjson").data.splitlines()]
            for paths in self.paths.values()
            for path in paths
        }
        self._pools: dict[str, dict[str, set[str]]] = {}
        for name in ALL:
            found: dict[str, set[str]] = defaultdict(set)
            for key, value in chain.from_iterable(map(leaves, self.everything[f"/v1/{name}"])):
                found[key].add(str(value))
            self._pools[name] = found

    def pool(self, collection: Collection, name: str) -> list[str]:
        """Return values that the column ``name`` has, as parameters carry them."""
        return sorted(self._pools[collection.name].get(name, set()) - {"None"})


def parse(line: bytes) -> Record:
    """Return a record with exact numbers."""
    record: Record = json.loads(line, parse_float=Decimal, parse_int=Decimal)
    return record


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the values of a record, each with the names that lead to it joined by ``_``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{name}_{key}" if name else key)
    elif isinstance(value, list):
        for member in value:
            yield from leaves(member, name)
    else:
        yield name, value


def _paths(name: str) -> Iterator[str]:
    yield f"/v1/{name}"
    for dataset, versions in VERSIONS.items():
        if name == DATASETS.name:
            yield f"/v1/datasets/{dataset}/versions"
        else:
            yield f"/v1/datasets/{dataset}/{name}"
            yield f"/v1/datasets/{dataset}/versions/{versions[0]}/{name}"


@st.composite
def queries(draw: st.DrawFn, asked: Asked) -> Query:
    """Draw a query that is in order: it may find nothing, but is never refused."""
    name = draw(st.sampled_from(["targets", "projects", "glossary", "targets", "datasets"]))
    collection, paths = ALL[name], asked.paths[name]
    path = draw(st.sampled_from([paths[0], paths[0], *paths]))
    known = filters(collection, {}, across=path in (f"/v1/{n}" for n in ALL))
    chosen = draw(st.lists(st.sampled_from(list(known.values())), max_size=3))
    own = settings(collection)
    return Query(
        name,
        path,
        {f.name: draw(_value(f, asked.pool(collection, f.field.name))) for f in chosen},
        draw(_some(own["sort"].item["enum"], 3)),
        draw(_some(own["fields"].item["enum"], 5)),
        draw(_some(own["facet"].item["enum"], 4)),
        draw(st.sampled_from([None, None, None, *_SOUGHT])),
    )


def _some(names: list[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    some = st.lists(st.sampled_from(names), max_size=most, unique_by=lambda name: name.lstrip("-"))
    return st.one_of(st.just(()), some.map(tuple))


def _value(filter_: Filter, pool: list[str]) -> st.SearchStrategy[str]:
    schema = filter_.item
    if schema["type"] == "boolean":
        return st.sampled_from(["true", "false"])
    alien: list[str] = schema.get("enum") or _aliens(schema)
    within = [value for value in pool if not ("enum" in schema and value not in schema["enum"])]
    if filter_.operator in (Operator.CONTAINS, Operator.STARTSWITH):
        within += [value[:2] for value in pool] + [value[1:] for value in pool]
    usable = [v for v in within if v and not (filter_.listed and "," in v)]
    one = st.sampled_from(usable + alien) if usable else st.sampled_from(alien)
    return st.lists(one, min_size=1, max_size=4).map(",".join) if filter_.listed else one


def _aliens(schema: dict[str, Any]) -> list[str]:
    if schema["type"] == "integer":
        return ["0", "7", "999999999"]
    if schema["type"] == "number":
        return _NUMBERS
    if schema.get("format") == "date":
        return _DAYS
    pattern = schema.get("pattern")
    if pattern is None or pattern == "^[^,]+$":
        return _TEXTS
    return [text for text in (*_SLUGS, *_MOMENTS) if re.fullmatch(pattern, text)]

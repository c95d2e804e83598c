"""The start page: what is published, the headline figures, and where to go from here."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import orjson
from flask import Blueprint, Flask, Response

from opendata.catalogue.schemaorg import catalogue
from opendata.formats import JSON
from opendata.formats.figures import Phrase, phrase
from opendata.query import Condition, Operator, Order, Query, fields_of
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.store import Scope, Store, VersionRow
from opendata.web import query
from opendata.web.current import store
from opendata.web.languages import reader
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.relations import welcoming

bp = Blueprint("home", __name__)

#: How many datasets and headline figures the page shows.
_DATASETS = 5
_HEADLINES = 6
_FIRST_WORD = re.compile(r"[、，,和与 ]")
#: How many texts to look for it suggests.
_SOUGHT = 4
#: How far down its parts are told.
_DEPTH = 1
#: What a report lists as its expected targets.
_EXPECTED = ("strength", "expect")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Headline:
    """A target that the page shows as a figure."""

    record: Record
    said: Phrase


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a report, and how many records of each collection stand in it."""

    id: str
    title: Mapping[str, str]
    depth: int
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Home:
    """What the page shows; ``newest`` is the dataset that its figures and parts are of."""

    totals: Sequence[tuple[Collection, int]]
    datasets: Sequence[Record]
    newest: Record | None
    headlines: Sequence[Headline]
    expected: int
    parts: Sequence[Part]
    sought: Sequence[str]
    described: Mapping[str, Any]


def init_app(app: Flask) -> None:
    """Serve ``/``."""
    app.register_blueprint(bp)


@bp.get("/")
def home() -> Response:
    """Answer with the start page, in Chinese or English."""
    query.language()
    current, shell = store(), shell_of(reader(), None)
    return page_answer(
        "home.html",
        shell,
        lambda: _home(current, shell.language),
        current.digest,
        links=welcoming,
    )


def _home(current: Store, language: str) -> Home:
    datasets = _newest(current)
    newest = datasets[0] if datasets else None
    held = current.version(newest["id"]) if newest else None
    headlines, expected = _headlines(current, held, language) if held else ([], 0)
    everything = (*COLLECTIONS.values(), DATASETS)
    return Home(
        [(c, current.count(c.name, Scope(), Query())) for c in everything],
        datasets,
        newest,
        headlines,
        expected,
        _parts(current, newest, held) if newest and held else [],
        _sought(current, held, newest, language) if newest and held else [],
        catalogue(current.base_url),
    )


def _newest(current: Store) -> list[Record]:
    """Return the datasets that were released last, the newest first."""
    latest_first = Query(order=(Order(fields_of(DATASETS)["released"], descending=True),))
    part = current.part(DATASETS.name, JSON.name, Scope(), latest_first, None, _DATASETS)
    return [orjson.loads(fragment) for fragment in part.fragments]


def _headlines(current: Store, held: VersionRow, language: str) -> tuple[list[Headline], int]:
    """Return the first figures among the expected targets, and how many of these there are."""
    name, value = _EXPECTED
    targets = COLLECTIONS["targets"]
    asked = Query((Condition(fields_of(targets)[name], Operator.EQ, (value,)),))
    scope = Scope(held)
    part = current.part(targets.name, JSON.name, scope, asked, None, 3 * _HEADLINES)
    records = [orjson.loads(fragment) for fragment in part.fragments]
    units = current.labels(scope, "units", {r["unit"] for r in records if r["unit"]})
    found = [
        Headline(record, said)
        for record in records
        if (said := phrase(record, units.get(record["unit"] or ""), language))
    ]
    return found[:_HEADLINES], current.count(targets.name, scope, asked)


def _parts(current: Store, dataset: Record, held: VersionRow) -> list[Part]:
    """Return the parts that the sections of a report begin with, in its order."""
    counts: dict[str, Counter[str]] = {}
    for name, collection in COLLECTIONS.items():
        field = fields_of(collection)["section_path"]
        [facet] = current.facets(name, Scope(held), Query(), [field])
        counts[name] = Counter({str(v.value): v.count for v in facet.values})
    return list(_counted(dataset["sections"], counts, 0))


def _counted(
    sections: Sequence[Record], counts: Mapping[str, Counter[str]], depth: int
) -> Iterator[Part]:
    """Yield the parts of a tree of sections that hold records, with those right below them."""
    for one in sections:
        own = {name: counts[name][one["id"]] for name in counts}
        if any(own.values()):
            yield Part(one["id"], one["title"], depth, own)
            if depth < _DEPTH:
                yield from _counted(one["sections"], counts, depth + 1)


def _sought(current: Store, held: VersionRow, dataset: Record, language: str) -> list[str]:
    """Return words of a dataset's themes that find something."""
    everywhere = (*COLLECTIONS, DATASETS.name)
    themes = current.labels(Scope(held), "themes", dataset["themes"])
    labels = (themes[code] for code in dataset["themes"] if code in themes)
    words = (_FIRST_WORD.split(getattr(label, language))[0] for label in labels)
    return list(islice((w for w in words if current.hit_count(w, everywhere) > 1), _SOUGHT))

"""Changes of several versions put together are those of the last compared with the first."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from opendata.changes import compare
from opendata.formats.json import dump
from opendata.query.changes import COMPARED
from opendata.reader import Version
from opendata.store import Change, Place, Span, Store
from opendata.versions import VersionFolder, find_versions, read_folder
from opendata.vocabularies import CHANGE_KINDS
from tests import made_up
from tests.store.chains import DATASET, chain, store_of

_ALL = range(len(COMPARED)), tuple(CHANGE_KINDS)
Told = dict[tuple[str, str], tuple[Any, ...]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[VersionFolder, Version]:
    """A released version to begin with."""
    datasets = made_up.write(tmp_path_factory.mktemp("chains") / "datasets")
    made_up.release_demo(datasets)
    [folder] = [f for f in find_versions(datasets, []) if f.number]
    return folder, read_folder(folder, {}, [])


def _exact(content: bytes) -> Any:
    return json.loads(content, parse_float=Decimal, parse_int=Decimal)


def _of_store(found: Iterator[Change]) -> Told:
    return {
        (change.collection, change.id): (
            change.kind,
            change.previous_id,
            {"zh": change.title_zh, "en": change.title_en},
            {field["field"]: field for field in _exact(change.fields)},
        )
        for change in found
    }


def _of_versions(old: Version | None, new: Version) -> Told:
    return {
        (change.collection, change.id): (
            change.kind,
            change.previous_id,
            change.title,
            {
                field.name: {"field": field.name}
                | _exact(
                    dump(
                        {
                            name: getattr(field, name)
                            for name in ("old", "new", "own_words", "defining")
                        }
                    )
                )
                for field in change.fields
            },
        )
        for change in compare(old, new).records
    }


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(st.randoms(), st.integers(2, 5), st.integers(1, 12))
def test_collapsed_changes_are_those_of_the_ends_compared(
    demo: tuple[VersionFolder, Version], random: Random, count: int, edits: int
) -> None:
    """Whatever came between: every pair of versions, and nothing at all before the first."""
    folder, first = demo
    versions = chain(first, random, count, edits)
    with tempfile.TemporaryDirectory() as place:
        store = Store(store_of(Path(place), folder, versions))
        try:
            for upto in range(1, count + 1):
                for after in range(upto):
                    span = Span(DATASET, after, upto)
                    old = versions[after - 1] if after else None
                    expected = _of_versions(old, versions[upto - 1])
                    found = list(store.log.changes(span, *_ALL))
                    assert _of_store(iter(found)) == expected
                    assert len(found) == len(expected)
                    assert sum(store.log.counts(span).values()) == len(found)
        finally:
            store.close()


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=10)
@given(st.randoms())
def test_walks_go_on_where_they_stopped(
    demo: tuple[VersionFolder, Version], random: Random
) -> None:
    """From every change to the end, and back to the beginning."""
    folder, first = demo
    versions = chain(first, random, 3, 30)
    with tempfile.TemporaryDirectory() as place:
        store = Store(store_of(Path(place), folder, versions))
        try:
            for span in (Span(DATASET, 1, 3), Span(DATASET, 2, 3), Span(DATASET, 0, 3)):
                whole = list(store.log.changes(span, *_ALL))
                assert [(c.place, c.thread) for c in whole] == sorted(
                    (c.place, c.thread) for c in whole
                )
                for at, change in enumerate(whole):
                    start = Place(change.place, change.thread)
                    assert list(store.log.changes(span, *_ALL, start)) == whole[at + 1 :]
                    back = Place(change.place, change.thread, backward=True)
                    assert list(store.log.changes(span, *_ALL, back)) == whole[:at][::-1]
                for kind in CHANGE_KINDS:
                    some = list(store.log.changes(span, (0, 2), (kind,)))
                    assert some == [c for c in whole if c.kind == kind and c.place in (0, 2)]
        finally:
            store.close()

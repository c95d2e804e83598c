"""Choosing fields: names, their order, and the same cut in every structure."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.formats import CSV, JSON, NDJSON, Options, Table, resolve
from opendata.formats.selection import cut_json, cut_of
from opendata.records import COLLECTIONS, DATASETS, Column
from tests.formats.any_record import fragments, records
from tests.formats.made_up_row import RECORD, row_of

_PROJECTS = COLLECTIONS["projects"]


def _cut(*names: str) -> str:
    columns = resolve(_PROJECTS, names)
    return cut_json(JSON.fragment(row_of()), cut_of(columns)).decode()


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["title_zh"], '{"title":{"zh":"建成“水泵厂”,一期"}}'),
        (["name", "id"], '{"name":{"zh":"水泵厂","en":"Pump factory"},"id":"pump-factory"}'),
        (["name_en", "id", "name_zh"],
         '{"name":{"en":"Pump factory","zh":"水泵厂"},"id":"pump-factory"}'),
        (["caveats_code"], '{"caveats":[{"code":"ambiguous_scope"}]}'),
        (["quantities_value"], '{"quantities":[{"value":600},{"value":6.10}]}'),
        (["location_zh", "terms"], '{"location":null,"terms":[]}'),
        (["source_quote", "deadline"], '{"source":{"quote":"建成"},"deadline":"2030-12-31"}'),
    ],
)  # fmt: skip
def test_an_object_keeps_its_structure(names: list[str], expected: str) -> None:
    """Nested fields stay nested, in the order asked for; nulls and decimals as they were."""
    assert _cut(*names) == expected


def test_embedded_records_stay() -> None:
    """What a request had embedded is not dropped with the fields it did not choose."""
    fragment = JSON.fragment(row_of())[:-1] + b',"expanded":{"targets":[{"value":1.50}]}}'
    cut = cut_json(fragment, cut_of(resolve(_PROJECTS, ["id"])))
    assert cut == b'{"id":"pump-factory","expanded":{"targets":[{"value":1.50}]}}'


def _kept(record: Any, path: tuple[str, ...]) -> Any:
    if isinstance(record, list):
        return [_kept(member, path) for member in record]
    if not path or record is None:
        return record
    return {path[0]: _kept(record[path[0]], path[1:])}


def _merged(one: Any, other: Any) -> Any:
    if isinstance(one, list) and one:
        return [_merged(*pair) for pair in zip(one, other, strict=True)]
    if isinstance(one, dict):
        return {key: _merged(one.get(key, other.get(key)), other.get(key, one.get(key)))
                for key in [*one, *other]}  # fmt: skip
    return one


def _paths(columns: tuple[Column, ...], record: Any) -> Any:
    found: Any = {}
    for column in columns:
        found = _merged(found, _kept(record, column.path))
    return found


@given(data=st.data())
def test_cutting_bytes_is_cutting_the_record(data: st.DataObject) -> None:
    """For any record and choice: what is cut, once parsed, is what the parsed record has there."""
    collection = data.draw(st.sampled_from([*COLLECTIONS.values(), DATASETS]))
    record = data.draw(records(collection))
    names = st.sampled_from([column.name for column in collection.columns])
    columns = resolve(collection, data.draw(st.lists(names, min_size=1, max_size=5, unique=True)))
    fragment = fragments(collection, record)["json"]
    cut = json.loads(cut_json(fragment, cut_of(columns)), parse_float=Decimal)
    assert cut == _paths(columns, json.loads(fragment, parse_float=Decimal))


@pytest.mark.parametrize("collection", [*COLLECTIONS.values(), DATASETS])
def test_choosing_every_field_changes_no_byte(collection: Any) -> None:
    """Cut and written again, a whole fragment is the same to the byte."""
    if collection is _PROJECTS:
        whole = JSON.fragment(row_of(corrections=[]))  # of which tables show less
        assert cut_json(whole, cut_of(collection.columns)) == whole
    names = list(dict.fromkeys(column.path[0] for column in collection.columns))
    assert resolve(collection, names) == collection.columns


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["title", "title_zh"], ["title_zh", "title_en"]),
        (["title_en", "id", "title", "id"], ["title_en", "id", "title_zh"]),
    ],
)
def test_a_column_that_is_named_again_stands_where_it_was_first(
    names: list[str], expected: list[str]
) -> None:
    """A whole field adds what was not named yet, and nothing stands twice."""
    columns = resolve(_PROJECTS, names)
    assert [column.name for column in columns] == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("zh", ["title_zh", "name_zh"]), ("en", ["title_en", "name_en"])]
)
def test_a_table_in_one_language_has_that_one(language: str, expected: list[str]) -> None:
    """Whichever of a pair is named, its text is in the language of the table."""
    offered = CSV.offered(_PROJECTS, Options("excel", language))
    columns = resolve(_PROJECTS, ["title_en", "dataset", "name_zh", "title"], offered)
    assert [column.name for column in columns] == [expected[0], "dataset", expected[1]]


def test_tables_follow_the_choice() -> None:
    """CSV has the columns in the order asked for, NDJSON the fields."""
    columns = resolve(_PROJECTS, ["deadline", "name"])
    table = Table(_PROJECTS, columns)
    made = fragments(_PROJECTS, RECORD)
    assert b"".join(CSV.write(table, [[made["csv"]]])).decode() == (
        "deadline,name_zh,name_en\r\n2030-12-31,水泵厂,Pump factory\r\n"
    )
    assert b"".join(NDJSON.write(table, [[made["json"]]])).decode() == (
        '{"deadline":"2030-12-31","name":{"zh":"水泵厂","en":"Pump factory"}}\n'
    )
    assert orjson.loads(b"".join(JSON.write(table, []))) == {"data": []}

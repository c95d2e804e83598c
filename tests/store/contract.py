"""The questions any store answers, as a contract: a store's own test class inherits it.

The answers are those of :mod:`tests.serving`'s world, whose rows stand in the order of dataset,
version and file.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from opendata.query import Condition, Operator, Order, Query, fields_of
from opendata.records import COLLECTIONS, DATASETS
from opendata.store import (
    FacetValue,
    Hit,
    Lost,
    LostPlaceError,
    Part,
    Position,
    Scope,
    Start,
    Store,
    VersionRow,
)
from opendata.vocabularies import Label

#: Where the first version of the made-up world is.
_ADDRESS = "http://127.0.0.1:8000/v1/datasets/demo-2030/versions/1.0.0"
_HILL = ["gdp-growth", "industrial-output", "new-jobs"]
_LAKE = [*_HILL, "dragon-boat-race"]
_DEMO = [*_LAKE, "lantern-fair"]


def _named(fragment: bytes) -> str:
    record = json.loads(fragment)
    return f"{record['dataset']} {record['version']} {record['id']}"


_ALL = Query()
_COLLECTIONS = (*COLLECTIONS, DATASETS.name)


def _query(**values: str) -> Query:
    """Return the query for targets that have all of ``values``."""
    fields = fields_of(COLLECTIONS["targets"])
    return Query(tuple(Condition(fields[n], Operator.EQ, (v,)) for n, v in values.items()))


def _ids(part: Part) -> list[str]:
    return [json.loads(fragment)["id"] for fragment in part.fragments]


def _hit(hit: Hit) -> str:
    return f"{hit.collection} {hit.dataset} {hit.version} {hit.id}"


class StoreContract:
    """What the web may ask; a subclass gives the fixture ``store``."""

    @pytest.fixture
    def store(self) -> Store:
        """A store of the world."""
        raise NotImplementedError

    def _version(self, store: Store, dataset: str, version: str | None = None) -> VersionRow:
        found = store.version(dataset, version)
        assert found is not None
        return found

    def _ids(self, store: Store, scope: Scope, query: Query = _ALL) -> list[str]:
        return _ids(store.part("targets", "json", scope, query, None, 100))

    def test_latest_is_the_highest_by_semantic_order(self, store: Store) -> None:
        """0.10.0 comes after 0.9.0, which text would not say."""
        latest = self._version(store, "hill-2031")
        assert (latest.version, latest.latest) == ("0.10.0", True)
        assert self._version(store, "hill-2031", "0.9.0").latest is False

    def test_a_version_says_what_its_data_are(self, store: Store) -> None:
        """``meta`` is the part of a body that tells dataset, version, licence and publisher."""
        assert json.loads(self._version(store, "demo-2030", "1.0.0").meta) == {
            "dataset": "demo-2030",
            "version": "1.0.0",
            "released": "2030-02-01",
            "title": {"zh": "柳溪县2030年工作安排", "en": "Work plan of Liuxi County for 2030"},
            "licence": "CC-BY-4.0",
            "licence_url": "https://creativecommons.org/licenses/by/4.0/",
            "publisher": {"zh": "测试项目", "en": "Test project"},
            "superseded_by": "1.1.0",
            "notice": {
                "zh": "本版本已被 1.1.0 版（2030-02-01 发布）取代，见 "
                "http://127.0.0.1:8000/v1/datasets/demo-2030/versions/1.1.0 。此后的变更："
                "http://127.0.0.1:8000/v1/datasets/demo-2030/changes?since=1.0.0 ，更正："
                "http://127.0.0.1:8000/v1/datasets/demo-2030/corrections 。",
                "en": "This version was superseded by 1.1.0, released on 2030-02-01: "
                "http://127.0.0.1:8000/v1/datasets/demo-2030/versions/1.1.0 . What changed since: "
                "http://127.0.0.1:8000/v1/datasets/demo-2030/changes?since=1.0.0 , "
                "and was corrected: http://127.0.0.1:8000/v1/datasets/demo-2030/corrections .",
            },
            "citation": {
                "zh": f"测试项目. 柳溪县2030年工作安排: 1.0.0版[DS/OL]. (2030-02-01). {_ADDRESS}.",
                "en": "Test project. (2030, February 1). Work plan of Liuxi County for 2030 "
                f"(Version 1.0.0) [Data set]. {_ADDRESS}",
            },
        }

    @pytest.mark.parametrize(("dataset", "version"), [("nowhere", None), ("demo-2030", "9.9.9")])
    def test_what_is_not_there_is_none(
        self, store: Store, dataset: str, version: str | None
    ) -> None:
        """A missing version or dataset is no error of the store."""
        assert store.version(dataset, version) is None

    def test_a_version_follows_the_one_before_it(self, store: Store) -> None:
        """In the order of numbers, within its dataset; nothing stands before the first."""
        found = [
            self._version(store, dataset, version)
            for dataset, version in (
                *(("demo-2030", "1.0.0"), ("demo-2030", "1.1.0")),
                *(("hill-2031", "0.9.0"), ("hill-2031", "0.10.0"), ("lake-2029", "1.0.0")),
            )
        ]
        assert [(v.predecessor, v.version, v.successor) for v in found] == [
            (None, "1.0.0", "1.1.0"),
            ("1.0.0", "1.1.0", None),
            (None, "0.9.0", "0.10.0"),
            ("0.9.0", "0.10.0", None),
            (None, "1.0.0", None),
        ]

    def test_a_record_is_of_one_version(self, store: Store) -> None:
        """The same id in two versions is two records; beside its bytes stands its row."""
        for version in ("0.9.0", "0.10.0"):
            held = self._version(store, "hill-2031", version)
            found = store.record("targets", "json", held, "gdp-growth")
            assert found is not None
            row, fragment = found
            record = json.loads(fragment)
            assert (record["dataset"], record["version"]) == ("hill-2031", version)
            assert store.position("targets", row) == Position("hill-2031", version, 1)

    def test_a_removed_record_is_only_in_its_versions(self, store: Store) -> None:
        """0.10.0 dropped the race; 0.9.0 keeps it."""
        old, new = (self._version(store, "hill-2031", v) for v in ("0.9.0", "0.10.0"))
        assert store.record("targets", "json", old, "dragon-boat-race") is not None
        assert store.record("targets", "json", new, "dragon-boat-race") is None

    def test_latest_rows_across_datasets(self, store: Store) -> None:
        """Without version or dataset, rows are those of every dataset's latest version."""
        assert self._ids(store, Scope()) == [*_DEMO, *_HILL, *_LAKE]
        assert store.count("targets", Scope(), _ALL) == 12
        assert store.count("projects", Scope(), _ALL) == 4
        assert store.count("datasets", Scope(), _ALL) == 3

    def test_rows_of_a_version(self, store: Store) -> None:
        """A version is exactly its rows, and a collection may be empty."""
        lake = self._version(store, "lake-2029")
        assert self._ids(store, Scope(lake)) == _LAKE
        assert store.count("targets", Scope(lake), _ALL) == 4
        assert store.count("projects", Scope(lake), _ALL) == 0
        assert store.part("projects", "csv", Scope(lake), _ALL, None, 10) == ([], [], False)
        assert list(store.blocks("projects", "csv", Scope(lake), _ALL)) == []

    def test_versions_of_a_dataset_are_its_rows(self, store: Store) -> None:
        """The versions themselves are rows, oldest first."""
        part = store.part("datasets", "json", Scope(dataset="hill-2031"), _ALL, None, 10)
        assert [json.loads(row)["version"] for row in part.fragments] == ["0.9.0", "0.10.0"]
        assert store.count("datasets", Scope(dataset="hill-2031"), _ALL) == 2

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({"kind": "qualitative"}, ["dragon-boat-race", "lantern-fair"]),
            ({"kind": "qualitative", "id": "lantern-fair"}, ["lantern-fair"]),
            ({"projects": "pump-factory"}, ["industrial-output"]),
            ({"caveats_code": "ambiguous_scope"}, ["gdp-growth"]),
            ({"caveats_code": "lost_character"}, []),
            ({"projects": "pump-factory", "kind": "qualitative"}, []),
        ],
    )
    def test_filters_narrow_rows_and_count_alike(
        self, store: Store, filters: dict[str, str], expected: list[str]
    ) -> None:
        """Columns and members of lists filter, alone and together."""
        scope, query = Scope(self._version(store, "demo-2030")), _query(**filters)
        assert self._ids(store, scope, query) == expected
        assert store.count("targets", scope, query) == len(expected)

    def test_linked_records_are_those_of_the_rows_versions(self, store: Store) -> None:
        """For each row, what its links lead to; nothing where it has none."""
        latest = store.part("targets", "json", Scope(), _ALL, None, 100)
        both = store.linked("targets", "projects", latest.rows)
        assert [[_named(record) for record in row] for row in both] == [
            *([], ["demo-2030 1.1.0 pump-factory"], [], [], []),
            *([], ["hill-2031 0.10.0 pump-factory"], []),
            *([], [], [], []),
        ]
        old = Scope(self._version(store, "hill-2031", "0.9.0"))
        rows = store.part("targets", "json", old, _query(projects="pump-factory"), None, 9).rows
        [[term]] = store.linked("targets", "terms", rows)
        assert _named(term) == "hill-2031 0.9.0 green-industry"

    def test_linked_records_stand_as_the_rows_do(self, store: Store) -> None:
        """In the order that is asked for, whatever it is."""
        part = store.part("targets", "json", Scope(), _ALL, None, 100)
        linked = store.linked("targets", "projects", part.rows[::-1])
        assert [[json.loads(record)["id"] for record in row] for row in linked] == [
            json.loads(fragment)["projects"] for fragment in part.fragments[::-1]
        ]
        assert store.linked("targets", "projects", []) == []

    def test_terms_lead_back_to_their_users(self, store: Store) -> None:
        """By the links that others have to them."""
        scope = Scope(self._version(store, "demo-2030"))
        rows = store.part("glossary", "json", scope, _ALL, None, 100).rows
        back = store.linked("glossary", "used_by_targets", rows)
        assert [[_named(record) for record in row] for row in back] == [
            [],
            ["demo-2030 1.1.0 industrial-output"],
        ]

    def test_filters_do_not_reach_other_versions(self, store: Store) -> None:
        """A list member of a row that is not latest does not bring that row in."""
        query = _query(projects="pump-factory")
        assert self._ids(store, Scope(), query) == ["industrial-output"] * 2
        assert store.count("targets", Scope(), query) == 2

    def test_a_position_outlives_row_numbers(self, store: Store) -> None:
        """A row's lasting name leads back to it, for every row."""
        named = {row: store.position("targets", row) for row in range(1, 21)}
        assert named[1] == Position("demo-2030", "1.0.0", 1)
        assert named[9] == Position("demo-2030", "1.1.0", 5)
        assert named[10] == Position("hill-2031", "0.9.0", 1)
        assert named[20] == Position("lake-2029", "1.0.0", 4)
        assert {row: store.row("targets", at) for row, at in named.items()} == {
            row: row for row in named
        }
        assert store.position("glossary", 9) == Position("lake-2029", "1.0.0", 1)

    @pytest.mark.parametrize(
        ("position", "lost"),
        [
            (Position("aaa", "1.0.0", 3), Lost.VERSION),
            (Position("demo-2030", "0.5.0", 7), Lost.VERSION),
            (Position("demo-2030", "draft", 1), Lost.VERSION),
            (Position("", "", 1), Lost.VERSION),
            (Position("demo-2030", "1.0.0", 0), Lost.ROW),
            (Position("demo-2030", "1.0.0", -1), Lost.ROW),
            (Position("demo-2030", "1.0.0", 5), Lost.ROW),
            (Position("demo-2030", "1.0.0", 10**30), Lost.ROW),
        ],
    )
    def test_a_position_that_is_not_there(
        self, store: Store, position: Position, lost: Lost
    ) -> None:
        """It is told whether the version is gone or never had such a row."""
        with pytest.raises(LostPlaceError) as caught:
            store.row("targets", position)
        assert caught.value.lost is lost

    def test_a_position_in_an_empty_collection(self, store: Store) -> None:
        """A version without rows has no positions."""
        with pytest.raises(LostPlaceError) as caught:
            store.row("projects", Position("lake-2029", "1.0.0", 1))
        assert caught.value.lost is Lost.ROW

    @pytest.mark.parametrize("row", [0, -1, 21, 10**6])
    def test_a_row_number_that_is_not_there(self, store: Store, row: int) -> None:
        """A sorted part that is to go on from it says so."""
        order = (Order(fields_of(COLLECTIONS["targets"])["kind"]),)
        with pytest.raises(LostPlaceError) as caught:
            store.part("targets", "json", Scope(), Query(order=order), Start(row), 5)
        assert caught.value.lost is Lost.ROW

    def test_facets_have_the_labels_of_the_version(self, store: Store) -> None:
        """A code and a linked record are named as their version names them."""
        scope = Scope(self._version(store, "demo-2030"))
        fields = fields_of(COLLECTIONS["targets"])
        asked = [fields[name] for name in ("unit", "projects", "section", "kind", "value")]
        found = store.facets("targets", scope, _query(kind="quantitative"), asked)
        unit, projects, section, kind, value = (facet.values for facet in found)
        assert unit == [
            FacetValue("cny-100m", 1, Label("亿元", "100 million yuan")),
            FacetValue("item", 1, Label("件", "item")),
            FacetValue("percent", 1, Label("百分之一", "per cent")),
        ]
        workshop = Label("建成柳溪水泵厂新车间", "Complete the new workshop of Liuxi Pump Factory")
        assert projects == [FacetValue(None, 2, None), FacetValue("pump-factory", 1, workshop)]
        assert section == [FacetValue("1", 3, Label("1 主要预期目标", "1 Main targets"))]
        assert kind[0].label == Label("定量", "Quantitative")
        assert [(v.value, v.label) for v in value] == [
            (Decimal("6.1"), None),
            (Decimal(300), None),
            (Decimal(1200), None),
        ]

    def test_a_facet_across_datasets_has_the_labels_of_the_latest(self, store: Store) -> None:
        """A code is named as the version that was released last names it."""
        [facet] = store.facets("datasets", Scope(), _ALL, [fields_of(DATASETS)["area"]])
        assert facet.values == [
            FacetValue("990102", 2, Label("柳溪县", "Liuxi County")),
            FacetValue("990103", 1, Label("石桥县", "Shiqiao County")),
        ]

    def test_a_facet_lists_the_most_frequent(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No more than a number of values, and how many there are."""
        monkeypatch.setattr("opendata.store.facets.MAX_VALUES", 2)
        [facet] = store.facets("targets", Scope(), _ALL, [fields_of(COLLECTIONS["targets"])["id"]])
        assert [(v.value, v.count) for v in facet.values] == [
            ("gdp-growth", 3),
            ("industrial-output", 3),
        ]
        assert facet.total_values == 5

    def test_a_search_gives_the_best_first(self, store: Store) -> None:
        """The less a record says beside what was asked for, the better it matches."""
        scope, query = Scope(self._version(store, "demo-2030")), Query(search="龙舟")
        assert self._ids(store, scope, query) == ["lantern-fair", "dragon-boat-race"]
        assert store.count("targets", scope, query) == 2
        narrowed = replace(query, conditions=_query(id="lantern-fair").conditions)
        assert self._ids(store, scope, narrowed) == ["lantern-fair"]
        [facet] = store.facets("targets", scope, query, [fields_of(COLLECTIONS["targets"])["kind"]])
        assert [(v.value, v.count) for v in facet.values] == [("qualitative", 2)]

    @pytest.mark.parametrize("text", ["", "!?", "…", '"', "*", "-", "no such thing"])
    def test_a_search_that_finds_nothing(self, store: Store, text: str) -> None:
        """Nothing to look for, or nothing there: no rows, and no error."""
        for order in ((), (Order(fields_of(COLLECTIONS["targets"])["id"]),)):
            query = Query(search=text, order=order)
            assert store.part("targets", "json", Scope(), query, None, 5) == ([], [], False)
            assert store.count("targets", Scope(), query) == 0
            assert list(store.blocks("targets", "json", Scope(), query)) == []
        assert store.hits(text, _COLLECTIONS, None, 5) == ([], False)
        assert store.hit_count(text, _COLLECTIONS) == 0

    @pytest.mark.parametrize("limit", [1, 2, 3, 100])
    @pytest.mark.parametrize("ordered", [False, True])
    def test_pages_of_a_search_forward_and_backward(
        self, store: Store, limit: int, ordered: bool
    ) -> None:
        """Each found row once, from either end, as they are streamed."""
        order = (Order(fields_of(COLLECTIONS["targets"])["deadline"], True),) if ordered else ()
        query = Query(search="增", order=order)
        whole = store.part("targets", "json", Scope(), query, None, 100)
        assert len(whole.rows) == store.count("targets", Scope(), query) > 3
        for backward in (False, True):
            edge = whole.rows[-1 if backward else 0]
            found, more = [edge], True
            while more:
                start = Start(found[0 if backward else -1], backward)
                part = store.part("targets", "json", Scope(), query, start, limit)
                found = part.rows + found if backward else found + part.rows
                more = part.more
            assert found == whole.rows
        blocks = store.blocks("targets", "json", Scope(), query)
        assert [fragment for block in blocks for fragment in block] == whole.fragments

    def test_a_search_cannot_go_on_from_what_it_does_not_find(self, store: Store) -> None:
        """The row has no rank; with an order of its own the search can."""
        query = Query(search="龙舟")
        with pytest.raises(LostPlaceError) as caught:
            store.part("targets", "json", Scope(), query, Start(1), 5)
        assert caught.value.lost is Lost.MATCH
        with pytest.raises(LostPlaceError) as caught:
            store.hits("龙舟", _COLLECTIONS, Start(store.docid("targets", 1)), 5)
        assert caught.value.lost is Lost.MATCH
        order = (Order(fields_of(COLLECTIONS["targets"])["deadline"], True),)
        part = store.part("targets", "json", Scope(), replace(query, order=order), Start(1), 9)
        assert _ids(part)[:2] == ["dragon-boat-race", "lantern-fair"]

    @pytest.mark.parametrize("limit", [1, 2, 5, 100])
    def test_hits_are_of_all_collections_and_latest_versions(
        self, store: Store, limit: int
    ) -> None:
        """Each hit once and in the same order, forward and backward."""
        whole, more = store.hits("绿色", _COLLECTIONS, None, 100)
        assert more is False
        assert {_hit(hit) for hit in whole} >= {
            "glossary demo-2030 1.1.0 green-industry",
            "glossary hill-2031 0.10.0 green-industry",
        }
        assert len(whole) == store.hit_count("绿色", _COLLECTIONS)
        for hit in whole:
            record = json.loads(hit.fragment)
            assert (record["id"], record["version"]) == (hit.id, hit.version)
            assert store.docid(hit.collection, hit.row) == hit.docid
        for backward in (False, True):
            found, more = [whole[-1 if backward else 0]], True
            while more:
                start = Start(found[0 if backward else -1].docid, backward)
                part, more = store.hits("绿色", _COLLECTIONS, start, limit)
                found = part + found if backward else found + part
            assert found == whole
        assert store.hits("绿色", ["targets"], None, 100)[0] == [
            hit for hit in whole if hit.collection == "targets"
        ]

    def test_readings_are_those_of_the_names(self, store: Store) -> None:
        """A name is found by how it reads, and what the index has of it can be shown."""
        scope = Scope(self._version(store, "demo-2030"))
        for text in ("longzhousai", "lzs"):
            assert "dragon-boat-race" in self._ids(store, scope, Query(search=text))
        rows = store.part("targets", "json", scope, Query(search="lzs"), None, 9).rows
        readings = store.readings("targets", rows[::-1])
        assert all("longzhousai" in reading.split() for reading in readings)

    def test_documents_by_path(self, store: Store) -> None:
        """A ready-made resource is given whole, with its media type and digest."""
        found = store.document("/v1/vocabularies/themes")
        assert found is not None
        assert found.content_type == "application/json"
        assert [entry["code"] for entry in json.loads(found.body)["data"]] == ["econ", "heal"]
        assert len(found.sha256) == 64
        assert store.document("/v1/vocabularies/nothing") is None

    def test_facts_of_the_whole(self, store: Store) -> None:
        """A store knows its address, its digest and the codes filters may name."""
        assert store.base_url == "http://127.0.0.1:8000"
        assert len(store.digest) == 64
        assert store.codes["areas"] == ["990000", "990100", "990102", "990103"]

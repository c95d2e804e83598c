"""The questions any store answers, as a contract: a store's own test class inherits it.

The answers are those of :mod:`tests.serving`'s world, whose rows stand in the order of dataset,
version and file.
"""

from __future__ import annotations

import json

import pytest

from opendata.store import Scope, Store, VersionRow
from opendata.store.reading import Position

_HILL = ["gdp-growth", "industrial-output", "new-jobs"]
_LAKE = [*_HILL, "dragon-boat-race"]
_DEMO = [*_LAKE, "lantern-fair"]


def _named(fragment: bytes) -> str:
    record = json.loads(fragment)
    return f"{record['dataset']} {record['version']} {record['id']}"


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

    def _ids(self, store: Store, scope: Scope, after: int = 0, limit: int = 100) -> list[str]:
        part = store.part("targets", "json", scope, after, limit)
        return [json.loads(fragment)["id"] for fragment in part.fragments]

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
            "publisher": {"zh": "测试项目", "en": "Test project"},
        }

    @pytest.mark.parametrize(("dataset", "version"), [("nowhere", None), ("demo-2030", "9.9.9")])
    def test_what_is_not_there_is_none(
        self, store: Store, dataset: str, version: str | None
    ) -> None:
        """A missing version or dataset is no error of the store."""
        assert store.version(dataset, version) is None

    def test_a_fragment_is_one_record_of_one_version(self, store: Store) -> None:
        """The same id in two versions is two records."""
        for version in ("0.9.0", "0.10.0"):
            held = self._version(store, "hill-2031", version)
            fragment = store.fragment("targets", "json", held, "gdp-growth")
            assert fragment is not None
            record = json.loads(fragment)
            assert (record["dataset"], record["version"]) == ("hill-2031", version)

    def test_a_removed_record_is_only_in_its_versions(self, store: Store) -> None:
        """0.10.0 dropped the race; 0.9.0 keeps it."""
        old, new = (self._version(store, "hill-2031", v) for v in ("0.9.0", "0.10.0"))
        assert store.fragment("targets", "json", old, "dragon-boat-race") is not None
        assert store.fragment("targets", "json", new, "dragon-boat-race") is None

    def test_latest_rows_across_datasets(self, store: Store) -> None:
        """Without version or dataset, rows are those of every dataset's latest version."""
        assert self._ids(store, Scope()) == [*_DEMO, *_HILL, *_LAKE]
        assert store.count("targets", Scope()) == 12
        assert store.count("projects", Scope()) == 4
        assert store.count("datasets", Scope()) == 3

    def test_rows_of_a_version(self, store: Store) -> None:
        """A version is exactly its rows, and a collection may be empty."""
        lake = self._version(store, "lake-2029")
        assert self._ids(store, Scope(lake)) == _LAKE
        assert store.count("targets", Scope(lake)) == 4
        assert store.count("projects", Scope(lake)) == 0
        assert store.part("projects", "csv", Scope(lake), 0, 10) == ([], None)

    def test_versions_of_a_dataset_are_its_rows(self, store: Store) -> None:
        """The versions themselves are rows, oldest first."""
        part = store.part("datasets", "json", Scope(dataset="hill-2031"), 0, 10)
        assert [json.loads(row)["version"] for row in part.fragments] == ["0.9.0", "0.10.0"]
        assert store.count("datasets", Scope(dataset="hill-2031")) == 2

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
        scope = Scope(self._version(store, "demo-2030"), filters=filters)
        assert self._ids(store, scope) == expected
        assert store.count("targets", scope) == len(expected)

    def test_linked_records_are_those_of_the_rows_versions(self, store: Store) -> None:
        """For each row of a part, what its links lead to; nothing where it has none."""
        both = store.linked("targets", "projects", Scope(), 0, 100)
        assert [[_named(record) for record in row] for row in both] == [
            *([], ["demo-2030 1.1.0 pump-factory"], [], [], []),
            *([], ["hill-2031 0.10.0 pump-factory"], []),
            *([], [], [], []),
        ]
        old = self._version(store, "hill-2031", "0.9.0")
        scope = Scope(old, filters={"projects": "pump-factory"})
        [[term]] = store.linked("targets", "terms", scope, 0, 100)
        assert _named(term) == "hill-2031 0.9.0 green-industry"

    @pytest.mark.parametrize(("after", "limit"), [(0, 2), (1, 2), (5, 1), (9, 3)])
    def test_linked_records_are_those_of_a_part(self, store: Store, after: int, limit: int) -> None:
        """The same rows as the part that is asked for alike."""
        part = store.part("targets", "json", Scope(), after, limit)
        linked = store.linked("targets", "projects", Scope(), after, limit)
        assert [[json.loads(record)["id"] for record in row] for row in linked] == [
            json.loads(fragment)["projects"] for fragment in part.fragments
        ]

    def test_terms_lead_back_to_their_users(self, store: Store) -> None:
        """By the links that others have to them."""
        scope = Scope(self._version(store, "demo-2030"))
        back = store.linked("glossary", "used_by_targets", scope, 0, 100)
        assert [[_named(record) for record in row] for row in back] == [
            [],
            ["demo-2030 1.1.0 industrial-output"],
        ]

    def test_filters_do_not_reach_other_versions(self, store: Store) -> None:
        """A list member of a row that is not latest does not bring that row in."""
        scope = Scope(filters={"projects": "pump-factory"})
        assert self._ids(store, scope) == ["industrial-output"] * 2
        assert store.count("targets", scope) == 2

    @pytest.mark.parametrize("limit", [1, 2, 5, 11, 12, 13])
    def test_parts_give_each_row_once(self, store: Store, limit: int) -> None:
        """Going on after the last row of each part gives all rows in order, then ends."""
        found: list[str] = []
        after: int | None = 0
        while after is not None:
            part = store.part("targets", "json", Scope(), after, limit)
            assert len(part.fragments) <= limit
            found += [json.loads(fragment)["id"] for fragment in part.fragments]
            after = part.more_after
        assert found == [*_DEMO, *_HILL, *_LAKE]

    def test_blocks_are_all_rows(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        """Blocks of any size, joined, are the rows of the whole scope."""
        whole = store.part("targets", "csv", Scope(), 0, 100).fragments
        monkeypatch.setattr("opendata.store.reading.BLOCK", 5)
        blocks = list(store.blocks("targets", "csv", Scope()))
        assert len(blocks) == 3
        assert b"".join(blocks) == b"".join(whole)
        assert b"".join(store.blocks("targets", "csv", Scope(), after=17)) == b"".join(whole[9:])

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

    @pytest.mark.parametrize(
        ("position", "row"),
        [
            (Position("aaa", "1.0.0", 3), 0),  # before everything
            (Position("demo-2030", "0.5.0", 7), 0),
            (Position("demo-2030", "1.0.0", 0), 0),
            (Position("demo-2030", "1.0.0", 999), 4),  # no further than its version
            (Position("demo-2030", "1.0.1", 2), 4),  # withdrawn: after 1.0.0, before 1.1.0
            (Position("gone-2030", "1.0.0", 2), 9),  # withdrawn: after demo, before hill
            (Position("hill-2031", "0.9.5", 1), 13),
            (Position("hill-2031", "0.10.1", 1), 16),
            (Position("zzz", "1.0.0", 1), 20),  # after everything
        ],
    )
    def test_a_position_that_is_gone_keeps_its_place(
        self, store: Store, position: Position, row: int
    ) -> None:
        """A cursor goes on where it was, whatever was released or withdrawn since."""
        assert store.row("targets", position) == row

    def test_a_position_in_an_empty_collection(self, store: Store) -> None:
        """A version without rows still has its place."""
        assert store.row("projects", Position("lake-2029", "1.0.0", 5)) == 8

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

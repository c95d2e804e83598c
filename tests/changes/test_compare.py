"""What the comparison of two versions finds, on examples and on random edits."""

from __future__ import annotations

import copy
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.changes import KINDS, Changes, RecordChange, compare
from opendata.errors import Problem
from opendata.reader import Version, read_shared_lists
from opendata.versions import find_versions, read_folder
from tests import made_up
from tests.changes.random_edits import differences, edited

ROOT = Path(__file__).parents[2]


def read(datasets: Path, dataset: str, name: str) -> Version:
    """Read one version, which must be valid."""
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / "vocabularies", problems)
    [folder] = [f for f in find_versions(datasets, problems, dataset) if f.version == name]
    version = read_folder(folder, shared, problems)
    assert problems == []
    return version


@cache
def _demo() -> Version:
    folder = Path(tempfile.mkdtemp())
    try:
        return read(made_up.write(folder / "datasets"), made_up.DATASET, "draft")
    finally:
        shutil.rmtree(folder)


def _changed(datasets: Path, name: str, *changes: tuple[str, str]) -> Changes:
    """Compare the made-up draft with itself after ``changes`` of one of its files."""
    made_up.change(datasets, f"{made_up.DRAFT}/{name}", *changes)
    return compare(_demo(), read(datasets, made_up.DATASET, "draft"))


def _fields(record: RecordChange) -> dict[str, tuple[object, object]]:
    return {field.name: (field.old, field.new) for field in record.fields}


@pytest.mark.no_cover  # what smaller tests cover already
@settings(max_examples=300)
@given(st.randoms(), st.integers(0, 12))
def test_random_edits_are_found_as_another_diff_finds_them(random: Random, edits: int) -> None:
    """Every record that changed, its kind, and the fields; nothing else; and back again."""
    old, new = _demo(), edited(_demo(), random, edits)
    for before, after in ((old, new), (new, old)):
        changes = compare(before, after)
        found = {
            (record.collection, record.id): (
                record.kind,
                {field.path[0] for field in record.fields},
                record.previous_id,
            )
            for record in changes.records
        }
        assert found == differences(before, after)
        assert len(found) == len(changes.records)
        order = [
            (changes.collections.index(record.collection), KINDS.index(record.kind), record.id)
            for record in changes.records
        ]
        assert order == sorted(order)


def test_the_edits_are_of_every_kind() -> None:
    """The test above would prove little if its edits touched little."""
    found = set()
    for seed in range(400):
        new = edited(_demo(), Random(seed), 6)
        found |= {(c.collection.partition("/")[0], c.kind) for c in compare(_demo(), new).records}
    everywhere = ("targets", "projects", "glossary", "sections")
    assert found >= {(name, kind) for name in everywhere for kind in ("changed", "reworded")}
    assert found >= {(n, k) for n in everywhere[:3] for k in ("added", "removed", "renamed")}
    assert found >= {("dataset", "reworded"), ("documents", "changed"), ("sections", "removed")}
    assert found >= {("vocabularies", "changed"), ("vocabularies", "reworded")}


def test_equal_versions_have_no_changes(datasets: Path) -> None:
    """Whatever the order of records and links; 6.1 is 6.10; a release differs by its day alone."""
    new = read(datasets, made_up.DATASET, "draft")
    for records in new.collections.values():
        records.reverse()
    [growth] = [r for r in new.collections["targets"] if r["id"] == "gdp-growth"]
    growth["value"] = growth["value"].normalize()
    assert str(growth["value"]) == "6.1"
    new.description["released"] = date(2030, 2, 1)
    new.description["languages"].reverse()
    assert compare(_demo(), new).records == ()


def test_a_changed_value_is_told_with_both_values(datasets: Path) -> None:
    """By the names that tables have, whatever else was reworded."""
    [record] = _changed(
        datasets,
        "targets.yaml",
        ("en: Growth of gross regional product", "en: GDP growth"),
        ("增长6.10%左右\n  period", "6.10%\n  period"),
        ("start: 22", "start: 23"),
        ("quote: 地区", "quote: 区"),
    ).records
    assert (record.collection, record.id, record.kind) == ("targets", "gdp-growth", "changed")
    assert record.title == {"zh": "地区生产总值增长率", "en": "GDP growth"}
    assert _fields(record) == {
        "title_en": ("Growth of gross regional product", "GDP growth"),
        "as_printed": ("增长6.10%左右", "6.10%"),
        "source_start": (22, 23),
        "source_quote": ("地区生产总值增长6.10%左右", "区生产总值增长6.10%左右"),
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "kind"),
    [
        ("targets.yaml", "zh: 工业产值", "zh: 产值", "reworded"),
        ("targets.yaml", "zh: 未说明是否为不变价。", "zh: 未说明价格。", "reworded"),
        ("targets.yaml", "code: ambiguous_scope", "code: lost_character", "changed"),
        ("projects.yaml", "en: New workshop of", "en: A new workshop of", "reworded"),
        ("projects.yaml", "    zh: 柳溪两岸", "    zh: 两岸", "changed"),
        ("projects.yaml", "- 水泵厂", "- 泵厂", "changed"),
        ("glossary.yaml", "zh: 县城滨水地区。", "zh: 滨水地区。", "reworded"),
        ("glossary.yaml", "    zh: 绿色工业", "    zh: 绿色的工业", "changed"),
        ("dataset.yaml", "email: data@", "email: info@", "changed"),
        ("dataset.yaml", "zh: 全文。", "zh: 全部。", "reworded"),
        ("dataset.yaml", "retrieved: 2030-01-20", "retrieved: 2030-01-21", "changed"),
        ("dataset.yaml", "zh: 绿色工业", "zh: 工业", "reworded"),
        ("dataset.yaml", "printed: 主要预期目标", "printed: 预期目标", "changed"),
    ],
)
def test_own_words_are_reworded_and_facts_are_changed(
    file: str, old: str, new: str, kind: str, datasets: Path
) -> None:
    """Titles, English, definitions, caveats' texts and notes are the project's; names are not."""
    assert [r.kind for r in _changed(datasets, file, (old, new)).records] == [kind]


def test_the_order_of_members_means_something_and_that_of_caveats_does_not(datasets: Path) -> None:
    """Members stand as printed; caveats are a set, and stay together with their texts."""
    east, west = "    - zh: 东岸\n      en: east bank\n", "    - zh: 西岸\n      en: west bank\n"
    [record] = _changed(datasets, "glossary.yaml", (east + west, west + east)).records
    assert _fields(record) == {
        "members_zh": (["柳溪", "东岸", "西岸"], ["柳溪", "西岸", "东岸"]),
        "members_en": (
            ["the Liuxi", "east bank", "west bank"],
            ["the Liuxi", "west bank", "east bank"],
        ),
    }
    caveats = [{"code": c, "text": {"zh": c, "en": c}} for c in ("b", "a")]
    old, new = (edited(_demo(), Random(0), 0) for _ in range(2))
    old.collections["targets"][0]["caveats"] = caveats
    new.collections["targets"][0]["caveats"] = caveats[::-1]
    assert compare(old, new).records == compare(_demo(), _demo()).records == ()


def test_a_reworded_and_moved_caveat_is_only_reworded() -> None:
    """What it states is the same, wherever it stands."""
    old, new = (edited(_demo(), Random(0), 0) for _ in range(2))
    old.collections["targets"][0]["caveats"] = [
        {"code": "a", "text": {"zh": "甲", "en": "A"}},
        {"code": "b", "text": {"zh": "乙", "en": "B"}},
    ]
    new.collections["targets"][0]["caveats"] = [
        {"code": "b", "text": {"zh": "乙", "en": "B"}},
        {"code": "a", "text": {"zh": "丙", "en": "A"}},
    ]
    [record] = compare(old, new).records
    assert record.kind == "reworded"
    assert _fields(record) == {"caveats_text_zh": (["甲", "乙"], ["丙", "乙"])}


def test_sections_are_compared_by_their_ids(datasets: Path) -> None:
    """A section that is moved changes those that it is in; one that is added is told once more."""
    more = "  - id: extra\n    title:\n      zh: 其他\n      en: Other\n  - id: notes\n"
    changes = _changed(datasets, "dataset.yaml", ("  - id: notes\n", more))
    assert [(r.collection, r.kind, r.id, _fields(r)) for r in changes.records] == [
        (
            *("dataset", "changed", "dataset"),
            {"sections": (["1", "2", "notes"], ["1", "2", "extra", "notes"])},
        ),
        ("sections", "added", "extra", {}),
    ]


def test_code_lists_are_compared_where_they_are_used(datasets: Path) -> None:
    """An entry comes into use, another is reworded; what no record uses is no change."""
    units = [("en: 'item.'", "en: 'A piece.'"), ("en: kilometre", "en: km")]
    made_up.change(datasets, "vocabularies/units.yaml", *units)
    changes = _changed(datasets, "dataset.yaml", ("  - econ\n", "  - econ\n  - heal\n"))
    assert [(r.collection, r.kind, r.id) for r in changes.records] == [
        ("dataset", "changed", "dataset"),
        ("vocabularies/themes", "added", "heal"),
        ("vocabularies/units", "reworded", "item"),
    ]
    assert changes.counts()["vocabularies/themes"] == {
        **dict.fromkeys(KINDS, 0),
        "added": 1,
    }


def test_a_collection_that_an_old_version_did_not_have_is_all_added() -> None:
    """Then its records are new."""
    without = {name: r for name, r in _demo().collections.items() if name != "glossary"}
    changes = compare(replace(_demo(), collections=without), _demo())
    assert [(r.collection, r.kind, r.id) for r in changes.records] == [
        ("glossary", "added", "green-industry"),
        ("glossary", "added", "river-and-banks"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "targets", "projects"),
    [("0.1.0", "0.2.0", 0, 3), ("0.2.0", "1.0.0", 10, 9), ("0.1.0", "1.0.0", 10, 12)],
)
def test_the_kuiwen_releases_differ_as_their_notes_say(
    old: str, new: str, targets: int, projects: int
) -> None:
    """Ten targets and twelve projects added since 0.1.0; no record removed, no value changed."""
    first, second = (read(ROOT / "datasets", "kuiwen-2025", name) for name in (old, new))
    changes = compare(first, second)
    counts = changes.counts()
    assert [counts[n]["added"] for n in ("targets", "projects", "glossary")] == [
        *(targets, projects, 0),
    ]
    assert sum(count["removed"] for count in counts.values()) == 0
    names = {field.name for r in changes.records if r.collection == "targets" for field in r.fields}
    assert names.isdisjoint({"value", "value_max", "unit", "comparator", "strength"})
    assert not any(name.startswith("source") for name in names)


def test_a_renamed_record_is_followed_and_its_links_with_it() -> None:
    """The id alone is no change of the record, or of those that link to it."""
    new = _renamed_demo("projects", "pump-factory", "water-pump-factory")
    for before, after, names in (
        (_demo(), new, ("pump-factory", "water-pump-factory")),
        (new, _demo(), ("water-pump-factory", "pump-factory")),
    ):
        [record] = compare(before, after).records
        assert (record.kind, record.previous_id, record.id) == ("renamed", *names)
        assert record.fields == ()


def test_a_renamed_record_that_changed_tells_both() -> None:
    """Changed, or reworded, with the id that it had; of links the ids of each version."""
    new = _renamed_demo("projects", "pump-factory", "water-pump-factory")
    [project] = [r for r in new.collections["projects"] if r["id"] == "water-pump-factory"]
    project["title"] = {**project["title"], "en": "Pumps"}
    [target] = [r for r in new.collections["targets"] if r["projects"]]
    target["projects"] = [*target["projects"], "river-banks"]
    linked, reworded = compare(_demo(), new).records
    assert (reworded.kind, reworded.previous_id) == ("reworded", "pump-factory")
    assert [field.name for field in reworded.fields] == ["title_en"]
    assert (linked.kind, linked.previous_id) == ("changed", None)
    links = (["pump-factory"], ["river-banks", "water-pump-factory"])
    assert _fields(linked) == {"projects": links}


def test_previous_ids_of_a_record_that_keeps_its_id_are_told() -> None:
    """As where two records become one: one of them is removed."""
    new = _without_demo("projects", "river-banks")
    [project] = new.collections["projects"]
    project["previous_ids"] = ["river-banks"]
    changes = compare(_demo(), new).records
    removed, changed = (r for r in changes if r.collection == "projects")
    assert (removed.kind, removed.id) == ("removed", "river-banks")
    assert (changed.kind, changed.id) == ("changed", "pump-factory")
    assert _fields(changed) == {"previous_ids": ([], ["river-banks"])}


def test_everything_was_added_to_nothing() -> None:
    """The first version is compared with none."""
    kinds = {record.kind for record in compare(None, _demo()).records}
    counts = compare(None, _demo()).counts()
    assert kinds == {"added"}
    assert {name: counts[name]["added"] for name in ("targets", "projects", "dataset")} == {
        "targets": 4,
        "projects": 2,
        "dataset": 1,
    }


def _copied_demo() -> Version:
    return replace(_demo(), collections=copy.deepcopy(_demo().collections))


def _renamed_demo(collection: str, was: str, now: str) -> Version:
    new = _copied_demo()
    for records in new.collections.values():
        for record in records:
            if collection in record:
                record[collection] = [now if link == was else link for link in record[collection]]
    [record] = [r for r in new.collections[collection] if r["id"] == was]
    record["id"], record["previous_ids"] = now, [was]
    return new


def _without_demo(collection: str, name: str) -> Version:
    new = _copied_demo()
    new.collections[collection] = [r for r in new.collections[collection] if r["id"] != name]
    return new

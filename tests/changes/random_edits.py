"""Random edits of a version, and a diff that knows nothing of schemas to compare with."""

from __future__ import annotations

import copy
import datetime
import itertools
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from opendata.reader import Version

#: What the project words itself, by the field of the record; English anywhere is its own too.
_OWN_WORDS = {
    *("targets title", "projects title", "glossary definition"),
    *("dataset title", "dataset description", "dataset notes", "dataset keywords"),
    *("documents extent", "sections title"),
    "vocabularies label",
    "vocabularies definition",
}
_ORDERED = ("members", "sections")
#: Empty fields that take a text.
_MAY_BE_FILLED = ("as_printed", "indicator", "marker_in_text", "measure", "printed", "unit")
_COLLECTIONS = ("targets", "projects", "glossary")

#: The fields that hold ids of records, with the collections of these.
_LINKS = {"targets": "targets", "projects": "projects", "terms": "glossary"}
#: Ids of records, which codes may be equal to.
_IDS = ("id", "previous_ids", *_LINKS)

Record = dict[str, Any]


def edited(version: Version, random: Random, edits: int) -> Version:
    """Return a copy of ``version`` with so many random edits, some of which change nothing."""
    new = replace(
        version,
        description=copy.deepcopy(version.description),
        collections=copy.deepcopy(version.collections),
        lists=copy.deepcopy({name: dict(entries) for name, entries in version.lists.items()}),
    )
    for _ in range(edits):
        random.choice(_EDITS)(new, random)
    return new


def _edit_record(version: Version, random: Random) -> None:
    records = version.collections[random.choice(_COLLECTIONS)]
    if records:
        _edit(random.choice(records), random)


def _edit_description(version: Version, random: Random) -> None:
    _edit({k: v for k, v in version.description.items() if k != "area"}, random)


def _edit_entry(version: Version, random: Random) -> None:
    entries = version.lists[random.choice(sorted(version.lists))]
    _edit({k: v for k, v in random.choice(list(entries.values())).items() if k in _TEXTS}, random)


_TEXTS = ("label", "definition", "exact_match")


def _add(version: Version, random: Random) -> None:
    records = version.collections[random.choice(_COLLECTIONS)]
    if records:
        new = copy.deepcopy(random.choice(records))
        new["id"] += f"-{random.randrange(10**9)}"
        new["previous_ids"] = []
        records.insert(random.randint(0, len(records)), new)


def _remove(version: Version, random: Random) -> None:
    name = random.choice(_COLLECTIONS)
    records = version.collections[name]
    if records:
        gone = records.pop(random.randrange(len(records)))
        _relink(version, name, {gone["id"]: []})


def _rename(version: Version, random: Random) -> None:
    name = random.choice(_COLLECTIONS)
    records = version.collections[name]
    if records:
        record = random.choice(records)
        was, now = record["id"], f"renamed-{random.randrange(10**9)}"
        record["id"] = now
        record["previous_ids"] = [*record["previous_ids"], was]
        _relink(version, name, {was: [now]})


def _relink(version: Version, collection: str, instead: dict[str, list[str]]) -> None:
    """Let links to records of ``collection`` lead elsewhere, or be dropped."""
    for record in itertools.chain(*version.collections.values()):
        for field, to in _LINKS.items():
            if to == collection and field in record:
                links = (instead.get(link, [link]) for link in record[field])
                record[field] = list(itertools.chain(*links))


def _shuffle_records(version: Version, random: Random) -> None:
    random.shuffle(version.collections[random.choice(_COLLECTIONS)])


_EDITS = (
    *(_edit_record, _edit_record, _edit_description, _edit_entry),
    *(_add, _remove, _rename, _shuffle_records),
)


def _edit(record: Record, random: Random) -> None:
    """Change one value anywhere in ``record``, or the members of a list in it."""
    places = [
        (holder, key)
        for holder, key in _places(record)
        if key not in ("id", "code") and (holder[key] is not None or key in _MAY_BE_FILLED)
    ]
    holder, key = random.choice(places)
    value = holder[key]
    if not isinstance(value, list):
        holder[key] = _other(value, random)
    elif value and random.random() < 0.3:
        value.pop(random.randrange(len(value)))
    elif value and random.random() < 0.4 and not isinstance(value[0], dict):
        value.append(_other(random.choice(value), random))
    elif value and isinstance(value[0], dict) and "id" not in value[0]:
        value.append(copy.deepcopy(random.choice(value)))
        _edit(value[-1], random)
    if isinstance(value, list):
        random.shuffle(value)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if key == "previous_ids":
            continue
        if isinstance(inner, dict | list):
            yield from _places(inner)
        if not isinstance(inner, dict):
            yield value, key


def _other(value: Any, random: Random) -> Any:
    """Return another value of the same type, sometimes an equal one."""
    if isinstance(value, Decimal):
        return random.choice([value + 1, Decimal(f"{value:f}0" if value % 1 else f"{value:f}.0")])
    if isinstance(value, int):
        return value + random.randint(1, 9)
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=random.randint(1, 99))
    return "x" if value is None else value + random.choice("xyz")


#: A kind of change, the names of the fields and the id that the record had, where another.
Difference = tuple[str, set[str], str | None]


def differences(old: Version, new: Version) -> dict[tuple[str, str], Difference]:
    """Return what changed, by collection and id."""
    before, after = _parts(old), _parts(new)
    had = dict(_renamed(before, after))
    before = {had.get(key, key): record for key, record in before.items()}
    for key, record in before.items():
        before[key] = _relinked(key, record, had)
    was = {now: then for (_, then), (_, now) in had.items()}
    found: dict[tuple[str, str], Difference] = {}
    found |= {key: ("removed", set(), None) for key in before.keys() - after.keys()}
    found |= {key: ("added", set(), None) for key in after.keys() - before.keys()}
    for key in before.keys() & after.keys():
        previous = was.get(key[1]) if key[0] in _COLLECTIONS else None
        names = {
            name
            for name in before[key]
            if _normal(before[key][name], name) != _normal(after[key][name], name)
        } - ({"id", "previous_ids"} if previous else set())
        facts = {
            name
            for name in names
            if f"{key[0].partition('/')[0]} {name}" not in _OWN_WORDS
            and _normal(_facts(before[key][name]), name) != _normal(_facts(after[key][name]), name)
        }
        if names:
            found[key] = ("changed" if facts else "reworded", names, previous)
        elif previous:
            found[key] = ("renamed", names, previous)
    return found


def _renamed(
    before: dict[tuple[str, str], Record], after: dict[tuple[str, str], Record]
) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield the names of what has another one after, before and after."""
    for name in _COLLECTIONS:
        gone = [key for key in before.keys() - after.keys() if key[0] == name]
        come = [key for key in after.keys() - before.keys() if key[0] == name]
        for then in gone:
            for now in come:
                if then[1] in after[now]["previous_ids"] or now[1] in before[then]["previous_ids"]:
                    yield then, now


def _relinked(
    key: tuple[str, str], record: Record, had: dict[tuple[str, str], tuple[str, str]]
) -> Record:
    if key[0] not in _COLLECTIONS:
        return record
    return record | {
        field: [had.get((collection, link), (collection, link))[1] for link in record[field]]
        for field, collection in _LINKS.items()
        if field in record
    }


def _parts(version: Version) -> dict[tuple[str, str], Record]:
    found = {
        (name, record["id"]): record
        for name, records in version.collections.items()
        for record in records
    }
    about = dict(version.description)
    about.pop("released", None)
    found |= {("documents", document["id"]): document for document in about["documents"]}
    found |= {("sections", section["id"]): section for section in _sections(about)}
    about["documents"] = [document["id"] for document in about["documents"]]
    found = {key: _children_by_id(record) for key, record in found.items()}
    found["dataset", "dataset"] = _children_by_id(about)
    strings = set(_strings([version.description, *version.collections.values()]))
    for name, entries in version.lists.items():
        used = strings | ({"990000", "990100"} if name == "areas" else set())
        found |= {(f"vocabularies/{name}", c): e for c, e in entries.items() if c in used}
    return found


def _sections(node: Record) -> Iterator[Record]:
    for section in node["sections"]:
        yield section
        yield from _sections(section)


def _children_by_id(record: Record) -> Record:
    if "sections" not in record:
        return record
    return {**record, "sections": [section["id"] for section in record["sections"]]}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _IDS:
                yield from _strings(inner)


def _facts(value: Any) -> Any:
    """Leave out what is worded by the project within a field: English, and texts of caveats."""
    if isinstance(value, list):
        return [_facts(inner) for inner in value]
    if isinstance(value, dict):
        own = ("en", "text") if "code" in value else ("en",)
        return {key: _facts(inner) for key, inner in value.items() if key not in own}
    return value


def _normal(value: Any, name: str) -> str:
    """Return a text that is equal for what means the same."""
    if isinstance(value, list):
        members = [_normal(inner, "") for inner in value]
        return str(members if name in _ORDERED else sorted(members))
    if isinstance(value, dict):
        return str({key: _normal(inner, key) for key, inner in sorted(value.items())})
    return f"{value.normalize():f}" if isinstance(value, Decimal) else repr(value)

"""Mutations: ways to get one field of one record wrong, each of which an audit must find."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from opendata.reader import Version

Record = dict[str, Any]
#: Changes a record in place; tells whether the record has what is to be changed.
Mutation = Callable[[Record], bool]

_DAMAGE = ("injected_text", "lowercased_letters", "lost_character", "cut_heading")


def _other(field: str, *codes: str) -> Mutation:
    """Return what sets a field to the first of some codes that it does not have."""

    def mutate(record: Record) -> bool:
        if record.get(field) is None:
            return False
        record[field] = next(code for code in codes if code != record[field])
        return True

    return mutate


def _last(text: str) -> str:
    return text[:-1] + ("乙" if text[-1] != "乙" else "丙")


def _last_of(*fields: str) -> Mutation:
    def mutate(record: Record) -> bool:
        for field in fields:
            if record.get(field):
                record[field]["zh"] = _last(record[field]["zh"])
                return True
        return False

    return mutate


def _last_of_first(field: str) -> Mutation:
    """Return what changes the last character of the first entry of a list."""

    def mutate(record: Record) -> bool:
        if not record.get(field):
            return False
        entry = record[field][0]
        if isinstance(entry, str):
            record[field][0] = _last(entry)
        else:
            entry["zh"] = _last(entry["zh"])
        return True

    return mutate


def _without(field: str, at: int = -1) -> Mutation:
    def mutate(record: Record) -> bool:
        if not record.get(field):
            return False
        del record[field][at]
        return True

    return mutate


def _shortened(field: str, start: int, end: int | None) -> Mutation:
    def mutate(record: Record) -> bool:
        if len(record.get(field) or "") < 2:
            return False
        record[field] = record[field][start:end]
        return True

    return mutate


def _moved(field: str, start: int, end: int) -> Mutation:
    """Return what moves a record's place, or that of its first mention."""

    def mutate(record: Record) -> bool:
        if not record.get(field):
            return False
        place = record[field] if field == "source" else record[field][0]
        place["start"] += start
        place["end"] += end
        return True

    return mutate


def _value(record: Record) -> bool:
    if record["value"] is None:
        return False
    record["value"] += 1
    return True


def _quantity(record: Record) -> bool:
    if not record["quantities"]:
        return False
    record["quantities"][0]["value"] += 1
    return True


def _baseline(record: Record) -> bool:
    if record["value"] is None:
        return False
    figure = {name: record[name] for name in ("value", "unit", "as_printed")}
    record["baseline"] = figure | {"value_max": None, "period": "2000"}
    return True


def _numeral(record: Record) -> bool:
    record["title"]["zh"] = "九百" + record["title"]["zh"]
    return True


def _parent(record: Record) -> bool:
    if "." not in record["section"]:
        return False
    record["section"] = record["section"].rpartition(".")[0]
    return True


def _member(record: Record) -> bool:
    if not record["members"]:
        return False
    member = record["members"][-1]
    member["zh"] = member["zh"][:-1]
    return True


def _paragraph(record: Record) -> bool:
    record["source"]["paragraph"] += 1
    return True


def _caveat_on_damage(record: Record) -> bool:
    kept = [caveat for caveat in record["caveats"] if caveat["code"] not in _DAMAGE]
    found = len(kept) < len(record["caveats"])
    record["caveats"] = kept
    return found


def _caveat_on_nothing(record: Record) -> bool:
    code = "injected_text"
    if any(caveat["code"] == code for caveat in record["caveats"]):
        return False
    text = {"zh": "混入。", "en": "Injected."}
    record["caveats"] = [*record["caveats"], {"code": code, "text": text}]
    return True


def _caveat_figure(record: Record) -> bool:
    if not record["caveats"]:
        return False
    record["caveats"][0]["text"]["zh"] += "共987部。"
    return True


def _no_deadline(record: Record) -> bool:
    found = record["deadline"] is not None
    record["deadline"] = record["deadline_basis"] = None
    return found


def _deadline(record: Record) -> bool:
    if record["deadline"] is None:
        return False
    record["deadline"] = date(record["deadline"].year + 1, 12, 31)
    return True


def _party(record: Record) -> bool:
    if record["action"] != "support":
        return False
    record["parties"] = []
    return True


def _term(record: Record) -> bool:
    if "[" not in record["source"]["quote"] and "”" not in record["source"]["quote"]:
        return False
    return _without("terms")(record)


def _number(record: Record) -> bool:
    record["number"] += 1
    return True


_MEASURES = ("count", "amount")
_UNITS = ("percent", "cny-100m")
_STRENGTHS = ("strive", "commit")
_ACTIONS = ("bid", "advance")

MUTATIONS: dict[tuple[str, str], Mutation] = {
    ("targets", "value"): _value,
    ("targets", "unit"): _other("unit", *_UNITS),
    ("targets", "comparator"): _other("comparator", "at_least", "equal"),
    ("targets", "measure"): _other("measure", *_MEASURES),
    ("targets", "strength"): _other("strength", *_STRENGTHS),
    ("targets", "as_printed without its first character"): _shortened("as_printed", 1, None),
    ("targets", "as_printed without its last character"): _shortened("as_printed", 0, -1),
    ("targets", "baseline that is the figure"): _baseline,
    ("targets", "period"): _other("period", "2001", "2002"),
    ("targets", "deadline"): _deadline,
    ("targets", "deadline_basis"): _other("deadline_basis", "stated", "implied_by_report_year"),
    ("projects", "action"): _other("action", *_ACTIONS),
    ("projects", "printed verb without its first character"): _shortened(
        "action_as_printed", 1, None
    ),
    ("projects", "printed verb without its last character"): _shortened("action_as_printed", 0, -1),
    ("projects", "no deadline"): _no_deadline,
    ("projects", "deadline"): _deadline,
    ("projects", "last character of the name"): _last_of("name"),
    ("projects", "last character of a party"): _last_of_first("parties"),
    ("projects", "last character of an alias"): _last_of_first("aliases"),
    ("projects", "last character of the location"): _last_of("location"),
    ("projects", "no party"): _party,
    ("projects", "quantity"): _quantity,
    ("glossary", "number"): _number,
    ("glossary", "last character of the term"): _last_of("term"),
    ("glossary", "first member dropped"): _without("members", 0),
    ("glossary", "last member dropped"): _without("members"),
    ("glossary", "member shortened"): _member,
    ("glossary", "mention that starts late"): _moved("mentions", 1, 0),
    ("glossary", "mention that ends early"): _moved("mentions", 0, -1),
    ("glossary", "mention moved"): _moved("mentions", 1, 1),
    ("glossary", "mention dropped"): _without("mentions"),
}
for _name in ("targets", "projects"):
    MUTATIONS |= {
        (_name, "last character of the title"): _last_of("title"),
        (_name, "numeral in the title"): _numeral,
        (_name, "term unlinked that the quote marks or quotes"): _term,
    }
for _name in ("targets", "projects", "glossary"):
    MUTATIONS |= {
        (_name, "section is the one above"): _parent,
        (_name, "place that starts late"): _moved("source", 1, 0),
        (_name, "place that ends early"): _moved("source", 0, -1),
        (_name, "paragraph"): _paragraph,
        (_name, "caveat on damage dropped"): _caveat_on_damage,
        (_name, "caveat on damage that is none"): _caveat_on_nothing,
        (_name, "figure in a caveat"): _caveat_figure,
    }


def mutants(version: Version, collection: str, mutation: Mutation) -> Iterator[tuple[str, Version]]:
    """Yield each record's id and the version in which it alone is changed."""
    records = version.collections[collection]
    for index, record in enumerate(records):
        changed = copy.deepcopy(record)
        if mutation(changed):
            mutated = [*records[:index], changed, *records[index + 1 :]]
            collections = {**version.collections, collection: mutated}
            yield record["id"], replace(version, collections=collections)

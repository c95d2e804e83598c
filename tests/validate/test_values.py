"""Mistakes in single values and keys of records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validate.broken import DATASET, GLOSSARY, PROJECTS, TARGETS, Broken

LIST = "write members as lines that start with '- '"


def _gdp(old: str, new: str, field: str, message: str, fix: str) -> Broken:
    """A mistake in the first target."""
    return Broken(TARGETS, {old: new}, "gdp-growth", field, message, fix)


def _about(old: str, new: str, field: str, message: str, fix: str) -> Broken:
    """A mistake in ``dataset.yaml``."""
    return Broken(DATASET, {old: new}, "-", field, message, fix)


def _zh(typed: str, message: str, fix: str) -> Broken:
    """Another Chinese title typed for the first target."""
    return _gdp("zh: 地区生产总值增长率", f"▶zh: {typed}", "title.zh", message, fix)


def _value(typed: str, message: str, fix: str) -> Broken:
    """Another figure typed for the first target."""
    return _gdp("value: 6.10", f"▶value: {typed}", "value", message, fix)


DIGITS = "write digits with at most one decimal point"
FIELDS = {
    "percentage": _value("6.10%", "6.10% is not a number", "write 6.10 and unit: percent"),
    "spaced percentage": _value("6.1 %", "6.1 % is not a number", "write 6.1 and unit: percent"),
    "grouped thousands": _value('"1,200"', "1,200 is not a number", "write 1200"),
    "decimal comma": _value("6,10", "6,10 is not a number", DIGITS),
    "number with its unit": _value("300亿元", "300亿元 is not a number", DIGITS),
    "full-width digits": _value("６", "６ is not a number", DIGITS),
    "exponent": _value("1e3", "1e3 is not a number", DIGITS),
    "not a number": _value(".nan", ".nan is not a number", DIGITS),
    "leading zero": _value("06", "06 is not a number", DIGITS),
    "negative zero": _value("-0.0", "-0.0 is not a number", DIGITS),
    "list for a value": _value("[6]", "is a list where one value", "on this line"),
    "mapping for a value": _value("{a: 6}", "is a mapping where one value", "on this line"),
    "empty value": _gdp("kind: quantitative", "▶kind:", "kind", "is empty", "write a value"),
    "null": _gdp("section: 1", "▶section: null", "section", "is empty", "write a value"),
    "no such day": _gdp(
        "deadline: 2030-12-31", "▶deadline: 2030-02-30", "deadline", "no day of", "correct month"
    ),
    "date the other way round": _gdp(
        "deadline: 2030-12-31", "▶deadline: 31/12/2030", "deadline", "not a date", "YYYY-MM-DD"
    ),
    "no year": _gdp("period: 2030", "▶period: 30", "period", "30 is not a year", "write 2025"),
    "years backwards": _gdp(
        "period: 2030", "▶period: 2030/2029", "period", "ends before", "earlier year first"
    ),
    "misspelt code": _gdp(
        "measure: growth", "▶measure: grwoth", "measure", "not a known code", "mean growth?"
    ),
    "code in capitals": _gdp("measure: growth", "▶measure: GROWTH", "measure", "code", "growth?"),
    "code beyond guessing": _gdp(
        "strength: expect", "▶strength: yes", "strength", "yes is not", "commit, expect, strive"
    ),
    "misspelt key": _gdp(
        "  caveats:\n", "  ▶caveat:\n", "caveat", "is not a key", "did you mean caveats?"
    ),
    "key in capitals": _gdp("  caveats:\n", "  ▶Caveats:\n", "Caveats", "not a key", "caveats?"),
    "key with a dot": _gdp("  caveats:\n", "  ▶a.b:\n", "a.b", "is not a key", "use one of"),
    "key that is a number": _gdp("  caveats:\n", "  ▶3:\n", "3", "is not a key", "use one of"),
    "key that is a superscript": _gdp("  caveats:\n", "  ▶²:\n", "²", "is not a key", "use one"),
    "key of the machinery": _gdp("  caveats:\n", "  ▶_schema:\n", "_schema", "not a key", "use"),
    "key that is computed": _gdp(
        "  caveats:\n", "  ▶value_base:\n", "value_base", "is computed", "remove the key"
    ),
    "unknown key within": _gdp(
        "    quote:", "    ▶qoute: x\n    quote:", "source.qoute", "not a key", "mean quote?"
    ),
    "identifier in capitals": Broken(
        PROJECTS, {"- id: river-banks": "- ▶id: River-Banks"}, "River-Banks", "id", "is not", "use"
    ),
    "paragraph zero": _gdp(
        "paragraph: 2", "▶paragraph: 0", "source.paragraph", "number from 1 up", "plain digits"
    ),
    "negative offset": _gdp("start: 22", "▶start: -22", "source.start", "-22 is", "plain digits"),
    "blank": _zh('" "', "is blank", "write the text or leave the key out"),
    "formula": _zh('"=1+1"', "starts with '='", "begin with a letter"),
    "full-width formula": _zh("＝1+1", "starts with '＝'", "begin with a letter"),
    "white space at the end": _zh('"增长率 "', "white space", "remove it"),
    "several lines": _zh('"增\\n长"', "runs over several lines", "write it on one line"),
    "list separator": _zh("增|长", "holds '|'", "another punctuation mark"),
    "zero-width space": _zh('"增\\u200b长"', "(U+200B)", "remove them"),
    "soft hyphen": _zh('"增\\u00ad长"', "(U+00AD)", "remove them"),
    "hidden tag letter": _zh('"增\\U000e0041长"', "(U+E0041)", "remove them"),
    "damaged character": _zh("增\ufffd长", "(U+FFFD)", "remove them"),
    "decomposed letters": _zh('"增e\\u0301长"', "not in Unicode NFC", "composed form"),
    "too long": _zh("长" * 3001, "has 3001 characters", "use at most 3000 of them"),
    "Chinese for English": _gdp(
        "en: Growth of gross regional product", "▶en: 增长率", "title.en", "not English", "write"
    ),
    "one language only": _gdp(
        "  title:\n    zh: 地区生产总值增长率\n", "  ▶title:\n", "title.zh", "is missing", "add it"
    ),
    "text for a mapping": _gdp(
        "  title:\n    zh: 地区生产总值增长率\n    en: Growth of gross regional product\n",
        "  ▶title: 增长率\n",
        *("title", "is not a mapping", "write key: value lines"),
    ),
    "text for a list": Broken(
        PROJECTS,
        {"aliases:\n    - 水泵厂": "▶aliases: 水泵厂"},
        "pump-factory",
        "aliases",
        "is not a list",
        LIST,
    ),
    "empty member": Broken(
        PROJECTS,
        {"    - 水泵厂": "    -▶\n    - 水泵厂"},
        "pump-factory",
        "aliases.0",
        "is empty",
        "",
    ),
    "repeated member": Broken(
        PROJECTS,
        {"    - 水泵厂": "    - 水泵厂\n    - 泵厂\n    - ▶水泵厂"},
        *("pump-factory", "aliases.2", "stands twice in this list", "remove one"),
    ),
    "repeated group": Broken(
        GLOSSARY,
        {"    - zh: 东岸": "    - ▶zh: 柳溪"},
        *("river-and-banks", "members.1", "stands twice in this list", "remove one"),
    ),
    "no members": _about("themes:\n  - econ", "▶themes: []", "themes", "too few", "at least 1"),
    "bad address": _about(
        "  url: https://example.org/\n",
        "  ▶url: example.org\n",
        "publisher.url",
        "http",
        "https://",
    ),
    "hidden characters in an address": _about(
        "  url: https://example.org/\n",
        '  ▶url: "https://example.org/\\u202e"\n',
        *("publisher.url", "is not an http(s) address", "write it in full"),
    ),
    "bad mail address": _about(
        "email: data@example.org", "▶email: data", "contact.email", "mail address", "name@host"
    ),
    "mail address that is a formula": _about(
        "email: data@", "▶email: -data@", "contact.email", "not a mail address", "name@host"
    ),
    "digest in capitals": Broken(
        DATASET, {"sha256: 9cf1": "▶sha256: 9CF1"}, "report", "sha256", "SHA-256", "64 lower-case"
    ),
    "language that is none": _about(
        "languages:\n  - zh", "languages:\n  - ▶cn", "languages.0", "cn is not", "use one of en, zh"
    ),
}


@pytest.mark.parametrize("broken", FIELDS.values(), ids=FIELDS.keys())
def test_a_wrong_value_is_named_where_it_stands(broken: Broken, datasets: Path) -> None:
    """One problem, with the place, record, field, what is wrong and what to write instead."""
    broken.check(datasets)

"""Printed: names, titles, parties, places and aliases are made of the printed characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from opendata.audit.matching import stands_in_pieces
from opendata.audit.places import span_of
from opendata.audit.repairs import DAMAGE, damaged
from opendata.audit.source import SourceText
from opendata.audit.wording import ACTIONS, any_of
from opendata.errors import Fault
from opendata.reader import Version
from opendata.reader.yaml import Path

_VERBS = any_of(verb for verbs in ACTIONS.values() for verb in verbs)
#: What a party or a place may leave out: other things of the list it stands in.
_LIST = re.compile("[、等(]")
#: What a name or a title may leave out too: a verb in front of the thing, 和 and what it joins.
_MORE = re.compile(rf"[、等(和与及]|^({_VERBS}|项目|工作)")
#: What a title of a figure may add: words of counting.
_COUNTED = frozenset("数率额幅度总的()")
_LATIN = re.compile(r"[A-Za-z0-9+.]*[A-Za-z][A-Za-z0-9+.]*")
_SIGNS = re.compile("[A-Za-z0-9+]")
#: The report says 我区 where a title says 全区.
_OURS = str.maketrans("我", "全")


def check_printed(version: Version, source: SourceText) -> dict[str, int]:
    """Check the Chinese names of every record; return how many were checked and agree."""
    injected = damaged(version, "injected_text")
    checked = agreeing = 0
    for name, records in version.collections.items():
        for index, record in enumerate(records):
            place = source.whole_sentences(span_of(record["source"]))
            if name == "glossary":
                place = source.paragraph(place.paragraph) or place
            sentence = source[place]
            for token in injected:
                sentence = sentence.replace(token, "")
            for path, text in _names(record):
                fault = _fault(name, path, text, record, sentence, version)
                checked += 1
                agreeing += fault is None
                if fault:
                    version.files[name].problem((index, *path), fault)
            if record.get("action") == "support" and not record["parties"]:
                fault = Fault("is missing, but somebody is supported", "name who is")
                version.files[name].problem((index, "parties"), fault)
    return {"checked": checked, "agreeing": agreeing}


def _names(record: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for field in ("title", "name", "term", "location"):
        if record.get(field):
            yield (field, "zh"), record[field]["zh"]
    yield from ((("aliases", at), alias) for at, alias in enumerate(record.get("aliases", ())))
    for at, party in enumerate(record.get("parties", ())):
        yield ("parties", at, "zh"), party["zh"]


def _fault(
    name: str,
    path: Path,
    text: str,
    record: Mapping[str, Any],
    sentence: str,
    version: Version,
) -> Fault | None:
    fix = "write it as it is printed"
    caveats = [c["text"]["zh"] for c in record["caveats"] if c["code"] in DAMAGE]
    said = _words(" ".join([sentence, *caveats]))
    for word in _LATIN.findall(text):
        if word.casefold() not in said:
            return Fault(f"holds {word}, which neither the report nor a caveat prints", fix)
    if name == "targets":
        more = _labels(version, record) if record["indicator"] else ""
        left = _letters(text) - _letters("".join([sentence, more, *caveats])) - _COUNTED
        if left:
            shown = "".join(sorted(left))
            return Fault(f"holds {shown}, which the sentence does not print", fix)
        return None
    gap = _MORE if path[0] in ("title", "name", "term") else _LIST
    if caveats:
        text, sentence = _SIGNS.sub("", text), _SIGNS.sub("", sentence)
    if not stands_in_pieces(sentence.translate(_OURS), text.translate(_OURS), gap):
        return Fault(f"{text} is not what the sentence prints", fix)
    return None


def _labels(version: Version, record: Mapping[str, Any]) -> str:
    indicator = version.lists["indicators"][record["indicator"]]
    return "".join([indicator["label"]["zh"], *indicator.get("alt_labels", ())])


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _LATIN.findall(text)}


def _letters(text: str) -> set[str]:
    table = str.maketrans("（），：；", "(),:;")
    return set(re.sub(r"[“”\s·]", "", text.translate(table)).casefold())

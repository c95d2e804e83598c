"""What changes are told of, and the parameters by which they are asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from opendata.query.checks import check, repeated, unknown
from opendata.query.faults import RequestFault, Telling, told
from opendata.query.parameters import DEFAULT_LIMIT, MAX_LIMIT, Parameter
from opendata.records import COLLECTIONS
from opendata.records.patterns import DRAFT, VersionNumber
from opendata.vocabularies import CHANGE_KINDS, LANGUAGES, OPEN, PARTS, Label

#: Every part of a version that is compared with that of another, in the order changes are told:
#: its collections, the parts of its description, and the entries of the code lists that it uses.
COMPARED = (
    *COLLECTIONS,
    *(code for code in PARTS if code not in COLLECTIONS),
    *(f"vocabularies/{name}" for name in OPEN),
)

_DAY = r"(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_CLOCK = r"([01][0-9]|2[0-3]):[0-5][0-9]"
#: A plus in an address is a space (RFC 3339 for the rest).
_TIME = rf"[Tt]{_CLOCK}:[0-5][0-9](\.[0-9]{{1,9}})?([Zz]|[ +-]{_CLOCK})"
#: The part, what goes by which name there, the direction, and a check.
_CURSOR = r"[a-z_/]{1,40}~[^~,\s]{1,120}~[np][0-9a-f]{8}"


_VERSION_FORM = Label("应为版本号，如 1.0.0。", "write a version, such as 1.0.0.")
#: What a point in time is written like.
SINCE_FORM = Label(
    "应为版本号（如 1.0.0）、有效的日期（如 2027-01-31）"
    "或带时区的时间（如 2027-01-31T08:00:00Z）。",
    "write a version such as 1.0.0, a day of the calendar such as 2027-01-31, or a moment with its "
    "zone, such as 2027-01-31T08:00:00Z.",
)


def _list(name: str, codes: Iterable[str], about: Label) -> Parameter:
    items = {"type": "string", "enum": list(codes)}
    return Parameter(
        name=name,
        schema={
            "type": "array",
            "items": items,
            "minItems": 1,
            "maxItems": len(items["enum"]),
            "uniqueItems": True,
        },
        about=about,
    )


def _version(name: str, about: Label) -> Parameter:
    pattern = f"^({VersionNumber.pattern}|{DRAFT})$"
    schema = {"type": "string", "pattern": pattern, "maxLength": 30}
    return Parameter(name=name, schema=schema, about=about, form=_VERSION_FORM)


_LIMIT = Parameter(
    name="limit",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    about=Label(
        f"返回多少条；JSON 和网页默认 {DEFAULT_LIMIT} 条，CSV 默认全部。",
        f"How many to give; {DEFAULT_LIMIT} where absent as JSON and as a page, all as CSV.",
    ),
)
_CURSOR_PARAMETER = Parameter(
    name="cursor",
    schema={"type": "string", "pattern": f"^{_CURSOR}$", "maxLength": 200},
    about=Label(
        "从此处继续；取自 links.next 或 links.prev，不要自行拼写。",
        "Go on from here; taken from `links.next` or `links.prev` of a page of the same query, "
        "never made by hand: one of another query is refused.",
    ),
)
_LANG = Parameter(
    name="lang",
    schema={"type": "string", "enum": list(LANGUAGES)},
    about=Label(
        "网页的语言；未给时按 Accept-Language，否则中文。",
        "Language of the page; by Accept-Language where absent, else Chinese.",
    ),
)
_COLLECTION = _list(
    "collection", COMPARED, Label("只要这些部分的。", "Tell of these parts of the dataset only.")
)

#: The parameters of changes.
CHANGES = {
    parameter.name: parameter
    for parameter in (
        _version(
            "from",
            Label(
                "较早的版本；未给时为 to 的前一版本。",
                "The earlier version; the one before `to` where absent.",
            ),
        ),
        _version(
            "to", Label("较晚的版本；未给时为最新版本。", "The later version; else the latest.")
        ),
        Parameter(
            name="since",
            schema={
                "type": "string",
                "pattern": f"^({VersionNumber.pattern}|{_DAY}|{_DAY}{_TIME})$",
                "maxLength": 40,
            },
            about=Label(
                "自此以来：版本号；或时间（RFC 3339，精确到秒，带时区），即此刻之后首次发布的版本；"
                "或日期，即自当日零时（UTC）起。不能与 from 同用。",
                "What changed since: a version; a moment (RFC 3339, to the second, with its zone), "
                "for the versions first published here after it; or a date, for those published "
                "from the beginning of that day (UTC) on. Excludes `from`.",
            ),
            form=SINCE_FORM,
        ),
        _COLLECTION,
        _list(
            "kind", CHANGE_KINDS, Label("只要这些类型的变更。", "Tell these kinds of change only.")
        ),
        _LIMIT,
        _CURSOR_PARAMETER,
        _LANG,
    )
}

#: The parameters of corrections.
CORRECTIONS = {
    parameter.name: parameter
    for parameter in (
        _list("collection", PARTS, Label("只要这些部分的。", "Tell of these parts only.")),
        _LIMIT,
        _CURSOR_PARAMETER,
        _LANG,
    )
}


class Mark(NamedTuple):
    """A place among changes or corrections, and whether to go back to the beginning from it."""

    part: str
    name: str
    backward: bool = False

    def text(self, scope: str) -> str:
        """Return the mark as a cursor; ``scope`` is what is asked, the same on every page."""
        place = f"{self.part}~{self.name}~{'p' if self.backward else 'n'}"
        return place + hashlib.sha256(f"{place} {scope}".encode()).hexdigest()[:8]


def read_mark(text: str) -> Mark:
    """Return the place that ``text``, which has the form of a cursor, says it stands for."""
    part, name, direction = text.split("~")
    return Mark(part, name, direction.startswith("p"))


def read_parameters(
    arguments: Sequence[tuple[str, Sequence[str]]], allowed: Mapping[str, Parameter]
) -> tuple[dict[str, Any], list[RequestFault]]:
    """Return what is given, by name, and everything that is wrong with it."""
    given: dict[str, Any] = {}
    faults: list[Telling] = []
    for name, texts in arguments:
        parameter = allowed.get(name)
        if parameter is None:
            faults.append(partial(unknown, name, list(allowed)))
        elif len(texts) > 1 and not parameter.listed:
            faults.append(partial(repeated, name))
        else:
            values, wrong = check(parameter, ",".join(texts))
            faults += wrong
            if not wrong:
                given[name] = values if parameter.listed else values[0]
    return given, told(faults)

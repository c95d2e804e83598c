"""The parameters of ``/v1/changes``: since when, how many, and where to go on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from opendata.query.checks import check, repeated, shown, unknown
from opendata.query.faults import RequestFault, Telling, told
from opendata.query.parameters import DEFAULT_LIMIT, MAX_LIMIT, Parameter
from opendata.query.values import Kind, encode
from opendata.records.patterns import Slug, VersionNumber
from opendata.vocabularies import Label

#: RFC 3339 §5.6: a date, or a time with its zone.
_WRITTEN = re.compile(
    r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?", re.ASCII | re.IGNORECASE
)
_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z"

SINCE = Parameter(
    name="since",
    schema={
        "type": "string",
        "anyOf": [{"format": "date-time"}, {"format": "date"}],
        "maxLength": 40,
    },
    about=Label(
        "此时或此后发布的版本；日期指世界时零点，时间须带时区（加号写作 %2B）。",
        "Versions that were published then or later; a date means its midnight in UTC, a time "
        "has a zone (a plus sign is written %2B).",
    ),
)
_LIMIT = Parameter(
    name="limit",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    about=Label(
        f"返回多少条；JSON 默认 {DEFAULT_LIMIT} 条，CSV 默认全部。",
        f"How many versions to give; as JSON {DEFAULT_LIMIT} where absent, all of them as CSV.",
    ),
)
_CURSOR = Parameter(
    name="cursor",
    schema={
        "type": "string",
        "pattern": f"^{_MOMENT}~{Slug.pattern}~{VersionNumber.pattern}$",
        "maxLength": 200,
    },
    about=Label(
        "只要此处之后的；取自 links.next 或 meta.cursor，后者供下次再来时使用。",
        "Only what comes after; taken from `links.next`, or from `meta.cursor` to go on with "
        "another day. It never gets lost.",
    ),
)
PARAMETERS = {parameter.name: parameter for parameter in (SINCE, _LIMIT, _CURSOR)}


@dataclass(frozen=True, slots=True)
class Since:
    """What is asked: versions from the moment ``since`` on, beyond the position ``after``.

    ``since`` is RFC 3339 in UTC to the second, ``after`` a place in time as stores keep it.
    """

    since: str = ""
    after: str = ""
    limit: int | None = None


def read_since(arguments: Sequence[tuple[str, Sequence[str]]]) -> tuple[Since, list[RequestFault]]:
    """Return what the parameters of a request ask, and everything that is wrong with it."""
    faults: list[Telling] = []
    since, after, limit = "", "", None
    for name, texts in arguments:
        parameter = PARAMETERS.get(name)
        if parameter is None:
            faults.append(partial(unknown, name, list(PARAMETERS)))
        elif len(texts) > 1:
            faults.append(partial(repeated, name))
        elif parameter is SINCE:
            moment = _moment(texts[0])
            since = moment or since
            faults += [] if moment else [partial(_no_moment, texts[0])]
        else:
            values, wrong = check(parameter, texts[0])
            faults += wrong
            if not wrong and parameter is _LIMIT:
                limit = int(values[0])
            elif not wrong:
                published, dataset, version = values[0].split("~")
                after = "~".join((published, dataset, encode(Kind.VERSION, version)))
    return Since(since, after, limit), told(faults)


def cursor_of(position: str) -> str:
    """Return a place in time as cursors carry it."""
    published, dataset, version = position.split("~")
    return "~".join((published, dataset, _plain(version)))


def _plain(version: str) -> str:
    return ".".join(str(int(part)) for part in version.split("."))


def _moment(text: str) -> str | None:
    """Return a date, or a time with its zone, in UTC; ``None`` where it is neither."""
    if not _WRITTEN.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text.upper())
        in_utc = moment.astimezone(UTC) if moment.tzinfo else moment  # a date's midnight
        return f"{in_utc.replace(tzinfo=None, microsecond=0).isoformat()}Z"
    except (ValueError, OverflowError):
        return None


def _no_moment(text: str) -> RequestFault:
    message = Label(
        f"“{shown(text)}”不是时间；写成 2026-11-24 或 2026-11-24T15:03:22Z，"
        "加号须写作 %2B：2026-11-24T23:03:22%2B08:00。",
        f"{shown(text)!r} is no time; write 2026-11-24 or 2026-11-24T15:03:22Z, and a plus sign "
        "as %2B: 2026-11-24T23:03:22%2B08:00.",
    )
    return RequestFault("since", "wrong_form", message)

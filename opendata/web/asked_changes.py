"""Which changes a request asks for: the two versions, the parts and kinds, and where to go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

import orjson
from flask import request

from opendata.errors import nearest
from opendata.query.changes import (
    CHANGES,
    COMPARED,
    SINCE_FORM,
    Mark,
    read_mark,
    read_parameters,
)
from opendata.query.faults import RequestFault
from opendata.store import Place, Span, Store, VersionRow
from opendata.vocabularies import CHANGE_KINDS, Label
from opendata.web import query
from opendata.web.lookup import gone
from opendata.web.problems import ProblemError

FOREIGN = Label(
    "这个游标属于另一个查询，或已被改动；请使用这个查询的 links.next 或 links.prev。",
    "belongs to another query or was altered; take it from links.next or links.prev of this query.",
)
_NO_VERSION = Label(
    "没有这个版本，见 errors。", "There is no such version of the dataset; see errors."
)
_CONTRADICTION = Label(
    "参数互相矛盾，见 errors。", "The parameters contradict each other; see errors."
)
_LEAST = timedelta(microseconds=1)
#: The parameters that name versions.
_VERSIONS = ("from", "to", "since")
#: What is wrong with parameters only beside each other.
_TOGETHER = ("out_of_range", "unfit_field")
_TWO_STARTS = Label("不能与 from 同时给出。", "cannot be given together with from.")


@dataclass(frozen=True, slots=True)
class AskedChanges:
    """What is asked: ``old`` is ``None`` for nothing at all, before the first version.

    ``arguments`` ask for the same changes once more, whatever is released later.
    """

    old: VersionRow | None
    new: VersionRow
    first: VersionRow
    places: tuple[int, ...]
    kinds: tuple[str, ...]
    limit: int | None
    start: Place | None
    language: str | None
    arguments: dict[str, str]
    scope: str

    @property
    def span(self) -> Span:
        """The versions whose changes are put together."""
        after = self.old.version_key if self.old else self.first.version_key - 1
        return Span(self.new.dataset, after, self.new.version_key)


def asked_changes(
    current: Store, path: str, held: Sequence[VersionRow], *, page: bool
) -> AskedChanges:
    """Return what the request asks for.

    :param held: the versions of the dataset, oldest first.
    :param page: whether the answer is a page for people, which has a language.
    :raises ProblemError: 400, naming every fault; 404 where a version is not there; 409 where
        what the cursor names is not, or where parameters contradict each other.
    """
    allowed = {n: p for n, p in CHANGES.items() if page or n != "lang"}
    given, faults = read_parameters(list(request.args.lists()), allowed)
    new = _named(held, given, "to", faults) or held[-1]
    old = _start(held, given, new, faults)
    if old and "to" in given and old.version_key > new.version_key:
        faults.append(_too_late(old, new, "since" if "since" in given else "from"))
    arguments = _pinned(old, new, query.arguments())
    scope = f"{path} {old.version if old else ''} {new.version} " + repr(
        (given.get("collection"), given.get("kind"))
    )
    _refuse(faults)
    start = _place(current, new.dataset, given["cursor"], scope) if "cursor" in given else None
    parts = given.get("collection", COMPARED)
    return AskedChanges(
        old,
        new,
        held[0],
        tuple(place for place, name in enumerate(COMPARED) if name in parts),
        tuple(kind for kind in CHANGE_KINDS if kind in given.get("kind", CHANGE_KINDS)),
        int(given["limit"]) if "limit" in given else None,
        start,
        given.get("lang"),
        arguments,
        scope,
    )


def _refuse(faults: list[RequestFault]) -> None:
    absent = [f for f in faults if f.parameter in _VERSIONS and f.code == "unknown_value"]
    if absent:
        raise ProblemError(404, _NO_VERSION, faults)
    # each is in order by itself
    if faults and all(f.parameter in _VERSIONS and f.code in _TOGETHER for f in faults):
        raise ProblemError(409, _CONTRADICTION, faults)
    query.refuse(faults)


def _place(current: Store, dataset: str, text: str, scope: str) -> Place:
    mark = read_mark(text)
    if mark.part not in COMPARED:
        raise gone()
    place = Place(COMPARED.index(mark.part), mark.name, mark.backward)
    if not current.log.knows(dataset, place):
        raise gone()
    if mark.text(scope) != text:
        query.refuse([RequestFault("cursor", "foreign_cursor", FOREIGN)])
    return place


def cursor(asked: AskedChanges, place: int, thread: str, *, backward: bool) -> str:
    """Return the cursor that goes on from a change."""
    return Mark(COMPARED[place], thread, backward).text(asked.scope)


def _named(
    held: Sequence[VersionRow], given: Mapping[str, Any], name: str, faults: list[RequestFault]
) -> VersionRow | None:
    if name not in given:
        return None
    number = given[name]
    found = next((version for version in held if version.version == number), None)
    if found is None:
        known = [version.version for version in held]
        message = Label(f"没有 {number} 版。", f"there is no version {number}.")
        near = nearest(number, known)
        faults.append(RequestFault(name, "unknown_value", message, known, near))
    return found


def _start(
    held: Sequence[VersionRow],
    given: Mapping[str, Any],
    new: VersionRow,
    faults: list[RequestFault],
) -> VersionRow | None:
    """Return the version to compare with; ``None`` where there is none so early."""
    if "since" in given and "from" in given:
        faults.append(RequestFault("since", "unfit_field", _TWO_STARTS))
    if "from" in given:
        return _named(held, given, "from", faults)
    if "since" not in given:
        earlier = [version for version in held if version.version_key < new.version_key]
        return earlier[-1] if earlier else None
    since: str = given["since"]
    if "-" not in since:
        return _named(held, given, "since", faults)
    try:
        moment = _moment(since)
    except (ValueError, OverflowError):
        faults.append(RequestFault("since", "wrong_form", SINCE_FORM))
        return None
    before = [version for version in held if version.version_key <= new.version_key]
    known = list(takewhile(lambda v: datetime.fromisoformat(v.published) <= moment, before))
    return known[-1] if known else None


def _moment(since: str) -> datetime:
    """Return the moment after which versions count as new; of a day, the last before it."""
    if len(since) == len("2027-01-31"):
        return datetime.combine(date.fromisoformat(since), time(), UTC) - _LEAST
    # a plus in an address is a space
    return datetime.fromisoformat(since.upper().replace(" ", "+"))


def released(version: VersionRow) -> str | None:
    """Return the day a version was released on; ``None`` of a draft."""
    found: str | None = orjson.loads(version.meta)["released"]
    return found


def _too_late(old: VersionRow, new: VersionRow, name: str) -> RequestFault:
    message = Label(
        f"{old.version} 版晚于 to 的 {new.version} 版；请对调。",
        f"version {old.version} is later than {new.version}, which is `to`; swap the two.",
    )
    return RequestFault(name, "out_of_range", message)


def _pinned(old: VersionRow | None, new: VersionRow, given: dict[str, str]) -> dict[str, str]:
    found = {**given, "to": new.version}
    if old is not None:
        found.pop("since", None)
        found["from"] = old.version
    return found

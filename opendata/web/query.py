"""What a request asks for: every parameter checked, every fault reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from opendata.errors import choose_from, listed, nearest
from opendata.formats import EXCEL_EN, EXCEL_ZH, JSON, MACHINE, Representation
from opendata.records import Collection, Column
from opendata.spec import CURSOR, DEFAULT_LIMIT, MAX_LIMIT
from opendata.spec.parameters import (
    PROFILES,
    filter_names,
    filter_schema,
    record_names,
    setting_names,
)
from opendata.store.reading import Position
from opendata.vocabularies import LANGUAGES, Label
from opendata.web.problems import ProblemError, RequestFault

_LANGUAGES = tuple(LANGUAGES)
_DETAIL = Label("请求参数有误，见 errors。", "The request has faults; see errors.")


@dataclass(frozen=True, slots=True)
class Query:
    """A checked query of a collection.

    ``limit`` is ``None`` where all rows are wanted; ``after`` is the row to go on from;
    ``expand`` names the links whose records are embedded.
    """

    filters: Mapping[str, str]
    limit: int | None
    after: Position | None
    representation: Representation
    expand: tuple[str, ...] = ()


def none(*allowed: str) -> None:
    """Refuse every parameter that is not ``allowed``.

    :raises ProblemError: 400, naming each.
    """
    faults = [_unknown(name, allowed) for name in request.args if name not in allowed]
    if faults:
        raise ProblemError(400, _DETAIL, faults)


def language() -> str | None:
    """Return the language that the request names, where that is all it may name.

    :raises ProblemError: 400, naming every fault.
    """
    none("lang")
    asked = request.args.getlist("lang")
    if not asked:
        return None
    if len(asked) > 1 or asked[0] not in _LANGUAGES:
        names = ", ".join(_LANGUAGES)
        message = Label(f"应为以下之一，只给一次：{names}。", f"must be one of {names}, once.")
        raise ProblemError(400, _DETAIL, [RequestFault("lang", message, list(_LANGUAGES))])
    return asked[0]


def expansion(collection: Collection, representation: Representation) -> tuple[str, ...]:
    """Return the links whose records a request of one record wants embedded.

    :raises ProblemError: 400, naming every fault.
    """
    settings = record_names(collection) if representation is JSON else []
    reader = _Reader(collection, representation, {}, settings, {})
    reader.read_all()
    return reader.expand


def read(
    collection: Collection,
    representation: Representation,
    *,
    across: bool,
    codes: Mapping[str, list[str]],
) -> Query:
    """Return the query of this request.

    :param representation: the one that was negotiated; a CSV profile is chosen here.
    :param across: whether the address spans datasets, so that these can be filtered on.
    :param codes: the codes of the open lists.
    :raises ProblemError: 400, naming every fault.
    """
    table = representation.suffix == "csv"
    columns = {name: collection.filters[name] for name in filter_names(collection, across=across)}
    settings = setting_names(collection, table=table)
    reader = _Reader(collection, representation, columns, settings, codes)
    reader.read_all()
    limit = reader.limit or (None if table else DEFAULT_LIMIT)
    return Query(reader.filters, limit, reader.after, reader.chosen(), reader.expand)


class _Reader:
    """Reads parameters one by one and collects what is wrong with them."""

    def __init__(
        self,
        collection: Collection,
        representation: Representation,
        columns: Mapping[str, Column],
        settings: Iterable[str],
        codes: Mapping[str, list[str]],
    ) -> None:
        self.faults: list[RequestFault] = []
        self.filters: dict[str, str] = {}
        self.limit: int | None = None
        self.after: Position | None = None
        self.expand: tuple[str, ...] = ()
        self._representation = representation
        self._codes = codes
        self._profile = PROFILES[0]
        self._language: str | None = None
        self._columns = columns
        self._links = list(collection.links)
        known = {
            "limit": self._read_limit,
            "cursor": self._read_cursor,
            "expand": self._read_expand,
            "profile": self._read_profile,
            "lang": self._read_language,
        }
        self._settings = {name: known[name] for name in settings}

    def read_all(self) -> None:
        """Read every parameter of the request.

        :raises ProblemError: 400, naming every fault.
        """
        for name, values in request.args.lists():
            self._read(name, values)
        if self.faults:
            raise ProblemError(400, _DETAIL, self.faults)

    def _read(self, name: str, values: list[str]) -> None:
        if name not in self._columns and name not in self._settings:
            self.faults.append(_unknown(name, [*self._columns, *self._settings]))
        elif len(values) > 1:
            message = Label("重复出现，只能给一次。", "is given more than once; give it once.")
            self.faults.append(RequestFault(name, message))
        elif name in self._columns:
            self._filter(name, values[0])
        else:
            self._settings[name](values[0])

    def chosen(self) -> Representation:
        """Return the representation, in the profile and language that were asked for."""
        if self._representation.suffix != "csv" or self._profile == "machine":
            return MACHINE if self._representation.suffix == "csv" else self._representation
        language = self._language or request.accept_languages.best_match(_LANGUAGES, "zh")
        return EXCEL_EN if language == "en" else EXCEL_ZH

    def _filter(self, name: str, value: str) -> None:
        schema = filter_schema(self._columns[name], self._codes)
        allowed: list[str] | None = schema.get("enum")
        if allowed is not None and value not in allowed:
            self._refuse(name, value, allowed)
        elif allowed is None and not _fits(schema, value):
            message = Label(
                f"“{_short(value)}”的形式不对，应符合 {schema['pattern']}。",
                f"{_short(value)!r} has the wrong form; it must match {schema['pattern']}.",
            )
            self.faults.append(RequestFault(name, message))
        else:
            self.filters[name] = value

    def _read_limit(self, value: str) -> None:
        if re.fullmatch(r"[0-9]{1,4}", value, re.ASCII) and 1 <= int(value) <= MAX_LIMIT:
            self.limit = int(value)
            return
        message = Label(
            f"应为 1 至 {MAX_LIMIT} 的整数。", f"must be a whole number from 1 to {MAX_LIMIT}."
        )
        self.faults.append(RequestFault("limit", message))

    def _read_cursor(self, value: str) -> None:
        if len(value) <= 200 and re.fullmatch(CURSOR, value, re.ASCII):
            dataset, version, nth = value.split("~")
            self.after = Position(dataset, version, int(nth))
            return
        message = Label(
            "不是有效的游标；请使用 links.next 中的游标，或从第一页重新开始。",
            "is no cursor; take it from links.next, or start again at the first page.",
        )
        self.faults.append(RequestFault("cursor", message))

    def _read_expand(self, value: str) -> None:
        names = value.split(",")
        self.expand = tuple(dict.fromkeys(names))
        for name in self.expand:
            if name not in self._links:
                self._refuse("expand", name, self._links)
            elif names.count(name) > 1:
                message = Label(f"{name} 重复出现。", f"names {name} more than once.")
                self.faults.append(RequestFault("expand", message, self._links))

    def _read_profile(self, value: str) -> None:
        if value in PROFILES:
            self._profile = value
        else:
            self._refuse("profile", value, list(PROFILES))

    def _read_language(self, value: str) -> None:
        if value in _LANGUAGES:
            self._language = value
        else:
            self._refuse("lang", value, list(_LANGUAGES))

    def _refuse(self, name: str, value: str, allowed: list[str]) -> None:
        message = Label(
            f"没有“{_short(value)}”这个代码；{_advice_zh(value, allowed)}",
            f"{_short(value)!r} is not a known code; {choose_from(value, allowed)}",
        )
        self.faults.append(RequestFault(name, message, allowed))


def _unknown(name: str, allowed: Any) -> RequestFault:
    message = Label(
        f"没有这个参数；{_advice_zh(name, allowed)}",
        f"is not a parameter here; {choose_from(name, allowed)}",
    )
    return RequestFault(_short(name), message, sorted(allowed))


def _advice_zh(value: str, allowed: Iterable[str]) -> str:
    choices = sorted(allowed)
    near = nearest(value, choices)
    if near:
        return f"是否指 {near}？"
    return f"可用：{listed(choices)}" if choices else "此处不接受参数"


def _fits(schema: Mapping[str, Any], value: str) -> bool:
    if len(value) > schema["maxLength"]:
        return False
    return re.fullmatch(schema["pattern"], value, re.ASCII) is not None


def _short(value: str) -> str:
    return value if len(value) <= 60 else value[:59] + "…"

"""The arguments of an action: from the address, a form or JSON, and what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from flask import request

from opendata.web.ckan.faults import BadRequestError, invalid

#: Bytes of a body; a query that names hundreds of organizations has a few thousand.
LONGEST_BODY = 1 << 20
#: Numbers in arguments.
_LARGEST = 1_000_000_000

_TRUTH = {
    **dict.fromkeys(("true", "yes", "on", "y", "t", "1"), True),
    **dict.fromkeys(("false", "no", "off", "n", "f", "0", "none"), False),
}


def sent() -> dict[str, Any]:
    """Return the arguments of the request; a parameter that is sent several times is a list.

    Those of the body come before those of the address.

    :raises BadRequestError: where a body is neither a form nor a JSON object.
    """
    given = _mixed(request.args.to_dict(flat=False))
    if request.method != "POST":
        return given
    request.max_content_length = LONGEST_BODY
    body = request.get_data()
    if body.lstrip()[:1] == b"{" or request.mimetype.endswith("json"):
        return given | _json(body)
    return given | _mixed(request.form.to_dict(flat=False))


def _mixed(lists: Mapping[str, list[str]]) -> dict[str, Any]:
    return {name: texts[0] if len(texts) == 1 else texts for name, texts in lists.items()}


def _json(body: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise BadRequestError(f"JSON Error: Error decoding JSON data. Error: {error}") from error
    if not isinstance(found, dict):
        raise BadRequestError("JSON Error: Request data has to be a JSON object (dictionary).")
    return found


class Arguments:
    """Arguments as they are asked for. Faults are gathered until :meth:`check` tells them all."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = {name: value for name, value in given.items() if value is not None}
        self._faults: dict[str, list[str]] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._given

    def names(self) -> list[str]:
        """Return the names of what is given."""
        return list(self._given)

    def value(self, name: str) -> Any:
        """Return what is given, as it was sent."""
        return self._given.get(name)

    def check(self) -> None:
        """Do nothing where all that was asked for is valid.

        :raises ActionError: 409, with every fault.
        """
        if self._faults:
            raise invalid(self._faults)

    def fault(self, name: str, message: str) -> None:
        """Remember what is wrong with an argument."""
        self._faults.setdefault(name, []).append(message)

    def needed(self, *names: str) -> str:
        """Return the text of the first argument that is given; there must be one.

        :raises ActionError: 409, where none is.
        """
        for name in names:
            if text := self.text(name):
                return text
        if not self._faults:
            self.fault(names[0], "Missing value")
        raise invalid(self._faults)

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        value = self._given.get(name, default)
        if isinstance(value, str):
            return value
        if isinstance(value, (int, float)):
            return str(value)
        self.fault(name, "Must be a Unicode string value")
        return default

    def natural(self, name: str, default: int, most: int = _LARGEST) -> int:
        """Return a number from 0 up; one above ``most`` is lowered to it, as CKAN does."""
        return min(self._number(name, default, least=0), most)

    def integer(self, name: str, default: int) -> int:
        """Return a whole number."""
        return self._number(name, default, least=-_LARGEST)

    def _number(self, name: str, default: int, least: int) -> int:
        value = self._given.get(name, default)
        try:
            number = int(value) if isinstance(value, (str, int)) else None
        except ValueError:
            number = None
        if number is None or abs(number) > _LARGEST:
            self.fault(name, "Invalid integer")
            return default
        if number < least:
            self.fault(name, "Must be a natural number")
            return default
        return number

    def truth(self, name: str, *, default: bool) -> bool:
        """Return a truth value, in any of the forms that CKAN takes."""
        value = self._given.get(name, default)
        if isinstance(value, bool):
            return value
        found = _TRUTH.get(str(value).strip().lower())
        if found is None:
            self.fault(name, "Must be true or false")
        return default if found is None else found

    def texts(self, name: str, *, commas: bool = False) -> list[str]:
        """Return a list of texts: as one, as JSON, or a single text.

        :param commas: whether commas separate the members of a single text.
        """
        value = self._given.get(name, [])
        if isinstance(value, str):
            value = self.parsed(name) if value.lstrip()[:1] == "[" else [value]
            if commas and len(value) == 1 and isinstance(value[0], str):
                value = [part.strip() for part in value[0].split(",") if part.strip()]
        if isinstance(value, list) and all(isinstance(member, str) for member in value):
            return value
        self.fault(name, "Must be a list of strings")
        return []

    def parsed(self, name: str) -> Any:
        """Return a value that may have been sent as the text of its JSON."""
        value = self._given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            self.fault(name, "Could not parse as valid JSON")
            return None

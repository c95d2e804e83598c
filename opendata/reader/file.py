"""One YAML file read against a schema; its faults become problems with line and column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any

from marshmallow import ValidationError

from opendata.errors import Fault, Place, Problem
from opendata.reader.yaml import Path, PlacedFault, Position, YamlError, parse, positions
from opendata.records import StrictSchema


class DataFile:
    """A YAML file, its parsed value, and the problems found in it so far."""

    def __init__(
        self, path: FilePath, problems: list[Problem], to_add: str = "add the file"
    ) -> None:
        """Read ``path``; what is wrong with it is appended to ``problems``.

        :param to_add: what to do where the file is missing.
        """
        self._to_add = to_add
        self.path = path
        self.value: Any = None
        self.readable = False
        self._problems = problems
        self._content = b""
        self._positions: dict[Path, Position] | None = None
        self._read()

    def _read(self) -> None:
        try:
            self._content = self.path.read_bytes()
            self.value, faults = parse(self._content)
        except FileNotFoundError:
            self._problem((), Fault("is missing", self._to_add), (1, 1))
        except OSError as error:
            fix = "make it a readable file"
            self._problem((), Fault(f"cannot be read ({error.strerror})", fix), (1, 1))
        except YamlError as error:
            self._problem((), error.fault, error.position)
        else:
            self.readable = True
            self._place(faults)

    def _place(self, faults: Iterable[PlacedFault]) -> None:
        for fault in faults:
            self._problem(fault.path, fault.fault, fault.position)

    def load_one(self, schema: StrictSchema) -> dict[str, Any]:
        """Return the file's mapping as ``schema`` reads it: its valid part where it has faults."""
        if not self.readable:
            return {}
        self.readable = isinstance(self.value, dict)
        return self._load(schema, self.value, ())

    def load_many(self, schema: StrictSchema, under: Path = ()) -> list[dict[str, Any]]:
        """Return the records of the file's list; each keeps its place in the list."""
        value = self.value
        for key in under:
            value = value[key]
        if not self.readable:
            return []
        if not isinstance(value, list):
            found = "is empty" if value is None else "is not a list of records"
            fault = Fault(found, "begin each record with '- ', or write [] for none")
            self.problem(under, fault)
            self.readable = False
            return []
        return [self._load(schema, item, (*under, index)) for index, item in enumerate(value)]

    def _load(self, schema: StrictSchema, item: Any, at: Path) -> dict[str, Any]:
        try:
            loaded: dict[str, Any] = schema.load(item)
        except ValidationError as error:
            for path, fault in _flatten(error.messages, at):
                self.problem(path, fault)
            valid = error.valid_data
            return valid if isinstance(valid, dict) else {}
        return loaded

    def problem(self, path: Path, fault: Fault) -> None:
        """Add the problem ``fault`` of the value at ``path``."""
        if self._positions is None:
            self._positions = positions(self._content)
        known = path
        while known not in self._positions and known:
            known = known[:-1]
        self._problem(path, fault, self._positions.get(known, (1, 1)))

    def _problem(self, path: Path, fault: Fault, position: Position) -> None:
        place = Place(str(self.path), *position)
        record, field = self._names(path)
        self._problems.append(Problem(place, record, field, fault.message, fault.fix))

    def _names(self, path: Path) -> tuple[str, str]:
        """Name the record by its id, else by its place, and the field by its path within."""
        depth = next((i for i, key in enumerate(path) if isinstance(key, int)), None)
        if depth is None or depth > 1:
            return "-", ".".join(map(str, path)) or "-"
        item = self.value
        for key in path[: depth + 1]:
            item = item[key] if item else None
        name = (item.get("id") or item.get("code")) if isinstance(item, dict) else None
        index = path[depth]
        assert isinstance(index, int)
        named = isinstance(name, str) and name
        if depth and not named:
            return "-", ".".join(map(str, path))
        field = ".".join(map(str, path[depth + 1 :])) or "-"
        return (str(name) if named else f"#{index + 1}"), field


def _flatten(messages: Any, path: Path) -> Iterator[tuple[Path, Fault]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            below = key if isinstance(key, tuple) else (key,)
            yield from _flatten(inner, path if key == "_schema" else (*path, *below))
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flatten(inner, path)
    elif isinstance(messages, Fault):
        yield path, messages
    else:
        yield path, Fault(str(messages), "correct it")

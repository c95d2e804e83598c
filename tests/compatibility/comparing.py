"""What in a new description of the API breaks clients of an old one.

Answers may gain: fields, codes, addresses, media types. They may not lose any, nor change what a
value is. Requests may be allowed more, never less. How texts explain it does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_CHOICES = ("anyOf", "oneOf", "allOf")


def breaks(old: Schema, new: Schema) -> list[str]:
    """Return what breaks clients of ``old``, an OpenAPI 3.1 document, where and how."""
    return list(dict.fromkeys(_Comparer(old, new).paths()))


def column_breaks(
    old: Mapping[str, Mapping[str, str]], new: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Return which columns vanished from tables, or hold another kind of value.

    Columns may be added anywhere: clients go by their names.
    """
    found = []
    for table, columns in old.items():
        if table not in new:
            found.append(f"{table}: the table vanished")
            continue
        for name, kind in columns.items():
            now = new[table].get(name)
            if now is None:
                found.append(f"{table}: the column {name} vanished")
            elif now != kind:
                found.append(f"{table}: the column {name} was {kind} and is {now}")
    return found


class _Comparer:
    """Compares two documents; each pair of named schemas once, for they refer to each other."""

    def __init__(self, old: Schema, new: Schema) -> None:
        self._old = old
        self._new = new
        self._compared: set[tuple[str, str]] = set()

    def paths(self) -> Iterator[str]:
        for path, item in self._old["paths"].items():
            now = self._new["paths"].get(path)
            if now is None:
                yield f"{path}: the path vanished"
                continue
            for method in filter(item.__contains__, _METHODS):
                if method in now:
                    yield from self._operation(f"{method.upper()} {path}", method, item, now)
                else:
                    yield f"{method.upper()} {path}: the operation vanished"

    def _operation(self, where: str, method: str, old: Schema, new: Schema) -> Iterator[str]:
        before = _parameters(self._old, old, old[method])
        after = _parameters(self._new, new, new[method])
        for key, parameter in before.items():
            if key in after:
                yield from self._parameter(f"{where} {key[1]}", parameter, after[key])
            else:
                yield f"{where} {key[1]}: the parameter vanished"
        for key in after.keys() - before.keys():
            if after[key].get("required"):
                yield f"{where} {key[1]}: a new parameter is required"
        for status, response in old[method]["responses"].items():
            now = new[method]["responses"].get(status)
            if now is None:
                yield f"{where} {status}: the response vanished"
                continue
            yield from self._response(
                f"{where} {status}", _resolved(self._old, response), _resolved(self._new, now)
            )

    def _parameter(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        if new.get("required") and not old.get("required"):
            yield f"{where}: the parameter became required"
        yield from self._value(where, old["schema"], new["schema"])

    def _value(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """Compare what a parameter takes."""
        before, after = _resolved(self._old, old), _resolved(self._new, new)
        yield from self._same_kind(where, before, after)
        if "enum" in after and "enum" not in before:
            yield f"{where}: takes only some values, and took any"
        else:
            yield from _lost_values(where, before, after)
        if "items" in before and "items" in after:
            yield from self._value(f"{where}[]", before["items"], after["items"])

    def _response(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        for media_type, content in old.get("content", {}).items():
            now = new.get("content", {}).get(media_type)
            if now is None:
                yield f"{where}: {media_type} vanished"
            elif "schema" in content:
                yield from self._schema(where, content["schema"], now.get("schema", {}))

    def _schema(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """Compare what an answer holds."""
        if "$ref" in old and "$ref" in new:
            pair = (old["$ref"], new["$ref"])
            if pair in self._compared:
                return
            self._compared.add(pair)
            where = _name(old)
        before, after = _resolved(self._old, old), _resolved(self._new, new)
        yield from self._same_kind(where, before, after)
        yield from _lost_values(where, before, after)
        yield from self._alternatives(where, old, new)
        yield from self._properties(where, before, after)
        for key, sign in (("items", "[]"), ("additionalProperties", ".*")):
            inner, now = before.get(key), after.get(key)
            if isinstance(inner, Mapping) and isinstance(now, Mapping):
                yield from self._schema(f"{where}{sign}", inner, now)

    def _properties(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        known = new.get("properties", {})
        for name, inner in old.get("properties", {}).items():
            if name not in known:
                yield f"{where}.{name}: the field vanished"
                continue
            if name in old.get("required", ()) and name not in new.get("required", ()):
                yield f"{where}.{name}: the field may be absent, and was always there"
            yield from self._schema(f"{where}.{name}", inner, known[name])

    def _alternatives(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        """Compare the objects that may stand in one place: by name, or the one with the one."""
        before, after = _objects(self._old, old), _objects(self._new, new)
        if not any(key in document for document in (old, new) for key in _CHOICES):
            return
        for schema in before:
            same = [other for other in after if _name(other) == _name(schema)]
            if not same and len(before) == len(after) == 1:
                same = after
            if not same:
                yield f"{where}: the alternative {_name(schema)} vanished"
            for other in same[:1]:
                yield from self._schema(where, schema, other)

    def _same_kind(self, where: str, old: Schema, new: Schema) -> Iterator[str]:
        before, after = _kinds(self._old, old), _kinds(self._new, new)
        if before != after:
            yield f"{where}: was {_listed(before)} and is {_listed(after)}"
        formats = _formats(self._old, old), _formats(self._new, new)
        if formats[0] != formats[1]:
            yield f"{where}: had the format {_listed(formats[0])} and has {_listed(formats[1])}"


def _lost_values(where: str, old: Schema, new: Schema) -> Iterator[str]:
    if "enum" in new:
        for value in old.get("enum", ()):
            if value not in new["enum"]:
                yield f"{where}: the value {value} vanished"


def _parameters(document: Schema, item: Schema, operation: Schema) -> dict[tuple[str, str], Schema]:
    listed = [*item.get("parameters", ()), *operation.get("parameters", ())]
    found = (_resolved(document, parameter) for parameter in listed)
    return {(parameter["in"], parameter["name"]): parameter for parameter in found}


def _resolved(document: Schema, schema: Schema) -> Schema:
    """Follow references; none leads out of the document."""
    while "$ref" in schema:
        found: Schema = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        schema = found
    return schema


def _each(document: Schema, schema: Schema) -> Iterator[Schema]:
    """Yield the schemas, references to them as such, that a value may or must be of."""
    choices = [choice for key in _CHOICES for choice in schema.get(key, ())]
    if not choices:
        yield schema
    for choice in choices:
        yield from _each(document, choice)


def _kinds(document: Schema, schema: Schema) -> set[str]:
    found: set[str] = set()
    for each in _each(document, schema):
        kind = _resolved(document, each).get("type", "anything")
        found |= {kind} if isinstance(kind, str) else {*kind}
    return found


def _formats(document: Schema, schema: Schema) -> set[str]:
    each = (_resolved(document, one) for one in _each(document, schema))
    return {one["format"] for one in each if "format" in one}


def _objects(document: Schema, schema: Schema) -> list[Schema]:
    each = _each(document, schema)
    return [one for one in each if "properties" in _resolved(document, one)]


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _listed(names: set[str]) -> str:
    return " or ".join(sorted(names)) or "none"

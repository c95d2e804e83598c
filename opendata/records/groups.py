"""Nested mappings and lists, whose members keep their places whatever is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields

from opendata.errors import Fault
from opendata.records.fields import FAULTS, fault


class Group(fields.Nested):
    """One nested mapping."""

    default_error_messages = FAULTS


class Many(fields.List[Any]):
    """A list; absent means empty. ``unique`` names the key (or ``""``) that may not repeat.

    ``ordered`` tells that the order of its members means something.
    """

    default_error_messages = FAULTS

    def __init__(
        self,
        member: fields.Field[Any],
        *,
        unique: str | None = "",
        at_least: int = 0,
        ordered: bool = False,
        load_default: Callable[[], list[Any]] = list,
        **kwargs: Any,
    ):
        if kwargs.get("required"):
            super().__init__(member, **kwargs)
        else:
            super().__init__(member, load_default=load_default, **kwargs)
        self.unique = unique
        self.at_least = at_least
        self.ordered = ordered

    @property
    def group(self) -> Schema | None:
        """The schema of the members, where they are mappings."""
        return self.inner.schema if isinstance(self.inner, Group) else None

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> list[Any]:
        """Read every member; one in error leaves ``None`` or ``{}`` in its place."""
        if not isinstance(value, list):
            raise self.make_error("invalid")
        if len(value) < self.at_least:
            raise fault("has too few members", f"give at least {self.at_least}")
        members: list[Any] = []
        errors: dict[int, Any] = {}
        for index, member in enumerate(value):
            try:
                members.append(self.inner.deserialize(member, **kwargs))
            except ValidationError as error:
                errors[index] = error.messages
                members.append(error.valid_data or self._nothing())  # keeps the others' places
        errors.update(self._repeated(members))
        if errors:
            raise ValidationError(errors, valid_data=members)
        return members

    def _nothing(self) -> dict[str, Any] | None:
        return {} if isinstance(self.inner, fields.Nested) else None

    def _repeated(self, members: Iterable[Any]) -> Iterable[tuple[int, list[Fault]]]:
        if self.unique is None:
            return
        seen = []
        for index, member in enumerate(members):
            key = member.get(self.unique) if self.unique else member
            if key is not None and key in seen:
                yield index, [Fault("stands twice in this list", "remove one of them")]
            seen.append(key)

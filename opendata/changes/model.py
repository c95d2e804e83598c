"""What a comparison finds: records, and the fields in which they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["removed", "added", "renamed", "changed", "reworded"]
#: The kinds of change, in the order they are told.
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after.

    ``path`` leads to the value as in JSON. Where a list of groups lies on the way, ``old`` and
    ``new`` are lists with a value for each member, in the same order for every field of the list.
    """

    path: tuple[str, ...]
    old: Any
    new: Any
    own_words: bool
    defining: bool

    @property
    def name(self) -> str:
        """The name of the field's column in tables."""
        return "_".join(self.path)


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that is not the same in both versions.

    ``collection`` is a record type's, or ``dataset``, ``documents``, ``sections`` (the parts of
    ``dataset.yaml``) or ``vocabularies/{list}``. Only what stands in both versions has ``fields``.
    ``previous_id`` is the id that it had in the earlier version, where that was another; a record
    that is ``renamed`` is the same but for its id.
    """

    collection: str
    id: str
    kind: Kind
    title: Mapping[str, str]
    fields: tuple[FieldChange, ...] = ()
    previous_id: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Every change from one version to another: by collection, then kind, then id.

    ``collections`` names all that were compared, in order.
    """

    collections: tuple[str, ...]
    records: tuple[RecordChange, ...]

    def counts(self) -> dict[str, dict[Kind, int]]:
        """Count the changes of each kind in each collection, noughts too."""
        counted: dict[str, dict[Kind, int]] = {
            name: dict.fromkeys(KINDS, 0) for name in self.collections
        }
        for record in self.records:
            counted[record.collection][record.kind] += 1
        return counted

"""What a parameter of the query language is, and how much a request may ask for.

A parameter's JSON Schema is both what the description publishes and what a request's value is
checked against (:mod:`opendata.query.checks`). :mod:`opendata.query.filters` declares those that
compare a field, :mod:`opendata.query.settings` all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from opendata.vocabularies import Label

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
#: A request may have this many parameters, enough for every filter of a collection at once, since
#: a description cannot say that some parameters exclude others; and lists this many members.
MAX_CONDITIONS = 300
MAX_MEMBERS = 25
MAX_FACETS = 10
MAX_ORDERS = 10
#: Characters of a text to compare with or to look for.
MAX_TEXT = 200

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
BOOLEAN: Schema = {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: its name, the schema of its value, what it means.

    A value whose schema is an array is written with commas. ``vocabulary`` names the open code
    list that the values are of; ``of_fields`` tells that they are names of fields. ``unfit`` holds
    the fields that there are but that cannot stand here, each with what is wrong with it; ``form``
    says in words what a text must be like, where its pattern would tell nobody.
    """

    name: str
    schema: Schema
    about: Label
    vocabulary: str | None = None
    of_fields: bool = False
    unfit: Mapping[str, Label] = field(default_factory=dict)
    form: Label | None = None

    @property
    def listed(self) -> bool:
        """Whether the value is a list."""
        return "items" in self.schema

    @property
    def item(self) -> Schema:
        """The schema of the value, or of each member where it is a list."""
        found: Schema = self.schema["items"] if self.listed else self.schema
        return found

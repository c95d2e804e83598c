"""The kinds of value a record may hold: strict marshmallow fields over text scalars.

The reader hands every scalar over as text or ``None``; a field alone decides what the text
means, so ``no``, ``6.10`` or ``12:30`` never change silently (YAML 1.1). Every error is a
:class:`~opendata.errors.Fault`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from opendata.errors import Fault, choose_from
from opendata.records.text import mostly_han, text_faults
from opendata.vocabularies import CodeList, Label

#: What is wrong with a field as a whole, whatever it holds.
FAULTS: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": [Fault("is missing", "add it")],
    "null": [Fault("is empty", "write a value")],
    "type": [Fault("is not a mapping", "write key: value lines below it")],
    "invalid": [Fault("is not a list", "write members as lines that start with '- '")],
}


def about(zh: str, en: str, zh_note: str, en_note: str, **properties: Any) -> dict[str, Any]:
    """Metadata of a field: its label and what it means, in both languages, and OpenAPI extras.

    Two properties say what a change of the field is to a reader (:mod:`opendata.changes`):
    ``own_words``, that the text, or every text below, is the project's own wording and no printed
    fact; ``defining``, that other fields mean something else when this one changes. ``unit_field``
    names the field beside this one that holds the unit of its values.
    """
    return {
        "label": Label(zh, en),
        "note": Label(zh_note, en_note),
        "title": en,
        "description": en_note,
        **properties,
    }


def fault(message: str, fix: str) -> ValidationError:
    """Return the error for one fault, ready to raise."""
    return ValidationError([Fault(message, fix)])


class Scalar(fields.Field[Any]):
    """A field that reads one text scalar; subclasses say what the text means."""

    def __init__(
        self,
        properties: Mapping[str, Any] | None = None,
        *,
        metadata: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ):
        """Take the JSON Schema ``properties`` that follow from the kind of value."""
        super().__init__(metadata={**(properties or {}), **(metadata or {})}, **kwargs)

    default_error_messages = FAULTS

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        if not isinstance(value, str):
            kind = "list" if isinstance(value, list) else "mapping"
            raise fault(f"is a {kind} where one value is expected", "write the value on this line")
        return self.parse(value)

    def parse(self, text: str) -> Any:
        """Return the value that ``text`` stands for.

        :raises marshmallow.ValidationError: with the faults of the text.
        """
        raise NotImplementedError


class Text(Scalar):
    """One line of text that tables and spreadsheets show unaltered."""

    def __init__(self, *, max_length: int = 300, language: str | None = None, **kwargs: Any):
        super().__init__({"maxLength": max_length, "minLength": 1}, **kwargs)
        self.max_length = max_length
        self.language = language

    def parse(self, text: str) -> str:
        faults = list(text_faults(text))
        if len(text) > self.max_length:
            faults.append(
                Fault(f"has {len(text)} characters", f"use at most {self.max_length} of them")
            )
        if self.language == "en" and not text.isascii() and mostly_han(text):
            faults.append(Fault("is not English", "write the English text here"))
        if faults:
            raise ValidationError(faults)
        return text


class Choice(Scalar):
    """A code of one of the closed lists of the record model."""

    def __init__(self, codelist: CodeList, **kwargs: Any):
        super().__init__({"enum": list(codelist)}, **kwargs)
        self.codelist = codelist
        self.vocabulary = codelist.name
        self._codes = frozenset(codelist)

    def parse(self, text: str) -> str:
        if text not in self._codes:
            raise fault(f"{shown(text)} is not a known code", choose_from(text, self._codes))
        return text


class ExactDecimal(Scalar):
    """A decimal number, kept exactly as written (6.10 stays 6.10)."""

    _number = re.compile(r"(?!-0(\.0+)?$)-?(0|[1-9][0-9]{0,29})(\.[0-9]{1,15})?", re.ASCII)
    _grouped = re.compile(r"-?[1-9][0-9]{0,2}([,_ ][0-9]{3})+(\.[0-9]+)?[%％]?", re.ASCII)

    def parse(self, text: str) -> Decimal:
        if not self._number.fullmatch(text):
            raise fault(f"{shown(text)} is not a number", self._fix(text))
        return Decimal(text)

    def _fix(self, text: str) -> str:
        plain = text.strip()
        if self._grouped.fullmatch(plain):
            plain = plain.replace(",", "").replace("_", "").replace(" ", "")
        figure = plain[:-1].rstrip()
        if plain.endswith(("%", "％")) and self._number.fullmatch(figure):
            return f"write {figure} and unit: percent"
        if self._number.fullmatch(plain):
            return f"write {plain}"
        return "write digits with at most one decimal point, and the unit in its own key"


class Integer(Scalar):
    """A whole number from ``minimum`` up."""

    _number = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)

    def __init__(self, *, minimum: int = 0, **kwargs: Any):
        super().__init__({"minimum": minimum}, **kwargs)
        self.minimum = minimum

    def parse(self, text: str) -> int:
        if not self._number.fullmatch(text) or int(text) < self.minimum:
            raise fault(
                f"{shown(text)} is not a whole number from {self.minimum} up",
                "write it in plain digits",
            )
        return int(text)


class Date(Scalar):
    """A calendar date (ISO 8601, YYYY-MM-DD)."""

    _form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

    def parse(self, text: str) -> date:
        if not self._form.fullmatch(text):
            raise fault(f"{shown(text)} is not a date", "write it as YYYY-MM-DD")
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise fault(f"{text} is no day of the calendar", "correct month or day") from None


class DecimalText(ExactDecimal):
    """A decimal number that is served as text, since it may exceed what floats hold."""


class BaseUnit(Text):
    """An ISO 4217 currency code or a UCUM code."""


def shown(text: str) -> str:
    """Return ``text`` as a message shows it: short, and escaped where it does not print."""
    short = text if len(text) <= 40 else text[:39] + "…"
    return short if short.isprintable() and short else repr(short)

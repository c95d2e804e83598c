"""The form of a code list (SKOS: a concept scheme and its concepts)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Label(NamedTuple):
    """A text in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Code:
    """One code with its label and definition."""

    code: str
    label: Label
    definition: Label


@dataclass(frozen=True, slots=True)
class CodeList:
    """A named, ordered list of codes; iterates over the codes as text."""

    name: str
    title: Label
    codes: tuple[Code, ...]

    def __iter__(self) -> Iterator[str]:
        return (code.code for code in self.codes)

    def __contains__(self, code: object) -> bool:
        return any(entry.code == code for entry in self.codes)

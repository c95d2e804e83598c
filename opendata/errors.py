"""Errors as values: a fault says what and how to fix, a problem adds where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one value, and what to write instead."""

    message: str
    fix: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in a file; line and column count from 1, in characters."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault with its place; ``record`` and ``field`` are ``-`` where none is meant."""

    place: Place
    record: str
    field: str
    message: str
    fix: str

    def __str__(self) -> str:
        """``file:line:column record field problem; fix``, the form of every report."""
        place = f"{self.place.file}:{self.place.line}:{self.place.column}"
        return f"{place} {self.record} {self.field} {self.message}; {self.fix}"


class OpendataError(Exception):
    """Base of every error this package raises on purpose."""


class InvalidDataError(OpendataError):
    """Data that must not be published; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


class StoreError(OpendataError):
    """A store that is missing, damaged or of another layout."""


def choose_from(value: str, allowed: Iterable[str]) -> str:
    """Return advice that names the nearest allowed value, or all of a short list."""
    choices = sorted(allowed)
    near = get_close_matches(value.lower(), choices, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?" + (f" ({_listed(choices)})" if len(choices) <= 12 else "")
    return f"use one of {_listed(choices)}" if choices else "nothing is allowed here"


def _listed(choices: list[str]) -> str:
    shown = ", ".join(choices[:40])
    return shown if len(choices) <= 40 else f"{shown} … ({len(choices)} in all)"

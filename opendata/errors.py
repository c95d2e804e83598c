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
        return one_line(f"{place} {self.record} {self.field} {self.message}; {self.fix}")


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
    near = nearest(value, choices)
    if near:
        return f"did you mean {near}?" + (f" ({listed(choices)})" if len(choices) <= 12 else "")
    return f"use one of {listed(choices)}" if choices else "nothing is allowed here"


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``value`` was probably meant to be."""
    folded = {choice.lower(): choice for choice in choices}
    near = get_close_matches(value.lower(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def listed(choices: list[str]) -> str:
    """Return the choices in one line, the first forty where there are more."""
    shown = ", ".join(choices[:40])
    return shown if len(choices) <= 40 else f"{shown} … ({len(choices)} in all)"


def one_line(text: str) -> str:
    """Show what does not print, so that nothing in the data can forge or colour a report."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)

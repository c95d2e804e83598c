"""Errors as values: a fault says what and how to fix, a problem adds where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

#: A list of so many is shown whole; of a longer one so few.
_SHORT, _FEW = 12, 5


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


def choose_from(value: str, allowed: Iterable[str], where: str | None = None) -> str:
    """Return advice that names the nearest allowed value, or some of them.

    :param where: the file that has all of them.
    """
    choices = sorted(allowed)
    near = nearest(value, choices)
    if near:
        return f"did you mean {near}?" + (f" ({listed(choices)})" if len(choices) <= _SHORT else "")
    return f"use one of {some_of(value, choices, where)}" if choices else "nothing is allowed here"


def some_of(value: str, choices: list[str], where: str | None = None) -> str:
    """Return the choices; of a long list the few that are most like ``value``, and its length."""
    if len(choices) <= _SHORT:
        return listed(choices)
    folded = {choice.lower(): choice for choice in choices}
    like = get_close_matches(value.lower(), folded, n=_FEW, cutoff=0)
    shown = ", ".join(folded[choice] for choice in like)
    return f"{shown} … ({len(choices)} in all{f': {where}' if where else ''})"


def nearest(value: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``value`` was probably meant to be."""
    folded = {choice.lower(): choice for choice in choices}
    near = get_close_matches(value.lower(), folded, n=1, cutoff=0.6)
    return folded[near[0]] if near else None


def listed(choices: list[str]) -> str:
    """Return the choices in one line, the first of them where there are many."""
    if len(choices) <= _SHORT:
        return ", ".join(choices)
    return f"{', '.join(choices[:_FEW])} … ({len(choices)} in all)"


def one_line(text: str) -> str:
    """Show what does not print, so that nothing in the data can forge or colour a report."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)

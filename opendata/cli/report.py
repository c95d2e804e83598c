"""Problems, printed for people, for tools and as annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

import click

from opendata.errors import Problem


def report(problems: Iterable[Problem], form: str) -> None:
    """Print every problem, in the order of files and lines."""
    _FORMS[form](sorted(problems))


def _text(problems: list[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem))
    if problems:
        files = {problem.place.file for problem in problems}
        click.echo(f"{len(problems)} problems in {len(files)} files", err=True)


def _json(problems: list[Problem]) -> None:
    found = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "record": problem.record,
            "field": problem.field,
            "problem": problem.message,
            "fix": problem.fix,
        }
        for problem in problems
    ]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _github(problems: list[Problem]) -> None:
    """Print workflow commands, whose data and properties are escaped as GitHub wants."""
    for problem in problems:
        place = problem.place
        where = f"file={_property(place.file)},line={place.line},col={place.column}"
        title = _property(f"{problem.record} {problem.field}")
        said = _data(f"{problem.message}; {problem.fix}")
        click.echo(f"::error {where},title={title}::{said}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


_FORMS: dict[str, Callable[[list[Problem]], None]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
FORMATS = tuple(_FORMS)

"""Problems, printed for people, for tools and as annotations of a pull request."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

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
        click.echo(
            f"{counted(len(problems), 'problem')} in {counted(len(files), 'file')}", err=True
        )


def counted(number: int, one: str) -> str:
    """Return ``number`` with its noun: 1 problem, 2 problems."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def _json(problems: list[Problem]) -> None:
    found = [_object(problem) for problem in problems]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _object(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "record": problem.record,
        "field": problem.field,
        "problem": problem.message,
        "fix": problem.fix,
    }


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


def report_audit(figures: Mapping[str, Any], problems: list[Problem], form: str) -> None:
    """Print an audit: its figures and every finding."""
    if form == "json":
        found = [_object(problem) for problem in sorted(problems)]
        shown = {"figures": figures, "findings": found}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=2, default=str))
        return
    report(problems, form)
    for name in ("quotes", "values", "names", "links", "enumerations", "damage"):
        check = figures[name]
        said = f"{check['agreeing']} of {check['checked']} agree" if check["checked"] else "none"
        click.echo(f"{name:14} {said}")
    for name in ("numerals", "sentences", "clauses"):
        click.echo(f"{name:14} {_coverage(figures[name])}")
    empty = ", ".join(figures["sections_without_records"]) or "none"
    click.echo(f"sections without records: {empty}")


def _coverage(cover: Mapping[str, Any]) -> str:
    if not cover["total"]:
        return "none"
    accounted = cover["evidence"] + cover["excluded"]
    share = 100 * accounted / cover["total"]
    reasons = ", ".join(f"{r['reason']} {r['count']}" for r in cover["reasons"]) or "none"
    return (
        f"{accounted} of {cover['total']} accounted for ({share:.1f} %): "
        f"{cover['evidence']} evidence, {cover['excluded']} excluded ({reasons})"
    )


_FORMS: dict[str, Callable[[list[Problem]], None]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
FORMATS = tuple(_FORMS)

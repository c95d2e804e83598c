"""Mistakes made in the made-up draft, and what the audit says of them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from opendata.audit import SourceText, audit
from opendata.audit.clauses import check_clauses
from opendata.audit.coverage import check_sentences
from opendata.errors import Problem
from opendata.reader import Version
from opendata.versions import audit_version
from tests.audit import made_up_report
from tests.validate.broken import MARK, take_mark

DAY = date(2031, 3, 1)
NUMERAL, SENTENCE = "numeral", "sentence"
_UNACCOUNTED = re.compile(r"does not account for the (\w+) (.*?) of paragraph (\d+),")


class _NewFindingError(Exception):
    """An audit has something to say that is new."""


class Findings(list[Problem]):
    """What a version was read with, where an audit of it can be ended by its first finding."""

    #: What an audit may say without being ended, ``None`` for anything.
    allowed: Container[str] | None = None

    def append(self, problem: Problem) -> None:
        super().append(problem)
        if self.allowed is not None and problem.message not in self.allowed:
            raise _NewFindingError


def finds_more(
    version: Version, source: SourceText, problems: Findings, known: Container[str] = ()
) -> bool:
    """Tell whether an audit says anything but what is ``known``.

    :param problems: those that the version was read with. What finds most comes first, since
        an audit of the whole takes long.
    """
    problems.clear()
    problems.allowed = known
    try:
        check_sentences(version, source)
        check_clauses(version, source)
        audit(version, source, DAY)
    except _NewFindingError:
        return True
    finally:
        problems.allowed = None
    return False


def audit_of(datasets: Path, version: str = "draft") -> tuple[dict[str, Any], list[Problem]]:
    """Audit against the report beside ``datasets``; findings in the order of their places."""
    source = datasets.parent / "report.txt"
    figures, problems = audit_version(datasets, made_up_report.DATASET, version, source, DAY)
    return figures, sorted(problems)


def edit(datasets: Path, file: str, record: str, *changes: tuple[str, str]) -> Path:
    """Replace text of one record of the draft, each old text at its first place there."""
    path = datasets / made_up_report.DRAFT / file
    head, name, text = path.read_text("utf-8").partition(f"- id: {record}\n")
    text, end, tail = text.partition("\n- id: ")
    for old, new in changes:
        assert old in text, f"{record} does not hold {old!r}"
        text = text.replace(old, new, 1)
    path.write_text(head + name + text + end + tail, "utf-8")
    return path


def drop(datasets: Path, file: str, record: str) -> None:
    """Take one record out of the draft."""
    path = datasets / made_up_report.DRAFT / file
    kept = [text for text in records_of(path) if not text.startswith(f"- id: {record}\n")]
    assert len(kept) == len(records_of(path)) - 1
    path.write_text("".join(kept) or "[]\n", "utf-8")


def records_of(path: Path) -> list[str]:
    """Return the text of each record of a file."""
    text = path.read_text("utf-8")
    return [record for record in re.split(r"(?m)^(?=- )", text) if record]


def only_finding(path: Path) -> Problem:
    """Audit the draft that holds ``path``: one thing is found, at the mark, which is taken out."""
    place = (str(path), *take_mark(path))
    found = audit_of(path.parents[2])[1]
    assert [(p.place.file, p.place.line, p.place.column) for p in found] == [place], found
    return found[0]


def said_of(datasets: Path, *mistake: str, change: tuple[str, str]) -> tuple[str, ...]:
    """Make one change in a record (file, id); return field, message and fix of the one finding.

    It must be found in that record, where the new text stands.
    """
    file, record = mistake
    old, new = change
    finding = only_finding(edit(datasets, file, record, (old, MARK + new)))
    assert finding.record == record
    return finding.field, finding.message, finding.fix


def unaccounted(problems: list[Problem]) -> list[tuple[str, str, int]]:
    """Return kind, wording and paragraph of what findings say is not accounted for."""
    found = [_UNACCOUNTED.match(problem.message) for problem in problems]
    return [(match[1], match[2], int(match[3])) for match in found if match]


@contextmanager
def shifted(place: dict[str, Any], by: int) -> Iterator[None]:
    """Shift a place that was read, and put it back."""
    before = place["start"], place["end"]
    place["start"], place["end"] = before[0] + by, before[1] + by
    yield
    place["start"], place["end"] = before

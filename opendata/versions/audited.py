"""Auditing a version of a dataset against the document it was read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from opendata.audit import SourceText, audit
from opendata.errors import OpendataError, Problem
from opendata.reader import Version
from opendata.versions.folders import read_chosen


def audit_version(
    datasets: Path, dataset: str, version: str, source: Path, on: date
) -> tuple[dict[str, Any], list[Problem]]:
    """Audit ``version`` of ``dataset``, which may be the draft.

    :returns: the figures (records.quality.Audit) and every finding.
    :raises InvalidDataError: where there is no such version, or it is not even valid.
    :raises opendata.audit.WrongSourceError: where ``source`` is not the document it names.
    """
    problems: list[Problem] = []
    [(_, content)] = read_chosen(datasets, dataset, [version], problems)
    return audit(content, read_source(content, source), on), problems


def read_source(version: Version, path: Path) -> SourceText:
    """Read the document that ``version`` was read from.

    :raises OpendataError: where it names several: an audit is of one document.
    """
    documents = version.description["documents"]
    if len(documents) > 1:
        raise OpendataError(
            f"dataset.yaml names {len(documents)} documents, but an audit is of one; "
            "make a dataset of each"
        )
    return SourceText.read(path, documents[0]["sha256"])

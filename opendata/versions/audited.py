"""Auditing a version of a dataset against the document it was read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from opendata.audit import SourceText, audit
from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import read_shared_lists
from opendata.versions.folders import VOCABULARIES, find_versions, read_folder


def audit_version(
    datasets: Path, dataset: str, version: str, source: Path, on: date
) -> tuple[dict[str, Any], list[Problem]]:
    """Audit ``version`` of ``dataset``, which may be the draft.

    :returns: the figures (records.quality.Audit) and every finding.
    :raises InvalidDataError: where there is no such version, or it is not even valid.
    :raises opendata.audit.WrongSourceError: where ``source`` is not the document it names.
    """
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = {f.version: f for f in find_versions(datasets, problems, only=dataset)}
    if version not in folders and not problems:
        fault = Fault("is no version", f"use one of {', '.join(folders)}")
        place = Place(str(datasets / dataset / version))
        problems.append(Problem(place, "-", "-", fault.message, fault.fix))
    if problems:
        raise InvalidDataError(problems)
    content = read_folder(folders[version], shared, problems)
    if problems:
        raise InvalidDataError(problems)
    document = content.description["documents"][0]
    figures = audit(content, SourceText.read(source, document["sha256"]), on)
    return figures, problems

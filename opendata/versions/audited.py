"""Auditing a version of a dataset against the document it was read from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from opendata.audit import SourceText, audit
from opendata.errors import Fault, InvalidDataError, OpendataError, Place, Problem
from opendata.reader import Version, read_shared_lists
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

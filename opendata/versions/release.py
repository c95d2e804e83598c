"""Releasing: a valid draft becomes a frozen, self-contained version, all or nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from opendata.audit import audit
from opendata.changes import compare
from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import OpenLists, Version, read_shared_lists, used_codes
from opendata.versions.audited import read_source
from opendata.versions.checking import (
    Step,
    check_changed,
    check_declared,
    check_form,
    check_number,
    number_of,
    text_of,
)
from opendata.versions.committed import CannotTellError, uncommitted
from opendata.versions.digests import SUMS
from opendata.versions.folders import (
    DRAFT,
    VOCABULARIES,
    VersionFolder,
    find_versions,
    latest_release,
    read_folder,
)
from opendata.versions.freezing import (
    alone,
    appear,
    beside,
    check_written,
    finish,
    write_beside,
    write_version,
)
from opendata.versions.lineage import check_lineage, ids_of
from opendata.versions.notes import Telling, changelog, notes_of
from opendata.versions.releases import CHANGELOG, releases_of
from opendata.versions.since import fill_since


@dataclass(frozen=True, slots=True)
class Released:
    """The folder of a new version, and what has to be said about it.

    ``finished`` tells that an earlier run was cut short and only that was ended; ``unsure`` why
    it cannot be told whether the draft is committed.
    """

    path: Path
    finished: bool = False
    unsure: str | None = None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a release, as :func:`release` says it."""

    version: str | None
    on: date
    at: datetime | None
    source: Path | None
    _: KW_ONLY
    committed: bool
    changed: bool


def release(
    datasets: Path,
    dataset: str,
    version: str | None,
    on: date,
    source: Path | None = None,
    *,
    at: datetime | None = None,
    committed: bool = False,
    changed: bool = False,
) -> Released:
    """Freeze the draft of ``dataset`` as ``version``, released on the day ``on``.

    Where an earlier release was cut short while it was moved to its place, that is ended instead.

    :param version: the smallest number that is honest about the changes, where it is ``None``.
    :param at: the moment of the release (UTC), where that is known.
    :param source: the document the dataset was read from; the draft is audited against it, and
        the figures become part of the version.
    :param committed: whether the draft and the code lists that it uses must be committed in git.
    :param changed: whether something must have changed since the last release.
    :raises InvalidDataError: where the draft has faults, lacks a declaration, the version may not
        come next, or another release of the dataset is under way; then nothing is written.
    """
    found = _is_folder_of(datasets, dataset)
    with alone(datasets / dataset) if found else nullcontext():
        if found and finish(datasets / dataset):
            latest = latest_release(find_versions(datasets, [], only=dataset))
            assert latest is not None
            return Released(latest.path, finished=True)
        wanted = _Wanted(version, on, at, source, committed=committed, changed=changed)
        return _release(datasets, dataset, wanted)


def _release(datasets: Path, dataset: str, wanted: _Wanted) -> Released:
    version = wanted.version
    problems: list[Problem] = []
    shared = read_shared_lists(datasets / VOCABULARIES, problems)
    folders = list(find_versions(datasets, problems, only=dataset))
    if version is not None:
        check_form(datasets / dataset, version, problems)
    draft = _draft(datasets / dataset, folders, problems)
    content = read_folder(draft, shared, problems)
    _raise(problems)
    step = _step(folders, content, shared, problems)
    if version is not None:
        check_number(datasets / dataset, version, step, problems)
    check_declared(step)
    source = wanted.source
    if wanted.changed:
        check_changed(step, problems, audited=source is not None)
    unsure = _check_committed(datasets, draft, content, problems) if wanted.committed else None
    _raise(problems)
    figures = audit(content, read_source(content, source), wanted.on) if source else None
    _raise(problems)
    number = number_of(version) if version is not None else step.smallest()
    assert number is not None
    new = VersionFolder(dataset, datasets / dataset / text_of(number), number)
    _freeze(draft, new, folders, step, (wanted.on, wanted.at), figures)
    return Released(new.path, unsure=unsure)


def _raise(problems: list[Problem]) -> None:
    if problems:
        raise InvalidDataError(problems)


def _is_folder_of(datasets: Path, dataset: str) -> bool:
    """Tell whether ``dataset`` is the name of a folder below, and no path to elsewhere."""
    return any(path.name == dataset for path in datasets.glob("*/") if datasets.is_dir())


def _draft(dataset: Path, folders: list[VersionFolder], problems: list[Problem]) -> VersionFolder:
    draft = next((folder for folder in folders if folder.number is None), None)
    if draft is None:
        fault = Fault("is missing", "make a draft before releasing it")
        place = Place(str(dataset / DRAFT))
        raise InvalidDataError([*problems, Problem(place, "-", "-", fault.message, fault.fix)])
    return draft


def _step(
    folders: list[VersionFolder], draft: Version, shared: OpenLists, problems: list[Problem]
) -> Step:
    """Read the releases, check the lineage of the draft, and compare it with the latest."""
    ids, before, last = [], None, None
    for folder in folders:
        content = draft if folder.number is None else read_folder(folder, shared, problems)
        _raise(problems)
        ids.append(ids_of(folder, content))
        if folder.number is not None:
            before, last = content, folder.number
    check_lineage(ids, problems)
    assert draft.ledger is not None
    return Step(last, before, draft, compare(before, draft), draft.ledger)


def _check_committed(
    datasets: Path, draft: VersionFolder, content: Version, problems: list[Problem]
) -> str | None:
    """Check that the draft and its code lists are committed; return why that cannot be told."""
    lists = [datasets / VOCABULARIES / f"{name}.yaml" for name in used_codes(content)]
    try:
        problems.extend(uncommitted(datasets, [draft.path, *lists]))
    except CannotTellError as error:
        return str(error)
    return None


def _freeze(
    draft: VersionFolder,
    new: VersionFolder,
    folders: list[VersionFolder],
    step: Step,
    when: tuple[date, datetime | None],
    figures: dict[str, Any] | None,
) -> None:
    """Make everything ready beside its place, then let it appear.

    :raises InvalidDataError: where what was written does not read back as a released version.
    """
    on, at = when
    dataset, last = new.path.parent, text_of(step.last) if step.last else None
    ledger = copy.deepcopy(dict(step.ledger))
    fill_since(ledger, step.draft, _backwards(folders))
    log = dataset / CHANGELOG
    older = log.read_bytes().decode() if log.exists() else ""
    with beside(dataset) as ready:
        written = ready / new.version
        telling = Telling(ledger, step.changes, last, _new_deprecation(step))
        added = {"notes": notes_of(telling), "released": on}
        if at is not None:
            added["released_at"] = f"{at:%Y-%m-%dT%H:%M:%SZ}"
        write_version(draft.path, written, step.draft, added, ledger, figures)
        check_written(new, written)
        released = [folder.path for folder in folders if folder.number is not None]
        texts = {
            SUMS: releases_of([*released, written]),
            CHANGELOG: changelog(older, new.dataset, new.version, on, telling),
        }
        write_beside(ready, texts)
        appear(ready, dataset)


def _new_deprecation(step: Step) -> Mapping[str, Any] | None:
    """Return the deprecation of the draft, where the last release did not say the same."""
    before = step.before.description["deprecation"] if step.before else None
    said: Mapping[str, Any] | None = step.draft.description["deprecation"]
    return said if said != before else None


def _backwards(folders: list[VersionFolder]) -> Iterator[tuple[str, Version]]:
    """Yield the releases, latest first, each read when it is asked for."""
    for folder in reversed(folders):
        if folder.number is not None:
            yield folder.version, read_folder(folder, {}, [])

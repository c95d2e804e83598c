"""Creating a dataset: its draft and, where there are none yet, the code lists; or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from marshmallow import ValidationError

from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import OpenLists, read_shared_lists
from opendata.records.patterns import Slug
from opendata.starter.template import template
from opendata.versions import DRAFT, VOCABULARIES, VersionFolder, read_folder

#: The code lists that come with the package, and where they stand in a source tree.
_PACKAGED = Path(__file__).with_name(VOCABULARIES)
_IN_SOURCE_TREE = Path(__file__).parents[2] / "datasets" / VOCABULARIES


@dataclass(frozen=True, slots=True)
class Started:
    """What was written: the folder of the draft, and that of the code lists where it was new."""

    draft: Path
    lists: Path | None


def new_dataset(datasets: Path, dataset: str) -> Started:
    """Write ``datasets/DATASET/draft/``, and ``datasets/vocabularies/`` where there is none.

    :raises InvalidDataError: where the id is none or taken, or the code lists that are there
        have faults or lack codes of the example; then nothing is written.
    """
    problems = list(_refusals(datasets, dataset))
    if problems:
        raise InvalidDataError(problems)
    with _made(datasets), TemporaryDirectory(prefix=".new-", dir=datasets) as beside:
        new = Path(beside)
        lists = datasets / VOCABULARIES
        own = lists.exists()
        if not own:
            shutil.copytree(packaged_lists(), new / VOCABULARIES)
        shared = read_shared_lists(lists if own else new / VOCABULARIES, problems)
        draft = Path(dataset) / DRAFT
        if not problems:
            _write_draft(new / draft, shared, problems)
        if problems:
            raise InvalidDataError(_placed(problem, new, datasets) for problem in problems)
        _appear(new, datasets, [dataset] if own else [VOCABULARIES, dataset])
    return Started(datasets / draft, None if own else lists)


def packaged_lists() -> Path:
    """Return the folder of the code lists that come with the software."""
    return _PACKAGED if _PACKAGED.is_dir() else _IN_SOURCE_TREE


def _refusals(datasets: Path, dataset: str) -> Iterator[Problem]:
    path = datasets / dataset
    try:
        Slug().deserialize(dataset)
    except ValidationError as error:
        yield from (_problem(path, fault) for fault in error.messages if isinstance(fault, Fault))
        return
    if datasets.exists() and not datasets.is_dir():
        fix = "name the folder of the datasets with --datasets"
        yield _problem(datasets, Fault("is not a folder", fix))
    elif dataset == VOCABULARIES:
        fix = "choose another id for the dataset"
        yield _problem(path, Fault("is the folder of the code lists", fix))
    elif path.exists() or path.is_symlink():
        fix = f"edit {path / DRAFT}, or choose another id"
        yield _problem(path, Fault("exists already", fix))


def _write_draft(draft: Path, shared: OpenLists, problems: list[Problem]) -> None:
    """Write the files of a draft and read them again; what is wrong is appended."""
    areas = list(shared["areas"])
    if not areas:
        fault = Fault("is empty", "add the area your report is about")
        problems.append(_problem(draft.parents[1] / VOCABULARIES / "areas.yaml", fault))
        return
    draft.mkdir(parents=True)
    for name, text in template(areas[-1]).items():
        (draft / name).write_text(text, "utf-8", newline="")
    read_folder(VersionFolder(draft.parent.name, draft, None), shared, problems)


def _placed(problem: Problem, new: Path, datasets: Path) -> Problem:
    """Return the problem with the place that the file would have had."""
    path = Path(problem.place.file)
    if not path.is_relative_to(new):
        return problem
    file = str(datasets / path.relative_to(new))
    return replace(problem, place=replace(problem.place, file=file))


def _appear(new: Path, datasets: Path, names: list[str]) -> None:
    """Move the folders to their places: all of them, or none."""
    moved: list[str] = []
    try:
        for name in names:
            (new / name).rename(datasets / name)
            moved.append(name)
    except OSError:
        for name in moved:
            (datasets / name).rename(new / name)
        raise


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make ``folder`` and those above it; take away what was made where an error follows."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in missing:
            path.rmdir()
        raise


def _problem(path: Path, fault: Fault) -> Problem:
    return Problem(Place(str(path)), "-", "-", fault.message, fault.fix)

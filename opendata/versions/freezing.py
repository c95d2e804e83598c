"""Freezing: everything a release writes is made ready beside, then moved to its place.

A release appears with one rename: that of the folder where it was made ready to ``.releasing`` in
the dataset's folder. What then remains to be moved is moved by :func:`finish`, which can be broken
off at any point and run again.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from opendata.errors import Fault, InvalidDataError, Place, Problem
from opendata.reader import Version, used_codes
from opendata.reader.ledger import CHANGES
from opendata.reader.version import AUDIT, DESCRIPTION
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.folders import DRAFT, FROZEN_LISTS, VersionFolder, read_folder
from opendata.versions.releases import INTERRUPTED

#: What a fresh changes.yaml says until the editor does; no version is released with it.
NOT_WRITTEN = {"zh": "尚未填写。", "en": "Not written yet."}
#: Stands in a changes.yaml to fill in where the editor has to write.
TO_WRITE = "…"
FRESH_CHANGES = f"""\
# 本版本的改动；发布时据此写出版本说明。编写方法见 docs/editing.zh.md。
# What this version changes; the release writes its notes from it. How: docs/editing.md.
# opendata diff DATASET --format changes 列出须写明的撤回和更正。
# opendata diff DATASET --format changes prints what has to be declared here.
summary:
  zh: {NOT_WRITTEN["zh"]}
  en: {NOT_WRITTEN["en"]}
# withdrawals:
#   - collection: targets
#     id: withdrawn-record
#     reason:
#       zh: 撤回的理由。
#       en: Why it was withdrawn.
#     successor: other-record   # 可不填 optional
# corrections:
#   - collection: targets
#     ids:
#       - corrected-record
#     columns:
#       - value
#     wrong:
#       zh: 原来错在哪里。
#       en: What was wrong.
#     reason:
#       zh: 为什么出错、凭什么更正。
#       en: Why it was wrong, and what it was put right by.
"""


@contextmanager
def alone(dataset: Path) -> Iterator[None]:
    """Keep other releases away from a dataset's folder; the lock goes when the process does.

    :raises InvalidDataError: where one is under way.
    """
    folder = os.open(dataset, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fault = Fault("is being released", "wait for that release to end, then look at it")
            where = Place(str(dataset))
            raise InvalidDataError([Problem(where, "-", "-", fault.message, fault.fix)]) from None
        yield
    finally:
        os.close(folder)


def write_version(
    draft: Path,
    new: Path,
    version: Version,
    added: Mapping[str, Any],
    ledger: Mapping[str, Any],
    figures: Mapping[str, Any] | None,
) -> None:
    """Write the frozen files of ``draft`` to the folder ``new``.

    :param added: the keys that the release adds to ``dataset.yaml``.
    """
    shutil.copytree(draft, new, ignore=shutil.ignore_patterns(".*"))
    described = (new / DESCRIPTION).read_bytes()
    ending = b"" if described.endswith(b"\n") else b"\n"
    (new / DESCRIPTION).write_bytes(described + ending + yaml_of(added).encode())
    _write(new / CHANGES, yaml_of(_without_empty(ledger)))
    _write(new / FROZEN_LISTS, _frozen_lists(version))
    if figures is not None:
        _write(new / AUDIT, yaml_of(figures))
    _write(new / SUMS, sums_of(new))


def check_written(folder: VersionFolder, new: Path) -> None:
    """Check that what was written to ``new`` reads back as the released version ``folder``.

    :raises InvalidDataError: where it does not.
    """
    problems: list[Problem] = []
    read_folder(replace(folder, path=new), {}, problems)
    if problems:
        raise InvalidDataError(problems)


@contextmanager
def beside(dataset: Path) -> Iterator[Path]:
    """Make a folder for a release to be made ready in; what it holds is gone unless moved."""
    prefix = f".release-{dataset.name}-"
    for left in dataset.parent.glob(f"{prefix}*"):
        shutil.rmtree(left)  # of a release that was killed before it appeared
    with tempfile.TemporaryDirectory(prefix=prefix, dir=dataset.parent) as made:
        ready = Path(made) / "ready"
        ready.mkdir()
        yield ready


def write_beside(ready: Path, texts: Mapping[str, str]) -> None:
    """Make the files of the dataset's folder ready that go along with a version."""
    for name, text in texts.items():
        _write(ready / name, text)
    _write(ready / CHANGES, FRESH_CHANGES)


def appear(ready: Path, dataset: Path) -> None:
    """Let a release appear that was made ready, all of it."""
    ready.rename(dataset / INTERRUPTED)
    finish(dataset)


def finish(dataset: Path) -> bool:
    """Move what was made ready to its place, and tell whether there was anything.

    It may have been begun before: the version is moved first, and what was moved is not there.
    """
    ready = dataset / INTERRUPTED
    if not ready.is_dir():
        return False
    for path in sorted(ready.iterdir(), key=lambda path: (path.is_file(), path.name)):
        target = dataset / (f"{DRAFT}/{CHANGES}" if path.name == CHANGES else path.name)
        os.replace(path, target)
    ready.rmdir()
    return True


def _write(path: Path, text: str) -> None:
    path.write_text(text, "utf-8", newline="")


def _frozen_lists(version: Version) -> str:
    """Write the code-list entries that ``version`` uses, in the order of the shared lists."""
    used = used_codes(version)
    frozen = {}
    for name, entries in version.lists.items():
        kept = [
            _without_empty(entry) for code, entry in entries.items() if code in used.get(name, ())
        ]
        if kept:
            frozen[name] = kept
    return yaml_of(frozen)


def yaml_of(value: Any) -> str:
    """Return a value as YAML, as datasets have it."""
    dumped: str = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=40_000
    )
    return dumped


class _Dumper(yaml.CSafeDumper):
    """Writes every value out: datasets know no aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _without_empty(value: Any) -> Any:
    """Return a value as YAML scalars, without the empty fields of mappings."""
    if isinstance(value, Mapping):
        kept = {key: _without_empty(inner) for key, inner in value.items()}
        return {key: inner for key, inner in kept.items() if inner not in (None, [])}
    if isinstance(value, list):
        return [_without_empty(member) for member in value]
    return format(value, "f") if isinstance(value, Decimal) else value

"""Datasets as an editor leaves them: YAML, released, with digests.

The first is released as any dataset is, which proves that what is made up is valid; the others
have its frozen files beside targets of their own, since they use the same codes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from bench.data.sizes import Size
from bench.data.targets import made_up
from opendata.versions import VOCABULARIES, release
from opendata.versions.digests import SUMS, sums_of
from opendata.versions.freezing import yaml_of

_LISTS = Path(__file__).parents[2] / "datasets" / VOCABULARIES
_DAY = date(2030, 2, 1)
_VERSION = "1.0.0"


def write_datasets(folder: Path, size: Size) -> None:
    """Write all datasets of ``size`` below ``folder``."""
    shutil.copytree(_LISTS, folder / VOCABULARIES)
    draft = folder / name_of(0) / "draft"
    draft.mkdir(parents=True)
    (draft / "dataset.yaml").write_text(_DESCRIPTION, "utf-8")
    (draft / "changes.yaml").write_text(_CHANGES, "utf-8")
    for empty in ("projects", "glossary"):
        (draft / f"{empty}.yaml").write_text("[]\n", "utf-8")
    _write(draft, made_up(0, size.each))
    first = release(folder, name_of(0), _VERSION, _DAY).path
    shutil.rmtree(draft)
    for number in range(1, size.datasets):
        copy = folder / name_of(number) / _VERSION
        shutil.copytree(first, copy)
        _write(copy, made_up(number, size.each))
        (copy / SUMS).write_text(sums_of(copy), "utf-8")


def name_of(number: int) -> str:
    """Return the id of the dataset of this number."""
    return f"made-{number:04}"


def _write(folder: Path, targets: Iterable[dict[str, Any]]) -> None:
    (folder / "targets.yaml").write_text(yaml_of(list(targets)), "utf-8")


_CHANGES = """\
summary:
  zh: 第一版。
  en: The first version.
"""
_DESCRIPTION = """\
title:
  zh: 虚构的工作安排
  en: A made-up work plan
description:
  zh: 虚构的数据，用于测量。
  en: Made-up data, to measure with.
publisher:
  name:
    zh: 测量
    en: Measuring
  url: https://example.org/
area: 370705
period: 2030
themes:
  - econ
keywords:
  - zh: 工作安排
    en: work plan
languages:
  - zh
  - en
licence: CC-BY-4.0
contact:
  name:
    zh: 测量
    en: Measuring
  email: data@example.org
documents:
  - id: report
    title:
      zh: 工作报告
      en: Work report
    publisher:
      zh: 测量
      en: Measuring
    url: https://example.org/report.txt
    retrieved: 2030-01-20
    sha256: 9cf104dde821b4a294eb532b8073936fef01ce70132914c622d056c28c70eacb
    characters: 20000
    language: zh
    extent:
      zh: 全文。
      en: The whole text.
sections:
  - id: 1
    title:
      zh: 主要预期目标
      en: Main targets
"""

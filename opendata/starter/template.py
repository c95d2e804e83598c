"""The files of a new draft: what their fields mean, and a made-up example to write over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from opendata.reader.ledger import CHANGES
from opendata.reader.version import DESCRIPTION, EXCLUSIONS
from opendata.records import COLLECTIONS, DATASETS, StrictSchema
from opendata.records.exclusion import Exclusion
from opendata.records.ledger import Ledger
from opendata.starter.legend import legend
from opendata.vocabularies import Label

EXAMPLE = Path(__file__).with_name("example")
#: The report that the example was read from.
REPORT = EXAMPLE / "report.txt"

#: Stands in the example for the code of an area, which every publisher has others of.
_AREA = "{area}"
_ABOUT = (
    "虚构的示例，请换成自己的内容；# 起头的是说明，可以删去。",
    "A made-up example: put your own in its place; lines that start with # explain and may go.",
    "代码表 Code lists: ../../vocabularies/*.yaml",
)
_READ_FROM = "示例所依据的报告 The report that the example was read from:"


def template(area: str) -> dict[str, str]:
    """Return the text of each file of a draft, by its name.

    :param area: a code of the list of areas, which stands in for that of the made-up place.
    """
    files: list[tuple[str, Label, StrictSchema]] = [
        (DESCRIPTION, DATASETS.title, DATASETS.schema()),
        *((c.file, c.title, c.schema()) for c in COLLECTIONS.values()),
        (CHANGES, Label("本版本的改动", "What this version changes"), Ledger()),
        (EXCLUSIONS, Label("不作为记录依据的内容", "What is evidence of no record"), Exclusion()),
    ]
    return {name: _file(name, title, schema, area) for name, title, schema in files}


def _file(name: str, title: Label, schema: StrictSchema, area: str) -> str:
    example = (EXAMPLE / name).read_text("utf-8").replace(_AREA, area)
    lines = [f"{title.zh} {title.en}", *_ABOUT, "", *legend(schema)]
    if name == DESCRIPTION:
        lines += ["", _READ_FROM, *_report()]
    comments = (f"# {line}".rstrip() for line in lines)
    return "\n".join((*comments, "", example))


def _report() -> Iterator[str]:
    for line in REPORT.read_text("utf-8").splitlines():
        yield f"  {line}"

"""Sections as groups: the parts of a report that are few enough to look at and tell enough."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: Fewer groups tell too little where the report has deeper sections.
_FEWEST = 5


def groups(records: Iterable[Mapping[str, Any]], order: Iterable[str]) -> dict[str, str]:
    """Return the group of each section that ``records`` are in, in the order of the report.

    Sections are taken together at the least depth that makes at least five groups, or as many as
    there are.

    :param order: every section, in the order of the report.
    """
    paths = {record["section"]: record["section_path"] for record in records}
    deepest = max(map(len, paths.values()), default=0)
    depth = 1
    while depth < deepest and len({path[:depth][-1] for path in paths.values()}) < _FEWEST:
        depth += 1
    # what no order knows comes last, as it is met
    known = dict.fromkeys([*(section for section in order if section in paths), *paths])
    return {section: paths[section][:depth][-1] for section in known}

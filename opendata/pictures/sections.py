"""Targets and projects by section: how many there are of each."""

from __future__ import annotations

from collections import Counter
from typing import Any

from opendata.pictures.grouping import groups
from opendata.pictures.material import Material
from opendata.records import COLLECTIONS
from opendata.vocabularies import KINDS, Label

#: Groups that are told apart; the rest are taken together.
_MOST = 24
_OTHERS = Label("其他部分", "Other sections")


def sections(material: Material) -> dict[str, Any] | None:
    """Return the picture, ``None`` where there are neither targets nor projects."""
    counted = Counter(
        (record["section"], series)
        for series, records in (
            *((t["kind"], (t,)) for t in material.targets),
            *(("projects", (p,)) for p in material.records["projects"]),
        )
        for record in records
    )
    if not counted:
        return None
    every = [*material.targets, *material.records["projects"]]
    group_of = groups(every, material.labels["sections"])
    found: dict[str, Counter[str]] = {}
    for section, group in group_of.items():
        own = found.setdefault(group, Counter())
        for series in _SERIES:
            own[series] += counted[section, series]
    rows = list(found.items())
    counts = [_row(material, group, own) for group, own in rows[:_MOST]]
    if rest := rows[_MOST:]:
        counts[-1:] = [_rest([(rows[_MOST - 1]), *rest])]
    totals = {series: sum(own[series] for own in found.values()) for series in _SERIES}
    figures, words = totals["quantitative"], totals["qualitative"]
    return {
        "summary": {
            "zh": f"{len(found)}个部分中有{figures}项定量目标、{words}项定性目标和"
            f"{totals['projects']}个项目。",
            "en": f"{figures} targets with a figure, {words} without and {totals['projects']} "
            f"projects in {len(found)} sections.",
        },
        "total": sum(totals.values()),
        "series": [{"name": name, "label": label._asdict()} for name, label in _SERIES.items()],
        "counts": counts,
    }


_KINDS = {code.code: code.label for code in KINDS.codes}
_TARGETS = COLLECTIONS["targets"].title
_SERIES = {
    "quantitative": Label("有数字的目标", "Targets with a figure"),
    "qualitative": Label("没有数字的目标", "Targets without a figure"),
    "projects": Label(*COLLECTIONS["projects"].title),
}


def _row(material: Material, group: str, own: Counter[str]) -> dict[str, Any]:
    parts = [
        {
            "series": series,
            "count": own[series],
            "url": material.rows("projects", section_path=group)
            if series == "projects"
            else material.rows("targets", section_path=group, kind=series),
        }
        for series in _SERIES
    ]
    label = material.label("sections", group)._asdict()
    return {"name": group, "label": label, "count": own.total(), "parts": parts}


def _rest(rows: list[tuple[str, Counter[str]]]) -> dict[str, Any]:
    own = sum((counter for _, counter in rows), Counter[str]())
    parts = [{"series": series, "count": own[series], "url": None} for series in _SERIES]
    return {"name": "", "label": _OTHERS._asdict(), "count": own.total(), "parts": parts}

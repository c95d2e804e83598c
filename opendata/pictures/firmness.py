"""How firm the language is: targets by comparator, and how firmly they are promised."""

from __future__ import annotations

from collections import Counter
from typing import Any

from opendata.pictures.material import Material
from opendata.vocabularies import COMPARATORS, STRENGTHS, Label

#: From figures that leave nothing open to those that leave most.
_ORDER = (
    *("equal", "reach", "maintain", "at_least", "more_than", "at_most", "less_than", "range"),
    *("about", ""),
)
_LABELS = {code.code: code.label for code in COMPARATORS.codes} | {
    "equal": Label("只写数字", "A bare figure"),
    "": Label("没有数字（定性）", "No figure (qualitative)"),
}
#: From the firmest promise on.
_SERIES = {
    name: {code.code: code.label for code in STRENGTHS.codes}[name]
    for name in ("commit", "expect", "strive")
}


def firmness(material: Material) -> dict[str, Any] | None:
    """Return the picture, ``None`` where there are no targets."""
    counted = Counter((t["comparator"] or "", t["strength"]) for t in material.targets)
    if not counted:
        return None
    counts = [
        _row(material, comparator, counted)
        for comparator in _ORDER
        if any(counted[comparator, strength] for strength in _SERIES)
    ]
    by_strength = {s: sum(counted[c, s] for c in _ORDER) for s in _SERIES}
    zh = "、".join(f"{_SERIES[s].zh}{n}项" for s, n in by_strength.items() if n)
    en = ", ".join(f"{n} {_SERIES[s].en.lower()}" for s, n in by_strength.items() if n)
    zh_rows = "；".join(f"{row['label']['zh']}{row['count']}项" for row in counts)
    en_rows = "; ".join(f"{row['label']['en'].lower()}, {row['count']}" for row in counts)
    total = len(material.targets)
    return {
        "summary": {
            "zh": f"{total}项目标：{zh}。按比较词：{zh_rows}。",
            "en": f"{total} targets: {en}. By the word of comparison: {en_rows}.",
        },
        "total": total,
        "series": [{"name": name, "label": label._asdict()} for name, label in _SERIES.items()],
        "counts": counts,
    }


def _row(material: Material, comparator: str, counted: Counter[tuple[str, str]]) -> dict[str, Any]:
    alike = {"comparator": comparator} if comparator else {"kind": "qualitative"}
    parts = [
        {
            "series": strength,
            "count": counted[comparator, strength],
            "url": material.rows("targets", **alike, strength=strength),
        }
        for strength in _SERIES
    ]
    return {
        "name": comparator,
        "label": _LABELS[comparator]._asdict(),
        "count": sum(part["count"] for part in parts),
        "parts": parts,
    }

"""When things are due: targets and projects by deadline, and whether the report prints it."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date
from typing import Any

from opendata.pictures.material import Material
from opendata.vocabularies import Label

#: Steps of time, in months; the least that makes few enough of them is taken.
_STEPS = (1, 3, 12)
#: Steps that a picture has room for.
MOST_STEPS = 24
_YEAR = 12

_SERIES = {
    "targets.stated": Label("目标，原文写明期限", "Targets, deadline printed"),
    "targets.implied_by_report_year": Label(
        "目标，按报告年度推定", "Targets, implied by the report's year"
    ),
    "projects.stated": Label("项目，原文写明期限", "Projects, deadline printed"),
    "projects.implied_by_report_year": Label(
        "项目，按报告年度推定", "Projects, implied by the report's year"
    ),
}


def deadlines(material: Material) -> dict[str, Any] | None:
    """Return the picture, ``None`` where nothing has a deadline."""
    due = [
        (_day(record["deadline"]), f"{collection}.{record['deadline_basis']}")
        for collection in ("targets", "projects")
        for record in material.records[collection]
        if record["deadline"]
    ]
    if not due:
        return None
    first = min(int(material.period[:4]) * _YEAR, min(_month(day) for day, _ in due))
    last = max(_month(day) for day, _ in due)
    step = next((s for s in _STEPS if (last - first) // s < MOST_STEPS), _STEPS[-1])
    counted = Counter((_month(day) // step * step, series) for day, series in due)
    steps = sorted({month for month, _ in counted})
    never = (("projects", p) for p in material.records["projects"] if not p["deadline"])
    by_series = Counter(series for _, series in due)
    zh = "，".join(f"{_SERIES[s].zh}：{n}" for s in _SERIES if (n := by_series[s]))
    en = "; ".join(f"{_SERIES[s].en}: {n}" for s in _SERIES if (n := by_series[s]))
    return {
        "summary": {"zh": f"{zh}。", "en": f"{en}."},
        "total": len(due),
        "series": [{"name": name, "label": label._asdict()} for name, label in _SERIES.items()],
        "counts": [_row(material, month, step, counted) for month in steps],
        "left_out": material.left_out("no_deadline", never),
        "time": {
            "first": _name(first // step * step),
            "last": _name(last // step * step),
            "months": step,
        },
    }


def _day(deadline: date | str) -> date:
    return deadline if isinstance(deadline, date) else date.fromisoformat(deadline)


def _month(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _name(month: int) -> str:
    return f"{month // _YEAR:04}-{month % _YEAR + 1:02}"


def _row(
    material: Material, month: int, step: int, counted: Counter[tuple[int, str]]
) -> dict[str, Any]:
    begin = f"{_name(month)}-01"
    year, last = divmod(month + step - 1, _YEAR)
    end = date(year, last + 1, monthrange(year, last + 1)[1]).isoformat()
    parts = []
    for series in _SERIES:
        collection, basis = series.split(".")
        url = material.rows(
            collection, deadline__gte=begin, deadline__lte=end, deadline_basis=basis
        )
        parts.append({"series": series, "count": counted[month, series], "url": url})
    label = {1: _of_month, 3: _of_quarter}.get(step, _of_year)(month)
    count = sum(counted[month, series] for series in _SERIES)
    return {"name": _name(month), "label": label._asdict(), "count": count, "parts": parts}


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _of_month(month: int) -> Label:
    year, number = divmod(month, _YEAR)
    return Label(f"{year}年{number + 1}月", f"{_MONTHS[number]} {year}")


def _of_quarter(month: int) -> Label:
    year, number = divmod(month, _YEAR)
    return Label(f"{year}年第{number // 3 + 1}季度", f"Q{number // 3 + 1} {year}")


def _of_year(month: int) -> Label:
    return Label(f"{month // _YEAR}年", str(month // _YEAR))

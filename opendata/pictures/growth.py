"""Growth targets side by side: rates of change on one scale."""

from __future__ import annotations

from typing import Any

from opendata.pictures.material import MOST_FIGURES, Material
from opendata.vocabularies import Label

#: What growth is told in for one scale: base unit of percentages.
_PERCENT = "%"


def growth(material: Material) -> dict[str, Any] | None:
    """Return the picture, ``None`` where no target is a rate of growth."""
    rates = [target for target in material.figures() if target["measure"] == "growth"]
    drawn = [target for target in rates if target["unit_base"] == _PERCENT]
    if not drawn:
        return None
    sections = {target["section"] for target in drawn}
    without = (
        target
        for target in material.targets
        if target["kind"] == "qualitative" and target["section"] in sections
    )
    others = (target for target in rates if target["unit_base"] != _PERCENT)
    figures = [material.figure(target) for target in drawn[:MOST_FIGURES]]
    return {
        "summary": told(
            Label(f"{len(drawn)}项增长目标：", f"{len(drawn)} growth targets: "), figures
        ),
        "total": len(drawn),
        "figures": figures,
        "left_out": [
            *material.left_out("qualitative", (("targets", target) for target in without)),
            *material.left_out("other_unit", (("targets", target) for target in others)),
        ],
    }


#: Figures that a summary reads out.
_TOLD = 12


def told(beginning: Label, figures: list[dict[str, Any]]) -> dict[str, str]:
    """Return a summary that reads out figures."""
    shown = figures[:_TOLD]
    zh = "；".join(f"{f['title']['zh']}{f['in_words']['zh']}" for f in shown)
    en = "; ".join(f"{f['title']['en']}, {f['in_words']['en']}" for f in shown)
    more = ("……", " …") if len(figures) > _TOLD else ("。", ".")
    return {"zh": f"{beginning.zh}{zh}{more[0]}", "en": f"{beginning.en}{en}{more[1]}"}

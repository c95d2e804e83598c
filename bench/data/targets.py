"""Made-up targets: each as an editor would have written it, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from bench.data.words import KINDS, PLACES, SUBJECTS

#: Codes of the shared lists; every dataset uses all of them.
INDICATORS = (
    *("gross-regional-product", "general-public-budget-revenue"),
    *("investment-in-fixed-assets", "retail-sales-of-consumer-goods"),
    *(
        "value-added-of-industry-above-designated-size",
        "per-capita-disposable-income-of-urban-households",
    ),
    *(
        "investment-in-industrial-technological-transformation",
        "digital-transformation-coverage-of-industry",
    ),
    *("srdi-and-innovative-smes", "digital-economy-size"),
    *("industrial-premises", "occupancy-rate-of-completed-parks"),
    *("financial-enterprises-attracted", "balance-of-loans"),
    *("value-added-of-the-financial-sector", "roadshow-and-training-events"),
)
COMPARATORS = {
    "about": "增长{}%左右",
    "at_least": "增长{}%以上",
    "more_than": "增长超{}%",
    "equal": "增长{}%",
}
STRENGTHS = ("expect", "commit", "strive")


def made_up(dataset: int, count: int) -> Iterator[dict[str, Any]]:
    """Yield the targets of the dataset of this number."""
    draw = random.Random(f"targets {dataset}")  # noqa: S311
    for number in range(count):
        yield _target(number, draw)


def _target(number: int, draw: random.Random) -> dict[str, Any]:
    place, kind, subject = draw.choice(PLACES), draw.choice(KINDS), draw.choice(SUBJECTS)
    comparator = tuple(COMPARATORS)[number % len(COMPARATORS)]
    value = f"{draw.randrange(1, 10_000) / 100:.2f}"
    printed = COMPARATORS[comparator].format(value)
    quote = f"{place[0]}{kind[0]}{subject[0]}{printed}"
    start = 40 * number
    month, day = draw.randrange(1, 13), draw.randrange(1, 29)
    return {
        "id": f"t-{number:04}",
        "title": {
            "zh": f"{place[0]}{kind[0]}{subject[0]}增长率",
            "en": f"Growth of {kind[1]} {subject[1]} in {place[1]}",
        },
        "section": "1",
        "kind": "quantitative",
        "indicator": INDICATORS[number % len(INDICATORS)],
        "measure": "growth",
        "comparator": comparator,
        "strength": STRENGTHS[number % len(STRENGTHS)],
        "value": value,
        "unit": "percent",
        "as_printed": printed,
        "period": "2030",
        "deadline": f"2030-{month:02}-{day:02}",
        "deadline_basis": "stated",
        "source": {
            "document": "report",
            "paragraph": number + 1,
            "start": start,
            "end": start + len(quote),
            "quote": quote,
        },
    }

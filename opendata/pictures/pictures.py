"""The pictures of a version: each from its records, those that have nothing to show left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from opendata.pictures.deadlines import deadlines
from opendata.pictures.firmness import firmness
from opendata.pictures.growth import growth
from opendata.pictures.material import Material
from opendata.pictures.money import money_by_section
from opendata.pictures.names import PICTURES
from opendata.pictures.sections import sections
from opendata.vocabularies import LANGUAGES

Picture = dict[str, Any]

_MAKE: Mapping[str, Callable[[Material], Picture | None]] = MappingProxyType(
    {
        "growth": growth,
        "sections": sections,
        "money": money_by_section,
        "deadlines": deadlines,
        "firmness": firmness,
    }
)
_EMPTY: Picture = {
    "summary": None,
    "total": 0,
    "figures": [],
    "sums": [],
    "series": [],
    "counts": [],
    "time": None,
    "left_out": [],
}


def pictures(material: Material) -> list[Picture]:
    """Return the pictures there are, in their order.

    Of a picture, ``figures`` are single targets, ``counts`` numbers of records by group, each
    with a part for every one of the ``series``, along ``time`` where that is set; ``sums`` are
    of figures, ``left_out`` says what is
    not drawn or not added up, and why; ``summary`` says what there is to see.
    """
    found = []
    for name, title in PICTURES.items():
        made = _MAKE[name](material)
        if made is not None:
            address = f"{material.address}/pictures/{name}"
            found.append(
                {
                    "name": name,
                    "title": title._asdict(),
                    "url": address,
                    "images": {lang: f"{address}.svg?lang={lang}" for lang in LANGUAGES},
                    **_EMPTY,
                    **made,
                }
            )
    return found

"""Code lists: the closed ones of the record model, and the form all of them share.

Closed lists give the record model its meaning and change only with the software. Open lists
(units, indicators, areas …) are data: they stand in ``datasets/vocabularies/``.
"""

from opendata.vocabularies.codelist import Code, CodeList, Label
from opendata.vocabularies.model import (
    ACTIONS,
    CHANGE_KINDS,
    CLOSED,
    COMPARATORS,
    DEADLINE_BASES,
    DIMENSIONS,
    EXCLUSION_KINDS,
    KINDS,
    LANGUAGES,
    MEASURES,
    PARTS,
    PRICE_BASES,
    STRENGTHS,
    TERM_KINDS,
)

#: The open lists: the files ``datasets/vocabularies/{name}.yaml``.
OPEN = {
    "areas": Label("行政区划", "Areas"),
    "categories": Label("项目类别", "Categories of project"),
    "caveats": Label("注意事项类型", "Kinds of caveat"),
    "exclusions": Label("排除理由", "Reasons of exclusion"),
    "indicators": Label("指标", "Indicators"),
    "licences": Label("许可", "Licences"),
    "themes": Label("主题", "Themes"),
    "units": Label("单位", "Units"),
}

__all__ = [
    "ACTIONS",
    "CHANGE_KINDS",
    "CLOSED",
    "COMPARATORS",
    "DEADLINE_BASES",
    "DIMENSIONS",
    "EXCLUSION_KINDS",
    "KINDS",
    "LANGUAGES",
    "MEASURES",
    "OPEN",
    "PARTS",
    "PRICE_BASES",
    "STRENGTHS",
    "TERM_KINDS",
    "Code",
    "CodeList",
    "Label",
]

"""The texts of the pages, Chinese and English side by side: a module for each part of the site.

What records, fields and codes are called stands with their declarations and is not repeated here.
"""

from collections.abc import Mapping

from opendata.vocabularies import Label
from opendata.web.pages.texts import (
    changes,
    collection,
    dataset,
    documents,
    failure,
    guide,
    home,
    pictures,
    record,
    shell,
)


def _joined(*parts: Mapping[str, Label]) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for part in parts:
        twice = found.keys() & part.keys()
        if twice:
            raise ValueError(f"texts that are declared twice: {sorted(twice)}")
        found |= part
    return found


#: Every text, by the key that templates name it by.
TEXTS = _joined(
    *(shell.TEXTS, home.TEXTS, collection.TEXTS),
    *(changes.TEXTS, dataset.TEXTS, record.TEXTS, failure.TEXTS, documents.TEXTS, guide.TEXTS),
    pictures.TEXTS,
)

__all__ = ["TEXTS"]

"""What pictures are made from: the records of one version as they are served, and their names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from opendata.formats.figures import phrase
from opendata.pictures.names import REASONS
from opendata.vocabularies import Label

Record = Mapping[str, Any]

#: Figures that a picture holds; of more, it tells how many there are.
MOST_FIGURES = 100
#: Records that are named among those left out for one reason.
MOST_NAMED = 20

_FIELDS = (
    *("id", "title", "section", "comparator", "strength", "value", "value_max", "unit"),
    *("value_base", "value_max_base", "unit_base", "as_printed"),
)


@dataclass(frozen=True, slots=True)
class Material:
    """The records of a version.

    ``address`` is the version's pinned address, ``period`` its period, ``records`` are the
    records by collection in the order of the report, ``labels`` names codes, sections (with their
    number) and records by vocabulary, ``units`` are the units by code, with their ``dimension`` and
    ``multiplier``.
    """

    address: str
    period: str
    records: Mapping[str, Sequence[Record]]
    labels: Mapping[str, Mapping[str, Label]]
    units: Mapping[str, Mapping[str, Any]]

    @property
    def targets(self) -> Sequence[Record]:
        """The targets."""
        return self.records["targets"]

    def figures(self) -> Iterator[Record]:
        """Yield the targets that have a figure, which can be told in a base unit."""
        quantitative = (target for target in self.targets if target["kind"] == "quantitative")
        return (target for target in quantitative if target["value_base"] is not None)

    def dimension(self, record: Record) -> str:
        """Return what the figure of ``record`` measures (vocabulary ``dimensions``)."""
        unit = self.units.get(record["unit"])
        return str(unit["dimension"]) if unit else ""

    def label(self, vocabulary: str, code: str) -> Label:
        """Return what a code is called; itself where nothing is known of it."""
        return self.labels.get(vocabulary, {}).get(code) or Label(code, code)

    def rows(self, collection: str, **conditions: str) -> str:
        """Return the address of the rows of the version that meet ``conditions``."""
        return f"{self.address}/{collection}?{urlencode(conditions)}"

    def figure(self, record: Record) -> dict[str, Any]:
        """Return a figure as pictures hold it."""
        return {
            **{name: record[name] for name in _FIELDS},
            "in_words": self.in_words(record),
            "url": f"{self.address}/targets/{record['id']}",
            "group": None,
        }

    def in_words(self, figure: Record) -> dict[str, str]:
        """Return a figure in words, in both languages."""
        unit = self.label("units", figure["unit"])
        return {language: str(phrase(figure, unit, language)) for language in Label._fields}

    def left_out(self, reason: str, records: Iterable[tuple[str, Record]]) -> list[dict[str, Any]]:
        """Return what is left out for a reason, nothing where there are no such records.

        :param records: each with its collection.
        """
        found = list(records)
        if not found:
            return []
        named = [
            {
                "collection": collection,
                "id": record["id"],
                "title": record["title"],
                "url": f"{self.address}/{collection}/{record['id']}",
            }
            for collection, record in found[:MOST_NAMED]
        ]
        return [
            {
                "reason": reason,
                "text": REASONS[reason]._asdict(),
                "count": len(found),
                "records": named,
            }
        ]

"""Citations as pages show them: every form there is, each to be copied or fetched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opendata.citation import Citation, bibtex, reference
from opendata.citation import csl as item
from opendata.formats.json import dump
from opendata.records import Collection
from opendata.store import Store, VersionRow
from opendata.web.cited import cited_record, cited_version


@dataclass(frozen=True, slots=True)
class Form:
    """A citation in one form: ``name`` is that of the form, ``language`` that of the text."""

    id: str
    name: str
    text: str
    language: str


def forms(cited: Citation, language: str) -> list[Form]:
    """Return a citation in every form, that of the reader's language first.

    Pages are kept, so nothing on them tells the day: what ``/cite`` answers does.
    """
    references = [
        Form("gbt7714", "GB/T 7714—2015", reference(cited, "zh"), "zh"),
        Form("apa", "APA 7", reference(cited, "en"), "en"),
    ]
    if language == "en":
        references.reverse()
    csl: Mapping[str, Any] = item(cited, language)
    return [
        *references,
        Form("bibtex", "BibTeX", bibtex(cited, language).rstrip("\n"), language),
        Form("csl", "CSL-JSON", dump([csl]).decode(), language),
    ]


def forms_of_record(
    current: Store, collection: Collection, held: VersionRow, name: str, language: str
) -> Sequence[Form]:
    """Return how to cite a record that is there."""
    cited = cited_record(current, collection, held, name)
    assert cited is not None
    return forms(cited.citation(), language)


def forms_of_version(current: Store, held: VersionRow, language: str) -> Sequence[Form]:
    """Return how to cite a version."""
    return forms(cited_version(current, held).citation(), language)

"""Code lists as SKOS concept schemes (W3C Recommendation, 2009), in JSON-LD 1.1 and Turtle.

The JSON-LD is written first, in the order of the list; rdflib reads it and writes the Turtle,
sorted, so that both say the same and the same lists give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rdflib import DCTERMS, SKOS, Graph

from opendata.formats.json import dump
from opendata.vocabularies import Label

_TEXT = {"@container": "@language"}
_LINK = {"@type": "@id"}

_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "skos": str(SKOS),
    "dcterms": str(DCTERMS),
    "id": "@id",
    "type": "@type",
    "ConceptScheme": "skos:ConceptScheme",
    "Concept": "skos:Concept",
    "prefLabel": {"@id": "skos:prefLabel", **_TEXT},
    "definition": {"@id": "skos:definition", **_TEXT},
    "notation": "skos:notation",
    "inScheme": {"@id": "skos:inScheme", **_LINK},
    "hasTopConcept": {"@id": "skos:hasTopConcept", **_LINK},
    "topConceptOf": {"@id": "skos:topConceptOf", **_LINK},
    "broader": {"@id": "skos:broader", **_LINK},
    "exactMatch": {"@id": "skos:exactMatch", **_LINK},
    "source": "dcterms:source",
}


def concept_scheme(
    address: str, title: Label, entries: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a code list as JSON-LD.

    :param address: of the list; a concept is ``{address}#{code}``.
    """
    concepts = [_concept(address, entry) for entry in entries]
    scheme = {
        "id": address,
        "type": "ConceptScheme",
        "prefLabel": title._asdict(),
        "hasTopConcept": [concept["id"] for concept in concepts if "topConceptOf" in concept],
    }
    return {"@context": _CONTEXT, "@graph": [scheme, *concepts]}


def turtle(scheme: Mapping[str, Any]) -> bytes:
    """Return a concept scheme as Turtle."""
    graph = Graph(bind_namespaces="none")
    graph.parse(data=dump(scheme), format="json-ld")
    return graph.serialize(format="turtle", encoding="utf-8")


def _concept(address: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    broader = entry.get("broader")
    place = {"broader": f"{address}#{broader}"} if broader else {"topConceptOf": address}
    return {
        "id": f"{address}#{entry['code']}",
        "type": "Concept",
        "notation": entry["code"],
        "prefLabel": entry["label"],
        "definition": entry["definition"],
        "inScheme": address,
        **place,
        **({"exactMatch": entry["exact_match"]} if entry["exact_match"] else {}),
        **({"source": entry["source"]} if entry["source"] else {}),
    }

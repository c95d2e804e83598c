"""Code lists as SKOS concept schemes (W3C Recommendation, 2009), in JSON-LD 1.1 and Turtle.

The JSON-LD is written first, in the order of the list; rdflib reads it and writes the Turtle,
sorted, so that both say the same and the same lists give the same bytes.

A field of an entry is a property of SKOS, Dublin Core or QUDT where one means the same; any other
is a property of the list's own, ``{address}#field/{name}``, which the list itself describes.
(QUDT's conversionMultiplier, for one, leads to SI units; ours lead to yuan and to counts too.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from marshmallow import fields
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph

from opendata.formats.json import dump
from opendata.records import Entry
from opendata.records.fields import Date, ExactDecimal, Text
from opendata.records.groups import Group
from opendata.records.patterns import Url
from opendata.vocabularies import Label

_TEXT = {"@container": "@language"}
_LINK = {"@type": "@id"}

#: The key and the property of each field for which there is a well-known one.
_KNOWN = {
    "code": ("notation", "skos:notation"),
    "label": ("prefLabel", "skos:prefLabel"),
    "alt_labels": ("altLabel", "skos:altLabel"),
    "definition": ("definition", "skos:definition"),
    "threshold": ("scopeNote", "skos:scopeNote"),
    "source": ("source", "dcterms:source"),
    "broader": ("broader", "skos:broader"),
    "exact_match": ("exactMatch", "skos:exactMatch"),
    "ucum": ("ucumCode", "qudt:ucumCode"),
}

#: What the values of these fields are; of other fields their types tell.
_KINDS = {"alt_labels": _TEXT, "ucum": {"@type": "qudt:UCUMcs"}}

#: What a field's property is a narrower form of.
_NARROWER = {"threshold_source": "dcterms:source"}

_CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "dcterms": str(DCTERMS),
    "qudt": "http://qudt.org/schema/qudt/",
    "rdf": str(RDF),
    "rdfs": str(RDFS),
    "skos": str(SKOS),
    "xsd": str(XSD),
    "id": "@id",
    "type": "@type",
    "ConceptScheme": "skos:ConceptScheme",
    "Concept": "skos:Concept",
    "Property": "rdf:Property",
    "inScheme": {"@id": "skos:inScheme", **_LINK},
    "hasTopConcept": {"@id": "skos:hasTopConcept", **_LINK},
    "topConceptOf": {"@id": "skos:topConceptOf", **_LINK},
    "title": {"@id": "rdfs:label", **_TEXT},
    "comment": {"@id": "rdfs:comment", **_TEXT},
    "subPropertyOf": {"@id": "rdfs:subPropertyOf", **_LINK},
}


def concept_scheme(
    address: str, title: Label, entries: Iterable[Mapping[str, Any]], kind: type[Entry] = Entry
) -> dict[str, Any]:
    """Return a code list as JSON-LD.

    :param address: of the list; a concept is ``{address}#{code}``.
    :param kind: the type of the entries.
    """
    known = kind().fields
    concepts = [_concept(address, entry, known) for entry in entries]
    scheme = {
        "id": address,
        "type": "ConceptScheme",
        "prefLabel": title._asdict(),
        "hasTopConcept": [concept["id"] for concept in concepts if "topConceptOf" in concept],
    }
    terms = {_key(name): _term(name, field) for name, field in known.items()}
    return {
        "@context": {**_CONTEXT, "field": f"{address}#field/", **terms},
        "@graph": [scheme, *concepts, *_properties(known)],
    }


def turtle(scheme: Mapping[str, Any]) -> bytes:
    """Return a concept scheme as Turtle."""
    return _turtle(dump(scheme))


@lru_cache(maxsize=64)  # the lists of two builds: few change from one to the next
def _turtle(scheme: bytes) -> bytes:
    graph = Graph(bind_namespaces="none")
    graph.parse(data=scheme, format="json-ld")
    return graph.serialize(format="turtle", encoding="utf-8")


def _concept(
    address: str, entry: Mapping[str, Any], known: Mapping[str, fields.Field[Any]]
) -> dict[str, Any]:
    values = {name: entry[name] for name in known if entry.get(name)}
    values["alt_labels"] = _other_labels(entry)
    return {
        "id": f"{address}#{entry['code']}",
        "type": "Concept",
        "inScheme": address,
        **({} if entry.get("broader") else {"topConceptOf": address}),
        **{
            _key(name): _value(address, known[name], value)
            for name, value in values.items()
            if value
        },
    }


def _other_labels(entry: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the other labels by language, the official term among them.

    The preferred label is none of them (SKOS Reference, S13).
    """
    found: dict[str, list[str]] = {"zh": list(entry.get("alt_labels", ()))}
    for language, text in (entry.get("official_term") or {}).items():
        labels = found.setdefault(language, [])
        if text != entry["label"][language] and text not in labels:
            labels.append(text)
    return {language: labels for language, labels in found.items() if labels}


def _properties(known: Mapping[str, fields.Field[Any]]) -> Iterator[dict[str, Any]]:
    """Describe the properties that are the list's own."""
    for name, field in known.items():
        if name not in _KNOWN:
            yield {
                "id": f"field:{name}",
                "type": "Property",
                "title": field.metadata["label"]._asdict(),
                "comment": field.metadata["note"]._asdict(),
                **({"subPropertyOf": _NARROWER[name]} if name in _NARROWER else {}),
            }


def _key(name: str) -> str:
    return _KNOWN[name][0] if name in _KNOWN else name


def _term(name: str, field: fields.Field[Any]) -> dict[str, str]:
    """Return what a field's key means: its property, and what its values are."""
    term = _KNOWN[name][1] if name in _KNOWN else f"field:{name}"
    return {"@id": term, **(_KINDS.get(name) or _kind(_member(field)))}


def _kind(field: fields.Field[Any]) -> dict[str, str]:
    if isinstance(field, Group):
        return _TEXT
    if isinstance(field, Url) or _vocabulary(field):
        return _LINK
    if isinstance(field, ExactDecimal):
        return {"@type": "xsd:decimal"}
    if isinstance(field, Date):
        return {"@type": "xsd:date"}
    if isinstance(field, Text) and field.language:
        return {"@language": field.language}
    return {}


def _value(address: str, field: fields.Field[Any], value: Any) -> Any:
    """Return a field's value as JSON-LD has it: codes as addresses, decimals as text."""
    if isinstance(value, list):
        return [_value(address, _member(field), member) for member in value]
    if vocabulary := _vocabulary(field):
        return f"{address.rpartition('/')[0]}/{vocabulary}#{value}"
    return _decimal(value) if isinstance(value, Decimal) else value


def _decimal(value: Decimal) -> str:
    """Return a decimal with its point, without which Turtle would read an integer."""
    text = format(value, "f")
    return text if "." in text else f"{text}.0"


def _member(field: fields.Field[Any]) -> fields.Field[Any]:
    return field.inner if isinstance(field, fields.List) else field


def _vocabulary(field: fields.Field[Any]) -> str:
    """Return the code list of a field's values, ``""`` where they are no codes."""
    return getattr(field, "vocabulary", "")

"""RDF as bytes: Turtle, JSON-LD 1.1 and RDF/XML, the same bytes for the same graph.

rdflib's own JSON-LD and RDF/XML come in another order in each process, so that two workers would
disagree on an entity tag; these are sorted. A document is a head, pieces and a tail, so that
documents are joined from pieces that were written once. A graph may have blank nodes as long as
each is the object of one triple: they are written in place.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from opendata.catalogue.names import PREFIXES
from opendata.formats.json import dump

#: What is said of a node: each property with its values, types first.
_Said = list[tuple[URIRef, list[Node]]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """A graph in the order in which every form writes it: what is said of each of its nodes."""

    said: Mapping[Node, _Said]

    def named(self) -> Iterator[tuple[URIRef, _Said]]:
        """Yield every node that has an address, in the order of these."""
        for subject in sorted(node for node in self.said if isinstance(node, URIRef)):
            yield subject, self.said[subject]


@dataclass(frozen=True, slots=True)
class Form:
    """A serialisation of RDF that is joined from pieces."""

    suffix: str
    content_type: str
    head: bytes
    separator: bytes
    tail: bytes
    piece: Callable[[Arranged], bytes]


def arranged(graph: Graph) -> Arranged:
    """Return ``graph`` in order."""
    pairs: dict[Node, list[tuple[Node, Node]]] = {}
    for subject, predicate, value in graph:
        pairs.setdefault(subject, []).append((predicate, value))
    return Arranged({subject: _grouped(found) for subject, found in pairs.items()})


def in_language(graph: Arranged, language: str) -> Arranged:
    """Return ``graph`` with texts in one language only, and in another where they have no other."""
    return Arranged(
        {
            subject: [(name, _spoken(values, language)) for name, values in said]
            for subject, said in graph.said.items()
        }
    )


def _spoken(values: list[Node], language: str) -> list[Node]:
    languages = {value.language for value in values if isinstance(value, Literal)}
    if language not in languages:
        return values
    kept = (None, language)
    return [v for v in values if not isinstance(v, Literal) or v.language in kept]


def _grouped(pairs: list[tuple[Node, Node]]) -> _Said:
    grouped = groupby(sorted(pairs, key=_place), key=lambda pair: pair[0])
    return [(URIRef(str(predicate)), [value for _, value in group]) for predicate, group in grouped]


def _place(pair: tuple[Node, Node]) -> tuple[bool, str, str, str]:
    predicate, value = pair
    language = value.language or "" if isinstance(value, Literal) else ""
    return predicate != RDF.type, _short(URIRef(str(predicate))), str(value), language


@cache
def _short(address: URIRef) -> str:
    """Return the name of a property, type or datatype with its prefix."""
    for namespace, prefix in PREFIXES.items():
        if address.startswith(namespace):
            return f"{prefix}:{address.removeprefix(namespace)}"
    raise ValueError(f"no prefix for {address}")


def _turtle(graph: Arranged) -> bytes:
    blocks = (
        f"<{subject}> {_turtle_said(graph, said, '  ')} .\n" for subject, said in graph.named()
    )
    return "\n".join(blocks).encode()


def _turtle_said(graph: Arranged, said: _Said, margin: str) -> str:
    return f" ;\n{margin}".join(
        f"{'a' if name == RDF.type else _short(name)} "
        + ", ".join(_turtle_value(graph, name, value, margin) for value in values)
        for name, values in said
    )


def _turtle_value(graph: Arranged, name: URIRef, value: Node, margin: str) -> str:
    if isinstance(value, BNode):
        inner = margin + "  "
        return f"[\n{inner}{_turtle_said(graph, graph.said[value], inner)}\n{margin}]"
    if isinstance(value, Literal):
        text = json.dumps(str(value), ensure_ascii=False)
        if value.language:
            return f"{text}@{value.language}"
        return f"{text}^^{_short(value.datatype)}" if value.datatype else text
    return _short(URIRef(str(value))) if name == RDF.type else f"<{value}>"


def _jsonld(graph: Arranged) -> bytes:
    nodes = ({"@id": str(subject)} | _json_said(graph, said) for subject, said in graph.named())
    return b",\n".join(dump(node) for node in nodes)


def _json_said(graph: Arranged, said: _Said) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, values in said:
        if name == RDF.type:
            written: list[Any] = [_short(URIRef(str(value))) for value in values]
        else:
            written = [_json_value(graph, value) for value in values]
        found["@type" if name == RDF.type else _short(name)] = (
            written[0] if len(written) == 1 else written
        )
    return found


def _json_value(graph: Arranged, value: Node) -> Any:
    if isinstance(value, BNode):
        return _json_said(graph, graph.said[value])
    if not isinstance(value, Literal):
        return {"@id": str(value)}
    if value.language:
        return {"@language": value.language, "@value": str(value)}
    if value.datatype and value.datatype != XSD.string:
        return {"@type": _short(value.datatype), "@value": str(value)}
    return str(value)


def _xml(graph: Arranged) -> bytes:
    return "".join(_xml_node(graph, subject, said) for subject, said in graph.named()).encode()


def _xml_node(graph: Arranged, subject: Node, said: _Said) -> str:
    element, rest = "rdf:Description", said
    if said and said[0][0] == RDF.type:
        (_, types), *rest = said
        element = _short(URIRef(str(types[0])))
        rest = [(RDF.type, types[1:]), *rest]
    about = "" if isinstance(subject, BNode) else f" rdf:about={quoteattr(str(subject))}"
    properties = "".join(_xml_property(graph, name, v) for name, values in rest for v in values)
    return f"<{element}{about}>\n{properties}</{element}>\n"


def _xml_property(graph: Arranged, name: URIRef, value: Node) -> str:
    short = _short(name)
    if isinstance(value, BNode):
        return f"<{short}>{_xml_node(graph, value, graph.said[value])}</{short}>\n"
    if not isinstance(value, Literal):
        return f"<{short} rdf:resource={quoteattr(str(value))}/>\n"
    attribute = ""
    if value.language:
        attribute = f' xml:lang="{value.language}"'
    elif value.datatype:
        attribute = f' rdf:datatype="{value.datatype}"'
    return f"<{short}{attribute}>{escape(str(value), {chr(13): '&#13;'})}</{short}>\n"


def _prefixes(form: str) -> Iterable[str]:
    return (form.format(prefix, namespace) for namespace, prefix in PREFIXES.items())


TURTLE = Form(
    "ttl",
    "text/turtle; charset=utf-8",
    "".join(_prefixes("@prefix {}: <{}> .\n")).encode() + b"\n",
    b"\n",
    b"",
    _turtle,
)
JSONLD = Form(
    "jsonld",
    "application/ld+json",
    b'{"@context":%s,"@graph":[\n' % dump({p: n for n, p in PREFIXES.items()}),
    b",\n",
    b"\n]}\n",
    _jsonld,
)
RDFXML = Form(
    "rdf",
    "application/rdf+xml",
    (
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF'
        + "".join(_prefixes('\n  xmlns:{}="{}"'))
        + ">\n"
    ).encode(),
    b"",
    b"</rdf:RDF>\n",
    _xml,
)

#: Every form by suffix, the default first.
FORMS = {form.suffix: form for form in (TURTLE, JSONLD, RDFXML)}

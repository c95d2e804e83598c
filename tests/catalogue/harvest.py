"""What harvesters do: ask for a form, parse it with the network closed, follow its pages."""

from __future__ import annotations

from collections.abc import Iterator

from flask.testing import FlaskClient
from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from opendata.catalogue.names import DCAT, HYDRA
from tests.serving import BASE, get

#: What rdflib calls each media type.
PARSERS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def graph_at(client: FlaskClient, address: str, **headers: str) -> Graph:
    """Return the graph at an address, relative to it or not."""
    response = get(client, address, **headers)
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.data, format=PARSERS[response.mimetype or ""])


def pages(client: FlaskClient, address: str) -> Iterator[Graph]:
    """Yield the graphs of all pages, as ckanext-dcat finds them."""
    following: str | None = f"{BASE}{address}"
    while following:
        graph = graph_at(client, following)
        yield graph
        found = [
            str(target)
            for page in graph.subjects(RDF.type, HYDRA.PagedCollection)
            for target in graph.objects(page, HYDRA.next)
        ]
        assert len(found) <= 1
        following = found[0] if found else None


def datasets(graph: Graph) -> list[str]:
    """Return the addresses of the datasets, sorted."""
    return sorted(str(node) for node in graph.subjects(RDF.type, DCAT.Dataset))


def values(graph: Graph, subject: Node | str, predicate: Node) -> list[str]:
    """Return what is said of ``subject``, as texts, sorted."""
    node = URIRef(subject) if isinstance(subject, str) else subject
    return sorted(str(value) for value in graph.objects(node, predicate))

"""The score of data.europa.eu's Metadata Quality Assessment, as its methodology describes it.

Five dimensions, 405 points; a metric of datasets or distributions gives its points in proportion
to how many of these have what it asks for. Above 350 the rating is excellent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, Graph
from rdflib.term import Node

from opendata.catalogue.names import DCAT
from tests.serving import get

EXCELLENT = 351

_EU = "http://publications.europa.eu/resource/authority"
#: Media types that IANA has registered, of those that are served.
_REGISTERED = (
    "application/json",
    "application/zip",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
_OPEN = {f"{_EU}/file-type/{code}" for code in ("CSV", "JSON", "ZIP")}
_READABLE = {*_OPEN, f"{_EU}/file-type/XLSX"}


class Metric(NamedTuple):
    """What is asked of each node of a class, and what it is worth."""

    dimension: str
    name: str
    points: int
    of: Node
    holds: Callable[[Node], bool]


def scores(graph: Graph, client: FlaskClient, *, valid: bool) -> dict[str, float]:
    """Return the points of each metric.

    :param valid: whether the catalogue conforms to DCAT-AP.
    """
    found = {}
    for metric in _metrics(graph, client):
        nodes = list(graph.subjects(RDF.type, metric.of))
        share = sum(map(metric.holds, nodes)) / len(nodes)
        found[f"{metric.dimension}: {metric.name}"] = metric.points * share
    found["interoperability: DCAT-AP compliance"] = 30.0 * valid
    return found


def _metrics(graph: Graph, client: FlaskClient) -> Iterable[Metric]:
    def has(*predicates: Node) -> Callable[[Node], bool]:
        return lambda node: any((node, predicate, None) in graph for predicate in predicates)

    def among(predicate: Node, known: Iterable[str]) -> Callable[[Node], bool]:
        starts = tuple(known)
        return lambda node: any(
            str(value).startswith(starts) for value in graph.objects(node, predicate)
        )

    def answers(predicate: Node) -> Callable[[Node], bool]:
        return lambda node: all(
            get(client, str(url)).status_code == 200 for url in graph.objects(node, predicate)
        )

    def in_vocabulary(node: Node) -> bool:
        kinds = (f"http://www.iana.org/assignments/media-types/{name}" for name in _REGISTERED)
        return among(DCTERMS.format, [f"{_EU}/file-type/"])(node) and among(DCAT.mediaType, kinds)(
            node
        )

    dataset, file = DCAT.Dataset, DCAT.Distribution
    yield Metric("findability", "keywords", 30, dataset, has(DCAT.keyword))
    yield Metric("findability", "categories", 30, dataset, has(DCAT.theme))
    yield Metric("findability", "spatial", 20, dataset, has(DCTERMS.spatial))
    yield Metric("findability", "temporal", 20, dataset, has(DCTERMS.temporal))
    yield Metric("accessibility", "access address answers", 50, file, answers(DCAT.accessURL))
    yield Metric("accessibility", "download address", 20, file, has(DCAT.downloadURL))
    yield Metric("accessibility", "download answers", 30, file, answers(DCAT.downloadURL))
    yield Metric("interoperability", "format", 20, file, has(DCTERMS.format))
    yield Metric("interoperability", "media type", 10, file, has(DCAT.mediaType))
    yield Metric("interoperability", "vocabularies", 10, file, in_vocabulary)
    yield Metric("interoperability", "non-proprietary", 20, file, among(DCTERMS.format, _OPEN))
    yield Metric("interoperability", "readable", 20, file, among(DCTERMS.format, _READABLE))
    yield Metric("reusability", "licence", 20, file, has(DCTERMS.license))
    yield Metric(
        "reusability", "known licence", 10, file, among(DCTERMS.license, [f"{_EU}/licence/"])
    )
    yield Metric("reusability", "access rights", 10, dataset, has(DCTERMS.accessRights))
    known = [f"{_EU}/access-right/"]
    yield Metric("reusability", "known rights", 5, dataset, among(DCTERMS.accessRights, known))
    yield Metric("reusability", "contact", 20, dataset, has(DCAT.contactPoint))
    yield Metric("reusability", "publisher", 10, dataset, has(DCTERMS.publisher))
    yield Metric("contextuality", "rights", 5, file, has(DCTERMS.rights))
    yield Metric("contextuality", "file size", 5, file, has(DCAT.byteSize))
    yield Metric("contextuality", "issued", 5, dataset, has(DCTERMS.issued))
    yield Metric("contextuality", "modified", 5, dataset, has(DCTERMS.modified))

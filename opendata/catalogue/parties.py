"""Who publishes, whom to ask, under which licence, about which area: nodes that datasets share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from rdflib import DCTERMS, FOAF, RDF, RDFS, SKOS, Graph, Literal, URIRef

from opendata.catalogue.edition import (
    Edition,
    Lists,
    area_path,
    contact_email,
    licence_address,
    licence_concept,
)
from opendata.catalogue.names import (
    DCAT,
    GEO,
    LOCAL_AUTHORITY,
    LOCN,
    NON_PROFIT,
    VCARD,
    both,
    licence_type,
    tell,
)
from opendata.vocabularies import Label

#: How names of government bodies end.
_GOVERNMENT = ("政府", "局", "厅", "委员会", "办公室", "人大", "政协")

#: All of China: every area of GB/T 2260 lies in it. Its extent as its government gives it.
_CHINA = URIRef("http://publications.europa.eu/resource/authority/country/CHN")
_CHINA_NAME = Label("中国", "China")
_CHINA_BOX, _CHINA_CENTRE = "73.55 3.85 135.09 53.56", "105 35"


def publisher(graph: Graph, base_url: str, agent: Mapping[str, Any]) -> URIRef:
    """Add who publishes a dataset (foaf:Agent); return its node, one for each name."""
    return _agent(graph, base_url, Label(**agent["name"]), agent["url"])


def author(graph: Graph, base_url: str, name: Mapping[str, str]) -> URIRef:
    """Add who wrote a source document (foaf:Agent); return its node."""
    return _agent(graph, base_url, Label(**name), None)


def _agent(graph: Graph, base_url: str, name: Label, url: str | None) -> URIRef:
    node = URIRef(f"{base_url}/#agent-{_mark(name.zh)}")
    tell(
        graph,
        node,
        (RDF.type, FOAF.Agent),
        (FOAF.name, both(name)),
        (DCTERMS.type, LOCAL_AUTHORITY if name.zh.endswith(_GOVERNMENT) else NON_PROFIT),
    )
    if url:
        tell(graph, node, (FOAF.homepage, document(graph, url)))
    return node


def contact(graph: Graph, edition: Edition) -> URIRef:
    """Add whom to ask (vcard:Kind); return the node."""
    given = edition.record["contact"]
    mail = contact_email(edition)
    mark = _mark(f"{given['name']['zh']} {mail} {given['url']}")
    node = URIRef(f"{edition.base_url}/#contact-{mark}")
    tell(
        graph,
        node,
        (RDF.type, (VCARD.Kind, VCARD.Organization)),
        (VCARD.fn, both(Label(**given["name"]))),
        (VCARD.hasEmail, URIRef(f"mailto:{mail}")),
        (VCARD.hasURL, URIRef(given["url"]) if given["url"] else None),
    )
    return node


def licence(graph: Graph, code: str, lists: Lists) -> URIRef:
    """Add a licence (dct:LicenseDocument); return its node: the EU's where there is one."""
    node = URIRef(licence_concept(code, lists))
    entry = lists["licences"].get(code, {})
    name = Label(**entry["label"]) if entry else Label(code, code)
    text = URIRef(licence_address(code, lists))
    tell(
        graph,
        node,
        (RDF.type, DCTERMS.LicenseDocument),
        (DCTERMS.title, both(name)),
        (DCTERMS.identifier, Literal(code)),
        (DCTERMS.type, licence_type(code)),
        (RDFS.seeAlso, text if text != node else None),
    )
    return node


def area(graph: Graph, edition: Edition, lists: Lists) -> tuple[URIRef, URIRef]:
    """Add the area a dataset is about: as a code of GB/T 2260, and as a place (dct:Location).

    A place is one whose extent the code list gives: the area itself, or the nearest one it lies
    in, in the end China.

    :return: the code and the place.
    """
    code = edition.record["area"]
    path = area_path(code, lists)
    listed = f"{edition.base_url}/v1/vocabularies/areas"
    concept = URIRef(f"{listed}#{code}")
    name = Label(**path[0]["label"]) if path else Label(code, code)
    tell(
        graph,
        concept,
        (RDF.type, SKOS.Concept),
        (SKOS.prefLabel, both(name)),
        (SKOS.notation, Literal(code)),
        (SKOS.inScheme, URIRef(listed)),
    )
    tell(graph, URIRef(listed), (RDF.type, SKOS.ConceptScheme))
    tell(graph, URIRef(listed), (DCTERMS.title, both(Label("行政区划（GB/T 2260）", "GB/T 2260"))))
    for entry in path:
        if entry.get("bbox") and entry.get("centroid"):
            node = URIRef(f"{listed}#{entry['code']}")
            tell(graph, node, (DCTERMS.identifier, Literal(entry["code"])))
            label = Label(**entry["label"])
            return concept, _place(graph, node, label, entry["bbox"], entry["centroid"])
    return concept, china(graph)


def china(graph: Graph) -> URIRef:
    """Add China as a place; return its node."""
    return _place(graph, _CHINA, _CHINA_NAME, _CHINA_BOX, _CHINA_CENTRE)


def _place(graph: Graph, node: URIRef, name: Label, box: str, centre: str) -> URIRef:
    tell(
        graph,
        node,
        (RDF.type, DCTERMS.Location),
        (LOCN.geographicName, both(name)),
        (DCAT.bbox, Literal(_polygon(box), datatype=GEO.wktLiteral)),
        (DCAT.centroid, Literal(f"POINT({centre})", datatype=GEO.wktLiteral)),
    )
    return node


def document(graph: Graph, address: str, title: Label | None = None) -> URIRef:
    """Add a page or file that is no data (foaf:Document); return its node."""
    node = URIRef(address)
    tell(graph, node, (RDF.type, FOAF.Document))
    tell(graph, node, (DCTERMS.title, both(title) if title else None))
    return node


def _polygon(box: str) -> str:
    """Return a box of west, south, east and north as WKT (longitude first)."""
    west, south, east, north = box.split()
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    return f"POLYGON(({','.join(' '.join(corner) for corner in corners)}))"


def _mark(text: str) -> str:
    """Return a short name for addresses that stays the same as long as ``text`` does."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]

"""What is said once of all datasets: the catalogue, its pages, its services and the codes used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, URIRef

from opendata.catalogue.dcat import ACTION, API, CATALOGUE
from opendata.catalogue.edition import Edition, Lists
from opendata.catalogue.names import (
    ACTION_API,
    DATA_THEME,
    DCAT,
    GOVERNMENT,
    HYDRA,
    LANGUAGE,
    OPENAPI,
    PUBLIC,
    both,
    describe_codes,
    tell,
)
from opendata.catalogue.parties import china, contact, document, licence, publisher
from opendata.formats import CSV, JSON, NDJSON, XLSX
from opendata.spec.resources import ZIP
from opendata.vocabularies import Label

TITLE = Label("政府工作报告开放数据", "Government work reports as open data")
DESCRIPTION = Label(
    "政府工作报告中的目标、项目和名词，整理成带版本、可核对的开放数据；非官方整理。",
    "Targets, projects and terms of government work reports as versioned, verifiable open data; "
    "an unofficial reading.",
)
_MEDIA_TYPES = (CSV.media_type, JSON.media_type, NDJSON.media_type, XLSX.media_type, ZIP)
_THEME = Label("政府和公共部门", "Government and public sector")

_API_NAMES = (
    Label("查询接口", "Query API"),
    Label(
        "只读接口：按任何字段筛选、排序、检索，格式为 JSON、CSV、NDJSON 和 XLSX。",
        "Read-only: filters on every field, sorting and search, as JSON, CSV, NDJSON and XLSX.",
    ),
)
_ACTION_NAMES = (
    Label("CKAN 操作接口", "CKAN Action API"),
    Label(
        "只读的 CKAN Action API 第 3 版，供门户采集。",
        "CKAN's Action API, version 3, read-only, for portals that harvest.",
    ),
)
_KEYWORDS = (Label("政府工作报告", "government work report"), Label("开放数据", "open data"))


@dataclass(frozen=True, slots=True)
class Summary:
    """A catalogue as a whole: how many versions there are, since when, and whose they are.

    ``shown`` is a version by the publisher that has most of them: it gives the publisher, the
    licence and the contact of the catalogue itself.
    """

    total: int
    issued: str
    modified: str
    shown: Edition


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a catalogue, counted from 1, and the address that pages are turned at."""

    number: int
    last: int
    address: str


def summarise(editions: Iterable[Edition]) -> Summary:
    """Return the summary of a catalogue of these versions, of which there is one at least."""
    total, times = 0, set()
    counts: Counter[str] = Counter()
    shown: dict[str, Edition] = {}
    for edition in editions:
        total += 1
        times.add(edition.published)
        name = edition.record["publisher"]["name"]["zh"]
        counts[name] += 1
        shown[name] = edition
    most = max(sorted(counts), key=lambda name: counts[name])
    return Summary(total, min(times), max(times), shown[most])


def common_graph(summary: Summary, lists: Lists) -> Graph:
    """Return what every document needs: the codes and the services that datasets lead to."""
    graph = Graph(bind_namespaces="none")
    describe_codes(graph, _MEDIA_TYPES)
    base = summary.shown.base_url
    described = URIRef(f"{base}/openapi.json")
    _service(graph, summary, lists, API, _API_NAMES, (described, OPENAPI))
    described = URIRef("https://docs.ckan.org/en/latest/api/")
    _service(graph, summary, lists, ACTION, _ACTION_NAMES, (described, ACTION_API))
    tell(graph, GOVERNMENT, (RDF.type, SKOS.Concept), (SKOS.prefLabel, both(_THEME)))
    tell(graph, GOVERNMENT, (SKOS.inScheme, DATA_THEME))
    return graph


def catalogue_graph(summary: Summary, page: Page, lists: Lists) -> Graph:
    """Return the catalogue itself (dcat:Catalog), and where its other pages are (Hydra).

    What each of its datasets is, and that it is in the catalogue, the datasets' graphs say.
    """
    graph = Graph(bind_namespaces="none")
    shown = summary.shown
    base, record = shown.base_url, shown.record
    node = URIRef(f"{base}{CATALOGUE}")
    tell(
        graph,
        node,
        (RDF.type, DCAT.Catalog),
        (DCTERMS.title, both(TITLE)),
        (DCTERMS.description, both(DESCRIPTION)),
        (DCTERMS.identifier, Literal(str(node))),
        (DCTERMS.publisher, publisher(graph, base, record["publisher"])),
        (DCTERMS.language, list(LANGUAGE.values())),
        (DCTERMS.license, licence(graph, record["licence"], lists)),
        (DCTERMS.rights, PUBLIC),
        (DCTERMS.issued, _time(summary.issued)),
        (DCTERMS.modified, _time(summary.modified)),
        (DCTERMS.spatial, china(graph)),
        (DCAT.themeTaxonomy, DATA_THEME),
        (DCAT.service, [URIRef(f"{base}{path}") for path in (API, ACTION)]),
        (DCAT.contactPoint, contact(graph, shown)),
        (FOAF.homepage, document(graph, f"{base}/")),
    )
    if page.last > 1:
        _pages(graph, summary, page)
    return graph


def _service(
    graph: Graph,
    summary: Summary,
    lists: Lists,
    path: str,
    names: tuple[Label, Label],
    described: tuple[URIRef, URIRef],
) -> None:
    """Add a service (dcat:DataService).

    :param names: its title and its description.
    :param described: what describes it, and the specification it keeps.
    """
    shown = summary.shown
    base, record = shown.base_url, shown.record
    node = URIRef(f"{base}{path}")
    title, description = names
    description_address, rules = described
    tell(
        graph,
        node,
        (RDF.type, DCAT.DataService),
        (DCTERMS.title, both(title)),
        (DCTERMS.description, both(description)),
        (DCTERMS.identifier, Literal(str(node))),
        (DCTERMS.publisher, publisher(graph, base, record["publisher"])),
        (DCTERMS.license, licence(graph, record["licence"], lists)),
        (DCTERMS.accessRights, PUBLIC),
        (DCTERMS.conformsTo, rules),
        (DCAT.endpointURL, node),
        (DCAT.endpointDescription, description_address),
        (DCAT.theme, GOVERNMENT),
        (DCAT.keyword, [literal for keyword in _KEYWORDS for literal in both(keyword)]),
        (DCAT.contactPoint, contact(graph, shown)),
        (DCAT.landingPage, document(graph, f"{base}/docs")),
    )


def _pages(graph: Graph, summary: Summary, page: Page) -> None:
    """Add where the other pages are, in the words of both vocabularies that harvesters know.

    ckanext-dcat follows ``next`` of a PagedCollection, udata that of a PartialCollectionView or
    ``nextPage`` of a PagedCollection.
    """

    def at(number: int) -> URIRef:
        joined = "&" if "?" in page.address else "?"
        return URIRef(f"{page.address}{joined}page={number}")

    following = at(page.number + 1) if page.number < page.last else None
    before = at(page.number - 1) if page.number > 1 else None
    total = Literal(str(summary.total), datatype=XSD.integer)
    tell(
        graph,
        at(page.number),
        (RDF.type, (HYDRA.PagedCollection, HYDRA.PartialCollectionView)),
        (HYDRA.first, at(1)),
        (HYDRA.last, at(page.last)),
        (HYDRA.next, following),
        (HYDRA.nextPage, following),
        (HYDRA.previous, before),
        (HYDRA.previousPage, before),
        (HYDRA.totalItems, total),
    )


def _time(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime, normalize=False)

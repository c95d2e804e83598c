"""Datasets in DCAT-AP 3: a series for each dataset, a dataset for each of its versions.

Each graph stands alone but for what :mod:`opendata.catalogue.site` says once of all: codes,
services and the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rdflib import (
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    XSD,
    BNode,
    Graph,
    Literal,
    URIRef,
)

from opendata.catalogue.edition import Edition, Lists, years
from opendata.catalogue.files import File, files
from opendata.catalogue.names import (
    ADMS,
    DCAT,
    DCATAP,
    IRREGULAR,
    LANGUAGE,
    POWDER,
    PUBLIC,
    SHA256,
    SPDX,
    STABLE,
    both,
    file_type,
    media_type,
    tell,
)
from opendata.catalogue.parties import area, author, contact, document, licence, publisher
from opendata.catalogue.themes import themes
from opendata.spec.resources import ZIP
from opendata.vocabularies import Label

#: Paths of the catalogue and of the services, below the base address.
CATALOGUE, API, ACTION = "/catalog", "/v1", "/api/3/action"

_SERIES = Label("各版本", "all versions")


def series_graph(editions: Sequence[Edition], lists: Lists) -> Graph:
    """Return what is said of a dataset whatever its version (dcat:DatasetSeries).

    :param editions: its versions, oldest first; the latest one gives title and description.
    """
    first, latest = editions[0], editions[-1]
    graph = Graph(bind_namespaces="none")
    series = URIRef(latest.series)
    versions = [URIRef(edition.address) for edition in editions]
    title = latest.text("title")
    named = Label(f"{title.zh}（{_SERIES.zh}）", f"{title.en} ({_SERIES.en})")
    tell(
        graph,
        series,
        (RDF.type, DCAT.DatasetSeries),
        (DCTERMS.title, both(named)),
        (DCTERMS.description, both(latest.text("description"))),
        (DCTERMS.identifier, Literal(latest.series)),
        (DCTERMS.issued, _time(first.published)),
        (DCTERMS.modified, _time(latest.published)),
        (DCTERMS.publisher, publisher(graph, latest.base_url, latest.record["publisher"])),
        (DCTERMS.accrualPeriodicity, IRREGULAR),
        (DCTERMS.spatial, area(graph, latest, lists)[1]),
        (DCTERMS.temporal, _period(graph, latest.record["period"])),
        (DCAT.contactPoint, contact(graph, latest)),
        (DCAT.first, versions[0]),
        (DCAT.last, versions[-1]),
        (DCAT.hasVersion, versions),
        (DCAT.hasCurrentVersion, versions[-1]),
        (DCAT.landingPage, document(graph, f"{latest.series}.html")),
    )
    return graph


def version_graph(edition: Edition, before: Edition | None, lists: Lists) -> Graph:
    """Return what is said of a version (dcat:Dataset), its files and its sources.

    :param before: the version before it.
    """
    graph = Graph(bind_namespaces="none")
    base, record = edition.base_url, edition.record
    node, previous = URIRef(edition.address), URIRef(before.address) if before else None
    concept, place = area(graph, edition, lists)
    tell(
        graph,
        node,
        (RDF.type, DCAT.Dataset),
        (DCTERMS.title, both(edition.text("title"))),
        (DCTERMS.description, both(edition.text("description"))),
        (DCTERMS.identifier, Literal(edition.address)),
        (DCTERMS.issued, _time(edition.published)),
        (DCTERMS.modified, _time(edition.published)),
        (DCTERMS.publisher, publisher(graph, base, record["publisher"])),
        (DCTERMS.creator, publisher(graph, base, record["publisher"])),
        (DCTERMS.language, [LANGUAGE[code] for code in record["languages"]]),
        (DCTERMS.license, licence(graph, record["licence"], lists)),
        (DCTERMS.accessRights, PUBLIC),
        (DCTERMS.accrualPeriodicity, IRREGULAR),
        (DCTERMS.spatial, place),
        (DCTERMS.subject, concept),
        (DCTERMS.temporal, _period(graph, record["period"])),
        (DCAT.theme, themes(graph, edition, lists)),
        (DCAT.keyword, _keywords(edition)),
        (DCAT.contactPoint, contact(graph, edition)),
        (DCAT.landingPage, document(graph, f"{edition.address}.html")),
        (DCAT.inSeries, URIRef(edition.series)),
        (DCAT.isVersionOf, URIRef(edition.series)),
        (DCAT.version, Literal(record["version"])),
        (DCAT.prev, previous),
        (DCAT.previousVersion, previous),
        (ADMS.versionNotes, both(edition.text("notes"))),
        (DCTERMS.provenance, _provenance(graph, edition)),
        (PROV.wasDerivedFrom, list(_sources(graph, edition))),
    )
    terms = licence(graph, record["licence"], lists)
    for file in files(edition):
        tell(graph, node, (DCAT.distribution, _distribution(graph, edition, file, terms)))
    tell(graph, URIRef(f"{base}{CATALOGUE}"), (DCAT.dataset, node))
    for service in (API, ACTION):
        tell(graph, URIRef(f"{base}{service}"), (DCAT.servesDataset, node))
    return graph


def _distribution(graph: Graph, edition: Edition, file: File, terms: URIRef) -> URIRef:
    node = URIRef(file.url)
    tell(
        graph,
        node,
        (RDF.type, DCAT.Distribution),
        (DCTERMS.title, both(file.title)),
        (DCTERMS.description, both(file.description)),
        (DCTERMS.identifier, Literal(file.url)),
        (DCTERMS.issued, _time(edition.published)),
        (DCTERMS.modified, _time(edition.published)),
        (DCTERMS.format, file_type(file.file_type)),
        (DCTERMS.language, [LANGUAGE[code] for code in file.languages]),
        (DCTERMS.license, terms),
        (DCTERMS.rights, PUBLIC),
        (DCTERMS.conformsTo, [URIRef(address) for address in file.conforms_to]),
        (DCAT.accessURL, URIRef(file.access)),
        (DCAT.downloadURL, URIRef(file.url)),
        (DCAT.accessService, URIRef(f"{edition.base_url}{API}")),
        (DCAT.mediaType, media_type(file.media_type)),
        (DCATAP.availability, STABLE),
    )
    if file.media_type == ZIP:
        tell(graph, node, (DCAT.packageFormat, media_type(ZIP)))
    if file.byte_size is not None:
        size = Literal(str(file.byte_size), datatype=XSD.nonNegativeInteger)
        tell(graph, node, (DCAT.byteSize, size))
    if file.sha256 is not None:
        checksum, value = BNode(), Literal(file.sha256, datatype=XSD.hexBinary, normalize=False)
        tell(graph, checksum, (RDF.type, SPDX.Checksum), (SPDX.algorithm, SHA256))
        tell(graph, checksum, (SPDX.checksumValue, value))
        tell(graph, node, (SPDX.checksum, checksum))
    if file.described_by:
        described = document(graph, file.described_by)
        tell(graph, described, (DCTERMS.conformsTo, URIRef(file.conforms_to[-1])))
        tell(graph, node, (POWDER.describedby, described), (FOAF.page, described))
    return node


def _keywords(edition: Edition) -> Iterator[Literal]:
    for keyword in edition.record["keywords"]:
        yield from both(Label(**keyword))


def _period(graph: Graph, period: str) -> BNode:
    """Add the time that data are about: a blank node, since harvesters fetch one with a name."""
    first, last = years(period)
    node = BNode()
    tell(
        graph,
        node,
        (RDF.type, DCTERMS.PeriodOfTime),
        (DCAT.startDate, Literal(f"{first}-01-01", datatype=XSD.date)),
        (DCAT.endDate, Literal(f"{last}-12-31", datatype=XSD.date)),
    )
    return node


def _provenance(graph: Graph, edition: Edition) -> Iterable[BNode]:
    """Add, of each source document, what part of the report it holds."""
    for source in edition.record["documents"]:
        node = BNode()
        said = both(Label(**source["extent"]))
        tell(graph, node, (RDF.type, DCTERMS.ProvenanceStatement), (RDFS.label, said))
        yield node


def _sources(graph: Graph, edition: Edition) -> Iterator[URIRef]:
    """Add the documents that the data were read from; the text itself is not republished."""
    for source in edition.record["documents"]:
        node = URIRef(f"{edition.address}#{source['id']}")
        tell(
            graph,
            node,
            (RDF.type, (FOAF.Document, PROV.Entity)),
            (DCTERMS.title, both(Label(**source["title"]))),
            (DCTERMS.creator, author(graph, edition.base_url, source["publisher"])),
            (DCTERMS.language, LANGUAGE[source["language"]]),
            (DCTERMS.source, URIRef(source["url"]) if source["url"] else None),
            (DCTERMS.identifier, Literal(f"sha256:{source['sha256']}")),
        )
        yield node


def _time(text: str) -> Literal:
    return Literal(text, datatype=XSD.dateTime, normalize=False)

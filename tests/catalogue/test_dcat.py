"""DCAT-AP 3: what the catalogue says of the made-up world is so, and is all there."""

from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, FOAF, PROV, RDF, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from opendata.catalogue.files import DATA_PACKAGE
from opendata.catalogue.names import ADMS, DCAT, DCATAP, PREFIXES, SPDX, VCARD
from tests.catalogue.harvest import PARSERS, datasets, graph_at, values
from tests.serving import BASE, get, head

_DEMO = f"{BASE}/v1/datasets/demo-2030"
_VERSIONS = [
    f"{_DEMO}/versions/1.0.0",
    f"{_DEMO}/versions/1.1.0",
    f"{BASE}/v1/datasets/hill-2031/versions/0.10.0",
    f"{BASE}/v1/datasets/hill-2031/versions/0.9.0",
    f"{BASE}/v1/datasets/lake-2029/versions/1.0.0",
]
_FORMS = list(PARSERS)

#: What DCAT-AP 3 demands or recommends, by class; the classes of what else may be linked.
_EXPECTED = {
    DCAT.Catalog: "title description publisher language license issued modified spatial",
    DCAT.Dataset: "title description identifier publisher issued modified language spatial "
    "temporal accessRights accrualPeriodicity provenance",
    DCAT.DatasetSeries: "title description identifier publisher issued modified spatial temporal",
    DCAT.Distribution: "title description format license issued modified rights conformsTo",
    DCAT.DataService: "title description identifier publisher license conformsTo accessRights",
    DCTERMS.LicenseDocument: "title type",
    FOAF.Agent: "type",
    SKOS.ConceptScheme: "title",
}
_ALSO = {
    DCAT.Catalog: (DCAT.themeTaxonomy, DCAT.service, DCAT.dataset, FOAF.homepage),
    DCAT.Dataset: (
        *(DCAT.contactPoint, DCAT.distribution, DCAT.keyword, DCAT.theme, DCAT.inSeries),
        *(DCAT.version, ADMS.versionNotes, PROV.wasDerivedFrom, DCAT.landingPage),
    ),
    DCAT.DatasetSeries: (DCAT.contactPoint, DCAT.first, DCAT.last, DCAT.hasVersion),
    DCAT.Distribution: (DCAT.accessURL, DCAT.downloadURL, DCAT.mediaType, DCATAP.availability),
    DCAT.DataService: (
        *(DCAT.endpointURL, DCAT.endpointDescription, DCAT.servesDataset, DCAT.contactPoint),
        *(DCAT.keyword, DCAT.theme),
    ),
    DCTERMS.Location: (DCAT.bbox, DCAT.centroid),
    DCTERMS.PeriodOfTime: (DCAT.startDate, DCAT.endDate),
    FOAF.Agent: (FOAF.name,),
    SKOS.Concept: (SKOS.prefLabel, SKOS.inScheme),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    VCARD.Kind: (VCARD.fn, VCARD.hasEmail),
}


@pytest.fixture
def catalogue(client: FlaskClient) -> Graph:
    """The catalogue as a harvester that names no form gets it."""
    return graph_at(client, "/catalog")


@pytest.mark.parametrize("query", ["", "?lang=zh", "?lang=en"])
def test_every_form_says_the_same(client: FlaskClient, query: str) -> None:
    """Chosen by Accept, by suffix, with HEAD first."""
    graphs = []
    for media_type, suffix in zip(_FORMS, ("ttl", "jsonld", "rdf"), strict=True):
        chosen = get(client, f"/catalog{query}", Accept=media_type)
        named = get(client, f"/catalog.{suffix}{query}")
        assert chosen.data == named.data
        assert (chosen.mimetype, named.mimetype) == (media_type, media_type)
        assert "Accept" in chosen.headers["Vary"].split(", ")
        asked = head(client, f"/catalog{query}", Accept=media_type)
        assert asked.headers["Content-Type"] == chosen.headers["Content-Type"]
        assert asked.headers["ETag"] == chosen.headers["ETag"]
        graphs.append(Graph().parse(data=named.data, format=PARSERS[media_type]))
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[0], graphs[2])


@pytest.mark.parametrize("accept", ["", "*/*", "text/html;q=0.2, text/turtle;q=0.9, */*;q=0.1"])
def test_a_harvester_that_names_no_form_gets_turtle(client: FlaskClient, accept: str) -> None:
    """As ckanext-dcat asks, without Accept."""
    headers = {"Accept": accept} if accept else {}
    assert get(client, "/catalog", **headers).mimetype == "text/turtle"
    assert get(client, "/catalog", Accept="image/png").status_code == 406


def test_every_version_is_a_dataset_of_its_series(catalogue: Graph) -> None:
    """With number, notes and the version before it; the series leads to all of them."""
    assert datasets(catalogue) == _VERSIONS
    assert values(catalogue, f"{BASE}/catalog", DCAT.dataset) == _VERSIONS
    for service in ("/v1", "/api/3/action"):
        assert values(catalogue, f"{BASE}{service}", DCAT.servesDataset) == _VERSIONS
    assert values(catalogue, _DEMO, DCAT.hasVersion) == _VERSIONS[:2]
    assert values(catalogue, _DEMO, DCAT.first) == [_VERSIONS[0]]
    assert values(catalogue, _DEMO, DCAT.last) == [_VERSIONS[1]]
    assert values(catalogue, _VERSIONS[1], DCAT.inSeries) == [_DEMO]
    assert values(catalogue, _VERSIONS[1], DCAT.version) == ["1.1.0"]
    for name in (DCAT.prev, DCAT.previousVersion):
        assert values(catalogue, _VERSIONS[0], name) == []
        assert values(catalogue, _VERSIONS[1], name) == [_VERSIONS[0]]
        assert values(catalogue, _VERSIONS[2], name) == [_VERSIONS[3]]


@pytest.mark.parametrize("query", ["", "?lang=zh", "?lang=en"])
def test_nothing_is_missing_that_dcat_ap_recommends(client: FlaskClient, query: str) -> None:
    """Of each node of each class, in both languages or in one."""
    graph = graph_at(client, f"/catalog{query}")
    for kind in {*_EXPECTED, *_ALSO}:
        nodes = set(graph.subjects(RDF.type, kind))
        assert nodes, kind
        expected = [DCTERMS[name] for name in _EXPECTED.get(kind, "").split()]
        for node in nodes:
            for predicate in (*expected, *_ALSO.get(kind, ())):
                assert (node, predicate, None) in graph, (kind, node, predicate)


def test_every_code_is_described_in_the_graph(catalogue: Graph) -> None:
    """Validators and harvesters fetch none of them."""
    lists = ("http://publications.europa.eu/", "http://www.iana.org/", "http://purl.org/adms/")
    linked = {o for o in catalogue.objects() if str(o).startswith((*lists, "https://spdx.org/"))}
    assert len(linked) > 20
    for code in linked:
        assert (code, RDF.type, None) in catalogue, code


def test_numbers_times_and_digests_have_their_types(catalogue: Graph) -> None:
    """And what a file says of itself is true of what it gives."""
    node = URIRef(f"{_VERSIONS[0]}/targets.csv")
    [size] = catalogue.objects(node, DCAT.byteSize)
    assert isinstance(size, Literal)
    assert size.datatype == XSD.nonNegativeInteger
    [checksum] = catalogue.objects(node, SPDX.checksum)
    [digest] = catalogue.objects(checksum, SPDX.checksumValue)
    assert isinstance(digest, Literal)
    assert (digest.datatype, len(str(digest))) == (XSD.hexBinary, 64)
    [algorithm] = catalogue.objects(checksum, SPDX.algorithm)
    assert str(algorithm) == "https://spdx.org/rdf/terms#checksumAlgorithm_sha256"
    for predicate in (DCTERMS.issued, DCTERMS.modified):
        for value in catalogue.objects(None, predicate):
            assert isinstance(value, Literal)
            assert value.datatype == XSD.dateTime
            assert str(value).endswith("+00:00")


def test_sizes_and_digests_are_those_of_the_files(client: FlaskClient, catalogue: Graph) -> None:
    """Each file of a version answers in the type it is listed with."""
    files = list(catalogue.objects(URIRef(_VERSIONS[1]), DCAT.distribution))
    assert len(files) == 3 * 7 + 1
    for node in files:
        [url] = values(catalogue, node, DCAT.downloadURL)
        [kind] = values(catalogue, node, DCAT.mediaType)
        response = get(client, url)
        assert response.status_code == 200
        assert kind.endswith(f"/media-types/{response.mimetype}")
        for size in values(catalogue, node, DCAT.byteSize):
            assert int(size) == len(response.data)


def test_the_archive_is_a_package_that_can_be_checked(
    client: FlaskClient, catalogue: Graph
) -> None:
    """Each version has its archive among its files, with size, digest and what it conforms to."""
    for version in _VERSIONS:
        node = URIRef(f"{version}.zip")
        assert (URIRef(version), DCAT.distribution, node) in catalogue
        [package] = values(catalogue, node, DCAT.packageFormat)
        assert package.endswith("/media-types/application/zip")
        assert values(catalogue, node, DCTERMS.conformsTo) == [DATA_PACKAGE]
        [checksum] = catalogue.objects(node, SPDX.checksum)
        [digest] = catalogue.objects(checksum, SPDX.checksumValue)
        assert str(digest) == hashlib.sha256(get(client, str(node)).data).hexdigest()


def test_periods_are_blank_and_everything_else_has_an_address(catalogue: Graph) -> None:
    """Udata fetches a period that has one; nodes without one would be new at every harvest."""
    kinds = {
        kind
        for node in set(catalogue.subjects()) | set(catalogue.objects())
        if isinstance(node, BNode)
        for kind in catalogue.objects(node, RDF.type)
    }
    assert kinds == {DCTERMS.PeriodOfTime, DCTERMS.ProvenanceStatement, SPDX.Checksum}


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
def test_one_language_is_one_language(client: FlaskClient, language: str, other: str) -> None:
    """But for texts that there are in no other: the topics of Chinese portals."""
    graph = graph_at(client, f"/catalog?lang={language}")
    for subject, predicate, value in graph:
        if isinstance(value, Literal) and value.language == other:
            assert (predicate, "topic/" in str(subject)) == (SKOS.prefLabel, True), value
    assert {str(title) for title in graph.objects(URIRef(_VERSIONS[0]), DCTERMS.title)} == {
        {"zh": "柳溪县2030年工作安排", "en": "Work plan of Liuxi County for 2030"}[language]
    }


def test_an_area_without_extent_is_a_code_in_the_nearest_place(catalogue: Graph) -> None:
    """The made-up county has no box, so the place is China and the subject the county."""
    assert values(catalogue, _VERSIONS[0], DCTERMS.subject) == [
        f"{BASE}/v1/vocabularies/areas#990102"
    ]
    [place] = values(catalogue, _VERSIONS[0], DCTERMS.spatial)
    assert place.endswith("/country/CHN")
    notation = (URIRef(f"{BASE}/v1/vocabularies/areas#990102"), SKOS.notation, Literal("990102"))
    assert notation in catalogue


def test_a_dataset_alone_has_its_versions(client: FlaskClient) -> None:
    """In every form; a version alone has its series too."""
    for suffix in ("ttl", "jsonld", "rdf"):
        whole = graph_at(client, f"{_DEMO}.{suffix}")
        assert datasets(whole) == _VERSIONS[:2]
        assert values(whole, f"{BASE}/v1", DCAT.servesDataset) == _VERSIONS[:2]
        alone = graph_at(client, f"{_VERSIONS[0]}.{suffix}")
        assert datasets(alone) == _VERSIONS[:1]
        assert (URIRef(_DEMO), RDF.type, DCAT.DatasetSeries) in alone
    english = graph_at(client, f"{_DEMO}.ttl?lang=en")
    assert len(values(english, _VERSIONS[0], DCTERMS.title)) == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/catalog?page=2", 404),
        ("/catalog?page=0", 400),
        ("/catalog?page=x&lang=fr", 400),
        ("/catalog?page=1&page=1", 400),
        ("/catalog.ttl?language=zh", 400),
        ("/v1/datasets/demo-2030.ttl?page=1", 400),
        ("/v1/datasets/nowhere.ttl", 404),
        ("/v1/datasets/demo-2030/versions/9.9.9.rdf", 404),
        ("/v1/datasets/nowhere.html", 404),
        ("/v1/datasets/nowhere/catalog-cn.json", 404),
        ("/v1/datasets/demo-2030/catalog-cn.csv?lang=zh", 400),
        ("/data.json?page=2", 404),
        ("/data.json?page=1", 200),
    ],
)
def test_what_there_is_not_is_refused(client: FlaskClient, address: str, status: int) -> None:
    """Pages that there are none of, and parameters that mean nothing."""
    assert get(client, address).status_code == status


def test_every_prefix_is_declared_once() -> None:
    """No two namespaces share one."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)

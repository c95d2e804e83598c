"""The names that descriptions in RDF use: namespaces, and codes of the EU's and other lists.

SHACL shapes of DCAT-AP 3 want each code that is linked to be described in the graph itself, since
validators and harvesters do not fetch it: :func:`describe_codes` does.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import (
    DCTERMS,
    FOAF,
    PROV,
    RDF,
    RDFS,
    SKOS,
    XSD,
    Graph,
    Literal,
    Namespace,
    URIRef,
)
from rdflib.term import Node

from opendata.catalogue.files import STANDARDS
from opendata.vocabularies import Label

#: rdflib knows the terms of DCAT 2 only.
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ADMS = Namespace("http://www.w3.org/ns/adms#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
HYDRA = Namespace("http://www.w3.org/ns/hydra/core#")
LOCN = Namespace("http://www.w3.org/ns/locn#")
POWDER = Namespace("http://www.w3.org/2007/05/powder-s#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
GEO = Namespace("http://www.opengis.net/ont/geosparql#")

#: Prefixes by namespace, in the order in which they are declared.
PREFIXES = {
    str(ADMS): "adms",
    str(DCAT): "dcat",
    str(DCATAP): "dcatap",
    str(DCTERMS): "dct",
    str(FOAF): "foaf",
    str(GEO): "gsp",
    str(HYDRA): "hydra",
    str(LOCN): "locn",
    str(PROV): "prov",
    str(RDF): "rdf",
    str(RDFS): "rdfs",
    str(SKOS): "skos",
    str(SPDX): "spdx",
    str(VCARD): "vcard",
    str(POWDER): "wdrs",
    str(XSD): "xsd",
}

_EU = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "http://www.iana.org/assignments/media-types"
_ADMS = "http://purl.org/adms"

LANGUAGE = {"zh": URIRef(f"{_EU}/language/ZHO"), "en": URIRef(f"{_EU}/language/ENG")}
PUBLIC = URIRef(f"{_EU}/access-right/PUBLIC")
IRREGULAR = URIRef(f"{_EU}/frequency/IRREG")
STABLE = URIRef(f"{_EU}/planned-availability/STABLE")
DATA_THEME = URIRef(f"{_EU}/data-theme")
GOVERNMENT = URIRef(f"{_EU}/data-theme/GOVE")
#: The form that both the EU's list and udata take: with https.
SHA256 = URIRef("https://spdx.org/rdf/terms#checksumAlgorithm_sha256")
LOCAL_AUTHORITY = URIRef(f"{_ADMS}/publishertype/LocalAuthority")
NON_PROFIT = URIRef(f"{_ADMS}/publishertype/NonProfitOrganisation")

#: Types of licence (ADMS), by how SPDX identifiers begin; the last is for all others.
LICENCE_TYPES = {
    "CC0": URIRef(f"{_ADMS}/licencetype/PublicDomain"),
    "PDDL": URIRef(f"{_ADMS}/licencetype/PublicDomain"),
    "CC-BY-NC": URIRef(f"{_ADMS}/licencetype/NonCommercialUseOnly"),
    "CC-BY-SA": URIRef(f"{_ADMS}/licencetype/ViralEffect-ShareAlike"),
    "ODbL": URIRef(f"{_ADMS}/licencetype/ViralEffect-ShareAlike"),
    "CC-BY": URIRef(f"{_ADMS}/licencetype/Attribution"),
    "OGL": URIRef(f"{_ADMS}/licencetype/Attribution"),
    "ODC-By": URIRef(f"{_ADMS}/licencetype/Attribution"),
    "": URIRef(f"{_ADMS}/licencetype/UnknownIPR"),
}

_OPENAPI = "https://spec.openapis.org/oas/v3.1.0"
_ACTION_API = "https://docs.ckan.org/en/latest/api/"
OPENAPI, ACTION_API = URIRef(_OPENAPI), URIRef(_ACTION_API)
_STANDARDS = {
    **STANDARDS,
    _OPENAPI: "OpenAPI Specification 3.1",
    _ACTION_API: "CKAN Action API, version 3",
}

#: Lists that codes are of, by their names.
_SCHEMES = {
    f"{_EU}/access-right": Label("访问权限", "Access right"),
    f"{_EU}/data-theme": Label("数据主题", "Data theme"),
    f"{_EU}/file-type": Label("文件类型", "File type"),
    f"{_EU}/frequency": Label("更新频率", "Frequency"),
    f"{_EU}/language": Label("语言", "Language"),
    f"{_EU}/planned-availability": Label("计划可用性", "Planned availability"),
    f"{_ADMS}/licencetype/1.0": Label("许可类型", "Licence type"),
    f"{_ADMS}/publishertype/1.0": Label("发布者类型", "Publisher type"),
}

_FILE_TYPES = {"CSV": "CSV", "JSON": "JSON", "XLSX": "Excel XLSX", "ZIP": "ZIP"}

#: Codes with their lists, their types beside ``skos:Concept``, and their names.
_CODES: tuple[tuple[URIRef, str, URIRef | None, Label], ...] = (
    (LANGUAGE["zh"], f"{_EU}/language", DCTERMS.LinguisticSystem, Label("中文", "Chinese")),
    (LANGUAGE["en"], f"{_EU}/language", DCTERMS.LinguisticSystem, Label("英文", "English")),
    (PUBLIC, f"{_EU}/access-right", DCTERMS.RightsStatement, Label("公开", "public")),
    (IRREGULAR, f"{_EU}/frequency", DCTERMS.Frequency, Label("不定期", "irregular")),
    (STABLE, f"{_EU}/planned-availability", None, Label("稳定", "stable")),
    *(
        (
            URIRef(f"{_EU}/file-type/{code}"),
            f"{_EU}/file-type",
            DCTERMS.MediaTypeOrExtent,
            Label(name, name),
        )
        for code, name in _FILE_TYPES.items()
    ),
    (
        LOCAL_AUTHORITY,
        f"{_ADMS}/publishertype/1.0",
        None,
        Label("地方政府部门", "Local authority"),
    ),
    (
        NON_PROFIT,
        f"{_ADMS}/publishertype/1.0",
        None,
        Label("非营利组织", "Non-profit organisation"),
    ),
    *(
        (address, f"{_ADMS}/licencetype/1.0", None, Label(zh, en))
        for address, zh, en in (
            (LICENCE_TYPES["CC0"], "公共领域", "Work in the public domain"),
            (LICENCE_TYPES["CC-BY"], "须署名", "Attribution"),
            (LICENCE_TYPES["CC-BY-NC"], "仅限非商业用途", "For non-commercial use only"),
            (LICENCE_TYPES["CC-BY-SA"], "相同方式共享", "Viral effect (share-alike)"),
            (LICENCE_TYPES[""], "未归类", "Unknown IPR"),
        )
    ),
)


def both(text: Label) -> list[Literal]:
    """Return a text in each of its languages."""
    return [Literal(text.zh, lang="zh"), Literal(text.en, lang="en")]


def tell(graph: Graph, subject: Node, *facts: tuple[URIRef, Node | Iterable[Node] | None]) -> None:
    """Add what is said of ``subject``; what is ``None`` or empty is not said."""
    for predicate, said in facts:
        if said is None:
            continue
        for value in [said] if isinstance(said, Node) else said:
            graph.add((subject, predicate, value))


def file_type(code: str) -> URIRef:
    """Return a type of file as the EU's list has it."""
    return URIRef(f"{_EU}/file-type/{code}")


def media_type(name: str) -> URIRef:
    """Return a media type as IANA's list has it."""
    return URIRef(f"{_MEDIA_TYPES}/{name}")


def licence_type(code: str) -> URIRef:
    """Return the type of a licence by its SPDX identifier."""
    return next(kind for start, kind in LICENCE_TYPES.items() if code.startswith(start))


def describe_codes(graph: Graph, media_types: Iterable[str]) -> None:
    """Add the codes that descriptions link to, and the lists and standards they are of."""
    for address, name in _SCHEMES.items():
        scheme = URIRef(address)
        tell(graph, scheme, (RDF.type, SKOS.ConceptScheme), (DCTERMS.title, both(name)))
    for code, scheme_address, kind, name in _CODES:
        types = [SKOS.Concept, *([kind] if kind else [])]
        tell(graph, code, (RDF.type, types), (SKOS.prefLabel, both(name)))
        tell(graph, code, (SKOS.inScheme, URIRef(scheme_address)))
    for name_of_type in media_types:
        address_of_type = media_type(name_of_type)
        tell(graph, address_of_type, (RDF.type, DCTERMS.MediaType))
        tell(graph, address_of_type, (RDFS.label, Literal(name_of_type)))
    tell(graph, SHA256, (RDF.type, SPDX.ChecksumAlgorithm), (RDFS.label, Literal("SHA-256")))
    for address, title in _STANDARDS.items():
        standard = URIRef(address)
        tell(graph, standard, (RDF.type, DCTERMS.Standard))
        tell(graph, standard, (DCTERMS.title, Literal(title)))

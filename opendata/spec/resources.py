"""Every address of the API: the web serves these and the OpenAPI document describes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from opendata.formats import CSV, JSON, MEDIA_TYPES
from opendata.records import COLLECTIONS, DATASETS, Collection

#: RDF serialisations of code lists, by suffix (SKOS).
RDF_TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json"}

#: RDF serialisations of the catalogue, by suffix, the default first (DCAT).
GRAPH_TYPES = RDF_TYPES | {"rdf": "application/rdf+xml"}

#: The media type of what describes a CSV, and what its address has more than the CSV's (CSVW).
CSVM = "application/csvm+json"
DESCRIBES = "-metadata.json"

#: What is for people too comes as a page as well.
_WITH_PAGE = {JSON.suffix: JSON.media_type, CSV.suffix: CSV.media_type, "html": "text/html"}
#: What a citation can be had as, by suffix, beside JSON, with the whole Content-Type of each.
CITATION_TYPES = {
    "txt": "text/plain; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csl": "application/vnd.citationstyles.csl+json",
}
#: What the address of a citation has more than that of what it cites.
CITE = "/cite"


#: Media types of what describes packages, which harvesters take as plain JSON, and of JSON Schema.
PACKAGE = JSON.media_type
SCHEMA = "application/schema+json"

#: An archive of files, and what its address has more where its checksum is.
ZIP = "application/zip"
CHECKSUM = ".sha256"

#: Where a version has the tables that its codes lead to, below its address and in its archive.
LISTS = "lists"


class Kind(Enum):
    """What an address answers with."""

    COLLECTION = "collection"
    RECORD = "record"
    DOCUMENT = "document"
    SEARCH = "search"
    TABLE = "table"
    FEED = "feed"
    PUBLICATIONS = "publications"
    CHANGES = "changes"
    CORRECTIONS = "corrections"
    HISTORY = "history"
    CITATION = "citation"
    JOINED = "joined"
    FILE = "file"
    DESCRIPTION = "description"
    LIST = "list"
    ARCHIVE = "archive"
    CHECKSUM = "checksum"
    PICTURES = "pictures"
    PICTURE = "picture"


class Reach(Enum):
    """Which versions the rows of an address come from."""

    EVERYWHERE = "the latest version of every dataset"
    DATASET = "every version of the dataset"
    LATEST = "the dataset's latest version"
    VERSION = "this version"


#: What carries data whole to wherever they are used, and what describes that.
_PACKED = (Kind.DESCRIPTION, Kind.LIST, Kind.ARCHIVE, Kind.CHECKSUM)


#: What is for people too, as a page; changes and corrections have theirs among their types.
_PAGED = (
    *(Kind.COLLECTION, Kind.SEARCH, Kind.RECORD, Kind.DOCUMENT, Kind.HISTORY, Kind.CITATION),
    *(Kind.PUBLICATIONS, Kind.PICTURES, Kind.PICTURE),
)
PAGE_SUFFIX = "html"
#: A picture for every page and document.
SVG = "svg"
SVG_TYPE = "image/svg+xml"


@dataclass(frozen=True, slots=True)
class Resource:
    """One address, its path an OpenAPI template."""

    path: str
    kind: Kind
    operation: str
    summary: str
    collection: Collection | None = None
    reach: Reach = Reach.EVERYWHERE
    rdf: bool = False
    media_type: str = ""

    @property
    def media_types(self) -> dict[str, str]:
        """What it can be had as, by suffix, the default first; nothing where it has one form."""
        if self.kind in (Kind.COLLECTION, Kind.RECORD):
            return MEDIA_TYPES
        if self.kind in (Kind.TABLE, Kind.FEED, *_PACKED) or self.media_type:
            return {}
        if self.kind is Kind.JOINED:
            return GRAPH_TYPES
        if self.kind is Kind.PUBLICATIONS:
            return {JSON.suffix: JSON.media_type, CSV.suffix: CSV.media_type}
        if self.kind in (Kind.CHANGES, Kind.CORRECTIONS):
            return _WITH_PAGE
        if self.kind is Kind.PICTURE:
            return {JSON.suffix: JSON.media_type, SVG: SVG_TYPE}
        if self.kind is Kind.CITATION:
            plain = {s: content.partition(";")[0] for s, content in CITATION_TYPES.items()}
            return {JSON.suffix: JSON.media_type} | plain
        return {JSON.suffix: JSON.media_type} | (RDF_TYPES if self.rdf else {})

    @property
    def paged(self) -> bool:
        """Whether it comes as a page for people too, which is no operation of its own."""
        return self.kind in _PAGED

    @property
    def offered(self) -> dict[str, str]:
        """Everything it can be had as, by suffix: pages come last, so that data is the default."""
        return self.media_types | ({PAGE_SUFFIX: "text/html"} if self.paged else {})

    @property
    def described(self) -> bool:
        """Whether it is an operation of the description, from which clients are generated.

        These read JSON and text. Archives, the tables of packages, feeds and RDF/XML are for
        other programs; the description names them in its prose.
        """
        unread = (
            self.kind in (Kind.ARCHIVE, Kind.LIST, Kind.FEED)
            or self.media_type == GRAPH_TYPES["rdf"]
        )
        return not unread

    @property
    def of_rows(self) -> bool:
        """Whether it is about what a query selects, rather than about one thing."""
        one = self.path.removesuffix(CITE).endswith("}")
        return self.kind is Kind.COLLECTION or (self.kind is Kind.CITATION and not one)

    @property
    def spans(self) -> bool:
        """Whether its rows are of several versions, so that these can be filtered on."""
        return self.reach in (Reach.EVERYWHERE, Reach.DATASET)

    @property
    def tag(self) -> str:
        """What the description files it under."""
        if self.kind in _PACKED:
            return "packages"
        if self.collection:
            return self.collection.name
        if self.kind in (Kind.JOINED, Kind.FILE):
            return "catalogue"
        group = self.path.removeprefix("/v1").strip("/").partition("/")[0]
        return group or "service"

    def path_names(self) -> list[str]:
        """Return the names of the path's parameters, in their order."""
        return re.findall(r"{(\w+)}", self.path)

    def pinned_path(self) -> str:
        """Return the path with the version in it, whether it names one or means the latest."""
        if self.reach is not Reach.LATEST:
            return self.path
        return self.path.replace("/{dataset}", "/{dataset}/versions/{version}")


def _resources() -> Iterator[Resource]:
    yield Resource("/v1", Kind.DOCUMENT, "getIndex", "What the API offers")
    yield Resource(
        "/v1/datasets", Kind.COLLECTION, "listDatasets", "All datasets", DATASETS, Reach.EVERYWHERE
    )
    dataset = "/v1/datasets/{dataset}"
    yield Resource(
        dataset,
        Kind.RECORD,
        "getDataset",
        "A dataset at its latest version",
        DATASETS,
        Reach.LATEST,
    )
    yield Resource(
        f"{dataset}/versions",
        Kind.COLLECTION,
        "listVersions",
        "The versions of a dataset, oldest first",
        DATASETS,
        Reach.DATASET,
    )
    version = f"{dataset}/versions/{{version}}"
    yield Resource(
        version, Kind.RECORD, "getVersion", "A dataset at one version", DATASETS, Reach.VERSION
    )
    for collection in COLLECTIONS.values():
        yield from _of_collection(collection, dataset, version)
    yield from _quality(dataset, version)
    yield from _pictures(dataset, version)
    yield from _news(dataset)
    yield from _changes(dataset)
    yield Resource("/v1/search", Kind.SEARCH, "search", "Records of every kind that a text finds")
    yield Resource("/v1/schema", Kind.DOCUMENT, "getSchema", "What every field means")
    yield Resource("/v1/vocabularies", Kind.DOCUMENT, "listVocabularies", "All code lists")
    yield Resource(
        "/v1/vocabularies/{vocabulary}", Kind.DOCUMENT, "getVocabulary", "A code list", rdf=True
    )


def _quality(dataset: str, version: str) -> Iterator[Resource]:
    for reach, base, infix, where in (
        (Reach.LATEST, dataset, "", "at its latest version"),
        (Reach.VERSION, version, "Version", "at one version"),
    ):
        yield Resource(
            f"{base}/quality",
            Kind.DOCUMENT,
            f"get{infix}Quality",
            f"What the audit of a dataset found {where}",
            reach=reach,
        )


def _pictures(dataset: str, version: str) -> Iterator[Resource]:
    for reach, base, infix, where in (
        (Reach.LATEST, dataset, "", "of a dataset at its latest version"),
        (Reach.VERSION, version, "Version", "of a dataset at one version"),
    ):
        yield Resource(
            f"{base}/pictures",
            Kind.PICTURES,
            f"get{infix}Pictures",
            f"Pictures {where}",
            reach=reach,
        )
        yield Resource(
            f"{base}/pictures/{{picture}}",
            Kind.PICTURE,
            f"get{infix}Picture",
            f"A picture {where}, and the numbers it is drawn from",
            reach=reach,
        )


def _news(dataset: str) -> Iterator[Resource]:
    yield Resource(
        "/v1/changes",
        Kind.PUBLICATIONS,
        "listPublications",
        "The versions of all datasets in the order they were published",
    )
    for path, infix, language in (("feed", "", "Chinese"), ("feed.en", "English", "English")):
        yield Resource(
            f"{dataset}/{path}.atom",
            Kind.FEED,
            f"get{infix}Feed",
            f"The releases and corrections of a dataset as an Atom feed in {language}",
            reach=Reach.DATASET,
        )


def _changes(dataset: str) -> Iterator[Resource]:
    yield Resource(
        f"{dataset}/changes",
        Kind.CHANGES,
        "getChanges",
        "What changed in a dataset from one version to another",
        reach=Reach.DATASET,
    )
    yield Resource(
        f"{dataset}/corrections",
        Kind.CORRECTIONS,
        "getCorrections",
        "What the versions of a dataset corrected, oldest first",
        reach=Reach.DATASET,
    )
    for collection in COLLECTIONS.values():
        yield Resource(
            f"{dataset}/{collection.name}/{{{collection.one}}}/history",
            Kind.HISTORY,
            f"get{collection.one.capitalize()}History",
            f"In which versions a {collection.one} stood, and as what",
            collection,
            Reach.DATASET,
        )


def _of_collection(collection: Collection, dataset: str, version: str) -> Iterator[Resource]:
    plural = collection.name.capitalize()
    single = collection.one.capitalize()
    title = collection.title.en.lower()
    for reach, base, infix, where in (
        (Reach.EVERYWHERE, "/v1", "", "of all datasets"),
        (Reach.LATEST, dataset, "Dataset", "of a dataset at its latest version"),
        (Reach.VERSION, version, "Version", "of a dataset at one version"),
    ):
        path = f"{base}/{collection.name}"
        summary = f"{title.capitalize()} {where}"
        yield Resource(path, Kind.COLLECTION, f"list{infix}{plural}", summary, collection, reach)
        if reach is not Reach.EVERYWHERE:
            yield Resource(
                f"{path}/{{{collection.one}}}",
                Kind.RECORD,
                f"get{infix}{single}",
                f"One {collection.one} {where}",
                collection,
                reach,
            )


def _tables() -> Iterator[Resource]:
    """Yield what describes the CSV of each collection."""
    for resource in _resources():
        if resource.kind is Kind.COLLECTION:
            name = resource.operation.replace("list", "describe", 1) + "Csv"
            yield Resource(
                f"{resource.path}.{CSV.suffix}{DESCRIBES}",
                Kind.TABLE,
                name,
                f"What the CSV holds: {resource.summary[0].lower()}{resource.summary[1:]}",
                resource.collection,
                resource.reach,
            )


def _citations() -> Iterator[Resource]:
    """Yield how to cite each dataset, version, record and collection of records.

    What there is of datasets as a collection is cited dataset by dataset.
    """
    for resource in _resources():
        record = resource.kind is Kind.RECORD
        rows = resource.kind is Kind.COLLECTION and resource.collection is not DATASETS
        if record or rows:
            name = re.sub("^(get|list)", "cite", resource.operation)
            yield Resource(
                f"{resource.path}{CITE}",
                Kind.CITATION,
                name,
                f"How to cite: {resource.summary[0].lower()}{resource.summary[1:]}",
                resource.collection,
                resource.reach,
            )


def _catalogue() -> Iterator[Resource]:
    """Yield what portals harvest; where an address has no version, it tells of all or the last."""
    yield Resource("/catalog", Kind.JOINED, "getCatalogue", "Every dataset, in DCAT-AP 3")
    yield Resource(
        "/data.json",
        Kind.JOINED,
        "getDataJson",
        "Every dataset at its latest version, in DCAT-US 1.1",
        media_type=JSON.media_type,
    )
    dataset = "/v1/datasets/{dataset}"
    for base, infix, where, reach in (
        (dataset, "", "A dataset and its versions", Reach.DATASET),
        (f"{dataset}/versions/{{version}}", "Version", "One version", Reach.VERSION),
    ):
        for suffix, media_type in GRAPH_TYPES.items():
            yield Resource(
                f"{base}.{suffix}",
                Kind.JOINED,
                f"describe{infix or 'Dataset'}{suffix.capitalize()}",
                f"{where}, in DCAT-AP 3",
                reach=reach,
                media_type=media_type,
            )
        for name, operation, summary, media_type in _FILES:
            yield Resource(
                f"{base}/{name}",
                Kind.FILE,
                f"get{infix}{operation}",
                f"{where if infix else 'A dataset'}, {summary}",
                reach=reach,
                media_type=media_type,
            )


#: Descriptions of a dataset or a version: name, operation, what it is, media type.
_FILES = (
    ("schema-org.jsonld", "SchemaOrg", "in schema.org's words", GRAPH_TYPES["jsonld"]),
    (
        "catalog-cn.json",
        "ChineseCatalogueEntry",
        "in the fields of Chinese data catalogues (unofficial)",
        JSON.media_type,
    ),
    (
        "catalog-cn.csv",
        "ChineseCatalogueTable",
        "in the fields of Chinese data catalogues (unofficial), as CSV",
        CSV.media_type,
    ),
)


def _packages() -> Iterator[Resource]:
    """Yield archives with their checksums, the descriptors of what they hold, and their lists."""
    dataset = "/v1/datasets/{dataset}"
    version = f"{dataset}/versions/{{version}}"
    for reach, folder, archive, infix, what in (
        (Reach.EVERYWHERE, "", "/bulk", "All", "the latest version of every dataset"),
        (Reach.LATEST, dataset, dataset, "Dataset", "a dataset at its latest version"),
        (Reach.VERSION, version, version, "Version", "a dataset at one version"),
    ):
        zipped = f"{archive}.zip"
        summary = f"Everything there is of {what}, in one file"
        yield Resource(zipped, Kind.ARCHIVE, f"get{infix}Archive", summary, reach=reach)
        summary = f"The checksum of the archive of {what}"
        name = f"get{infix}ArchiveChecksum"
        yield Resource(zipped + CHECKSUM, Kind.CHECKSUM, name, summary, reach=reach)
        for form, ending, standard in (("", "", "2.0"), ("Old", "-v1", "1.0")):
            yield Resource(
                f"{folder}/datapackage{ending}.json",
                Kind.DESCRIPTION,
                f"get{infix}{form}Package",
                f"The tables of {what} as a data package {standard}",
                reach=reach,
                media_type=PACKAGE,
            )
        if reach is not Reach.EVERYWHERE:
            yield Resource(
                f"{folder}/{LISTS}/{{list}}.{CSV.suffix}",
                Kind.LIST,
                f"get{infix}List",
                f"The sections of {what}, or the codes of a list that it uses, as CSV",
                reach=reach,
                media_type=CSV.media_type,
            )


def _schemas() -> Iterator[Resource]:
    for collection in (*COLLECTIONS.values(), DATASETS):
        yield Resource(
            f"/v1/schema/{collection.name}.json",
            Kind.DESCRIPTION,
            f"get{collection.schema_name}Schema",
            f"JSON Schema of one {collection.one}",
            media_type=SCHEMA,
        )


RESOURCES = (
    *_resources(),
    *_tables(),
    *_citations(),
    *_catalogue(),
    *_packages(),
    *_schemas(),
)

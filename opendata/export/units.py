"""Which addresses a site has, in units that are exported one by one.

Every form of address of the application is either gone through here or named in :data:`LEFT_OUT`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from opendata.catalogue.files import ENDINGS
from opendata.errors import OpendataError
from opendata.formats import CSV, JSON, MEDIA_TYPES
from opendata.pictures import PICTURES
from opendata.records import DATASETS
from opendata.spec import Kind, Reach, Resource
from opendata.spec.catalogue import LANGUAGE, PAGE, parameters_of
from opendata.spec.resources import LISTS, PAGE_SUFFIX
from opendata.store import Store
from opendata.vocabularies import LANGUAGES
from opendata.web.addresses import Rule

#: What a file cannot answer, by the view: it needs a query, or tells of the day or the process.
LEFT_OUT_VIEWS = ("ckan", "health")
LEFT_OUT_KINDS = (Kind.SEARCH, Kind.CITATION)
#: Names that only ready-made documents say: what stands there is found among these.
_SHARES = frozenset({"archive", "share", "vocabulary"})
_FIRST = "/v1/datasets/"
_LISTS = "/v1/vocabularies"
#: Rows of one version, which are offered as files.
_WHOLE = (Reach.LATEST, Reach.VERSION)


class Records(Enum):
    """The forms that single records are exported in, beside JSON: none, their pages, or all."""

    JSON = "json"
    PAGES = "pages"
    ALL = "all"


#: What tells of a single record, and the suffixes it is exported with.
_OF_ONE = (Kind.RECORD, Kind.HISTORY)
_SUFFIXES = {
    Records.JSON: (None, JSON.suffix),
    Records.PAGES: (None, JSON.suffix, PAGE_SUFFIX),
    Records.ALL: (None, PAGE_SUFFIX, *MEDIA_TYPES),
}


class Unit(NamedTuple):
    """Addresses that belong together: of the site, of a dataset, or of one of its versions."""

    dataset: str = ""
    version: str = ""

    @property
    def name(self) -> str:
        """Its name, which is that of no other."""
        if self.dataset:
            return f"datasets/{self.dataset}/{self.version or 'latest'}"
        return "site"


class Address(NamedTuple):
    """An address, and the form of it with ``{names}``."""

    address: str
    template: str


class UndecidedError(OpendataError):
    """An address that nobody decided how to export: a fault of this software."""


def units(store: Store) -> list[Unit]:
    """Return every unit of a store."""
    found = [Unit()]
    for dataset, version in store.listing.versions():
        if found[-1].dataset != dataset:
            found.append(Unit(dataset))
        found.append(Unit(dataset, version))
    return found


def exported(rule: Rule, records: Records) -> bool:
    """Whether addresses of this form become files."""
    resource = rule.resource
    if rule.endpoint.partition(".")[0] in LEFT_OUT_VIEWS:
        return False
    if rule.names & _SHARES:
        return rule.suffix == PAGE_SUFFIX  # of pages, ready-made documents say the names only
    if resource is None:
        return True
    if resource.kind in LEFT_OUT_KINDS:
        return False
    one = resource.kind in _OF_ONE and resource.collection is not DATASETS
    return not one or rule.suffix in _SUFFIXES[records]


def addresses(
    store: Store, rules: Sequence[Rule], unit: Unit, records: Records
) -> Iterator[Address]:
    """Yield the addresses of a unit, some more than once; not every one need be there."""
    names = {n for n in ("dataset", "version") if getattr(unit, n)}
    given = {"dataset": unit.dataset, "version": unit.version}
    for rule in rules:
        if not exported(rule, records) or rule.names & {"dataset", "version"} != names:
            continue
        more = rule.names - names
        if more & _SHARES:
            for path in _lists(store):
                yield Address(f"{path}.{rule.suffix}", rule.template)
        elif not more:
            for asked in _asked(store, rule):
                yield Address(rule.template.format_map(given) + asked, rule.template)
        elif rule.resource and rule.resource.kind is Kind.PICTURE:
            if rule.suffix == JSON.suffix:
                continue
            [name] = more
            for one in PICTURES:  # those that would show nothing are not there
                yield Address(rule.template.format_map({**given, name: one}), rule.template)
        elif rule.resource and rule.resource.kind is Kind.LIST:
            [name] = more
            for one in _tables(store, unit):
                yield Address(rule.template.format_map({**given, name: one}), rule.template)
        elif rule.resource and rule.resource.collection and len(more) == 1:
            [name] = more
            if rule.suffix == JSON.suffix:
                continue
            for one in _names(store, unit, rule.resource.collection.name):
                yield Address(rule.template.format_map({**given, name: one}), rule.template)
        else:
            raise UndecidedError(f"{rule.template} is neither exported nor left out")
    for path in _ready_made(store, unit):
        yield Address(path, path)


def _asked(store: Store, rule: Rule) -> Iterator[str]:
    """Yield the queries that an address is asked with; the empty one first.

    JSON with its suffix is the same as without, so only queries make another file of it.
    """
    if rule.suffix != JSON.suffix:
        yield ""
    if rule.resource is None:
        return
    if rule.resource.kind is Kind.JOINED:
        yield from _turned(store, rule.resource)
    elif rule.resource.kind is Kind.COLLECTION and rule.resource.reach in _WHOLE:
        for ending in ENDINGS:  # what the catalogues and pages lead to
            suffix, _, query = ending.partition("?")
            if query and suffix == f".{rule.suffix}":
                yield f"?{query}"


def _turned(store: Store, resource: Resource) -> Iterator[str]:
    """Yield the queries for every page and language of a catalogue, the first page's too."""
    taken = parameters_of(resource)
    languages = ("", *LANGUAGES) if LANGUAGE in taken else ("",)
    pages = len(store.pages()) if LANGUAGE in taken and PAGE in taken else 1
    for page in range(1, pages + 1):
        for language in languages:
            query = [f"{LANGUAGE}={language}"] if language else []
            query += [f"{PAGE}={page}"] if page > 1 else []
            if query:
                yield f"?{'&'.join(query)}"


def _names(store: Store, unit: Unit, collection: str) -> Iterator[str]:
    """Yield the ids that records of a unit have or, in this dataset, once had."""
    version = _version_of(store, unit)
    yield from store.listing.records(collection, unit.dataset, version)
    yield from store.listing.former(collection, unit.dataset)


def _tables(store: Store, unit: Unit) -> Iterator[str]:
    """Yield the names of the tables that the codes of a unit lead to."""
    below = f"{_FIRST}{unit.dataset}/versions/{_version_of(store, unit)}/{LISTS}/"
    for path in store.listing.documents(below):
        yield path.removeprefix(below).removesuffix(f".{CSV.suffix}")


def _version_of(store: Store, unit: Unit) -> str:
    """Return the version of a unit, the latest where it has none of its own."""
    if unit.version:
        return unit.version
    latest = store.version(unit.dataset)
    assert latest is not None
    return latest.version


def _lists(store: Store) -> Iterator[str]:
    """Yield the path of every code list."""
    for path in store.listing.documents(f"{_LISTS}/"):
        if "." not in path:
            yield path


def _ready_made(store: Store, unit: Unit) -> Iterator[str]:
    versions = f"{_FIRST}{unit.dataset}/versions/"
    if unit.version:
        yield from store.listing.documents(f"{versions}{unit.version}/")
    elif unit.dataset:
        for path in store.listing.documents(f"{_FIRST}{unit.dataset}/"):
            if not path.startswith(versions):
                yield path
    else:
        for path in store.listing.documents("/"):
            if not path.startswith(_FIRST):
                yield path

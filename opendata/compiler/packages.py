"""Descriptions of packages, ready-made: those of each version, of all datasets, and of records."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import orjson

from opendata.formats import CSV, MACHINE, Options, Table
from opendata.formats.json import dump
from opendata.package import contents, descriptor, schemas
from opendata.package.contents import Package, TableFile
from opendata.package.references import Lists, reference_tables
from opendata.query import Query
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec.resources import PACKAGE, SCHEMA
from opendata.store import Document, Scope, Store

_OPTIONS = Options()
_CSV_TYPE = CSV.content_type_for(_OPTIONS)
_FORMS: Mapping[str, Callable[[Package], dict[str, Any]]] = {
    descriptor.CURRENT: descriptor.descriptor,
    descriptor.OLD: descriptor.old_descriptor,
}


def package_documents(
    base_url: str,
    path: str,
    record: Mapping[str, Any],
    meta: bytes,
    lists: Lists,
    used: Iterable[tuple[str, str]],
) -> dict[str, Document]:
    """Return the descriptors of a version and the tables its codes lead to, by path.

    :param path: the version's pinned path.
    :param record: its dataset record.
    :param meta: what answers say of it.
    :param lists: the entries of its open lists.
    :param used: the codes that its records hold, each with the name of its list.
    """
    licence_url = orjson.loads(meta)["licence_url"]
    references = reference_tables(record, lists, used)
    package = contents.of_version(
        base_url, record, record["distributions"], licence_url, lists, references
    )
    found = {f"{path}/{t.path}": _document(_CSV_TYPE, t.body) for t in references}
    return found | _documents(f"{path}/", package)


def site_documents(store: Store, lists: Lists) -> dict[str, Document]:
    """Return the descriptors of all datasets and the schemas of records, by path."""
    metas = (orjson.loads(version.meta) for version in store.latest())
    tables = [_table(store, c) for c in (*COLLECTIONS.values(), DATASETS)]
    found = _documents("/", contents.of_catalogue(store.base_url, metas, tables, lists))
    for collection in schemas.described():
        schema = schemas.schema_body(store.base_url, collection)
        found[schemas.path_of(collection)] = _document(SCHEMA, schema)
    return found


def whole_table(store: Store, collection: Collection) -> Iterator[bytes]:
    """Yield the CSV for programs of all rows of the latest versions, as it is served."""
    blocks = store.blocks(collection.name, MACHINE.name, Scope(), Query())
    return CSV.write(Table(collection, None, _OPTIONS), blocks)


def _table(store: Store, collection: Collection) -> TableFile:
    digest, size = hashlib.sha256(), 0
    for block in whole_table(store, collection):
        digest.update(block)
        size += len(block)
    path = f"v1/{collection.name}.{CSV.suffix}"
    return TableFile(collection, path, collection.title, size, digest.hexdigest())


def _documents(folder: str, package: Package) -> dict[str, Document]:
    return {
        f"{folder}{name}": _document(PACKAGE, dump(form(package))) for name, form in _FORMS.items()
    }


def _document(content_type: str, body: bytes) -> Document:
    return Document(content_type, body, hashlib.sha256(body).hexdigest())

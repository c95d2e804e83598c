"""Pages of ready-made documents: the API, the data dictionary, code lists and quality."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import orjson
from flask import Response

from opendata.query.fields import OPERATORS, Operator
from opendata.query.values import Kind as ValueKind
from opendata.spec import Resource
from opendata.store import Store, VersionRow
from opendata.vocabularies import CLOSED, OPEN, Label
from opendata.web import query
from opendata.web.current import store
from opendata.web.documents import absent
from opendata.web.languages import reader
from opendata.web.lookup import caching, find_version, locate
from opendata.web.pages.answering import page_answer, shell_of
from opendata.web.pages.operations import operations
from opendata.web.pages.quality import quality
from opendata.web.relations import relations


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """What the page shows: the document as JSON has it, where it is, and what explains it."""

    data: Any
    meta: Mapping[str, Any]
    path: str
    pinned: str
    held: VersionRow | None
    more: Any


def document_page(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    """Answer with the page of the document at the address."""
    query.language()
    current, held = store(), None
    if "dataset" in names:
        held = find_version(current, names["dataset"], names.get("version"))
        names["version"] = held.version
    pinned = resource.pinned_path().format_map(names)
    found = current.document(pinned)
    if found is None:
        raise absent(names)
    shell = shell_of(reader(), suffix)
    template, more = _PAGES[resource.operation.replace("getVersion", "get")]

    def model() -> DocumentPage:
        body = orjson.loads(found.body)
        explained = more(current, held, body["data"])
        return DocumentPage(body["data"], body["meta"], shell.path, pinned, held, explained)

    response = page_answer(
        template,
        shell,
        model,
        found.sha256 if held is None else current.digest,
        caching=caching(resource),
        links=lambda: relations(resource, held, pinned),
        negotiated=not suffix,
    )
    return locate(response, resource, current.base_url, pinned, suffix)


@dataclass(frozen=True, slots=True)
class Dictionary:
    """What kinds of values, operators and code lists are called."""

    kinds: Mapping[str, Label]
    operators: Mapping[str, Label]
    lists: Mapping[str, Label]


def _dictionary(_: Store, __: VersionRow | None, ___: Any) -> Dictionary:
    return Dictionary(
        {kind.value: kind.label for kind in ValueKind},
        {(operator.value or "eq"): OPERATORS[operator] for operator in Operator},
        {**OPEN, **{name: codes.title for name, codes in CLOSED.items()}},
    )


def _nothing(_: Store, __: VersionRow | None, ___: Any) -> None:
    return None


def _operations(_: Store, __: VersionRow | None, ___: Any) -> Any:
    return operations()


#: The template of each document and what explains it, by the operation of its address.
_PAGES: Mapping[str, tuple[str, Callable[[Store, VersionRow | None, Any], Any]]] = MappingProxyType(
    {
        "getIndex": ("index.html", _operations),
        "getSchema": ("dictionary.html", _dictionary),
        "listVocabularies": ("vocabularies.html", _nothing),
        "getVocabulary": ("vocabulary.html", _nothing),
        "getQuality": ("quality.html", quality),
    }
)

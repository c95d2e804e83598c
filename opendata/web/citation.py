"""How to cite what is served: the citation of a version, a record or what a query selects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from types import MappingProxyType

from flask import Response, request

from opendata.citation import Citation, bibtex, csl, reference
from opendata.formats import JSON
from opendata.formats.json import dump, wrap
from opendata.spec import Resource
from opendata.spec.citing import told
from opendata.spec.links import citation_links
from opendata.spec.resources import CITATION_TYPES, CITE
from opendata.store import Scope, Store, VersionRow
from opendata.web import query
from opendata.web.cited import Cited, cited_record, cited_rows, cited_version
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.fates import elsewhere
from opendata.web.languages import preferred
from opendata.web.lookup import collection_of, find_version, locate, pinned_path
from opendata.web.negotiation import choose
from opendata.web.relations import relations

#: An answer names the day it is given, and may be some minutes behind it.
CACHING = "public, max-age=600"


def today() -> date:
    """Return the day (UTC)."""
    return datetime.now(UTC).date()


def citation(
    resource: Resource,
    suffix: str | None = None,
    *,
    dataset: str | None = None,
    version: str | None = None,
    name: str | None = None,
) -> Response:
    """Answer with how to cite what is at the address above; of the latest version, pinned."""
    current, day = store(), today()
    chosen = choose(suffix, resource.media_types)
    held = find_version(current, dataset, version) if dataset else None
    path = request.path.removesuffix(f".{suffix}") if suffix else request.path
    pinned = pinned_path(resource, held, name or "") if held else path
    cited = cited_of(current, resource, held, pinned.removesuffix(CITE), name)
    if cited is None:
        assert held is not None and name is not None
        return elsewhere(current, resource, held, name, suffix)
    lang = query.arguments().get("lang")
    language = lang or preferred("zh")

    def body() -> bytes:
        found = replace(cited.citation(), accessed=day)
        if chosen != JSON.suffix:
            return _FORMS[chosen](found, language)
        above = pinned.removesuffix(CITE)
        links = citation_links(current.base_url, path, above, query.arguments())
        return wrap(dump(told(found, language)), cited.meta(), dump(links))

    state = f"{held.version} {held.sha256}" if held else current.digest
    asking = repr(query.arguments())
    response = answer(
        validator(
            current.software, current.base_url, state, path, asking, chosen, language, str(day)
        ),
        CACHING,
        ", ".join([*([] if suffix else ["Accept"]), *([] if lang else ["Accept-Language"])]),
        CITATION_TYPES.get(chosen, JSON.content_type),
        body,
        modified=changed(day),
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned, cited.beside))
    return locate(response, resource, current.base_url, pinned, suffix)


def cited_of(
    current: Store, resource: Resource, held: VersionRow | None, pinned: str, name: str | None
) -> Cited | None:
    """Return what is cited; ``None`` where the version has no record that is called ``name``.

    :raises ProblemError: 400 where the query has faults.
    """
    collection = collection_of(resource)
    asked = query.of_citation(current, resource)
    if resource.of_rows:
        return cited_rows(current, collection, Scope(held), asked, pinned, query.arguments())
    assert held is not None
    return cited_record(current, collection, held, name) if name else cited_version(current, held)


def changed(day: date) -> datetime | None:
    """Return when answers last changed: with the data, or with the day."""
    then = published()
    return then and max(then, datetime.combine(day, time(), UTC))


_FORMS: Mapping[str, Callable[[Citation, str], bytes]] = MappingProxyType(
    {
        "txt": lambda found, language: f"{reference(found, language)}\n".encode(),
        "bib": lambda found, language: bibtex(found, language).encode(),
        "csl": lambda found, language: dump([csl(found, language)]),
    }
)

"""What portals harvest: documents joined from pieces, and ready-made descriptions of a dataset."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Response, request

from opendata.catalogue import FORMS
from opendata.catalogue.dcatus import HEAD, SEPARATOR, TAIL
from opendata.catalogue.share import DCAT_US
from opendata.formats import JSON
from opendata.query.faults import RequestFault
from opendata.spec import Reach, Resource
from opendata.spec.catalogue import LANGUAGE, PAGE, parameters_of
from opendata.store import Pieces, Store, head_name
from opendata.vocabularies import LANGUAGES, Label
from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import published, store
from opendata.web.lookup import caching, find_version
from opendata.web.negotiation import choose
from opendata.web.preview import released_only
from opendata.web.problems import ProblemError
from opendata.web.relations import relations

#: Bytes that are sent as a whole, with their length; what is longer is streamed.
_WHOLE = 1_000_000

_FORM_OF = {form.content_type.partition(";")[0]: form.suffix for form in FORMS.values()}


@dataclass(frozen=True, slots=True)
class _Joined:
    """A document: what stands before, between and behind its pieces."""

    content_type: str
    head: bytes
    separator: bytes
    tail: bytes
    pieces: Sequence[Pieces]

    def stream(self, current: Store) -> Iterator[bytes]:
        yield self.head
        before = b""
        for which in self.pieces:
            for body in current.pieces(which):
                yield before + body
                before = self.separator
        yield self.tail


def joined(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    """Answer with a document that is joined from pieces."""
    released_only()
    language, page = _asked(resource)
    current = store()
    if "dataset" in names:
        find_version(current, names["dataset"], names.get("version"))
    chosen = choose(suffix, resource.media_types) if resource.media_types else None
    document = _document(current, resource, suffix, chosen, language, page, names)
    parts = [part for which in document.pieces for part in current.digests(which)]
    short = sum(part.size for part in parts) <= _WHOLE
    response = answer(
        validator(current.software, *(part.sha256 for part in parts)),
        caching(resource) if names else LATEST,
        "Accept" if resource.media_types and not suffix else "",
        document.content_type,
        lambda: b"".join(document.stream(current)) if short else document.stream(current),
        modified=published(),
        stored=short,
    )
    return _related(response, resource)


def file(resource: Resource, **names: str) -> Response:
    """Answer with a ready-made description of a dataset or a version."""
    released_only()
    query.none()
    current = store()
    find_version(current, names["dataset"], names.get("version"))
    found = current.document(resource.path.format_map(names))
    assert found is not None, resource.path
    response = answer(
        found.sha256[:32],
        caching(resource) if resource.reach is Reach.VERSION else LATEST,
        "",
        found.content_type,
        lambda: found.body,
        modified=published(),
        stored=True,
    )
    return _related(response, resource)


def _related(response: Response, resource: Resource) -> Response:
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, None))
    return response


def _document(
    current: Store,
    resource: Resource,
    suffix: str | None,
    chosen: str | None,
    language: str,
    page: int,
    names: dict[str, str],
) -> _Joined:
    """Return the document that is asked for.

    :raises ProblemError: 404 where there is no such page.
    """
    pages = current.pages()
    if resource.media_type == JSON.media_type:
        _there(page, 1)
        which = [Pieces(DCAT_US, "", first, last) for first, last in pages]
        return _Joined(JSON.content_type, HEAD, SEPARATOR, TAIL, which)
    form = FORMS[chosen or _FORM_OF[resource.media_type]]
    if names:
        dataset = names["dataset"]
        of_site = Pieces(form.suffix, language, "", "", "")
        own = Pieces(form.suffix, language, dataset, dataset, names.get("version"))
    else:
        _there(page, len(pages))
        first, last = pages[page - 1]
        of_site = Pieces(form.suffix, language, "", "", head_name(suffix or "", page))
        own = Pieces(form.suffix, language, first, last)
    return _Joined(form.content_type, form.head, form.separator, form.tail, [of_site, own])


def _there(page: int, last: int) -> None:
    if page > last:
        raise ProblemError(
            404,
            Label(f"没有第 {page} 页；共 {last} 页。", f"There is no page {page}, only {last}."),
        )


def _asked(resource: Resource) -> tuple[str, int]:
    """Return the language, empty for all, and the page that are asked for.

    :raises ProblemError: 400, naming every fault.
    """
    query.none(*parameters_of(resource))
    faults = []
    language, page = request.args.get(LANGUAGE, ""), request.args.get(PAGE, "1")
    for name in (LANGUAGE, PAGE):
        if len(request.args.getlist(name)) > 1:
            told = Label("只能写一次。", "May be written once only.")
            faults.append(RequestFault(name, "repeated", told))
    if LANGUAGE in request.args and language not in LANGUAGES:
        told = Label("没有这种语言。", "There is no such language.")
        faults.append(RequestFault(LANGUAGE, "unknown_value", told, list(LANGUAGES)))
    if not (page.isascii() and page.isdigit() and len(page) <= 5 and int(page) > 0):
        told = Label("页码是从 1 起的整数。", "Pages are counted from 1.")
        faults.append(RequestFault(PAGE, "wrong_form", told))
    query.refuse(faults)
    return language, int(page)

"""Archives: files beside the store, whole or in parts, and their checksums."""

from __future__ import annotations

from flask import Response

from opendata.spec import Resource
from opendata.spec.resources import CHECKSUM
from opendata.store import StoredFile, VersionRow
from opendata.web import query
from opendata.web.conditional import answer, validator
from opendata.web.current import published, store
from opendata.web.kept import Kept
from opendata.web.lookup import caching, find_version, locate
from opendata.web.preview import released_only
from opendata.web.relations import relations


def archive(
    resource: Resource, *, dataset: str | None = None, version: str | None = None
) -> Response:
    """Answer with the archive at the address."""
    held, pinned, found = _found(resource, dataset, version)
    file = Kept(store(), found)
    response = answer(
        found.sha256[:32],
        caching(resource),
        "",
        found.content_type,
        lambda: file,
        modified=published(),
    )
    if response.status_code != 304:
        response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return _related(response, resource, held, pinned)


def checksum(
    resource: Resource, *, dataset: str | None = None, version: str | None = None
) -> Response:
    """Answer with the checksum of an archive, as ``sha256sum -c`` reads it."""
    held, pinned, found = _found(resource, dataset, version)
    line = f"{found.sha256}  {found.name}\n"
    response = answer(
        validator(line),
        caching(resource),
        "",
        "text/plain; charset=utf-8",
        line.encode,
        modified=published(),
    )
    return _related(response, resource, held, pinned)


def _found(
    resource: Resource, dataset: str | None, version: str | None
) -> tuple[VersionRow | None, str, StoredFile]:
    """Return the version asked for, its path, and its archive.

    :raises ProblemError: 404 for all of a preview, which has none.
    """
    released_only()
    query.none()
    current = store()
    held = find_version(current, dataset, version) if dataset else None
    names = {"dataset": held.dataset, "version": held.version} if held else {}
    pinned = resource.pinned_path().format_map(names)
    found = current.file(pinned.removesuffix(CHECKSUM))
    assert found is not None, pinned
    return held, pinned, found


def _related(
    response: Response, resource: Resource, held: VersionRow | None, pinned: str
) -> Response:
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned))
    return locate(response, resource, store().base_url, pinned, None)

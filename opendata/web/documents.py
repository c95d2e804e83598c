"""Ready-made resources: the index, code lists, descriptions and what audits found."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from opendata.formats import JSON
from opendata.spec import Resource
from opendata.store import VersionRow
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import answer
from opendata.web.current import published, store
from opendata.web.lookup import caching, find_version, locate, missing
from opendata.web.negotiation import choose
from opendata.web.problems import ProblemError
from opendata.web.relations import relations


def document(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    """Answer with the document at the address."""
    query.none()
    chosen = choose(suffix, resource.media_types) if resource.media_types else JSON.suffix
    current = store()
    held = None
    if "dataset" in names:
        held = find_version(current, names["dataset"], names.get("version"))
        names["version"] = held.version
    pinned = resource.pinned_path().format_map(names)
    found = current.document(pinned if chosen == JSON.suffix else f"{pinned}.{chosen}")
    if found is None:
        raise absent(names)

    def beside(other: VersionRow, path: str) -> str | None:
        there = resource.pinned_path().format_map({**names, "version": other.version})
        return path if current.document(there) else None

    vary = "" if suffix or not resource.media_types else "Accept"
    response = answer(
        found.sha256[:32],
        caching(resource),
        vary,
        found.content_type,
        lambda: found.body,
        modified=published(),
        stored=True,
    )
    if response.status_code != 304:
        response.headers["Link"] = ", ".join(relations(resource, held, pinned, beside))
    return locate(response, resource, current.base_url, pinned, suffix)


def absent(names: Mapping[str, str]) -> ProblemError:
    """Return the problem that there is no such document."""
    if "vocabulary" in names:
        return missing("vocabulary", names["vocabulary"])
    dataset, version = names["dataset"], names["version"]
    if "list" in names:
        name = names["list"]
        return ProblemError(
            404,
            Label(
                f"数据集“{dataset}”的 {version} 版没有表“{name}”；其 datapackage.json 列出全部。",
                f"Version {version} of {dataset!r} has no table {name!r}; its datapackage.json "
                "names all.",
            ),
        )
    detail = Label(
        f"数据集“{dataset}”的 {version} 版没有经过审核。",
        f"Version {version} of {dataset!r} was not audited.",
    )
    return ProblemError(404, detail)

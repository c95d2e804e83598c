"""An entry of a feed: a release with its downloads, or a correction with what it put right."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from opendata.discovery import xml
from opendata.discovery.events import Event
from opendata.discovery.model import Correction, Release
from opendata.vocabularies import Label

_RELEASE = Label("{title}：{version} 版", "{title}, version {version}")
_CORRECTION = Label("更正：{title}，{version} 版", "Correction: {title}, version {version}")
_RELEASED, _CORRECTED = Label("发布", "Release"), Label("更正", "Correction")
_PUT_RIGHT = Label(
    "原来的错误：{wrong}\n原因：{reason}\n受影响的版本：{affected}；{version} 版已更正。\n"
    "涉及：{collection}：{ids}（{columns}）",
    "What was wrong: {wrong}\nWhy: {reason}\nAffected versions: {affected}; put right in "
    "{version}.\nRecords: {collection}: {ids} ({columns})",
)


def entry(base_url: str, event: Event, language: str) -> bytes:
    """Return the entry of ``event``, its texts in ``language``."""
    release, correction = event.release, event.correction
    made = xml.element("entry")
    if correction is None:
        _tell_release(made, base_url, release, language)
    else:
        _tell_correction(made, base_url, event, correction, language)
    xml.add(made, "updated", event.moment)
    author = xml.add(made, "author")
    xml.add(author, "name", getattr(release.publisher, language))
    if release.publisher_url:
        xml.add(author, "uri", release.publisher_url)
    xml.add(made, "rights", " ".join(filter(None, (release.licence, release.licence_url))))
    return xml.written(made) + b"\n"


def _tell_release(made: Element, base_url: str, release: Release, language: str) -> None:
    address = f"{base_url}{release.path}"
    title = getattr(_RELEASE, language)
    named = getattr(release.title, language)
    xml.add(made, "id", address)
    xml.add(made, "title", title.format(title=named, version=release.version))
    _categorise(made, "release", getattr(_RELEASED, language))
    _link(made, "alternate", address, "application/json")
    for file in release.downloads:
        about = {"length": str(file.byte_size), "title": getattr(file.title, language)}
        _link(made, "enclosure", file.url, file.media_type, **about)
    xml.add(made, "summary", getattr(release.notes, language), {"type": "text"})


def _tell_correction(
    made: Element, base_url: str, event: Event, correction: Correction, language: str
) -> None:
    address = f"{base_url}/v1/datasets/{correction.dataset}/corrections"
    title = getattr(_CORRECTION, language)
    named = getattr(event.release.title, language)
    xml.add(made, "id", f"{address}#{correction.version}-{correction.number}")
    xml.add(made, "title", title.format(title=named, version=correction.version))
    _categorise(made, "correction", getattr(_CORRECTED, language))
    _link(made, "alternate", address, "application/json")
    told = getattr(_PUT_RIGHT, language).format(
        wrong=getattr(correction.wrong, language),
        reason=getattr(correction.reason, language),
        affected=", ".join(event.affected),
        version=correction.version,
        collection=correction.collection,
        ids=", ".join(correction.ids),
        columns=", ".join(correction.columns),
    )
    xml.add(made, "content", told, {"type": "text"})


def _categorise(made: Element, term: str, label: str) -> None:
    xml.add(made, "category", "", {"term": term, "label": label})


def _link(made: Element, relation: str, href: str, kind: str, **more: str) -> None:
    xml.add(made, "link", "", {"rel": relation, "type": kind, "href": href, **more})

"""Exporting a unit: each of its addresses asked, and written where its body is another."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from opendata.errors import OpendataError
from opendata.export import manifest
from opendata.export.calling import Answer, asking
from opendata.export.folder import Run
from opendata.export.layout import OWN, file_of
from opendata.export.manifest import GONE, MOVED, OK, Entry
from opendata.export.state import States
from opendata.export.units import Address, Records, Unit, addresses
from opendata.spec.resources import SVG_TYPE
from opendata.store import Store
from opendata.vocabularies import LANGUAGES
from opendata.web.addresses import Rule

_NEXT = re.compile(r'<([^>]*)>; rel="next"')
#: What may speak either language, and has a policy of its own.
_SHOWN = ("text/html", SVG_TYPE)


class AnswerError(OpendataError):
    """An address that answers with something an export cannot hold."""


@dataclass(slots=True)
class Counts:
    """What became of files: written anew, the same as before, and the bytes of all of them."""

    files: int = 0
    written: int = 0
    size: int = 0
    #: Pairs of a template and a content type, by how many files are so; those of pages' policies.
    types: dict[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the units of one site."""

    app: Flask
    store: Store
    rules: list[Rule]
    run: Run
    records: Records
    states: States

    def write(self, unit: Unit) -> Counts:
        """Write what is new in a unit, and its manifest."""
        name = manifest_of(unit)
        last = self.run.root / name
        before = {entry.address: entry for entry in manifest.read(last)}
        state = self.states.of(unit)
        held = list(before.values())
        same = manifest.state_of(last) == state and all(map(self._is_there, held))
        counts = Counts()

        def entries() -> Iterator[Entry]:
            for entry in held if same else self._entries(unit, before):
                if entry.file:
                    counts.files += 1
                    counts.size += entry.size
                    counts.written += self.run.staged(entry.file).exists()
                if entry.status == OK:
                    kind = entry.template, entry.content_type
                    counts.types[kind] = counts.types.get(kind, 0) + 1
                yield entry

        manifest.write(self.run.staged(name), state, entries())
        return counts

    def _entries(self, unit: Unit, before: dict[str, Entry]) -> Iterator[Entry]:
        done: set[str] = set()
        for asked in addresses(self.store, self.rules, unit, self.records):
            following = [asked]
            while following:
                address = following.pop()
                if address.address in done:
                    continue
                done.add(address.address)
                entry = self._entry(address, before.get(address.address))
                if entry is not None:
                    yield entry
                    path = address.address.partition("?")[0]
                    following += [
                        Address(f"{path}?{query}", address.template)
                        for query in entry.following.split()
                    ]

    def _entry(self, asked: Address, before: Entry | None) -> Entry | None:
        """Return what became of an address; ``None`` where there is nothing."""
        held = before.etag if before and self._is_there(before) else ""
        with asking(self.app, asked.address, held=held) as answer:
            if answer.status == 304 and before is not None:
                return before
            if answer.status == MOVED:
                location = answer.headers["location"]
                return Entry(asked.address, MOVED, location=location, template=asked.template)
            if answer.status == GONE:
                file = f"{OWN}/gone{asked.address}.json"
                return self._written(asked, answer, file, before)
            if answer.status == 404:
                return None
            if answer.status != OK:
                raise AnswerError(f"{asked.address} answers {answer.status}, not 200")
            media_type = answer.headers["content-type"].partition(";")[0]
            return self._written(asked, answer, file_of(asked.address, media_type), before)

    def _is_there(self, entry: Entry) -> bool:
        """Whether the file of an entry stands in the site as it was written, if it has one."""
        if not entry.file:
            return True
        try:
            return (self.run.root / entry.file).stat().st_size == entry.size
        except OSError:
            return False

    def _written(self, asked: Address, answer: Answer, file: str, before: Entry | None) -> Entry:
        path = self.run.staged(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        size, sha256 = _save(path, answer)
        content_type = answer.headers["content-type"]
        page = content_type.startswith(_SHOWN)
        entry = Entry(
            asked.address,
            answer.status,
            file,
            size,
            sha256,
            answer.headers.get("etag", ""),
            content_type,
            answer.headers.get("content-security-policy", "") if page else "",
            following=_following(answer, asked.address.partition("?")[2]),
            template=asked.template,
        )
        same = before is not None and (before.file, before.sha256) == (file, sha256)
        if same and self._is_there(entry):
            path.unlink()
        return entry


def manifest_of(unit: Unit) -> str:
    """Return the file of a unit's manifest, below the folder of the site."""
    return f"{OWN}/units/{unit.name}.tsv"


def _save(path: Path, answer: Answer) -> tuple[int, str]:
    """Write a body as it comes; return its size in bytes and its SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as file:
        for block in answer.blocks:
            file.write(block)
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _following(answer: Answer, query: str) -> str:
    """Return the queries that an answer leads to: the page after it, itself in each language."""
    found = _NEXT.search(answer.headers.get("link", ""))
    asked = [urlsplit(found[1]).query] if found and "limit=" not in query else []
    page = answer.headers["content-type"].startswith(_SHOWN)
    if page and not query and "accept-language" in answer.headers.get("vary", "").lower():
        asked += [f"lang={language}" for language in LANGUAGES]
    return " ".join(asked)

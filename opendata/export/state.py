"""What the answers of a unit follow from, so that a unit that nothing happened to is not asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import product

from opendata.catalogue import FORMS
from opendata.catalogue.share import VARIANTS
from opendata.compiler.build import software
from opendata.export.units import Records, Unit
from opendata.store import Pieces, Store

#: Kept in step with :mod:`opendata.export.layout`.
_LAYOUT = "2"


class States:
    """The states of the units of one run."""

    def __init__(self, store: Store, records: Records, security_contact: str | None) -> None:
        self._store = store
        month = f"{datetime.now(UTC):%Y-%m}"  # security.txt tells until when it holds
        self._site = f"{store.path.resolve().name} {security_contact} {month}"
        self._shared = _digest(_shared(store, records))

    def of(self, unit: Unit) -> str:
        """Return a digest that changes where an answer of ``unit`` may."""
        if not unit.dataset:
            return _digest((self._shared, self._site))
        held = self._store.log.versions(unit.dataset)
        return _digest((self._shared, *map(repr, held)))


def _shared(store: Store, records: Records) -> Iterator[str]:
    """Yield what every answer may depend on: the software, the lists, what is said of the site."""
    yield f"{_LAYOUT} {software()} {store.software} {store.base_url} {records.value}"
    yield from store.listing.digests("/v1/vocabularies")
    yield from store.listing.digests("/v1/schema")
    for form, language in product(FORMS, VARIANTS):
        common = Pieces(form, language, "", "", "")
        yield from (piece.sha256 for piece in store.digests(common))


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()

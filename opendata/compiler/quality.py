"""The quality of a version: its audit, what was left out, and where it can be read otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from opendata.formats.json import JSON, dump, wrap
from opendata.reader import Version
from opendata.store import Document

#: Caveats of these codes say that a reading is not the only one.
_AMBIGUOUS = "ambiguous_"


def quality_document(version: Version, meta: bytes, base_url: str, path: str) -> Document:
    """Return the ready-made answer (records.quality.Quality) of an audited version.

    :param meta: what answers say of the version.
    :param path: the pinned path it is served at.
    """
    data = {
        "audit": version.audit,
        "exclusions": version.exclusions,
        "ambiguities": list(_ambiguities(version)),
    }
    links = {
        "self": f"{base_url}{path}",
        "canonical": f"{base_url}{path}",
        "describedby": f"{base_url}/openapi.json",
    }
    body = wrap(dump(data), meta, dump(links))
    return Document(JSON.content_type, body, hashlib.sha256(body).hexdigest())


def _ambiguities(version: Version) -> Iterator[dict[str, Any]]:
    for name, records in version.collections.items():
        for record in records:
            for caveat in record["caveats"]:
                if caveat["code"].startswith(_AMBIGUOUS):
                    yield {"collection": name, "id": record["id"], "caveat": caveat}

"""When each version was first published here: what harvesters ask for when they come again.

A harvester asks for what changed since its last visit, so the time must be that of publication and
not of the data. It is kept in ``published.json`` beside the stores. Where there is no such file,
nothing was published from there before, and each version counts from the time of its release.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from opendata.versions import DRAFT

#: When a version was first published (RFC 3339, UTC, to the second), by dataset and version.
Published = dict[tuple[str, str], str]

#: Name of the file of these times, in the folder of the stores.
PUBLISHED = "published.json"


def publication_times(folder: Path, names: Iterable[tuple[str, str]], now: str) -> Published:
    """Return when each of these versions was, or by the build that asks will be, published.

    A version that is not in the answer counts from the time of its release; a draft has none.
    """
    known = _read(folder)
    drafts = {name: now for name in names if name[1] == DRAFT}
    kept = {} if known is None else {name: known.get(name, now) for name in names}
    return kept | drafts


def keep(folder: Path, times: Published) -> None:
    """Keep ``times`` for the builds to come, whole or not at all."""
    kept: dict[str, dict[str, str]] = {}
    for (dataset, version), at in times.items():
        kept.setdefault(dataset, {})[version] = at
    temporary = folder / f"{PUBLISHED}.{os.getpid()}"
    temporary.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    os.replace(temporary, folder / PUBLISHED)


def timestamp(moment: datetime) -> str:
    """Return a moment of UTC as it is kept."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def _read(folder: Path) -> Published | None:
    try:
        kept = json.loads((folder / PUBLISHED).read_text("utf-8"))
    except FileNotFoundError:
        return None
    return {(d, v): at for d, versions in kept.items() for v, at in versions.items()}

"""Builds a store of a million made-up targets, to measure with: ``million.py FOLDER [ROWS]``.

The targets are those of the newest released dataset over and over, with figures and deadlines
drawn at random, always the same ones. A part of 10,000 is compiled as any version is; then its
rows are copied in SQL under new ids, which stand in every form of a row. FOLDER/current leads to
the store; serve it with ``OPENDATA_STORE=FOLDER gunicorn wsgi:app``.
"""

from __future__ import annotations

import random
import sqlite3
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from opendata.compiler.assemble import add_documents, assemble
from opendata.compiler.documents import ready_made
from opendata.compiler.part import Job, write_part
from opendata.formats import REPRESENTATIONS
from opendata.reader import Version, read_shared_lists
from opendata.store import Store
from opendata.store.current import CURRENT
from opendata.versions import VOCABULARIES, VersionFolder, find_versions, read_folder

_DATASETS = Path(__file__).parents[1] / "datasets"
_BASE_URL = "http://127.0.0.1:8000"
#: Targets that are compiled; the others are copies of these.
_COMPILED = 10_000


def main(folder: Path, rows: int) -> None:
    """Build the store of ``rows`` targets in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    newest = [found for found in find_versions(_DATASETS, []) if found.number][-1]
    job = Job(
        VersionFolder("made-up", newest.path, (1, 0, 0)),
        folder / "part.sqlite",
        _BASE_URL,
        "0" * 64,
    )
    write_part(job, _made_up(read_folder(newest, {}, [])))
    _multiply(job.target, rows // _COMPILED)
    path = folder / "store.sqlite"
    path.unlink(missing_ok=True)
    facts = {"digest": "0" * 64, "base_url": _BASE_URL, "software": "-", "codes": "{}"}
    assemble(path, [job], {"made-up": "1.0.0"}, facts)
    store = Store(path)
    add_documents(path, ready_made(store, read_shared_lists(_DATASETS / VOCABULARIES, [])))
    store.close()
    job.target.unlink()
    (folder / CURRENT).unlink(missing_ok=True)
    (folder / CURRENT).symlink_to(path.name)


def _made_up(version: Version) -> Version:
    draw = random.Random(20300101)  # noqa: S311
    real = version.collections["targets"]
    made = [_target(real[n % len(real)], n, draw) for n in range(_COMPILED)]
    return replace(version, collections={**version.collections, "targets": made}, audit=None)


def _target(real: dict[str, Any], number: int, draw: random.Random) -> dict[str, Any]:
    value = Decimal(draw.randrange(1, 10**6)).scaleb(-draw.randrange(3))
    return {
        **real,
        "id": _id(number),
        "value": None if real["value"] is None else value,
        "deadline": date(2025, draw.randrange(1, 13), draw.randrange(1, 29)),
    }


def _id(number: int) -> str:
    return f"made-up-{number:07}"


def _multiply(part: Path, times: int) -> None:
    """Copy the targets of a part under new ids until there are ``times`` as many."""
    database = sqlite3.connect(part)
    database.execute("PRAGMA journal_mode=OFF")
    database.execute("PRAGMA synchronous=OFF")
    [(texts,)] = database.execute("SELECT max(docid) FROM searched")
    for time in range(1, times):
        added = {"rows": time * _COMPILED, "texts": time * texts}
        for table, (number, changed) in _CHANGES.items():
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changed.get(column, column) for column in columns)
            statement = f"INSERT INTO {table} SELECT {values} FROM {table} WHERE {number}"  # noqa: S608
            database.execute(f"{statement} <= {_COMPILED}", added)
    total = times * _COMPILED
    database.execute("UPDATE extents SET total = ? WHERE collection = 'targets'", (total,))
    database.commit()
    database.close()


_NEW_ID = "printf('made-up-%07d', row - 1 + :rows)"
#: By table: the number of a target in it (they come first in the index), and what a copy changes.
_CHANGES = {
    "targets_rows": (
        "row",
        {
            "row": "row + :rows",
            "id": _NEW_ID,
            **{
                form: f"CAST(replace(CAST({form} AS TEXT), id, {_NEW_ID}) AS BLOB)"
                for form in REPRESENTATIONS
            },
        },
    ),
    "targets_members": ("row", {"row": "row + :rows"}),
    "searched": ("docid", {"docid": "docid + :texts", "row": "row + :rows"}),
    "search_texts": (
        "docid",
        {
            "docid": "docid + :texts",
            "names_en": "replace(names_en, printf('%07d', docid - 1),"
            " printf('%07d', docid - 1 + :rows))",
        },
    ),
}

if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)

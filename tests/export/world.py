"""A site to export: records that were renamed and withdrawn, and a collection of two pages."""

from __future__ import annotations

from pathlib import Path

from opendata.export import Exported, Records, export_site
from tests import made_up
from tests.serving import RACE, add, build_store, quiet, write_world

CONTACT = "mailto:security@example.org"
_MORE = 98


def write_site(datasets: Path) -> Path:
    """Write and release datasets: ``demo-2030`` 1.2.0 calls ``pump-factory`` ``pumps``."""
    write_world(datasets)
    draft = "demo-2030/draft"
    made_up.change(
        datasets,
        f"{draft}/projects.yaml",
        ("id: pump-factory\n", "id: pumps\n  previous_ids: [pump-factory]\n"),
    )
    made_up.change(datasets, f"{draft}/targets.yaml", ("- pump-factory\n", "- pumps\n"))
    for number in range(_MORE):
        name = f"race-{number:03}"
        text = RACE.replace("dragon-boat-race", name)
        add(datasets / draft / "targets.yaml", f"\n{text}")
    made_up.release_demo(datasets, "1.2.0")
    return datasets


def built(place: Path) -> Path:
    """Build the site below ``place``; return the folder of its store."""
    build_store(write_site(place / "datasets"), place / "store")
    return place / "store"


def exported(root: Path, stores: Path, processes: int = 1, **asked: Records) -> Exported:
    """Export without a progress bar; without the pages of single records, which are many."""
    asked.setdefault("records", Records.JSON)
    return export_site(root, stores, quiet, security_contact=CONTACT, processes=processes, **asked)


def tree(root: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path.

    Without the lock, and the manifests, whose tags may be those of an earlier store.
    """
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != "lock" and path.suffix != ".tsv"
    }

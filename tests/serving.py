"""A made-up world of three datasets, built and asked: what tests of the serving side share.

========= ======== ======= ======== ======== =========================================
dataset   version  targets projects glossary
========= ======== ======= ======== ======== =========================================
demo-2030 1.0.0          4        2        2 as :mod:`tests.made_up` has it
demo-2030 1.1.0          5        2        2 latest; adds ``lantern-fair``
hill-2031 0.9.0          4        2        2 another area, period and two themes
hill-2031 0.10.0         3        2        2 latest; without ``dragon-boat-race``
lake-2029 1.0.0          4        0        2 latest; its title has a comma and quotes
========= ======== ======= ======== ======== =========================================
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from opendata.compiler import Built, build
from opendata.store import store_path
from opendata.web import create_app
from tests import made_up

BASE = "http://127.0.0.1:8000"

#: The last of the made-up targets, as YAML.
RACE = made_up.TARGETS[made_up.TARGETS.index("- id: dragon-boat-race") :]

_LAKE_TITLE = ("zh: 柳溪县2030年工作安排", "zh: '湖县\"十五五\",第一年'")
_LINKED = "  projects:\n    - pump-factory\n"

Step = TypeVar("Step")


class World(NamedTuple):
    """Datasets and the folder their store was built in."""

    datasets: Path
    folder: Path


def build_store(datasets: Path, folder: Path, base_url: str = BASE) -> Built:
    """Build without a progress bar."""
    return build(datasets, folder, base_url, quiet)


_made: dict[str, Path] = {}
_copies = tempfile.TemporaryDirectory(prefix="opendata-tests-")


def stored(datasets: Path, folder: Path, base_url: str = BASE) -> Path:
    """Build into a new or empty folder, or copy what was built of the same files; return the store.

    For tests that are not about building.
    """
    assert not folder.exists() or not list(folder.iterdir())
    digest = hashlib.sha256(base_url.encode())
    for file in sorted(found for found in datasets.rglob("*") if found.is_file()):
        body = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"\n{file.relative_to(datasets)} {body}".encode())
    name = digest.hexdigest()
    if name not in _made:
        build_store(datasets, Path(_copies.name) / name, base_url)
        _made[name] = Path(_copies.name) / name
    shutil.copytree(_made[name], folder, symlinks=True, dirs_exist_ok=True)
    path = store_path(folder)
    assert path is not None
    return path


def quiet(steps: Iterable[Step], total: int) -> Iterable[Step]:
    """Show no progress."""
    return steps


def write_world(datasets: Path) -> Path:
    """Write and release the three datasets."""
    made_up.write(datasets)
    made_up.release_demo(datasets)
    targets = datasets / "demo-2030/draft/targets.yaml"
    add(targets, "\n" + RACE.replace("dragon-boat-race", "lantern-fair"))
    made_up.release_demo(datasets, "1.1.0")
    _write_hill(datasets)
    _write_lake(datasets)
    return datasets


def _write_hill(datasets: Path) -> None:
    made_up.write(datasets, "hill-2031")
    changes = [("area: 990102", "area: 990103"), ("period: 2030", "period: 2031")]
    changes.append(("  - econ\n", "  - econ\n  - heal\n"))
    made_up.change(datasets, "hill-2031/draft/dataset.yaml", *changes)
    made_up.release_demo(datasets, "0.9.0", dataset="hill-2031")
    made_up.change(datasets, "hill-2031/draft/targets.yaml", (RACE, ""))
    made_up.release_demo(datasets, "0.10.0", dataset="hill-2031")


def _write_lake(datasets: Path) -> None:
    made_up.write(datasets, "lake-2029")
    made_up.change(datasets, "lake-2029/draft/dataset.yaml", _LAKE_TITLE)
    made_up.change(datasets, "lake-2029/draft/targets.yaml", (_LINKED, ""))
    (datasets / "lake-2029/draft/projects.yaml").write_bytes(b"[]\n")
    made_up.release_demo(datasets, dataset="lake-2029")


def write_large(datasets: Path, count: int) -> Path:
    """Write and release one dataset of ``count`` targets, ``t-0000`` and on."""
    made_up.write(datasets)
    targets = "\n".join(RACE.replace("dragon-boat-race", f"t-{n:04}") for n in range(count))
    (datasets / "demo-2030/draft/targets.yaml").write_text(targets, "utf-8")
    made_up.change(
        datasets, "demo-2030/draft/projects.yaml", ("  targets:\n    - industrial-output\n", "")
    )
    made_up.release_demo(datasets)
    return datasets


def add(path: Path, text: str) -> None:
    """Append ``text`` to a file."""
    path.write_bytes(path.read_bytes() + text.encode())


def client_of(folder: Path) -> FlaskClient:
    """Return a client of a new application that serves the store below ``folder``, uncached."""
    return create_app(folder, cache=0).test_client()


def get(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """Ask for an address, absolute or not; ``headers`` are written with underscores."""
    return _ask(client, "GET", address, headers)


def head(client: FlaskClient, address: str, **headers: str) -> TestResponse:
    """Ask for the header fields of an address only."""
    return _ask(client, "HEAD", address, headers)


def _ask(client: FlaskClient, method: str, address: str, headers: dict[str, str]) -> TestResponse:
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.open(address.removeprefix(BASE), method=method, headers=fields, buffered=True)


def ids(body: dict[str, Any]) -> list[str]:
    """Return the ids of a page's rows as ``dataset/id``, in their order."""
    return [f"{row['dataset']}/{row['id']}" for row in body["data"]]


def walk(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """Return the pages that ``links.next`` leads through, the first at ``address``."""
    pages: list[dict[str, Any]] = []
    following: str | None = address
    while following is not None:
        response = get(client, following)
        assert response.status_code == 200, response.text
        pages.append(response.get_json())
        following = pages[-1]["links"]["next"]
        assert len(pages) < 100, "the walk does not end"
    return pages

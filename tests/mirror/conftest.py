"""A site and a mirror of it, made once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from opendata.mirror import Limits, mirror
from tests.mirror.sites import MadeSite, bodies_of, serving
from tests.serve.running import Server
from tests.serving import World


def started(store: Path) -> Server:
    """Return a running ``opendata serve`` of ``store``."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(store, port)
    server.wait()
    return server


@pytest.fixture(scope="session")
def real(world: World) -> Iterator[str]:
    """The address of the world, served by gunicorn."""
    server = started(world.folder)
    yield f"http://127.0.0.1:{server.port}"
    server.process.kill()
    server.process.communicate()


@pytest.fixture(scope="session")
def pristine(real: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole mirror of the world, for reading only."""
    folder = tmp_path_factory.mktemp("pristine") / "mirror"
    report = mirror(real, folder, Limits())
    assert report.failed == []
    return folder


@pytest.fixture(scope="session")
def bodies(pristine: Path) -> dict[str, bytes]:
    """What the world serves, by address."""
    return bodies_of(pristine)


@pytest.fixture
def site(bodies: dict[str, bytes]) -> Iterator[MadeSite]:
    """The same from a server whose answers the test decides."""
    with serving(bodies) as site:
        yield site

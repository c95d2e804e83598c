"""Real clients: a server on a free port, and the tools of people's desks."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator

import pytest
from werkzeug.serving import make_server

from opendata.web import create_app
from tests.serving import World, build_store, write_world


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the made-up world, whose links lead to itself."""
    folder = tmp_path_factory.mktemp("served")
    world = World(write_world(folder / "datasets"), folder / "build")
    server = make_server("127.0.0.1", 0, create_app(world.folder), threaded=True)
    found = f"http://127.0.0.1:{server.server_port}"
    build_store(world.datasets, world.folder, found)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Find a program; without it a test is skipped, but fails where CI is set."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path:
            return path
        message = f"{name} is not installed (in CI, .ci/run installs it)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)

    return find

"""The real dataset served on a free port, and Chromium that looks at it and notes what goes wrong.

Screenshots of every page that is looked at go into the folder that ``OPENDATA_SCREENSHOTS`` names,
``build/screenshots`` where it names none.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from opendata.web import create_app
from tests.browser.visitor import Reader, Visitor
from tests.serving import build_store

_ROOT = Path(__file__).parents[2]
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run", "--hide-scrollbars"),
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the published datasets, whose links lead to itself."""
    folder = tmp_path_factory.mktemp("site")
    server = make_server("127.0.0.1", 0, create_app(folder), threaded=True)
    address = f"http://127.0.0.1:{server.server_port}"
    build_store(_ROOT / "datasets", folder, address)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium; without it the tests are skipped, but fail where CI is set."""
    path = shutil.which("chromium")
    if path is None:
        message = "chromium is not installed (in CI, .ci/run installs it)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """The folder of screenshots."""
    folder = Path(os.environ.get("OPENDATA_SCREENSHOTS") or _ROOT / "build" / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def visit(chromium: Browser, site: str, screenshots: Path) -> Iterator[Callable[[Reader], Visitor]]:
    """Open the browser for a reader; what went wrong fails the test when it ends."""
    visitors: list[Visitor] = []

    def open_for(reader: Reader) -> Visitor:
        visitors.append(Visitor(chromium, site, reader, screenshots))
        return visitors[-1]

    yield open_for
    for visitor in visitors:
        visitor.leave()
    assert [fault for visitor in visitors for fault in visitor.faults] == []

"""A primary and a streaming replica: reads are spread over both, and outlive the loss of either."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import URL, event

from opendata.store import CurrentStore
from opendata.web import create_app
from tests.postgresql import Server, execute, loaded, running
from tests.serving import World, get

_TARGETS = "/v1/targets?sort=-value&limit=3"


class Pair:
    """A primary, a replica, and the address of either of them."""

    def __init__(self, primary: Server, replica: Server, url: URL) -> None:
        self.servers = primary, replica
        hosts = {"host": f"{primary.folder},{primary.folder}"}
        ports = {"port": f"{primary.port},{replica.port}"}
        self.url = url.set(query={**hosts, **ports, "load_balance_hosts": "random"})

    def app(self) -> Flask:
        """Return an application that reads from either."""
        return create_app(Path("nowhere"), database=self.url, cache=0)


@pytest.fixture(scope="module")
def pair(world: World) -> Iterator[Pair]:
    """The world's store on both."""
    with running() as primary:
        replica = Server(primary.folder, 5433)
        replica.follow(primary)
        replica.start()
        try:
            url = loaded(world.folder, primary.database())
            assert url.database
            _wait(
                lambda: execute(replica.url(url.database), "SELECT 1 FROM opendata.current_store")
            )
            yield Pair(primary, replica, url)
        finally:
            replica.stop()


def _wait(until: object) -> None:
    assert callable(until)
    for _ in range(300):
        try:
            if until():
                return
        except Exception:  # noqa: BLE001 - not there yet
            time.sleep(0.1)
    raise AssertionError("it never came to be")


def _connections(app: Flask, wanted: int) -> set[bool]:
    """Open connections; return whether each is to a server that only follows."""
    current: CurrentStore = app.extensions["store"]
    engine, found = current.get()._engine, set()
    for _ in range(wanted):
        with engine.connect() as connection:
            found.add(connection.exec_driver_sql("SELECT pg_is_in_recovery()").scalar_one())
            connection.invalidate()
    return found


def test_reads_are_spread(pair: Pair) -> None:
    """New connections go to either host, at random."""
    assert _connections(pair.app(), 40) == {True, False}


@pytest.mark.parametrize("lost", [0, 1])
def test_reads_outlive_the_loss_of_either(pair: Pair, lost: int) -> None:
    """Connections that were open fail, and the requests are answered by the other host."""
    client = pair.app().test_client()
    expected = get(client, _TARGETS).data
    engine = client.application.extensions["store"].get()._engine
    with engine.connect(), engine.connect(), engine.connect(), engine.connect():
        pass  # so that some are to the host that is lost
    pair.servers[lost].stop()
    try:
        for _ in range(10):
            response = get(client, _TARGETS)
            assert (response.status_code, response.data) == (200, expected)
    finally:
        pair.servers[lost].start()


def test_a_request_whose_connection_is_lost_is_answered_once_more(pair: Pair) -> None:
    """In its middle, after the connection was tried."""
    client = pair.app().test_client()
    expected = get(client, _TARGETS).data
    engine = client.application.extensions["store"].get()._engine
    killed: list[int] = []

    @event.listens_for(engine, "before_cursor_execute")
    def kill(connection: object, cursor: object, statement: str, *_: object) -> None:
        if "ORDER BY" in statement and not killed:
            process: int = cursor.connection.info.backend_pid  # type: ignore[attr-defined]
            killed.append(process)
            for server in pair.servers:
                execute(server.url(), f"SELECT pg_terminate_backend({process})")

    response = get(client, _TARGETS)
    assert killed
    assert (response.status_code, response.data) == (200, expected)


def test_without_any_host_it_is_said(pair: Pair, caplog: pytest.LogCaptureFixture) -> None:
    """503 with when to come again, and no traceback; then it goes on by itself."""
    client = pair.app().test_client()
    assert get(client, _TARGETS).status_code == 200
    for server in pair.servers:
        server.stop()
    try:
        response = get(client, _TARGETS)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
        assert response.content_type == "application/problem+json"
        assert "Traceback" not in caplog.text
    finally:
        for server in pair.servers:
            server.start()
    assert get(client, _TARGETS).status_code == 200

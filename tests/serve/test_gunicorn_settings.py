"""gunicorn runs with this project's settings, all of which it knows."""

from __future__ import annotations

import os
import runpy

import pytest
from gunicorn.config import Config

from opendata.cli import gunicorn_settings, serve
from tests.serving import World, get


def test_gunicorn_knows_every_setting() -> None:
    """A misspelt setting would be ignored without a word."""
    known = Config().settings
    given = {n for n in vars(gunicorn_settings) if not n.startswith("_") and n != "os"}
    assert given <= known.keys()
    assert {"workers", "worker_class", "threads", "limit_request_line"} <= given


@pytest.mark.parametrize(("set_to", "workers"), [("3", 3), ("", os.cpu_count())])
def test_workers_follow_the_environment(
    monkeypatch: pytest.MonkeyPatch, set_to: str, workers: int
) -> None:
    """A process a core, unless WEB_CONCURRENCY says otherwise."""
    monkeypatch.setenv("WEB_CONCURRENCY", set_to)
    assert runpy.run_path(str(gunicorn_settings.__file__))["workers"] == workers


def test_the_server_takes_settings_address_and_store(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the command says reaches gunicorn, and the application serves the store."""
    ran: list[serve._Server] = []
    monkeypatch.setattr(serve._Server, "run", lambda server: ran.append(server))
    serve.serve_with_gunicorn("127.0.0.1:0", world.folder)
    (server,) = ran
    assert server.cfg.settings["bind"].get() == ["127.0.0.1:0"]
    assert server.cfg.threads == gunicorn_settings.threads
    assert server.cfg.worker_class_str == "gthread"
    assert get(server.load().test_client(), "/readyz").status_code == 200

"""What tests share: a made-up ``datasets/`` folder of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from sqlalchemy import URL

from opendata.web import create_app
from tests import made_up, postgresql, serving

# The same examples in every run and no limit of time: a busy machine is no failure.
settings.register_profile(
    "steady",
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")


@pytest.fixture
def datasets(tmp_path: Path) -> Path:
    """A ``datasets/`` folder with shared code lists and a valid draft of ``demo-2030``."""
    return made_up.write(tmp_path / "datasets")


@pytest.fixture
def released(datasets: Path) -> Path:
    """The same folder with ``demo-2030`` released as 1.0.0 on 2030-02-01."""
    made_up.release_demo(datasets)
    return datasets


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> serving.World:
    """Three datasets in five versions and their store, for reading only (:mod:`tests.serving`)."""
    folder = tmp_path_factory.mktemp("world")
    datasets = serving.write_world(folder / "datasets")
    serving.build_store(datasets, folder / "build")
    return serving.World(datasets, folder / "build")


@pytest.fixture(scope="session")
def app(world: serving.World) -> Flask:
    """An application that serves the world; composed once, since tests only ask it."""
    return create_app(world.folder, cache=0)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the application that serves the world."""
    return app.test_client()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> serving.World:
    """One dataset of 2,345 targets, more than two blocks, and its store; for reading only."""
    folder = tmp_path_factory.mktemp("large")
    datasets = serving.write_large(folder / "datasets", 2345)
    serving.build_store(datasets, folder / "build")
    return serving.World(datasets, folder / "build")


@pytest.fixture(scope="session")
def server() -> Iterator[postgresql.Server]:
    """A PostgreSQL server; skips where there is none, but in CI."""
    with postgresql.running() as server:
        yield server


@pytest.fixture(scope="session")
def loaded(server: postgresql.Server, world: serving.World) -> URL:
    """The address of a database that the world's store is loaded into; for reading only."""
    return postgresql.loaded(world.folder, server.database())

"""Stores in a database are put in each other's place in one step, and read while they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import URL
from sqlalchemy.exc import InternalError

from opendata.errors import StoreError
from opendata.query import Query
from opendata.store import CurrentStore, Database, Scope, store_path
from opendata.store.engines.postgresql import connecting
from opendata.store.engines.postgresql.loading import load
from tests.postgresql import Server, execute, loaded
from tests.serving import World
from tests.store.varied import build_varied

_CURRENT = "SELECT name, previous, number FROM opendata.current_store"
_SCHEMAS = (
    "SELECT schema_name FROM information_schema.schemata "
    "WHERE schema_name LIKE 'store%' OR schema_name LIKE 'loading%' ORDER BY schema_name"
)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two stores of other content than the world's."""
    folder = tmp_path_factory.mktemp("others")
    made = [
        build_varied(folder / n, {"targets": int(n), "projects": 1, "glossary": 1}) for n in "12"
    ]
    return [path.rename(folder / f"store-{n}.sqlite") for n, path in enumerate(made)]


@pytest.fixture
def url(server: Server, world: World) -> URL:
    """A database with the world's store, for this test alone."""
    return loaded(world.folder, server.database())


def _load(path: Path, url: URL) -> bool:
    return load(path, url, lambda tables, _: tables).changed


def _names(url: URL) -> list[object]:
    return [row[0] for row in execute(url, _SCHEMAS)]


def test_a_new_store_is_picked_up_and_requests_keep_theirs(url: URL, others: list[Path]) -> None:
    """What was begun goes on in the old schema; what begins reads the new one."""
    current = CurrentStore(Database(url, every=0))
    held = current.get()
    assert held is current.get()
    assert current.changed(held) is not None
    assert _load(others[0], url)
    after = current.get()
    assert after.digest != held.digest
    assert (held.count("targets", Scope(), Query()), after.count("targets", Scope(), Query())) == (
        *(12, 3),
    )
    assert current.changed(held) is None
    assert current.changed(after) is not None


def test_the_store_before_stays_and_older_ones_go(url: URL, others: list[Path]) -> None:
    """Nobody reads them any more; what was killed while it was loaded goes too."""
    [(world, *_)] = execute(url, _CURRENT)
    execute(url, "CREATE SCHEMA loading_killed CREATE TABLE facts (name text)")
    _load(others[0], url)
    assert _names(url) == ["store_0", world]
    _load(others[1], url)
    assert _names(url) == ["store_0", "store_1"]
    assert execute(url, _CURRENT) == [("store_1", "store_0", 3)]


def test_a_store_that_is_put_back_is_not_loaded_again(
    url: URL, world: World, others: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is told from itself in its first life; the current one is left alone."""
    current = CurrentStore(Database(url, every=0))
    current.get()
    first = current.state()
    assert first is not None
    _load(others[0], url)
    assert current.state() is None  # until it is open
    current.get()
    second = current.state()
    monkeypatch.setattr("opendata.store.engines.postgresql.loading._fill", pytest.fail)
    path = store_path(world.folder)
    assert path is not None
    assert _load(path, url)
    assert not _load(path, url)
    current.get()
    assert len({first, second, current.state()} - {None}) == 3


def test_a_load_that_fails_leaves_what_is_served(url: URL, world: World, tmp_path: Path) -> None:
    """An archive is missing beside the store: what was current is so, and nothing is half there."""
    path = store_path(world.folder)
    assert path is not None
    copy = tmp_path / "store-copy.sqlite"
    copy.write_bytes(path.read_bytes())
    before = execute(url, _CURRENT)
    with pytest.raises(FileNotFoundError):
        _load(copy, url)
    assert execute(url, _CURRENT) == before
    assert CurrentStore(Database(url)).get().count("targets", Scope(), Query()) == 12


def test_a_store_is_asked_for_once_in_a_while(url: URL, others: list[Path]) -> None:
    """Not with each request: within the time an answer is good for, the old store is served."""
    current = CurrentStore(Database(url, every=3600))
    before = current.get()
    _load(others[0], url)
    assert current.get() is before


def test_a_host_that_lags_behind_is_not_read(url: URL, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells of a store that it has not got yet: the last one goes on, until it has."""
    monkeypatch.setattr(connecting, "_TRIES", 2)
    monkeypatch.setattr(connecting, "_PAUSE", 0)
    current = CurrentStore(Database(url, every=0))
    before = current.get()
    [(name, *_)] = execute(url, _CURRENT)
    execute(url, "UPDATE opendata.current_store SET name = 'store_to_come', number = 2")
    assert current.get() is before
    assert current.fault is not None
    assert "no host has the store in store_to_come" in current.fault
    assert current.state() is None
    execute(url, f"ALTER SCHEMA {name} RENAME TO store_to_come")
    assert current.get() is not before
    assert current.fault is None


def test_an_empty_database_says_what_to_do(server: Server) -> None:
    """Before anything was loaded."""
    with pytest.raises(StoreError, match=r"nothing was loaded into .*; opendata build --to does"):
        CurrentStore(Database(server.database())).get()


def test_a_database_that_is_not_there_is_named_without_its_password(
    server: Server, world: World
) -> None:
    """To whoever serves and to whoever loads."""
    url = server.url().set(password="secret", database="nowhere")
    with pytest.raises(StoreError, match='database "nowhere" does not exist') as refused:
        CurrentStore(Database(url)).get()
    assert "secret" not in str(refused.value)
    with pytest.raises(StoreError, match=r'cannot load .* database "nowhere" does') as refused:
        loaded(world.folder, url)
    assert "secret" not in str(refused.value)


def test_stores_are_read_only(url: URL) -> None:
    """Whatever a statement says."""
    store = CurrentStore(Database(url)).get()
    with (
        store._engine.connect() as connection,
        pytest.raises(InternalError, match="read-only transaction"),
    ):
        connection.exec_driver_sql("DELETE FROM facts")
    store.close()

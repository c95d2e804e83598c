"""The SQLite store keeps the contract, and refuses files that are no store."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from opendata.errors import StoreError
from opendata.query import Order, Query, fields_of
from opendata.records import COLLECTIONS
from opendata.store import Scope, Start, Store, store_path
from tests.serving import World
from tests.store.contract import StoreContract


def _built(world: World) -> Path:
    path = store_path(world.folder)
    assert path is not None
    return path


class TestSqliteStore(StoreContract):
    """One SQLite file."""

    @pytest.fixture
    def store(self, world: World) -> Iterator[Store]:
        """The built file, open."""
        store = Store(_built(world))
        yield store
        store.close()


def test_threads_share_an_open_store(world: World) -> None:
    """Questions from several threads at once are answered as from one."""
    store = Store(_built(world))
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: store.count("targets", Scope(), Query()), range(40)))
    store.close()
    assert counts == [12] * 40


def _plans(path: Path, ask: Callable[[Store], object]) -> list[list[str]]:
    """Return how SQLite finds the answer of each statement that a question leads to."""
    store = Store(path)
    asked: list[tuple[str, Any]] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3]))
    )
    ask(store)
    store.close()
    database = sqlite3.connect(path)
    plans = [
        [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
        for statement, values in asked
    ]
    database.close()
    return plans


def test_links_are_followed_by_one_indexed_statement(world: World) -> None:
    """No table is read through to find what the rows of a page lead to."""
    [plan] = _plans(_built(world), lambda store: store.linked("targets", "terms", [1, 2, 5]))
    [own, *others] = [step for step in plan if not step.startswith("USE TEMP B-TREE")]
    assert own == "SEARCH targets_rows USING INTEGER PRIMARY KEY (rowid=?)"
    assert all(re.match(r"SEARCH \w+ USING (INDEX|PRIMARY KEY)", step) for step in others), others
    assert len(others) == 2


@pytest.mark.parametrize("descending", [False, True])
def test_a_page_deep_in_an_order_starts_in_its_index(large: World, descending: bool) -> None:
    """No row before the page is read: the place is looked up, then the index leads on from it."""
    order = (Order(fields_of(COLLECTIONS["targets"])["id"], descending),)

    def ask(store: Store) -> None:
        part = store.part("targets", "json", Scope(), Query(order=order), Start(1200), 50)
        assert len(part.rows) == 50

    plans = _plans(_built(large), ask)
    assert plans[0] == plans[-1] == ["SEARCH targets_rows USING INTEGER PRIMARY KEY (rowid=?)"]
    compared = "<" if descending else ">"
    assert plans[1] == ["SEARCH targets_rows USING INDEX targets_by_id (id=? AND rowid>?)"]
    assert plans[2][0] == f"SEARCH targets_rows USING INDEX targets_by_id (id{compared}?)"
    assert len(plans) == 4  # the place, what ties with it, what lies beyond, the fragments


def test_a_search_reads_what_the_index_finds(large: World) -> None:
    """The full-text index leads, not the rows."""
    [found, _] = _plans(
        _built(large),
        lambda store: store.part("targets", "json", Scope(), Query(search="t0017"), None, 50),
    )
    assert found[0].startswith("SCAN search VIRTUAL TABLE INDEX")


def test_an_open_store_is_never_written(world: World, tmp_path: Path) -> None:
    """A store in a read-only place opens, and reading leaves nothing beside it."""
    path = Path(shutil.copy(_built(world), tmp_path / "store.sqlite"))
    shutil.copytree(world.folder / "files", tmp_path / "files")
    path.chmod(0o444)
    before = path.read_bytes()
    store = Store(path)
    assert store.count("targets", Scope(), Query()) == 12
    store.close()
    assert path.read_bytes() == before
    assert {p.name for p in tmp_path.iterdir()} == {"files", "store.sqlite"}


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _text(path: Path) -> None:
    path.write_text("this is no database, however long it may be\n" * 200, "utf-8")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _last_page_lost(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4096])


def _half_lost(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _foreign_database(path: Path) -> None:
    path.unlink()
    _execute(path, "CREATE TABLE birds (name TEXT)")


def _fact_lost(path: Path) -> None:
    _execute(path, "DELETE FROM facts WHERE name = 'base_url'")


def _other_layout(path: Path) -> None:
    _execute(path, "ALTER TABLE targets_rows RENAME COLUMN json TO body")


def _execute(path: Path, statement: str) -> None:
    database = sqlite3.connect(path)
    database.execute(statement)
    database.commit()
    database.close()


@pytest.mark.parametrize(
    "damage",
    [
        _missing,
        _empty,
        _text,
        _folder,
        _last_page_lost,
        _half_lost,
        _foreign_database,
        _fact_lost,
        _other_layout,
    ],
)
def test_a_file_that_is_no_whole_store_is_refused(
    world: World, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Missing, damaged and foreign files, and stores of other layouts, are told by name."""
    path = Path(shutil.copy(_built(world), tmp_path / "store.sqlite"))
    damage(path)
    with pytest.raises(StoreError, match=r"store\.sqlite is no store of this software"):
        Store(path)

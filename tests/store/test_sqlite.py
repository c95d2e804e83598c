"""The SQLite store keeps the contract, and refuses files that are no store."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from opendata.errors import StoreError
from opendata.store import Scope, Store, store_path
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
        counts = list(pool.map(lambda _: store.count("targets", Scope()), range(40)))
    store.close()
    assert counts == [12] * 40


def test_links_are_followed_by_one_indexed_statement(world: World) -> None:
    """No table is read through to find what the rows of a page lead to."""
    store = Store(_built(world))
    asked: list[tuple[str, Any]] = []
    event.listen(
        store._engine, "before_cursor_execute", lambda *given: asked.append((given[2], given[3]))
    )
    store.linked("targets", "terms", Scope(), 0, 100)
    store.close()
    [(statement, values)] = asked
    database = sqlite3.connect(_built(world))
    plan = [row[3] for row in database.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    database.close()
    searches = [step.partition(" USING ")[2] for step in plan if step.startswith("SEARCH")]
    assert searches == [
        "INDEX targets_latest (latest=? AND rowid>?)",
        "INDEX targets_members_by_row (row=? AND field=?) LEFT-JOIN",
        "INDEX glossary_by_version_and_id (dataset=? AND version=? AND id=?) LEFT-JOIN",
    ]
    assert [step for step in plan if step.startswith("SCAN")] == ["SCAN anon_1"]  # the page


def test_an_open_store_is_never_written(world: World, tmp_path: Path) -> None:
    """A store in a read-only place opens, and reading leaves nothing beside it."""
    path = Path(shutil.copy(_built(world), tmp_path / "store.sqlite"))
    path.chmod(0o444)
    before = path.read_bytes()
    store = Store(path)
    assert store.count("targets", Scope()) == 12
    store.close()
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["store.sqlite"]


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

"""The store in PostgreSQL keeps the contract, and answers as the SQLite file does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from opendata.store import CurrentStore, Database, Store
from tests.store.contract import StoreContract


@pytest.fixture(scope="module")
def opened(loaded: URL) -> Iterator[Store]:
    """The world's store in the database, open."""
    store = CurrentStore(Database(loaded)).get()
    yield store
    store.close()


class TestPostgresqlStore(StoreContract):
    """A schema of a database."""

    @pytest.fixture
    def store(self, opened: Store) -> Store:
        """The loaded store, open."""
        return opened

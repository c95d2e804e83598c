"""A PostgreSQL server of the tests' own, from Debian's packages, in a temporary folder."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import URL, create_engine, text

from opendata.store import store_path
from opendata.store.engines.postgresql.loading import load

#: What the server needs not do for tests: outlive a power failure, or take its time.
_SETTINGS = (
    *("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses="),
    *("shared_buffers=32MB", "max_connections=60", "wal_level=replica", "max_wal_senders=4"),
    *("wal_sender_timeout=5s", "autovacuum=off", "jit=off"),
)
_USER = "opendata"
#: The server refuses to run as root; these users may.
_UNPRIVILEGED = ("postgres", "nobody")


class Server:
    """A server that listens on a socket in its folder; ``port`` tells it from its neighbours."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.port = folder, port
        self.data = folder / f"data-{port}"

    def make(self) -> None:
        """Make an empty server."""
        _run("initdb", "-D", self.data, "-U", _USER, "-A", "trust", "-E", "UTF8", "--no-sync")

    def follow(self, other: Server) -> None:
        """Make a server that streams whatever another one writes."""
        at = ("-h", other.folder, "-p", other.port, "-U", _USER)
        _run("pg_basebackup", *at, "-D", self.data, "-R", "--no-sync", "-c", "fast")

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = " ".join(f"-c {setting}" for setting in _SETTINGS)
        own = f"-k {self.folder} -p {self.port} {options}"
        _run("pg_ctl", "-D", self.data, "-w", "-l", f"{self.data}.log", "-o", own, "start")

    def stop(self) -> None:
        """Stop it at once, as if its machine were lost."""
        _run("pg_ctl", "-D", self.data, "-m", "immediate", "stop")

    def url(self, database: str = "postgres") -> URL:
        """Return the address of a database."""
        base = URL.create("postgresql+psycopg", username=_USER, database=database)
        return base.set(query={"host": str(self.folder), "port": str(self.port)})

    def database(self) -> URL:
        """Make an empty database, which sorts texts as people do; return its address."""
        name = f"made{next(_NUMBERS)}"
        order = "LOCALE_PROVIDER icu ICU_LOCALE 'zh' TEMPLATE template0"
        execute(self.url(), f"CREATE DATABASE {name} {order}")
        return self.url(name)


_NUMBERS = itertools.count(1)


def execute(url: URL, statement: str) -> list[tuple[object, ...]]:
    """Execute a statement by itself; return its rows."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            result = connection.execute(text(statement))
            return [tuple(row) for row in result] if result.returns_rows else []
    finally:
        engine.dispose()


def loaded(folder: Path, url: URL) -> URL:
    """Load the current store of a folder into a database; return its address."""
    path = store_path(folder)
    assert path is not None
    load(path, url, lambda tables, _: tables)
    return url


def tool(name: str) -> str:
    """Return the path of a program of PostgreSQL; skip where it is not installed, but in CI."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(debian[-1]) if debian else shutil.which(name)
    if found is None:
        message = f"{name} is not installed; the tests of PostgreSQL need Debian's postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


@contextmanager
def running() -> Iterator[Server]:
    """Run a server in a folder of its own, whose path is short: sockets bear no long ones."""
    tool("initdb")
    with TemporaryDirectory(prefix="opendata-pg-", ignore_cleanup_errors=True) as folder:
        if user := _user():
            shutil.chown(folder, user)
        server = Server(Path(folder), 5432)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _run(name: str, *arguments: object) -> None:
    user = _user()
    rights: dict[str, Any] = (
        {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    )
    done = subprocess.run(
        [tool(name), *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd="/",
        check=False,
        **rights,
    )
    assert done.returncode == 0, f"{name}: {done.stderr.decode()}"


def _user() -> str | None:
    """Return whom to run as: another than root, which is refused."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _UNPRIVILEGED if name in known)

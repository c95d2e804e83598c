"""Serving under Granian, whose HTTP side is Rust: the extra ``fast``."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sqlalchemy import URL

from opendata.cli import gunicorn_settings
from opendata.cli.binding import split_bind
from opendata.errors import OpendataError
from opendata.store import CurrentStore, Database
from opendata.web import create_app

#: Threads of a worker that run Python: as under gunicorn, they keep slow work apart.
_THREADS = 4


def serve_with_granian(
    bind: str,
    store: Path,
    *,
    security_contact: str | None = None,
    database: URL | None = None,
) -> None:
    """Serve the store below ``store`` at ``bind`` until stopped, with as many workers as gunicorn.

    :param database: where published stores are loaded, which are served instead of ``store``.
    :raises opendata.errors.StoreError: where nothing was built, or it is a preview of drafts.
    :raises OpendataError: where Granian is not installed, or ``bind`` is no host and port.
    """
    host, port = split_bind(bind)
    try:
        from granian import Granian
        from granian.constants import Interfaces
        from granian.log import LogLevels
    except ImportError as error:
        raise OpendataError(
            "--server granian: Granian is not installed; "
            "install it with: pip install 'opendata[fast]'"
        ) from error
    CurrentStore(Database(database) if database else store).get().close()
    server = Granian(
        "opendata",
        address=host.strip("[]") or "0.0.0.0",  # noqa: S104
        port=port,
        interface=Interfaces.WSGI,
        workers=gunicorn_settings.workers,
        blocking_threads=_THREADS,
        backlog=gunicorn_settings.backlog,
        workers_kill_timeout=gunicorn_settings.graceful_timeout,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )
    load = partial(create_app, store, security_contact=security_contact, database=database)
    server.serve(target_loader=load, wrap_loader=False)

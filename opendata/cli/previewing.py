"""``opendata serve --draft``: drafts under gunicorn, built anew at each change, until Ctrl-C."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from datetime import datetime
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import NoReturn

import click

from opendata.cli.binding import split_bind
from opendata.cli.progress import progress
from opendata.cli.report import counted, report
from opendata.cli.serve import serve_with_gunicorn
from opendata.cli.watching import watch
from opendata.compiler import FOLDER, preview
from opendata.errors import InvalidDataError, OpendataError

#: Addresses to listen at that are none to go to.
_EVERY = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104
#: Seconds that the server may take to end.
_ENDING = 10


def address_of(bind: str) -> str:
    """Return the address at which what listens at ``bind`` is looked at.

    A preview's links lead to itself, never to the public address.

    :raises OpendataError: where ``bind`` is no host and port.
    """
    host, port = split_bind(bind)
    return f"http://{_EVERY.get(host, host)}:{port}"


def serve_drafts(bind: str, datasets: Path, store: Path) -> None:
    """Serve the drafts below ``datasets`` at ``bind`` until Ctrl-C or SIGTERM.

    :param store: the folder of the stores; the preview stands in one of its own below it.
    :raises OpendataError: where the server ends by itself.
    """
    running = _Preview(bind, datasets, store / FOLDER)
    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        watch(datasets, running.renew)
    finally:
        code = running.end()
        signal.signal(signal.SIGTERM, before)
    if code:
        raise OpendataError(f"the server ended with {code}")


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


class _Preview:
    """The server, and what it serves."""

    def __init__(self, bind: str, datasets: Path, folder: Path) -> None:
        self._bind = bind
        self._address = address_of(bind)
        self._datasets = datasets
        self._folder = folder
        self._server: SpawnProcess | None = None
        self._ending = self._ended = False

    def renew(self) -> None:
        """Build what changed and say so; start the server where there is none yet.

        What cannot be built leaves the last preview in place.
        """
        click.echo(f"{datetime.now().astimezone():%H:%M:%S}", err=True)
        try:
            self._build()
        except InvalidDataError as error:
            report(error.problems, "text")
            click.echo("nothing was built; the last preview goes on", err=True)
        except OSError as error:  # a file went away while it was read
            click.echo(f"{error.filename}: {error.strerror}", err=True)
        if self._server is None:
            self._start()

    def end(self) -> int:
        """End the server, at once; return what it ended with by itself, otherwise 0."""
        self._ending = True
        server = self._server
        if server is None:
            return 0
        if self._ended:
            server.join()
            return server.exitcode or 0
        os.kill(server.pid or 0, signal.SIGINT)  # gunicorn's quick end
        server.join(_ENDING)
        if server.is_alive():
            server.kill()
            server.join()
        return 0

    def _build(self) -> None:
        found = preview(self._datasets, self._folder, self._address, partial(progress, "compiling"))
        report(found.problems, "text")
        drafts = ", ".join(found.drafts) or "none"
        said = f"{counted(found.built.versions, 'version')}, drafts: {drafts}"
        click.echo(f"preview at {self._address} ({said})", err=True)

    def _start(self) -> None:
        process = multiprocessing.get_context("spawn").Process
        self._server = process(target=_serve, args=(self._bind, self._folder))
        self._server.start()
        threading.Thread(target=self._wait, args=(self._server,), daemon=True).start()

    def _wait(self, server: SpawnProcess) -> None:
        """End the watch when the server has ended, at a port in use for one."""
        wait([server.sentinel])
        if not self._ending:
            self._ended = True
            os.kill(os.getpid(), signal.SIGINT)


def _serve(bind: str, folder: Path) -> None:
    """Serve in a process of its own, which ends when the one that started it does."""
    threading.Thread(target=_follow, daemon=True).start()
    serve_with_gunicorn(bind, folder, drafts=True)


def _follow() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)

"""opendata under other settings of gunicorn, to choose the ones that ``opendata serve`` has.

Its own environment holds what those need beside: gevent, and gunicorn's parser in C.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench.peers.base import HERE, Peer
from bench.peers.ours import Gunicorn

_GTHREAD = ("-k", "gthread", "-w", "2", "--threads")
#: By name: what a table calls it, and the options.
_SETTINGS: dict[str, tuple[str, Sequence[str]]] = {
    "2x4": ("gthread, 2 workers × 4 threads", (*_GTHREAD, "4")),
    "2x1": ("gthread, 2 × 1", (*_GTHREAD, "1")),
    "2x8": ("gthread, 2 × 8", (*_GTHREAD, "8")),
    "3x4": ("gthread, 3 × 4", ("-k", "gthread", "-w", "3", "--threads", "4")),
    "c-parser": ("gthread, 2 × 4, parser in C", (*_GTHREAD, "4", "--http-parser", "fast")),
    "gevent": ("gevent, 2 workers", ("-k", "gevent", "-w", "2")),
    "sync": ("sync, 2 workers", ("-k", "sync", "-w", "2")),
}


class _Setting(Gunicorn):
    options: Sequence[str] = ()

    @property
    def requirements(self) -> Path | None:
        return HERE / "settings" / "requirements.txt"

    @property
    def environment(self) -> Path:
        return self._environments / "settings"

    def settings(self) -> dict[str, str]:
        version = f"python{sys.version_info.major}.{sys.version_info.minor}"
        beside = self.environment / "lib" / version / "site-packages"
        return {**super().settings(), "PYTHONPATH": str(beside)}

    def commands(self, port: int) -> list[Sequence[str]]:
        shipped = ["--config", "python:opendata.cli.gunicorn_settings", "--http-parser", "python"]
        served = ["--bind", f"127.0.0.1:{port}", "wsgi:app"]
        return [[self.program("gunicorn"), *shipped, *self.options, *served]]


#: A class for each, as for peers.
SETTINGS: dict[str, type[Peer]] = {
    name: type(name, (_Setting,), {"name": name, "title": title, "options": options})
    for name, (title, options) in _SETTINGS.items()
}

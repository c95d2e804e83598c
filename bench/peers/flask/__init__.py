"""Flask in the usual way: flask-smorest, marshmallow, SQLAlchemy's ORM, gunicorn gthread 2×4."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers.rest import Rest


class Flask(Rest):
    """The usual Flask stack."""

    name = "flask"
    title = "usual Flask"
    ready = "/facets"

    def settings(self) -> dict[str, str]:
        return {"BENCH_TABLE": str(self.data.table)}

    def commands(self, port: int) -> list[Sequence[str]]:
        workers = ["-k", "gthread", "-w", "2", "--threads", "4", "--keep-alive", "30"]
        quiet = ["--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning"]  # noqa: S108
        return [[self.program("gunicorn"), *workers, *quiet, "-b", f"127.0.0.1:{port}", "app:app"]]

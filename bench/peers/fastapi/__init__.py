"""FastAPI in the usual way: pydantic models of the response, sqlite3, two uvicorn workers."""

from __future__ import annotations

from collections.abc import Sequence

from bench.peers.rest import Rest


class FastAPI(Rest):
    """FastAPI."""

    name = "fastapi"
    title = "FastAPI"
    ready = "/facets"

    def settings(self) -> dict[str, str]:
        return {"BENCH_TABLE": str(self.data.table)}

    def commands(self, port: int) -> list[Sequence[str]]:
        quiet = ["--no-access-log", "--log-level", "warning"]
        served = ["--workers", "2", "--port", str(port), "app:app"]
        return [[self.program("uvicorn"), *quiet, *served]]

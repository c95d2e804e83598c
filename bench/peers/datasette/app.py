"""Datasette's ASGI application, so that uvicorn can run two workers of it."""

import os

from datasette.app import Datasette

app = Datasette(
    [],
    immutables=[os.environ["BENCH_TABLE"]],
    settings={"max_csv_mb": 0, "sql_time_limit_ms": 20_000, "num_sql_threads": 3},
).app()

"""Settings of gunicorn, chosen by measuring (docs/performance.md).

Also usable by hand: ``gunicorn --config python:opendata.cli.gunicorn_settings wsgi:app``.
"""

import os

#: A process a core, since Python runs one thread at a time in each; WEB_CONCURRENCY overrides.
_asked = os.environ.get("WEB_CONCURRENCY", "")
workers = int(_asked) if _asked.isdecimal() and int(_asked) else os.cpu_count() or 1
#: Threads keep slow readers and idle connections from holding up a worker.
worker_class = "gthread"
threads = 4
#: The parser in C (gunicorn_h1c) where it is installed; it comes as source only.
http_parser = "auto"
keepalive = 30
backlog = 2048
timeout = 30
graceful_timeout = 20
#: Longer request lines are cut off here; the application refuses from 8,000 on with a problem.
limit_request_line = 8190
#: The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
control_socket_disable = True

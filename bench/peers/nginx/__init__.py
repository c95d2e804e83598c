"""nginx: the limit, serving the same bytes as files; and before this project as it is shipped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.data import quietly
from bench.peers.ours import ROOT, Gunicorn
from bench.questions import HOT, Ask, Kind, Question
from opendata.export import export_site
from opendata.web import create_app

_FRAME = """\
{user}
worker_processes 2;
daemon off;
pid {work}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 1000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    include {included};
}}
"""
_STATIC = """\
types {{ application/json json; text/csv csv; }}
server {{
    listen 127.0.0.1:{port};
    root {root};
    sendfile on;
    tcp_nopush on;
    open_file_cache max=1000 inactive=10m;
    location / {{ }}
}}
"""


class Static(Gunicorn):
    """A file for each answer of this project to a hot request."""

    name = "nginx"
    title = "nginx, a file each"
    ready = "/one.json"

    def prepare(self) -> None:
        root = self.work / "nginx-files"
        root.mkdir(exist_ok=True)
        client = create_app(self.data.store, cache=0).test_client()
        for kind in HOT:
            ask = super().ask(HOT[kind])
            assert ask is not None
            (root / _file(kind)).write_bytes(client.get(ask.path).data)

    def folder(self) -> Path:
        return self.work

    def commands(self, port: int) -> list[Sequence[str]]:
        text = _STATIC.format(port=port, root=self.work / "nginx-files")
        return [self._nginx(text)]

    def ask(self, question: Question) -> Ask | None:
        hot = HOT[question.kind] == question
        return Ask(f"/{_file(question.kind)}") if hot else None

    def _nginx(self, included: str) -> list[str]:
        work = self.work / f"{self.name}-work"
        work.mkdir(exist_ok=True)
        (work / "included.conf").write_text(included, "utf-8")
        # started by root, its workers would be somebody who may not read the files
        user = "user root;" if os.geteuid() == 0 else ""
        frame = _FRAME.format(user=user, work=work, included=work / "included.conf")
        (work / "nginx.conf").write_text(frame, "utf-8")
        return ["nginx", "-p", str(work), "-c", str(work / "nginx.conf")]


class ProxyCache(Static):
    """opendata under gunicorn, behind the cache of ``docs/static/nginx-cache.conf``."""

    name = "nginx-cache"
    title = "opendata behind nginx's cache"
    ready = "/readyz"

    def prepare(self) -> None:
        shutil.rmtree(self.work / "nginx-cache", ignore_errors=True)

    def commands(self, port: int) -> list[Sequence[str]]:
        shipped = _shipped("nginx-cache.conf", port)
        shipped = shipped.replace("/var/cache/nginx/opendata", str(self.work / "nginx-cache"))
        shipped = shipped.replace("127.0.0.1:8000", f"127.0.0.1:{port + 1000}")
        return [*Gunicorn.commands(self, port + 1000), self._nginx(shipped)]

    def ask(self, question: Question) -> Ask | None:
        return Gunicorn.ask(self, question)

    def folder(self) -> Path:
        return ROOT


class Export(Static):
    """The static export under ``docs/static/nginx.conf``; it has no filters and no search."""

    name = "nginx-export"
    title = "nginx, static export"
    ready = "/v1"

    def prepare(self) -> None:
        export_site(self._site, self.data.store, quietly)

    def commands(self, port: int) -> list[Sequence[str]]:
        shipped = _shipped("nginx.conf", port).replace("/srv/opendata", str(self._site))
        return [self._nginx(shipped)]

    def ask(self, question: Question) -> Ask | None:
        offered = (Kind.RECORD, Kind.UNCHANGED, Kind.CSV)
        return Gunicorn.ask(self, question) if question.kind in offered else None

    @property
    def _site(self) -> Path:
        return self.data.folder / "export"


def _file(kind: Kind) -> str:
    number = list(Kind).index(kind)
    return f"{number}.csv" if kind is Kind.CSV else "one.json" if number == 0 else f"{number}.json"


def _shipped(name: str, port: int) -> str:
    text = (ROOT / "docs/static" / name).read_text("utf-8")
    return text.replace("listen 80;", f"listen 127.0.0.1:{port};")

"""A site in memory, honest or not, that tests change as they like and that counts its answers."""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from opendata.mirror.layout import KEPT, SUMS
from opendata.mirror.state import State


@dataclass
class Lie:
    """How an address is answered instead."""

    status: int = 200
    fields: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    digest: bytes | None = None
    sent: int | None = None
    times: int = 10**9
    pause: float = 0


class MadeSite:
    """Bodies by address, with lies about some of them."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self.bodies = dict(bodies)
        self.lies: dict[str, Lie] = {}
        self.answers: list[tuple[str, int]] = []
        self.ranges: list[str] = []
        self.url = ""

    def statuses(self) -> Counter[int]:
        """Count the answers since the last call by their status."""
        counted = Counter(status for _, status in self.answers)
        self.answers.clear()
        return counted

    def list(self, url: str) -> None:
        """Add ``url`` to the sitemap."""
        entry = f"<url><loc>{url}</loc></url></urlset>".encode()
        self.bodies["/sitemap.xml"] = self.bodies["/sitemap.xml"].replace(b"</urlset>", entry)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 1 << 16
    site: MadeSite

    def do_GET(self) -> None:
        site, address = self.site, self.path
        lie = site.lies.get(address)
        if lie and lie.times:
            lie.times -= 1
        else:
            lie = None
        body = lie.body if lie and lie.body is not None else site.bodies.get(address)
        if body is None:
            self._send(404, {}, b"")
            return
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        digest = hashlib.sha256((lie and lie.digest) or body).digest()
        fields = {"ETag": etag, "Repr-Digest": f"sha-256=:{base64.b64encode(digest).decode()}:"}
        if lie:
            time.sleep(lie.pause)
            self._send(lie.status, {**fields, **lie.fields}, body, lie.sent)
        elif self.headers.get("If-None-Match") == etag:
            self._send(304, fields, b"")
        elif self.headers.get("Range") and self.headers.get("If-Range") == etag:
            start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-"))
            site.ranges.append(self.headers["Range"])
            whole = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            self._send(206, fields | whole, body[start:])
        else:
            self._send(200, fields, body)

    do_HEAD = do_GET  # noqa: N815

    def _send(
        self, status: int, fields: dict[str, str], body: bytes, sent: int | None = None
    ) -> None:
        self.site.answers.append((self.path, status))
        self.send_response(status)
        for name, value in fields.items():
            self.send_header(name, value)
        if status != 304 and not {"Content-Length", "Transfer-Encoding"} & fields.keys():
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET" and status != 304:
            self.wfile.write(body[:sent])
        if sent is not None:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(bodies: dict[str, bytes]) -> Iterator[MadeSite]:
    """Serve ``bodies`` on a free port."""
    site = MadeSite(bodies)
    handler = type("Handler", (_Handler,), {"site": site})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients are killed
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def bodies_of(mirror: Path) -> dict[str, bytes]:
    """Return what a mirror holds, by address."""
    state = State(mirror / KEPT / "state.sqlite")
    found = {
        w.address: (mirror / w.path) for stage in range(5) for b in state.wanted(stage) for w in b
    }
    state.close()
    return {address: path.read_bytes() for address, path in found.items()}


def files_of(folder: Path) -> dict[str, bytes]:
    """Return what whoever reads a copy finds in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] not in (KEPT, SUMS)
    }

"""Where a server listens: ``host:port``."""

from __future__ import annotations

import re

from opendata.errors import OpendataError

_BIND = re.compile(r"(?P<host>[A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):(?P<port>[0-9]{1,5})")


def split_bind(bind: str) -> tuple[str, int]:
    """Return host and port of ``bind``; the host as written, with the brackets of IPv6.

    :raises OpendataError: where ``bind`` is no host and port.
    """
    match = _BIND.fullmatch(bind)
    if match is None:
        raise OpendataError(f"--bind {bind}: write host and port, such as 127.0.0.1:8000")
    return match["host"], int(match["port"])

"""Ready-made JSON joined: answers are made of bytes that exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from opendata.formats.json import dump


def listed(fragments: Iterable[bytes]) -> bytes:
    """Return the list of ready-made values."""
    return b"[" + b",".join(fragments) + b"]"


def keyed(members: Mapping[str, bytes]) -> bytes:
    """Return the object of ready-made values."""
    return b"{" + b",".join(dump(name) + b":" + value for name, value in members.items()) + b"}"


def extended(fragment: bytes, members: Mapping[str, bytes]) -> bytes:
    """Return a ready-made object with more members, which it must not have yet."""
    return fragment[:-1] + b"," + keyed(members)[1:] if members else fragment

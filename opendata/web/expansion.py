"""Embedding: the records that links lead to, joined into a record from ready-made fragments."""

from __future__ import annotations

from collections.abc import Sequence

from opendata.store import Scope, Store


def embed(
    current: Store,
    collection: str,
    names: Sequence[str],
    fragments: list[bytes],
    scope: Scope,
    after: int = 0,
) -> list[bytes]:
    """Return the fragments of a part with the records that its links ``names`` lead to.

    :param names: of links; where there are none, the fragments are returned as they are.
    :param scope: which the part is of, as in :meth:`Store.part`.
    """
    if not names:
        return fragments
    count = len(fragments)
    linked = {name: current.linked(collection, name, scope, after, count) for name in names}
    return [
        fragment[:-1] + b',"expanded":{' + _members(linked, at) + b"}}"
        for at, fragment in enumerate(fragments)
    ]


def _members(linked: dict[str, list[list[bytes]]], at: int) -> bytes:
    lists = (b'"%s":[%s]' % (name.encode(), b",".join(of[at])) for name, of in linked.items())
    return b",".join(lists)

"""A bounded store of answers that is read without a lock.

Second chance (a clock): what is full forgets the oldest answer that nobody asked for since it was
last looked at. Reading only sets a mark, which threads may do at once; as good as the least
recently used in practice (Corbató, "A paging experiment with the Multics system", 1968).
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from opendata.web.cache.answers import Entry
from opendata.web.cache.keys import Key, Reader, reader

#: Addresses of which it is known what answers there depend on.
_ADDRESSES = 20_000


class Recent:
    """Answers by what finds them, up to ``capacity`` bytes of them."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._size = 0
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._varies: OrderedDict[Key, dict[str, Reader]] = OrderedDict()
        self._readers: dict[Key, tuple[Reader, ...]] = {}
        self._lock = threading.Lock()
        #: finds the readers of an address, and an entry; both without a lock
        self.readers = self._readers.get
        self.entry = self._entries.get

    def vary(self, address: Key, fields: list[str]) -> tuple[Reader, ...]:
        """Learn that an answer at ``address`` depends on ``fields``; return all readers there."""
        with self._lock:
            known = self._varies.setdefault(address, {})
            known.update((field, reader(field)) for field in fields)
            found = tuple(known[field] for field in sorted(known))
            self._readers[address] = found
            while len(self._varies) > _ADDRESSES:
                oldest, _ = self._varies.popitem(last=False)
                del self._readers[oldest]
            return found

    def put(self, key: Key, entry: Entry) -> None:
        """Keep ``entry``, and forget others until all fit."""
        with self._lock:
            before = self._entries.pop(key, None)
            self._size += entry.size - (before.size if before else 0)
            self._entries[key] = entry
            while self._size > self._capacity:
                oldest, found = self._entries.popitem(last=False)
                if found.asked:
                    found.asked = False
                    self._entries[oldest] = found
                else:
                    self._size -= found.size

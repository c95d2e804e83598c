"""What the codes of records mean: closed lists as the model has them, open ones as the store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import orjson

from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import CLOSED, OPEN, Code, Label

#: Words of the report that a definition of the model quotes: “超”“突破”.
_QUOTED = re.compile("“([^”]+)”")


class Codes:
    """The codes that a version uses: what they are called there, and what they mean."""

    def __init__(self, current: Store, held: VersionRow) -> None:
        self._store = current
        self._scope = Scope(held)
        self._lists: dict[str, Mapping[str, Mapping[str, Any]]] = {}
        self._labels: dict[str, dict[str, Label]] = {}

    def code(self, vocabulary: str, code: str) -> Code:
        """Return a code with its label and definition; itself and no words where none knows it.

        Versions keep the labels they were released with; definitions are those of now.
        """
        closed = CLOSED.get(vocabulary)
        if closed is not None:
            return next(entry for entry in closed.codes if entry.code == code)
        entry = self.entry(vocabulary, code)
        label = self._label(vocabulary, code)
        definition = entry.get("definition", {"zh": "", "en": ""})
        named = label or Label(**entry.get("label", {"zh": code, "en": code}))
        return Code(code, named, Label(**definition))

    def _label(self, vocabulary: str, code: str) -> Label | None:
        """Return what the version calls a code; all of a list are looked up with the first."""
        known = self._labels.setdefault(vocabulary, {})
        if not known:
            known |= self.labels(vocabulary, [*self._lists[vocabulary], code])
        if code not in known:  # a code that the version kept and the list has dropped
            known |= self.labels(vocabulary, [code])
        return known.get(code)

    def labels(self, vocabulary: str, codes: list[str]) -> dict[str, Label]:
        """Return what codes of an open list, sections or linked records are called."""
        return self._store.labels(self._scope, vocabulary, codes)

    def entry(self, vocabulary: str, code: str) -> Mapping[str, Any]:
        """Return everything an open list says of a code now; nothing where it has it no more."""
        if vocabulary not in self._lists:
            known = vocabulary in OPEN
            found = self._store.document(f"/v1/vocabularies/{vocabulary}") if known else None
            self._lists[vocabulary] = _entries(found.body) if found else {}
        return self._lists[vocabulary].get(code, {})


@lru_cache(maxsize=len(OPEN))
def _entries(body: bytes) -> Mapping[str, Mapping[str, Any]]:
    """Return the entries of a code list by their codes; the same lists serve every page."""
    return {entry["code"]: entry for entry in orjson.loads(body)["data"]}


def printed_word(code: Code, text: str) -> str:
    """Return the word of ``text`` that a code stands for, by the words its definition quotes.

    Nothing where there is none, as for a bare figure.
    """
    words = [word for word in _QUOTED.findall(code.definition.zh) if word in text]
    return max(words, key=len, default="")

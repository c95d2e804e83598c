"""Matching: the full-text index of a SQLite store, and phrases as FTS5 asks for them.

Nothing else knows of FTS5. The index needs no extension: tokens are cut up before they are
stored, and FTS5's own ``unicode61`` only parts them at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable

from opendata.search import SearchTexts, Term
from opendata.store.phrases import WEIGHTS, All, Node, Phrase, asked

#: Makes the index of the texts of :class:`~opendata.search.SearchTexts`, which it does not keep:
#: only where each token stands. The prefix index serves single characters.
CREATE_INDEX = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(SearchTexts._fields)}, content='', "
    "tokenize='unicode61 remove_diacritics 0', prefix='1')"
)
#: Merges what was put into the index bit by bit into one run.
MERGE_INDEX = "INSERT INTO search(search) VALUES ('optimize')"
#: How well a row matches (Okapi BM25), less is better.
RANK = f"bm25(search, {', '.join(str(WEIGHTS[name]) for name in SearchTexts._fields)})"


def match_expression(terms: Iterable[Term]) -> str:
    """Return the expression that finds what has every one of ``terms``, for ``search MATCH``.

    It holds quoted tokens only, so no input can alter its form.

    :raises ValueError: without terms.
    """
    found = asked(terms)
    if not found.of:
        raise ValueError("no terms to match")
    return " AND ".join(map(_written, found.of))


def _written(node: Node) -> str:
    if isinstance(node, Phrase):
        start = " *" if node.prefix else ""
        return f'{{{" ".join(node.columns)}}} : "{" ".join(node.tokens)}"{start}'
    between = " AND " if isinstance(node, All) else " OR "
    return f"({between.join(map(_written, node.of))})"

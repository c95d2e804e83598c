"""Matching: the full-text index of a store, and terms as SQLite FTS5 asks for them.

Nothing else knows of FTS5. The index needs no extension: tokens are cut up before they are
stored, and FTS5's own ``unicode61`` only parts them at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opendata.search import SearchTexts, Term, chinese_tokens, stem, token
from opendata.search.tokens import INITIAL_LETTERS, READING_LETTERS

#: Makes the index of the texts of :class:`~opendata.search.SearchTexts`, which it does not keep:
#: only where each token stands. The prefix index serves single characters.
CREATE_INDEX = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(SearchTexts._fields)}, content='', "
    "tokenize='unicode61 remove_diacritics 0', prefix='1')"
)
#: Merges what was put into the index bit by bit into one run.
MERGE_INDEX = "INSERT INTO search(search) VALUES ('optimize')"
#: How well a row matches, less is better: a name weighs ten times as much as another text.
RANK = "bm25(search, 10.0, 10.0, 1.0, 1.0, 5.0)"


def match_expression(terms: Iterable[Term]) -> str:
    """Return the expression that finds what has every one of ``terms``, for ``search MATCH``.

    It holds quoted tokens only, so no input can alter its form.

    :raises ValueError: without terms.
    """
    expression = _all(terms)
    if not expression:
        raise ValueError("no terms to match")
    return expression


def _all(terms: Iterable[Term]) -> str:
    return " AND ".join(f"({' OR '.join(_ways(term))})" for term in terms)


def _ways(term: Term) -> Iterator[str]:
    yield f"{{names_zh texts_zh}} : {_within(term.chinese)}"
    if term.words:
        yield f"{{names_en texts_en}} : ({' AND '.join(map(_word, term.words))})"
    if term.reading:
        yield f"pinyin : ({' OR '.join(_readings(term.reading))})"
    if term.parts:
        yield f"({_all(term.parts)})"


def _within(text: str) -> str:
    """Ask for ``text`` anywhere: a row of pairs, or pairs that start with the one character."""
    pairs = list(chinese_tokens(text))[:-1]
    return f'"{" ".join(pairs)}"' if pairs else _prefix(text)


def _word(word: str) -> str:
    stemmed = stem(word)
    if stemmed == word:
        return _prefix(word)
    return f'("{token(stemmed)}" OR {_prefix(word)})'


def _readings(reading: str) -> Iterator[str]:
    """Ask for a reading as far as the tokens go, and for the initials where they end sooner."""
    yield _prefix(reading[:READING_LETTERS])
    if len(reading) > INITIAL_LETTERS:
        yield f'"{reading[:INITIAL_LETTERS]}"'


def _prefix(text: str) -> str:
    return f'"{token(text)}" *'

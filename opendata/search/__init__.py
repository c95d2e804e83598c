"""Search: what of a record is found, by which terms, and where they stand in it.

Texts are cut up into tokens when a store is compiled, terms when they are asked for, by the same
rules; the index in between (:mod:`opendata.store.matching`) only has to know whole words.
"""

from opendata.search.folding import Folded, fold
from opendata.search.snippets import Snippet, matches, snippet
from opendata.search.terms import Term, terms
from opendata.search.texts import SearchTexts, texts_of
from opendata.search.tokens import chinese_tokens, stem, token

__all__ = [
    "Folded",
    "SearchTexts",
    "Snippet",
    "Term",
    "chinese_tokens",
    "fold",
    "matches",
    "snippet",
    "stem",
    "terms",
    "texts_of",
    "token",
]

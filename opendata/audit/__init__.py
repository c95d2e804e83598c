"""The audit: a version against the document it was read from, to the character.

Every record's place, wording and figure, and the other way round every numeral, sentence and
clause of the document: each is evidence of a record or excluded with a reason.
"""

from opendata.audit.audit import audit
from opendata.audit.locating import occurrences, printed_like
from opendata.audit.source import SourceText, Span, WrongSourceError

__all__ = ["SourceText", "Span", "WrongSourceError", "audit", "occurrences", "printed_like"]

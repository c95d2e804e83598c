"""The audit: a version against the document it was read from, to the character.

Every record's place, wording and figure, and the other way round every numeral, sentence and
clause of the document: each is evidence of a record or excluded with a reason.
"""

from opendata.audit.audit import audit
from opendata.audit.source import SourceText, WrongSourceError

__all__ = ["SourceText", "WrongSourceError", "audit"]

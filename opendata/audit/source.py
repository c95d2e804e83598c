"""The source document of a dataset: its text, paragraphs and sentences, in code points."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, takewhile
from pathlib import Path

from opendata.errors import OpendataError

_SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;]?")
#: Where 等 ends the examples of a list, rather than being part of a word (平等, 等级).
_ETC = r"(?<![平高中初同对均相])等(?![级于同待])(?:\[[0-9]+\])?"
_BRACKETED = r"“[^”\n]*”|[（(][^（）()\n]*[）)]"
_CLAUSE = re.compile(
    rf"(?=\S)(?:(?:{_BRACKETED}|(?<=[0-9]),(?=[0-9]{{3}})|(?!{_ETC})[^,，:：、。!！?？;；\n])+"
    rf"(?:{_ETC})?|{_ETC})"
)
_ENDS_A_LIST = re.compile(rf"{_ETC}$")


class WrongSourceError(OpendataError):
    """A file that is not the document the dataset names."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the text: positions in Unicode code points, and the paragraph it stands in."""

    start: int
    end: int
    paragraph: int = field(compare=False)

    def holds(self, other: Span) -> bool:
        """Tell whether ``other`` lies within."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Tell whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def shared(self, other: Span) -> Span:
        """Return what the two share, where they meet."""
        return Span(max(self.start, other.start), min(self.end, other.end), self.paragraph)


class Spans:
    """Spans of which is asked whether any has to do with another; each answer is a bisection."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted(spans)
        self._starts = [span.start for span in ordered]
        self._reach = list(accumulate((span.end for span in ordered), max))

    def hold(self, span: Span) -> bool:
        """Tell whether ``span`` lies within one of them."""
        before = bisect_right(self._starts, span.start)
        return before > 0 and self._reach[before - 1] >= span.end

    def meet(self, span: Span) -> bool:
        """Tell whether one of them shares a character with ``span``."""
        before = bisect_left(self._starts, span.end)
        return before > 0 and self._reach[before - 1] > span.start


class SourceText:
    """The text of a source document."""

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def read(cls, path: Path, sha256: str) -> SourceText:
        """Read the document and check that it is the one with the digest ``sha256``.

        :raises WrongSourceError: where it is another, or cannot be read.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise WrongSourceError(f"{path} cannot be read: {error.strerror}") from error
        found = hashlib.sha256(content).hexdigest()
        if found != sha256:
            raise WrongSourceError(
                f"{path} is not the source document: its SHA-256 is {found}, but dataset.yaml "
                f"names {sha256}; give the file that was read, unchanged to the byte"
            )
        return cls(content.decode("utf-8"))

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The non-blank lines, numbered from 1; white space around a line is not part of it."""
        found: list[Span] = []
        for line in re.finditer(r"[^\n]+", self.text):
            stripped = line.group().strip()
            if stripped:
                start = line.start() + line.group().index(stripped)
                found.append(Span(start, start + len(stripped), len(found) + 1))
        return found

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences of every paragraph, their final mark included."""
        return self._split(self.paragraphs, _SENTENCE)

    @cached_property
    def clauses(self) -> list[Span]:
        """What a sentence joins by a mark (, 、 : and the like) or ends with 等, mark excluded.

        What stands in brackets or quotation marks is not split, and a note's marker ([9]) stays
        with the words before it.
        """
        return self._split(self.sentences, _CLAUSE)

    def _split(self, spans: list[Span], into: re.Pattern[str]) -> list[Span]:
        return [
            Span(span.start + match.start(), span.start + match.end(), span.paragraph)
            for span in spans
            for match in into.finditer(self[span])
        ]

    def clauses_in(self, span: Span) -> list[Span]:
        """Return the clauses that ``span`` shares a character with, in their order."""
        first = bisect_right(self._clause_ends, span.start)
        return list(takewhile(span.meets, self.clauses[first:]))

    def whole_clauses(self, span: Span) -> Span:
        """Return ``span`` widened to whole clauses."""
        return self._widened(span, self.clauses_in(span))

    def whole_sentences(self, span: Span) -> Span:
        """Return ``span`` widened to whole sentences of its paragraph."""
        inside = self._sentences_of.get(span.paragraph, ())
        return self._widened(span, [sentence for sentence in inside if sentence.meets(span)])

    def _widened(self, span: Span, parts: list[Span]) -> Span:
        if not parts:
            return span
        start, end = min(span.start, parts[0].start), max(span.end, parts[-1].end)
        return Span(start, end, span.paragraph)

    @cached_property
    def _sentences_of(self) -> dict[int, list[Span]]:
        found: dict[int, list[Span]] = {}
        for sentence in self.sentences:
            found.setdefault(sentence.paragraph, []).append(sentence)
        return found

    @cached_property
    def _clause_ends(self) -> list[int]:
        return [clause.end for clause in self.clauses]

    def ends_a_list(self, clause: Span) -> bool:
        """Tell whether a clause ends with the 等 that ends a list of examples."""
        return bool(_ENDS_A_LIST.search(self[clause]))

    def paragraph(self, number: int) -> Span | None:
        """Return the paragraph with this number."""
        return self.paragraphs[number - 1] if 0 < number <= len(self.paragraphs) else None

    def paragraph_at(self, position: int) -> int:
        """Return the number of the paragraph a position stands in, 0 where it is in none."""
        for paragraph in self.paragraphs:
            if paragraph.start <= position < paragraph.end:
                return paragraph.paragraph
        return 0

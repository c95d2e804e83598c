"""What is asked: the same of everybody, each in its own way of asking."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

from bench.data.sizes import Size
from bench.data.targets import COMPARATORS
from bench.data.words import KINDS, PLACES, SUBJECTS


class Kind(StrEnum):
    """Kinds of requests, as the tables call them."""

    RECORD = "one record"
    PAGE = "page of 50"
    TOTAL = "page of 50 with exact total"
    FILTER = "filter + sort, 25 rows"
    SEARCH = "full-text search, 20 rows"
    FACET = "facet"
    CSV = "all rows as CSV"
    UNCHANGED = "304"


@dataclass(frozen=True)
class Question:
    """A request, said without anybody's way of asking."""

    kind: Kind
    dataset: str = ""
    record: str = ""
    offset: int = 0
    limit: int = 0
    comparator: str = ""
    least: str = ""
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the record is called in the peers' table."""
        return f"{self.dataset}_{self.record}"


class Ask(NamedTuple):
    """A request as it is sent."""

    path: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""


#: What is asked again and again.
HOT = {
    Kind.RECORD: Question(Kind.RECORD, "made-0000", "t-0042"),
    Kind.PAGE: Question(Kind.PAGE, limit=50),
    Kind.TOTAL: Question(Kind.TOTAL, limit=50),
    Kind.FILTER: Question(Kind.FILTER, comparator="about", least="10", limit=25),
    Kind.SEARCH: Question(Kind.SEARCH, words=("green",), limit=20),
    Kind.FACET: Question(Kind.FACET),
    Kind.CSV: Question(Kind.CSV),
    Kind.UNCHANGED: Question(Kind.UNCHANGED, "made-0000", "t-0042"),
}
#: What can be asked in ever different ways.
COLD = (Kind.RECORD, Kind.PAGE, Kind.TOTAL, Kind.FILTER, Kind.SEARCH, Kind.FACET)


def cold(kind: Kind, size: Size, offsets: Sequence[int], seed: int, count: int) -> list[Question]:
    """Return ``count`` different questions of ``kind``, others for each ``seed``.

    There are fewer where there are not so many.

    :param offsets: where pages may begin.
    """
    draw = random.Random(f"{kind} {seed}")  # noqa: S311
    drawn = (_drawn(kind, size, offsets, draw) for _ in range(4 * count))
    return list(islice(dict.fromkeys(drawn), count))


def _drawn(kind: Kind, size: Size, offsets: Sequence[int], draw: random.Random) -> Question:
    least = f"{draw.randrange(1, 9000) / 100:.2f}"
    match kind:
        case Kind.RECORD:
            dataset, record = draw.randrange(size.datasets), draw.randrange(size.each)
            return Question(kind, f"made-{dataset:04}", f"t-{record:04}")
        case Kind.PAGE | Kind.TOTAL:
            return Question(kind, offset=draw.choice(offsets), limit=draw.randrange(40, 61))
        case Kind.FILTER:
            comparator = draw.choice(tuple(COMPARATORS))
            return Question(kind, comparator=comparator, least=least, limit=25)
        case Kind.SEARCH:
            said = draw.choice(KINDS), draw.choice(SUBJECTS), draw.choice(PLACES)
            words = " ".join(english for _, english in said).lower().split()
            chosen = tuple(draw.sample(words, draw.randrange(1, 4)))
            return Question(kind, words=chosen, limit=draw.randrange(15, 26))
        case _:
            return Question(kind, least=least)


def in_turn(questions: Sequence[Question]) -> Iterator[Question]:
    """Yield the first, the last and one between: those that are checked."""
    yield from {0: questions[0], 1: questions[len(questions) // 2], 2: questions[-1]}.values()

"""What every format keeps, as a contract: the same rows and cells come back from its bytes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opendata.formats import FORMATS, Format, Options, Table, resolve
from opendata.records import COLLECTIONS, DATASETS, Collection, Column
from tests.formats.any_record import fragments, records, shown
from tests.formats.made_up_row import RECORD

_ALL = (*COLLECTIONS.values(), DATASETS)
#: Told by the profile for people in columns of its own.
_ELSEWHERE = ("dataset", "version", "licence")
#: Bytes that a run over more rows may take beyond one over fewer.
_SLACK = 200_000


_DRAWN = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        *(HealthCheck.too_slow, HealthCheck.differing_executors, HealthCheck.data_too_large),
    ],
)


class FormatContract:
    """A subclass names the format, its options, and reads the cells of a body back."""

    format: Format
    variants: ClassVar[Sequence[tuple[Options, str]]]  # options, and what joins several values

    def read(self, body: bytes, table: Table, columns: Sequence[Column]) -> list[list[str]]:
        """Return the cells of each row, in the order of ``columns``, as an ordinary reader."""
        raise NotImplementedError

    def test_it_is_registered_under_its_suffix(self) -> None:
        """Addresses, negotiation and the description find it."""
        assert FORMATS[self.format.suffix] is self.format

    @_DRAWN
    @given(data=st.data())
    def test_every_cell_comes_back(self, data: st.DataObject) -> None:
        """Whatever the records hold and however it is asked for, no cell changes."""
        collection = data.draw(st.sampled_from(_ALL))
        options, separator = data.draw(st.sampled_from(self.variants))
        made = data.draw(st.lists(records(collection), max_size=3))
        table = Table(collection, options=options)
        columns = self._told(table, self.format.offered(collection, options))
        read = self.read(self._body(table, made), table, columns)
        assert read == _cells(columns, made, separator)

    @_DRAWN
    @given(data=st.data())
    def test_chosen_fields_come_in_the_order_asked_for(self, data: st.DataObject) -> None:
        """A choice of fields has their cells and no others."""
        collection = data.draw(st.sampled_from(_ALL))
        options, separator = data.draw(st.sampled_from(self.variants))
        offered = self._told(
            Table(collection, options=options), self.format.offered(collection, options)
        )
        names = data.draw(
            st.lists(st.sampled_from([c.name for c in offered]), min_size=1, unique=True)
        )
        columns = resolve(collection, names, offered)
        assert [column.name for column in columns] == names
        made = data.draw(st.lists(records(collection), max_size=2))
        table = Table(collection, columns, options)
        read = self.read(self._body(table, made), table, columns)
        assert read == _cells(columns, made, separator)

    def test_the_body_does_not_depend_on_the_blocks(self) -> None:
        """Rows may come one by one, all at once, or with empty blocks between."""
        for options, _ in self.variants:
            table = Table(COLLECTIONS["projects"], options=options)
            rows = [fragments(table.collection, RECORD)[self.format.stored(options)]] * 4
            bodies = {
                b"".join(self.format.write(table, blocks))
                for blocks in ([rows], [rows[:1], [], rows[1:]], [[row] for row in rows])
            }
            assert len(bodies) == 1

    @pytest.mark.parametrize("chosen", [None, ["id", "title"]])
    def test_memory_does_not_grow_with_the_rows(self, chosen: list[str] | None) -> None:
        """Four times the rows take no more memory: blocks go as they come."""
        few, many = (self._peak(blocks, chosen) for blocks in (5, 20))
        assert many < few + _SLACK

    def test_a_fault_on_the_way_breaks_the_body(self) -> None:
        """An error among the rows is raised: nothing of it is written, and nothing ends well."""
        options, _ = self.variants[0]
        table = Table(COLLECTIONS["projects"], options=options)

        def failing() -> Iterator[list[bytes]]:
            yield [fragments(table.collection, RECORD)[self.format.stored(options)]]
            raise ConnectionError

        with pytest.raises(ConnectionError):
            list(self.format.write(table, failing()))

    def _body(self, table: Table, made: Sequence[dict[str, Any]]) -> bytes:
        name = self.format.stored(table.options)
        rows = [fragments(table.collection, record)[name] for record in made]
        return b"".join(self.format.write(table, [rows[:1], rows[1:]]))

    def _told(self, table: Table, columns: Sequence[Column]) -> list[Column]:
        """Leave out what the profile for people tells in its own columns."""
        if not self.format.stored(table.options).startswith("csv_excel"):
            return list(columns)
        return [column for column in columns if column.name not in _ELSEWHERE]

    def _peak(self, blocks: int, chosen: list[str] | None) -> int:
        collection: Collection = COLLECTIONS["projects"]
        columns = resolve(collection, chosen) if chosen else None
        options, _ = self.variants[-1]
        offered = self.format.offered(collection, options)
        columns = tuple(c for c in columns if c in offered) if columns else None
        row = fragments(collection, RECORD)[self.format.stored(options)]
        body = self.format.write(
            Table(collection, columns, options), ([row] * 50 for _ in range(blocks))
        )
        tracemalloc.start()
        for _ in body:
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak


def _cells(
    columns: Sequence[Column], made: Sequence[dict[str, Any]], separator: str
) -> list[list[str]]:
    return [[separator.join(map(shown, c.values(record))) for c in columns] for record in made]

"""What every representation keeps, as a contract: its test class inherits it and says the bytes."""

from __future__ import annotations

import pytest

from opendata.formats import REPRESENTATIONS, Representation
from opendata.records import COLLECTIONS, DATASETS
from tests.formats.made_up_row import row_of


class RepresentationContract:
    """A subclass names the representation and writes out what it makes of the made-up row."""

    representation: Representation
    media_type: str
    head: str
    fragment: str

    def test_head_is_as_written(self) -> None:
        """What stands before the first row, to the byte."""
        assert self.representation.head(COLLECTIONS["projects"]) == self.head.encode()

    def test_fragment_is_as_written(self) -> None:
        """One row, to the byte."""
        assert self.representation.fragment(row_of()) == self.fragment.encode()

    def test_it_is_registered_under_its_name(self) -> None:
        """The store finds its fragments, and the web its media type."""
        assert REPRESENTATIONS[self.representation.name] is self.representation
        assert self.representation.media_type == self.media_type

    @pytest.mark.parametrize("collection", [*COLLECTIONS.values(), DATASETS])
    def test_every_collection_has_a_head(self, collection: object) -> None:
        """No record type is left out, and the same one always begins alike."""
        head = self.representation.head(collection)  # type: ignore[arg-type]
        assert head
        assert head == self.representation.head(collection)  # type: ignore[arg-type]

    def test_a_row_is_written_the_same_twice(self) -> None:
        """The bytes depend on the row alone."""
        assert self.representation.fragment(row_of()) == self.representation.fragment(row_of())

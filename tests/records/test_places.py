"""Extents of areas: a box and a point, in degrees."""

from __future__ import annotations

import pytest
from marshmallow import ValidationError

from opendata.records.patterns import Box, Point


@pytest.mark.parametrize("text", ["119.09 36.60 119.31 36.77", "-180 -90 180 90"])
def test_a_box_is_west_south_east_north(text: str) -> None:
    """As it is written."""
    assert Box().deserialize(text) == text


@pytest.mark.parametrize(
    "text", ["36.60 119.09 36.77 119.31", "119.31 36.60 119.09 36.77", "119.09 36.60 119.31", "a"]
)
def test_what_is_no_box_is_refused(text: str) -> None:
    """Latitude before longitude, east before west, three numbers, none."""
    with pytest.raises(ValidationError):
        Box().deserialize(text)


@pytest.mark.parametrize(("text", "good"), [("119.19 36.69", True), ("36.69 119.19", False)])
def test_a_point_is_longitude_and_latitude(text: str, good: bool) -> None:
    """In that order."""
    if good:
        assert Point().deserialize(text) == text
    else:
        with pytest.raises(ValidationError):
            Point().deserialize(text)

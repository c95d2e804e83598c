"""Pictures as SVG: what is open or about is not drawn as exact, and everything stays inside."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.pictures import PICTURES, draw, pictures
from opendata.pictures.text import width, wrapped
from tests.pictures.made import amount, material, project, target

_SVG = "{http://www.w3.org/2000/svg}"


def _svg(name: str, targets: list[dict[str, Any]], language: str = "en") -> str:
    every = [*targets, amount("z", 1)]
    found = next(p for p in pictures(material(every, [project("p")])) if p["name"] == name)
    return draw(found, language, "About", "Cited <here> & https://example.org/", None).svg.decode()


def _parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 -- our own


def _rate(comparator: str, **fields: Any) -> dict[str, Any]:
    return target("a", value=Decimal(5), comparator=comparator, **fields)


@pytest.mark.parametrize(
    ("comparator", "classes"),
    [
        ("equal", {"a", "k"}),
        ("reach", {"a", "k"}),
        ("about", {"a", "ah"}),
        ("at_least", {"a", "up", "e", "k"}),
        ("more_than", {"a", "up", "e", "o", "k"}),
        ("maintain", {"a", "up", "e", "k"}),
        ("at_most", {"dn", "k"}),
        ("less_than", {"dn", "o", "k"}),
    ],
)
def test_every_comparator_has_an_end_of_its_own(comparator: str, classes: set[str]) -> None:
    """A sharp end is for figures that are meant exactly; others fade or are hatched."""
    root = _parsed(_svg("growth", [_rate(comparator)]))
    shapes = [e for e in root if e.tag in (f"{_SVG}rect", f"{_SVG}path", f"{_SVG}circle")]
    assert {e.get("class") for e in shapes} - {"g", "l", None} == classes


def test_a_range_is_hatched_between_its_bounds() -> None:
    """Up to the lower bound it is solid."""
    svg = _svg("growth", [_rate("range", value_max=Decimal(10))])
    boxes = [e for e in _parsed(svg) if e.tag == f"{_SVG}rect"]
    [solid, open_] = [e for e in boxes if e.get("class") in ("a", "ah")][:2]
    assert (solid.get("class"), open_.get("class")) == ("a", "ah")
    assert solid.get("width") == open_.get("width")


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_picture_says_what_it_shows(name: str, language: str) -> None:
    """Title, description and language are there for screen readers, the citation for all."""
    svg = _svg(name, [_rate("about"), target("q")], language)
    root = _parsed(svg)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "t d"
    title, description = root.find(f"{_SVG}title"), root.find(f"{_SVG}desc")
    assert title is not None and title.text == getattr(PICTURES[name], language)
    assert description is not None and description.text
    assert "https://example.org/" in "".join(root.itertext())
    assert len(svg.encode()) < 20_000
    assert "<script" not in svg and "@import" not in svg and "@font-face" not in svg


def test_the_longest_picture_stays_small_and_says_what_it_leaves_out() -> None:
    """Of more figures than it has room for, a picture tells how many are in the table."""
    many = [target(str(n), value=Decimal(n)) for n in range(150)]
    svg = _svg("growth", many)
    assert "126 more are in the table." in svg
    assert len(svg.encode()) < 20_000


_NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, places=3)
_COMPARATORS = st.sampled_from(["equal", "about", "at_least", "at_most", "range"])


@given(st.lists(st.tuples(_NUMBERS, _COMPARATORS), min_size=1, max_size=5), st.booleans())
def test_nothing_is_drawn_outside(figures: list[tuple[Decimal, str]], money: bool) -> None:
    """Whatever the numbers, falls included, what is drawn is inside the picture."""
    make = amount if money else (lambda name, value, **f: target(name, value=value, **f))
    made = [
        make(str(n), v, comparator=c, value_max=v + 1 if c == "range" else None)
        for n, (v, c) in enumerate(figures)
    ]
    root = _parsed(_svg("money" if money else "growth", made))
    high = float(root.get("height", ""))
    for box in root.iter(f"{_SVG}rect"):
        if box.get("class") != "g":
            x, wide = float(box.get("x", "")), float(box.get("width", ""))
            assert x >= 0 and x + wide <= 420
            assert float(box.get("y", "")) < high


@given(st.text(alphabet="ab /目标、（）。", max_size=80), st.integers(30, 300))
def test_wrapped_text_fits_and_is_whole(text: str, room: int) -> None:
    """Lines fit, and all that is lost is space."""
    lines = wrapped(text, room, 13)
    assert all(width(line, 13) <= room for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())

"""Spans asked together answer as each of them would."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from opendata.audit.source import Span, Spans

_PLACES = st.integers(0, 12)
_SPANS = st.builds(lambda start, length: Span(start, start + length, 1), _PLACES, _PLACES)


@given(st.lists(_SPANS, max_size=6), _SPANS)
def test_spans_answer_as_each_of_them(spans: list[Span], other: Span) -> None:
    """Empty ones among them, and none at all."""
    together = Spans(iter(spans))
    assert together.hold(other) == any(span.holds(other) for span in spans)
    assert together.meet(other) == any(span.meets(other) for span in spans)

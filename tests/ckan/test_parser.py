"""What a Solr query is read as, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.ckan import Expression, SolrError, parse
from opendata.ckan.parser import DEEPEST, MOST
from opendata.ckan.syntax import (
    All,
    Any,
    Everything,
    Exists,
    Joker,
    Not,
    Phrase,
    Range,
    Wildcard,
    Word,
)
from tests.ckan.expressions import expressions, written

_A, _B, _C = (Word("f", name) for name in "abc")


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("", Everything()),
        (" \u3000 ", Everything()),
        ("*:*", Everything()),
        ("*", Everything()),
        ("工作 plan", All((Word("text", "工作"), Word("text", "plan")))),
        ("f:a f:b", All((_A, _B))),
        ("f:a AND f:b && f:c", All((_A, _B, _C))),
        ("f:a OR f:b || f:c", Any((_A, _B, _C))),
        ("+f:a -f:b", All((_A, Not(_B)))),
        ("!f:a", Not(_A)),
        ("NOT (f:a OR f:b)", Not(Any((_A, _B)))),
        ("f:(a OR b)", Any((_A, _B))),
        ("f:(a -b)", All((_A, Not(_B)))),
        ("f:(+a AND (b c))", All((_A, All((_B, _C))))),
        ('f:"a b"', Phrase("f", "a b")),
        ('f:"a \\"b\\""', Phrase("f", 'a "b"')),
        ("f:a\\:b", Word("f", "a:b")),
        ("f:a-b+c!", Word("f", "a-b+c!")),
        ("f:\\*", Word("f", "*")),
        ("f:*", Exists("f")),
        ("f:[* TO *]", Exists("f")),
        ("f:a*", Wildcard("f", ("a", Joker.MANY))),
        ("f:?b\\*", Wildcard("f", (Joker.ONE, "b*"))),
        ("f:[a TO b]", Range("f", "a", "b")),
        ("f:{a TO b]", Range("f", "a", "b", with_low=False)),
        ("f:[a TO b}", Range("f", "a", "b", with_high=False)),
        ('f:["a b" TO *]', Range("f", "a b", None)),
        (
            "organization:a OR organization:b metadata_modified:[2026-01-01T00:00:00Z TO *]",
            All(
                (
                    Any((Word("organization", "a"), Word("organization", "b"))),
                    Range("metadata_modified", "2026-01-01T00:00:00Z", None),
                )
            ),
        ),
    ],
)
def test_a_query_is_read_as_it_is_meant(query: str, meant: Expression) -> None:
    """Each form of the syntax, among them what harvesters send."""
    assert parse(query) == meant


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("f:a OR f:b AND f:c", "at character 12: put parentheses where AND meets OR"),
        ("-f:a OR f:b", "at character 1: put parentheses around what has NOT, - or +"),
        ("f:a OR +f:b", "at character 8: put parentheses around what has NOT, - or +"),
        ("(f:a", "at character 1: the ( is never closed"),
        ("f:a)", "at character 4: the ) closes nothing"),
        ("()", "at character 2: a closing parenthesis stands where a value should"),
        ("f:", "at character 3: the end stands where a value should"),
        ("f:g:a", "at character 3: a field's name stands where a value should"),
        ("f:(g:a)", "at character 4: a field within the field 'f'"),
        ("f:a AND", "at character 8: the end stands where a value should"),
        ("AND f:a", "at character 1: AND stands where a value should"),
        ("f:NOT", "at character 3: NOT stands where a value should"),
        ("a - b", "at character 3: nothing stands behind -"),
        ("f:a^2", "at character 4: boosts (^) are not supported"),
        ("f:a~1", "at character 4: fuzzy and near searches (~) are not supported"),
        ("f:/a.*/", "at character 3: regular expressions (/…/) are not supported"),
        ("{!join from=a}", "at character 1: a { begins a range"),
        ("f:[a b]", "at character 3: a [ begins a range"),
        ("f:a]", "at character 4: the ] closes nothing"),
        ('f:"a', "at character 3: the quotation mark is never closed"),
        ("f:a\\", "at character 4: the backslash at the end takes nothing"),
        ("1f:a", "at character 1: '1f' is not the name of a field"),
        (":a", "at character 1: no field's name stands before the colon"),
        ("*:a", "at character 3: behind *: only * can stand"),
        ("(" * (DEEPEST + 1) + "a", f"at character 21: nested more than {DEEPEST} deep"),
        ("-" * (DEEPEST + 1) + "a", f"at character 21: nested more than {DEEPEST} deep"),
        ("a " * (MOST + 1), f"the query has more than {MOST} words"),
        ("a" * 20_001, "the query has 20001 characters; 20000 are the most"),
    ],
)
def test_what_is_not_understood_is_refused(query: str, said: str) -> None:
    """Nothing is skipped: the message says where, and what to write."""
    with pytest.raises(SolrError) as told:
        parse(query)
    assert str(told.value).startswith(said)


@given(expressions(), st.data())
def test_every_expression_survives_being_written(of: Expression, data: st.DataObject) -> None:
    """Whichever way an expression is written, it is read as itself."""
    assert parse(written(of, data)) == of


@given(st.text(alphabet='ab:*?"()[]{}+-!&|\\^~/ TOANDR工', max_size=30))
def test_any_text_is_read_or_refused(query: str) -> None:
    """No text stops the reader with another error."""
    try:
        parse(query)
    except SolrError as error:
        assert str(error)

"""Random expressions over the fields of packages, and how they are written."""

from __future__ import annotations

from hypothesis import strategies as st

from opendata.ckan import Expression
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

ORGANIZATIONS = ["a", "aa", "b-1", "AND", "o[x]*"]
TAGS = ["red", "red wine", "工作", "a.b_c-d", "Red"]
TIMES = ["2026-01-01T00:00:00.000000", "2026-01-01T00:00:00.000001", "2027-12-31T23:59:59.000000"]
TITLES = ["Work plan", "The working plan of 2030", "工作安排", "plan", "县工作 plan B"]

_STRINGS = ["organization", "tags", "groups", "name"]
_ENDS = st.none() | st.sampled_from([*ORGANIZATIONS, *TAGS])
_SPECIAL = '\\+-&|!(){}[]^"~*?:/ '


def _range(name: str, low: str | None, high: str | None, within: tuple[bool, bool]) -> Expression:
    return Exists(name) if low is None and high is None else Range(name, low, high, *within)


def _leaves() -> st.SearchStrategy[Expression]:
    strings, texts = st.sampled_from(_STRINGS), st.sampled_from([*ORGANIZATIONS, *TAGS])
    flags = st.tuples(st.booleans(), st.booleans())
    jokers = st.sampled_from(list(Joker))
    times = st.none() | st.sampled_from(TIMES).map(lambda time: f"{time}Z")
    words = st.sampled_from(["work", "plan", "工作", "b", "2030", "安排", "x"])
    phrases = st.sampled_from(["work plan", "plan", "工作", "plan of", "wor"])
    return st.one_of(
        st.just(Everything()),
        st.builds(Word, strings, texts),
        st.builds(Phrase, strings, texts),
        st.builds(Exists, strings),
        st.builds(lambda f, t, j: Wildcard(f, (t[:2], j)), strings, texts, jokers),
        st.builds(lambda f, t, j: Wildcard(f, (j, t[-1:])), strings, texts, jokers),
        st.builds(_range, strings, _ENDS, _ENDS, flags),
        st.builds(_range, st.just("metadata_modified"), times, times, flags),
        st.builds(Word, st.just("title"), words),
        st.builds(Phrase, st.just("title"), phrases),
        st.builds(Word, st.just("num_tags"), st.sampled_from(["0", "1", "2"])),
    )


def expressions() -> st.SearchStrategy[Expression]:
    """Return any expression that the tests' packages can be asked by."""
    return st.recursive(
        _leaves(),
        lambda inner: st.one_of(
            st.builds(Not, inner),
            st.lists(inner, min_size=2, max_size=3).map(lambda of: All(tuple(of))),
            st.lists(inner, min_size=2, max_size=3).map(lambda of: Any(tuple(of))),
        ),
        max_leaves=6,
    )


def written(of: Expression, choose: st.DataObject) -> str:
    """Return an expression in one of the ways to write it."""

    def one(*ways: str) -> str:
        return choose.draw(st.sampled_from(ways))

    def inner(member: Expression, *, bare: bool) -> str:
        text = written(member, choose)
        simple = not isinstance(member, (All, Any)) and (bare or not isinstance(member, Not))
        return one(text, f"({text})") if simple else f"({text})"

    match of:
        case Everything():
            return "*:*"
        case Not():
            return one("NOT ", "-", "!") + inner(of.of, bare=True)
        case All():
            members = [inner(member, bare=True) for member in of.of]
            return one(" ", " AND ", " && ", "\u3000").join(members)
        case Any():
            return one(" OR ", " || ").join(inner(member, bare=False) for member in of.of)
        case Word():
            return f"{of.field}:{_escaped(of.text)}"
        case Phrase():
            return f'{of.field}:"{_quoted(of.text)}"'
        case Exists():
            return f"{of.field}:{one('*', '[* TO *]', '{* TO *}')}"
        case Wildcard():
            parts = [p.value if isinstance(p, Joker) else _escaped(p) for p in of.parts]
            return f"{of.field}:{''.join(parts)}"
        case Range():
            opening, closing = "[{"[not of.with_low], "]}"[not of.with_high]
            return f"{of.field}:{opening}{_end(of.low)} TO {_end(of.high)}{closing}"


def _escaped(text: str) -> str:
    escaped = "".join(f"\\{c}" if c in _SPECIAL else c for c in text)
    return f"\\{escaped}" if escaped in ("AND", "OR", "NOT") else escaped


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _end(text: str | None) -> str:
    return "*" if text is None else f'"{_quoted(text)}"'

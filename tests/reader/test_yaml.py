"""The strict YAML reader: text stays text, and nothing has a second meaning."""

from __future__ import annotations

import time

import pytest

from opendata.reader.yaml import PlacedFault, YamlError, parse, positions


def _value(text: str) -> object:
    """Return the value of ``text``, which must be without faults."""
    value, faults = parse(text.encode())
    assert faults == []
    return value


def _faults(text: str) -> list[tuple[object, ...]]:
    _, faults = parse(text.encode())
    return [(*fault.position, fault.path, fault.fault.message) for fault in faults]


@pytest.mark.parametrize(
    "scalar",
    [
        *("no", "off", "y", "True", "6.10", "012", "0o17", "0x1F", "1e3", "1_000", ".inf", ".NaN"),
        *("12:30", "190:20:30", "2030-01-01", "2030-01-01T12:00:00Z", "Null", "NULL", "=", "<<x"),
    ],
)
def test_what_yaml_would_convert_stays_the_text_it_is(scalar: str) -> None:
    """No booleans, numbers, octals, sexagesimals, dates or spellings of null (YAML 1.1)."""
    assert _value(f"a: {scalar}\n{scalar}: b\n") == {"a": scalar, scalar: "b"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ('""', ""),
        ("'~'", "~"),
        ('"null"', "null"),
        ('"\\u4e00\\x41\\n"', "一A\n"),
        ("'it''s'", "it's"),
        ("甲：乙 #丙", "甲：乙"),
        ("甲#乙", "甲#乙"),
        ("[]", []),
        ("{}", {}),
        ("[a, [b, ~], {c: d}]", ["a", ["b", None], {"c": "d"}]),
        (">-\n  a\n  b", "a b"),
        ("|\n  a\n  b", "a\nb\n"),
        ("\n  - a\n  -\n  - b: c", ["a", None, {"b": "c"}]),
    ],
)
def test_values_are_text_lists_mappings_and_nothing(typed: str, value: object) -> None:
    """Only a plain ``~``, ``null`` or nothing is nothing; in quotation marks they are text."""
    assert _value(f"k: {typed}\n") == {"k": value}


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "---\n# a\n", "~"])
def test_a_file_without_content_is_nothing(text: str) -> None:
    """Which is for the caller to judge."""
    assert _value(text) is None


@pytest.mark.parametrize("text", ["k: v\n", "---\nk: v\n", "k: v", "k:   v  # c\r\n", "? k\n: v\n"])
def test_a_document_may_be_written_in_several_ways(text: str) -> None:
    """With or without a start, a last line break or Windows line ends."""
    assert _value(text) == {"k": "v"}


def test_keys_and_members_have_lines_and_columns_in_characters() -> None:
    """From 1, counting code points, also beyond the basic plane."""
    assert positions("甲:\n  - 𠀀: 1\n    乙: [x, {y: z}]\n丙:\n".encode()) == {
        (): (1, 1),
        ("甲",): (1, 1),
        ("甲", 0): (2, 5),
        ("甲", 0, "𠀀"): (2, 5),
        ("甲", 0, "乙"): (3, 5),
        ("甲", 0, "乙", 0): (3, 9),
        ("甲", 0, "乙", 1): (3, 12),
        ("甲", 0, "乙", 1, "y"): (3, 13),
        ("丙",): (4, 1),
    }


def test_of_a_key_given_twice_the_last_place_counts() -> None:
    """As the last value does, with all that stands below it."""
    found = positions(b"a:\n  b: [1]\na:\n  b: [2, 3]\n")
    assert found["a",] == (3, 1)
    assert found["a", "b"] == (4, 3)
    assert found["a", "b", 0] == (4, 7)


def test_every_fault_of_form_is_found_in_one_reading() -> None:
    """Duplicates, anchors, aliases, tags, merge keys and empty keys, each with its path."""
    text = "a: &x 1\na: *x\nb: !!int 2\nc:\n  - <<: {d: e}\n  - ~: f\n  - {g: 1, g: 2}\n"
    assert _faults(text) == [
        (1, 4, ("a",), "is an anchor (&x)"),
        (2, 1, ("a",), "stands twice in this mapping"),
        (2, 4, ("a",), "is an alias (*x)"),
        (3, 4, ("b",), "has the tag tag:yaml.org,2002:int"),
        (5, 5, ("c", 0, "<<"), "is a merge key"),
        (6, 5, ("c", 1, "~"), "is an empty key"),
        (7, 12, ("c", 2, "g"), "stands twice in this mapping"),
    ]


@pytest.mark.parametrize(
    "tag", ["!!python/object/apply:os.system", "!!binary", "!local", "!<tag:x,2000:y>", "!"]
)
@pytest.mark.parametrize("value", ["x", "[x]", "{x: y}"])
def test_tags_are_refused_and_run_nothing(tag: str, value: str) -> None:
    """On scalars, lists and mappings alike."""
    [fault] = parse(f"a: {tag} {value}\n".encode())[1]
    assert fault.position == (1, 4)
    assert fault.fault.message.startswith("has the tag ")
    assert fault.fault.fix == "remove it; fields decide their types"


def test_a_merge_key_in_quotation_marks_is_an_ordinary_key() -> None:
    """Which no record has."""
    assert _value("'<<': {a: b}\n'': c\n") == {"<<": {"a": "b"}, "": "c"}


def test_an_alias_is_never_expanded() -> None:
    """A bomb of nine to the power of thirty members is read in no time, all its aliases named."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 31)
    )
    began = time.perf_counter()
    value, faults = parse(bomb.encode())
    assert time.perf_counter() - began < 1
    assert value["a30"] == [None] * 9
    assert len(faults) == 31 + 30 * 9


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "&a " * 100_000,
        "!" * 100_000,
        "'" * 100_001,
        "a: &" + "x" * 100_000,
        "\n" * 100_000 + "'",
        "# " + "x" * 1_000_000,
        "a: " + "x" * 1_000_000,
    ],
    ids=lambda text: f"{text[:4]!r}…",
)
def test_hostile_files_end_soon_and_are_shown_short(text: str) -> None:
    """Neither recursion nor time without bound, and no megabyte of text in a message."""
    began = time.perf_counter()
    try:
        faults = parse(text.encode())[1]
    except YamlError as error:
        faults = [PlacedFault((), error.position, error.fault)]
    assert time.perf_counter() - began < 1
    assert all(len(fault.fault.message) < 300 for fault in faults)


def test_nesting_is_bounded() -> None:
    """Twenty-four deep is read, one more is not."""
    assert _value("[" * 24 + "]" * 24) is not None
    with pytest.raises(YamlError) as refused:
        parse(b"[" * 25 + b"]" * 25)
    assert refused.value.position == (1, 25)
    assert str(refused.value) == "is nested more than 24 deep"


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("*a : b\n", (1, 1), "is an alias as a key"),
        ("a: b\n? {c: d}\n: e\n", (2, 3), "is a key that is not text"),
        ("a: b\n[c]: d\n", (2, 1), "is a key that is not text"),
        ("a: b\n---\nc: d\n", (2, 1), "starts a second document"),
        ("a: b\n...\n", (2, 1), "ends the document here"),
        (
            "'a\n\n\n",
            (1, 1),
            "is not valid YAML: while scanning a quoted scalar, found unexpected end of stream",
        ),
        ("a: 'b\n\nc: d'\n", (1, 4), "opens a quotation mark that closes only on line 3"),
        ("'a\n  b': c\n", (1, 1), "opens a quotation mark that closes only on line 2"),
    ],
)
def test_what_cannot_be_read_on_ends_the_reading(
    text: str, position: tuple[int, int], message: str
) -> None:
    """With the position the mistake begins at."""
    with pytest.raises(YamlError) as refused:
        parse(text.encode())
    assert refused.value.position == position
    assert refused.value.fault.message == message
    assert refused.value.fault.fix


def test_text_that_runs_on_is_a_fault_and_read_on() -> None:
    """A lost colon or dash must not make one value of two lines without a word."""
    assert _faults("a: b\n  c d\ne: f\n") == [(1, 4, ("a",), "runs on to line 2")]

"""File names: what a download is called, in ASCII and in Chinese (RFC 6266, RFC 8187)."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.formats import content_disposition
from opendata.records import COLLECTIONS

_TARGETS = COLLECTIONS["targets"]
_TITLE = "潍坊市奎文区2025年政府工作安排：目标、项目和名词"
_FORM = re.compile(
    r"attachment; filename=\"([A-Za-z0-9._-]+)\"; "
    r"filename\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)"
)


def _names(field: str) -> tuple[str, str]:
    matched = _FORM.fullmatch(field)
    assert matched, field
    return matched[1], unquote(matched[2], errors="strict")


@pytest.mark.parametrize(
    ("dataset", "version", "filters", "title", "expected"),
    [
        (
            *("kuiwen-2025", "1.0.0", [("strength", "strive")], _TITLE),
            (
                "kuiwen-2025_1.0.0_targets_strength-strive.csv",
                "潍坊市奎文区2025年政府工作安排：目标、项目和名词_1.0.0_目标_承诺强度-strive.csv",
            ),
        ),
        (
            *(None, None, [], None),
            ("all-datasets_targets.csv", "全部数据集_目标.csv"),
        ),
        (
            *("a", "1.0.0", [("title_zh__contains", "水/泵"), ("value__gte", "5")], None),
            ("a_1.0.0_targets_title_zh-contains_value-gte-5.csv",
             "a_1.0.0_目标_标题（中文）-contains-水-泵_数值-gte-5.csv"),
        ),
        (
            *("a", "1.0.0", [("q", "../\u202e\"x\r\n;")], None),
            ("a_1.0.0_targets_q-..-x.csv", "a_1.0.0_目标_q-..-x-;.csv"),
        ),
    ],
)  # fmt: skip
def test_names_tell_what_the_file_holds(
    dataset: str | None,
    version: str | None,
    filters: list[tuple[str, str]],
    title: str | None,
    expected: tuple[str, str],
) -> None:
    """Dataset, version, collection and filter, without what a file system refuses."""
    field = content_disposition(_TARGETS, dataset, version, filters, "csv", title)
    assert _names(field) == expected


@given(st.lists(st.tuples(st.text(), st.text()), max_size=3), st.none() | st.text())
def test_any_filter_makes_a_name(filters: list[tuple[str, str]], title: str | None) -> None:
    """Whatever was asked, the field is well formed and the name one that any system takes."""
    plain, named = _names(content_disposition(_TARGETS, "a", "1.0.0", filters, "xlsx", title))
    for name in (plain, named):
        assert name.endswith(".xlsx")
        assert len(name.encode()) <= 200
        assert name.isprintable()
        assert not set(name) & set('\\/:*?"<>| ')
        assert name[0] not in ".-"


def test_long_names_are_cut_between_characters() -> None:
    """File systems take 255 bytes; the suffix stays, and no character is halved."""
    field = content_disposition(_TARGETS, "a", "1.0.0", [("q", "水" * 200)], "csv", "x")
    assert _names(field) == ("a_1.0.0_targets_q.csv", f"x_1.0.0_目标_q-{'水' * 47}.csv")
    plain, _ = _names(content_disposition(_TARGETS, "a", "1.0.0", [("q", "b" * 200)], "csv"))
    assert plain == f"a_1.0.0_targets_q-{'b' * 142}.csv"

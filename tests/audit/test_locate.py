"""``opendata locate``: the lines that point to a quote, ready to paste."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from opendata.audit import SourceText, occurrences
from opendata.cli import main
from tests import made_up


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """The made-up report in a file."""
    path = tmp_path / "report.txt"
    path.write_text(made_up.SOURCE, "utf-8")
    return path


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["locate", *map(str, arguments)])


def test_a_quote_is_placed_as_records_have_it(report: Path) -> None:
    """The very lines of the record in targets.yaml, under the words around it."""
    result = _run(report, "工业产值突破300亿元")
    around, _, lines = result.stdout.partition("\n")
    assert around == "  # 总值增长6.10%左右,【工业产值突破300亿元】,新增就业1200人至1"
    assert lines == (
        "  source:\n    document: report\n    paragraph: 2\n    start: 38\n    end: 49\n"
        "    quote: 工业产值突破300亿元\n"
    )
    assert lines in made_up.TARGETS


def test_every_occurrence_is_told(report: Path) -> None:
    """Each with its own paragraph; the document has the name that was given."""
    text = _run(report, "绿色工业", "--document", "plan").stdout
    places = [
        yaml.safe_load(f"  source:{lines}")["source"] for lines in text.split("  source:")[1:]
    ]
    assert [(p["paragraph"], p["start"], p["document"]) for p in places] == [
        *((3, 72, "plan"), (6, 148, "plan")),
    ]


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("工业产值突破 300亿元", "工业产值突破300亿元 is printed"),
        ("种粮", "copy it from the document"),
        ("长" * 61, "a quote has 60 characters at most; this has 61"),
        ("", "give the words to find"),
    ],
)
def test_what_cannot_be_quoted_is_refused(quote: str, said: str, report: Path) -> None:
    """With what is printed, where that is nearly the same."""
    result = _run(report, quote)
    assert result.exit_code != 0
    assert said in result.stderr


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    """A PDF, for one."""
    path = tmp_path / "report.pdf"
    path.write_bytes(b"\xff\xfe")
    assert f"{path} is no UTF-8 text" in _run(path, "x").stderr


@given(st.text(alphabet="ab\n 甲", max_size=30), st.text(alphabet="ab甲", min_size=1, max_size=3))
def test_every_place_holds_the_quote(text: str, quote: str) -> None:
    """And none is left out."""
    places = [place.start for place in occurrences(SourceText(text), quote)]
    assert places == [at for at in range(len(text)) if text.startswith(quote, at)]

"""``opendata locate``: where a quote stands in a document, as lines to paste into a record."""

from __future__ import annotations

from pathlib import Path

import click

from opendata.audit import SourceText, Span, occurrences, printed_like
from opendata.errors import OpendataError
from opendata.records.base import LONGEST_QUOTE
from opendata.versions import yaml_of

#: So many characters on either side tell one place from another.
_AROUND = 12


@click.command("locate")
@click.argument("source", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.argument("quote")
@click.option("--document", default="report", show_default=True, help="Its id in dataset.yaml.")
def locate_command(source: Path, quote: str, document: str) -> None:
    """Print the lines that point to each place in the file SOURCE where QUOTE stands.

    start and end count Unicode code points from 0, paragraph counts non-blank lines from 1. Ends
    with 1 where QUOTE stands nowhere to the character.

    \b
    Example:  opendata locate report.txt 新建厂房12.5万平方米
    """  # noqa: D301
    if not quote:
        raise click.UsageError("give the words to find")
    if len(quote) > LONGEST_QUOTE:
        raise OpendataError(
            f"a quote has {LONGEST_QUOTE} characters at most; this has {len(quote)}"
        )
    text = _read(source)
    found = list(occurrences(text, quote))
    for place in found:
        click.echo(_lines(text, place, document), nl=False)
    if not found:
        like = printed_like(text, quote)
        advice = f"{like} is printed" if like else "copy it from the document"
        raise OpendataError(f"{source} does not hold {quote} to the character; {advice}")


def _read(path: Path) -> SourceText:
    try:
        return SourceText(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as error:
        raise OpendataError(f"{path} is no UTF-8 text: {error.reason}") from error


def _lines(text: SourceText, place: Span, document: str) -> str:
    """Return the ``source`` of a record that quotes ``place``, under what stands around it."""
    before = text.text[max(0, place.start - _AROUND) : place.start].rpartition("\n")[2]
    after = text.text[place.end : place.end + _AROUND].partition("\n")[0]
    points = {
        "document": document,
        "paragraph": place.paragraph,
        "start": place.start,
        "end": place.end,
        "quote": text[place],
    }
    shown = "".join(f"  {line}\n" for line in yaml_of({"source": points}).splitlines())
    return f"  # {before}【{text[place]}】{after}\n{shown}"

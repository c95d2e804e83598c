"""How programs ask for what a page shows: the same query in four languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple


class Call(NamedTuple):
    """A call to copy, and the language it is in."""

    language: str
    text: str


def calls(json_address: str, csv_address: str) -> Iterator[Call]:
    """Yield the calls, each of which runs as it stands.

    :param json_address: of the rows, percent-encoded, so that nothing needs escaping in quotes.
    :param csv_address: of all of them as CSV.
    """
    quoted, table = json.dumps(json_address), json.dumps(csv_address)
    yield Call("curl", f"curl '{json_address}'")
    yield Call(
        "Python",
        "import json, urllib.request\n"
        f"page = json.load(urllib.request.urlopen({quoted}))\n"
        'print(page["meta"]["total"])\n'
        'for row in page["data"]:\n    print(row)',
    )
    yield Call("R", f'rows <- read.csv({table}, fileEncoding = "UTF-8")\nnrow(rows)')
    yield Call(
        "JavaScript",
        f"const page = await (await fetch({quoted})).json();\n"
        "console.log(page.meta.total, page.data);",
    )

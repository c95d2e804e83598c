"""Twins: an honour or a pilot that is target and project at once has both records, linked."""

from __future__ import annotations

import re
from typing import Any

from opendata.errors import Fault
from opendata.reader import Version

#: A title the district itself bids for, or a pilot whose completion is promised.
_BOTH = re.compile("争创|完成.*试点$")


def check_twins(version: Version) -> None:
    """Check that each such target links a project with the same quote, and the reverse."""
    for name, other in (("targets", "projects"), ("projects", "targets")):
        quotes = {record["id"]: _place(record) for record in version.collections[other]}
        for index, record in enumerate(version.collections[name]):
            if not _BOTH.match(record["source"]["quote"]) or record.get("value") is not None:
                continue
            if not any(quotes[linked] == _place(record) for linked in record[other]):
                message = f"links none of the same quote, {record['source']['quote']}"
                fix = "add one: what the district bids for or completes as a pilot is both"
                version.files[name].problem((index, other), Fault(message, fix))


def _place(record: dict[str, Any]) -> tuple[int, int]:
    return record["source"]["start"], record["source"]["end"]

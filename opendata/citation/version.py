"""The citation of a version of a dataset, from what its record says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from opendata.citation.model import Citation, Digest
from opendata.vocabularies import Label

_SEVERAL = Label(
    "opendata：全部数据集的最新版本", "opendata: all datasets, each at its latest version"
)
_SUMS = Label("该版本的 SHA256SUMS 文件", "the version's SHA256SUMS file")


def of_version(record: Mapping[str, Any], base_url: str) -> Citation:
    """Return the citation of a whole version, with its digest and without the day of access.

    :param record: the dataset's record at that version; days as dates or as ISO 8601.
    """
    released = record["released"]
    return Citation(
        authors=(Label(**record["publisher"]["name"]),),
        title=Label(**record["title"]),
        permalink=f"{base_url}/v1/datasets/{record['id']}/versions/{record['version']}",
        dataset=record["id"],
        version=record["version"],
        released=date.fromisoformat(str(released)) if released else None,
        digest=Digest(record["sha256"], _SUMS),
    )


def of_several(
    authors: tuple[Label, ...], released: date | None, *, more: bool = False
) -> Citation:
    """Return the citation of the latest versions of several datasets, of which a part is meant.

    :param released: when the last of them was released.
    :param more: whether others publish them too.
    """
    return Citation(authors, _SEVERAL, "", released=released, more=more)

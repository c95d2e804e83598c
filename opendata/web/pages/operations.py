"""The addresses of the API in groups, as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opendata.spec import RESOURCES, Kind
from opendata.vocabularies import Label

#: What the addresses of each kind answer with, in the order that the page tells them.
_GROUPS: tuple[tuple[Label, tuple[Kind, ...]], ...] = (
    (
        Label("数据：集合与记录", "Data: collections and records"),
        (Kind.COLLECTION, Kind.RECORD, Kind.SEARCH),
    ),
    (
        Label("变更、更正与历史", "Changes, corrections and history"),
        (Kind.CHANGES, Kind.CORRECTIONS, Kind.HISTORY, Kind.PUBLICATIONS, Kind.FEED),
    ),
    (Label("引用", "Citations"), (Kind.CITATION,)),
    (
        Label("说明：字段、代码表与质量", "What explains the data: fields, code lists, quality"),
        (Kind.DOCUMENT, Kind.TABLE),
    ),
    (Label("图示", "Pictures"), (Kind.PICTURES, Kind.PICTURE)),
    (
        Label("整包下载", "Everything in one file"),
        (Kind.ARCHIVE, Kind.CHECKSUM, Kind.DESCRIPTION, Kind.LIST),
    ),
    (Label("供数据门户采集", "For portals to harvest"), (Kind.JOINED, Kind.FILE)),
)


@dataclass(frozen=True, slots=True)
class Operation:
    """An address, what it answers with, and the suffixes it takes."""

    path: str
    summary: str
    suffixes: Sequence[str]

    @property
    def fixed(self) -> bool:
        """Whether it can be followed as it stands."""
        return "{" not in self.path


@dataclass(frozen=True, slots=True)
class Group:
    """Addresses that answer with alike things."""

    title: Label
    operations: Sequence[Operation]


def operations() -> list[Group]:
    """Return every address of the API, in groups."""
    return [
        Group(
            title,
            [
                Operation(resource.path, resource.summary, list(resource.offered))
                for resource in RESOURCES
                if resource.kind in kinds
            ],
        )
        for title, kinds in _GROUPS
    ]

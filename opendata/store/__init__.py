"""The store: one immutable SQLite file of ready-made bytes, and how to read it."""

from opendata.store.answers import (
    Document,
    Facet,
    FacetValue,
    Hit,
    Lost,
    LostPlaceError,
    Part,
    Position,
    Scope,
    Start,
    VersionRow,
)
from opendata.store.current import CurrentStore, store_path
from opendata.store.packages import Asked, Packages, ResourceRow, Thing
from opendata.store.reading import Store

__all__ = [
    "Asked",
    "CurrentStore",
    "Document",
    "Facet",
    "FacetValue",
    "Hit",
    "Lost",
    "LostPlaceError",
    "Packages",
    "Part",
    "Position",
    "ResourceRow",
    "Scope",
    "Start",
    "Store",
    "Thing",
    "VersionRow",
    "store_path",
]

"""The store: one immutable SQLite file of ready-made bytes, and how to read it."""

from opendata.store.answers import (
    FILES,
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
    StoredFile,
    VersionRow,
)
from opendata.store.current import CurrentStore, store_path
from opendata.store.reading import Store

__all__ = [
    "FILES",
    "CurrentStore",
    "Document",
    "Facet",
    "FacetValue",
    "Hit",
    "Lost",
    "LostPlaceError",
    "Part",
    "Position",
    "Scope",
    "Start",
    "Store",
    "StoredFile",
    "VersionRow",
    "store_path",
]

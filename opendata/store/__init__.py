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
from opendata.store.joining import PAGES, Pieces, StoredEdition, head_name
from opendata.store.reading import Store

__all__ = [
    "PAGES",
    "CurrentStore",
    "Document",
    "Facet",
    "FacetValue",
    "Hit",
    "Lost",
    "LostPlaceError",
    "Part",
    "Pieces",
    "Position",
    "Scope",
    "Start",
    "Store",
    "StoredEdition",
    "VersionRow",
    "head_name",
    "store_path",
]

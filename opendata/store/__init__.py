"""The store: ready-made bytes in one immutable SQLite file or a database, and how to read it."""

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
from opendata.store.changes import ChangeLog, Correction, Fate, Place, Span
from opendata.store.collapsing import Change
from opendata.store.current import CurrentStore, Folder, store_path
from opendata.store.engines.postgresql.following import Database
from opendata.store.joining import PAGES, Pieces, StoredEdition, head_name
from opendata.store.packages import Asked, Packages, ResourceRow, Thing
from opendata.store.reading import Store

__all__ = [
    "FILES",
    "PAGES",
    "Asked",
    "Change",
    "ChangeLog",
    "Correction",
    "CurrentStore",
    "Database",
    "Document",
    "Facet",
    "FacetValue",
    "Fate",
    "Folder",
    "Hit",
    "Lost",
    "LostPlaceError",
    "Packages",
    "Part",
    "Pieces",
    "Place",
    "Position",
    "ResourceRow",
    "Scope",
    "Span",
    "Start",
    "Store",
    "StoredEdition",
    "StoredFile",
    "Thing",
    "VersionRow",
    "head_name",
    "store_path",
]

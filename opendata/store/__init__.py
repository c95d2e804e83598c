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
from opendata.store.joining import (
    ARCHIVE,
    ARCHIVE_PATH,
    PAGES,
    Pieces,
    StoredEdition,
    archive_in,
    head_name,
)
from opendata.store.packages import Asked, Packages, ResourceRow, Thing
from opendata.store.reading import Store

__all__ = [
    "ARCHIVE",
    "ARCHIVE_PATH",
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
    "archive_in",
    "head_name",
    "store_path",
]

"""The store: one immutable SQLite file of ready-made bytes, and how to read it."""

from opendata.store.current import CurrentStore, store_path
from opendata.store.reading import Part, Scope, Store, VersionRow

__all__ = ["CurrentStore", "Part", "Scope", "Store", "VersionRow", "store_path"]

"""Changes: two versions of a dataset compared, and which version number that demands.

Pure: versions in, values out. Which fields there are, which of them are the project's own words
and which define what others mean is read from the record schemas.
"""

from opendata.changes.bump import Bump, Demand, demand, smallest_bump, smallest_version
from opendata.changes.compare import compare, stated
from opendata.changes.declared import Declared, needed
from opendata.changes.leaves import Leaf
from opendata.changes.model import KINDS, Changes, FieldChange, Kind, RecordChange

__all__ = [
    "KINDS",
    "Bump",
    "Changes",
    "Declared",
    "Demand",
    "FieldChange",
    "Kind",
    "Leaf",
    "RecordChange",
    "compare",
    "demand",
    "needed",
    "smallest_bump",
    "smallest_version",
    "stated",
]

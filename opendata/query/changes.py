"""What changes are told of: the parts of a version, in their order."""

from __future__ import annotations

from opendata.records import COLLECTIONS
from opendata.vocabularies import OPEN, PARTS

#: Every part of a version that is compared with that of another, in the order changes are told:
#: its collections, the parts of its description, and the entries of the code lists that it uses.
COMPARED = (
    *COLLECTIONS,
    *(code for code in PARTS if code not in COLLECTIONS),
    *(f"vocabularies/{name}" for name in OPEN),
)

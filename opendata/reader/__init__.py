"""Reading: from YAML on disk to validated records, with every problem placed."""

from opendata.reader.codes import used_codes
from opendata.reader.lists import OpenLists, read_frozen_lists, read_shared_lists
from opendata.reader.version import Version, read_version

__all__ = [
    "OpenLists",
    "Version",
    "read_frozen_lists",
    "read_shared_lists",
    "read_version",
    "used_codes",
]

"""Versions: where they stand on disk, how they are frozen, and that they stay so."""

from opendata.versions.audited import audit_version
from opendata.versions.compared import Compared, compare_versions
from opendata.versions.digests import SUMS, check_digests, digest_of, sums_of
from opendata.versions.folders import (
    DRAFT,
    VOCABULARIES,
    VersionFolder,
    find_versions,
    read_folder,
)
from opendata.versions.release import release
from opendata.versions.validate import validate

__all__ = [
    "DRAFT",
    "SUMS",
    "VOCABULARIES",
    "Compared",
    "VersionFolder",
    "audit_version",
    "check_digests",
    "compare_versions",
    "digest_of",
    "find_versions",
    "read_folder",
    "release",
    "sums_of",
    "validate",
]

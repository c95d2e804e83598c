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
from opendata.versions.freezing import yaml_of
from opendata.versions.notes import counts_of
from opendata.versions.release import Released, release
from opendata.versions.releases import CHANGELOG
from opendata.versions.skeleton import skeleton_of
from opendata.versions.validate import validate

__all__ = [
    "CHANGELOG",
    "DRAFT",
    "SUMS",
    "VOCABULARIES",
    "Compared",
    "Released",
    "VersionFolder",
    "audit_version",
    "check_digests",
    "compare_versions",
    "counts_of",
    "digest_of",
    "find_versions",
    "read_folder",
    "release",
    "skeleton_of",
    "sums_of",
    "validate",
    "yaml_of",
]

"""Texts of a fixed form: identifiers, codes, versions, periods, digests and addresses."""

from __future__ import annotations

import re
from typing import Any

from opendata.records.fields import Scalar, fault, shown

#: What stands for a version number where a draft is meant.
DRAFT = "draft"


class Pattern(Scalar):
    """A text of a fixed form."""

    pattern = r".+"
    fault_message = "has the wrong form"
    fault_fix = "correct it"
    longest = 100

    def __init__(self, **kwargs: Any):
        super().__init__({"pattern": f"^{self.pattern}$"}, **kwargs)
        self._matches = re.compile(self.pattern, re.ASCII).fullmatch

    def parse(self, text: str) -> Any:
        if len(text) > self.longest or not self._matches(text):
            raise fault(f"{shown(text)} {self.fault_message}", self.fault_fix)
        return text


class Slug(Pattern):
    """A stable identifier: lower-case letters, digits and single hyphens."""

    pattern = r"[a-z0-9]+(-[a-z0-9]+)*"
    fault_message = "is not an identifier"
    fault_fix = "use lower-case letters and digits joined by single hyphens, 100 at most"


class Timestamp(Pattern):
    """A moment of UTC to the second (RFC 3339)."""

    pattern = r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z"
    fault_message = "is not a moment of UTC"
    fault_fix = "write it as 2026-01-31T08:30:00Z"


class Link(Slug):
    """The id of a record of another collection of the same dataset."""

    def __init__(self, collection: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.collection = self.vocabulary = collection


class Reference(Link):
    """A link that the editor writes."""


class BackReference(Link):
    """A link that follows from the reference at its other end."""


class SectionId(Pattern):
    """The id of a node of the dataset's section tree."""

    vocabulary = "sections"
    pattern = r"[a-z0-9]+([.-][a-z0-9]+)*"
    fault_message = "is not a section id"
    fault_fix = "use lower-case letters and digits joined by single dots or hyphens"


class Code(Pattern):
    """A code of an open code list (``datasets/vocabularies/``)."""

    pattern = r"[A-Za-z0-9]+([._-][A-Za-z0-9]+)*"
    fault_message = "is not a code"
    fault_fix = "use a code of the list"

    def __init__(self, vocabulary: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.vocabulary = vocabulary


class Box(Pattern):
    """The least box that holds an area: west, south, east, north (RFC 7946 §5), in degrees."""

    pattern = r"-?[0-9]{1,3}(\.[0-9]{1,6})?( -?[0-9]{1,3}(\.[0-9]{1,6})?){3}"
    fault_message = "is not a box"
    fault_fix = "write west, south, east and north in degrees, such as 119.09 36.60 119.31 36.77"

    def parse(self, text: str) -> str:
        box = str(super().parse(text))
        west, south, east, north = map(float, box.split())
        if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
            raise fault(f"{text} is no box on Earth", self.fault_fix)
        return box


class Point(Pattern):
    """A point: longitude and latitude, in degrees (RFC 7946 §4)."""

    pattern = r"-?[0-9]{1,3}(\.[0-9]{1,6})? -?[0-9]{1,3}(\.[0-9]{1,6})?"
    fault_message = "is not a point"
    fault_fix = "write longitude and latitude in degrees, such as 119.19 36.69"

    def parse(self, text: str) -> str:
        point = str(super().parse(text))
        longitude, latitude = map(float, point.split())
        if abs(longitude) > 180 or abs(latitude) > 90:
            raise fault(f"{text} is no point on Earth", self.fault_fix)
        return point


class VersionNumber(Pattern):
    """A version of a dataset (Semantic Versioning 2.0.0, without pre-release)."""

    pattern = r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})"
    fault_message = "is not a version"
    fault_fix = "write MAJOR.MINOR.PATCH, for example 1.0.0"


class Period(Pattern):
    """A year, or years from/to (ISO 8601-1 time interval)."""

    pattern = r"[12][0-9]{3}(/[12][0-9]{3})?"
    fault_message = "is not a year or an interval of years"
    fault_fix = "write 2025 or 2025/2027"

    def parse(self, text: str) -> str:
        period = str(super().parse(text))
        first, _, last = period.partition("/")
        if last and last <= first:
            raise fault(f"{text} ends before it begins", "write the earlier year first")
        return period


class Sha256(Pattern):
    """A SHA-256 digest in lower-case hexadecimal."""

    pattern = r"[0-9a-f]{64}"
    fault_message = "is not a SHA-256 digest"
    fault_fix = "write 64 lower-case hexadecimal digits (sha256sum FILE)"


class Url(Pattern):
    """An absolute http or https address."""

    pattern = r"https?://[A-Za-z0-9.-]+(:[0-9]+)?(/[!#-;=?-{}~]*)?"
    fault_message = "is not an http(s) address"
    fault_fix = "write it in full, beginning with https://"
    longest = 2000


class Email(Pattern):
    """A mail address."""

    pattern = r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
    fault_message = "is not a mail address"
    fault_fix = "write name@host"

"""Copying a published site, and proving that a copy holds what was released.

A mirror fetches what changed, checks every digest it is told, and puts each file in its place by
renaming it: whatever ends a run, what is there stays whole. Over HTTP and files only.
"""

from opendata.mirror.compare import Comparison, compare
from opendata.mirror.copies import Copy, open_copy
from opendata.mirror.mirror import mirror
from opendata.mirror.origin import FetchError, Limits
from opendata.mirror.report import Finding, Report
from opendata.mirror.verify import verify

__all__ = [
    "Comparison",
    "Copy",
    "FetchError",
    "Finding",
    "Limits",
    "Report",
    "compare",
    "mirror",
    "open_copy",
    "verify",
]

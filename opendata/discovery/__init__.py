"""Finding out what is there and what is new: feeds, sitemaps and the files crawlers ask for.

Values in, bytes out (RFC 4287, RFC 5005, sitemaps.org, RFC 9309, RFC 9727, llmstxt.org).
"""

from opendata.discovery.events import Event, events
from opendata.discovery.feeds import ATOM, feed_path, feeds
from opendata.discovery.model import Correction, Download, Release
from opendata.discovery.publications import CSV_HEAD, position, publication, publication_line
from opendata.discovery.sitemap import SITEMAP, Url, sitemaps

__all__ = [
    "ATOM",
    "CSV_HEAD",
    "SITEMAP",
    "Correction",
    "Download",
    "Event",
    "Release",
    "Url",
    "events",
    "feed_path",
    "feeds",
    "position",
    "publication",
    "publication_line",
    "sitemaps",
]

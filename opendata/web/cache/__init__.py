"""A response cache in front of Flask: what was answered once is answered again before it wakes."""

from opendata.web.cache.middleware import CAPACITY, Counts, ResponseCache

__all__ = ["CAPACITY", "Counts", "ResponseCache"]

"""The web side: it reads the store only, and joins bytes that were made at build."""

from opendata.web.app import create_app

__all__ = ["create_app"]

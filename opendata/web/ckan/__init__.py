"""CKAN's Action API, read-only (https://docs.ckan.org/en/2.11/api/).

One concern a module: :mod:`view` answers over HTTP, :mod:`actions` lists what can be asked,
:mod:`arguments` reads it, :mod:`faults` are its errors; the others answer.
"""

from opendata.web.ckan.view import init_app

__all__ = ["init_app"]

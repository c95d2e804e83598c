"""Which language a request prefers (RFC 9110 §12.5.4): English or Chinese."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import LanguageAccept

from opendata.vocabularies import LANGUAGES


def preferred(default: str) -> str:
    """Return the language that Accept-Language puts first, ``default`` where it helps nothing."""
    return first_of(request.accept_languages) or default


def first_of(accepted: LanguageAccept) -> str | None:
    """Return the language there is that ``accepted`` puts first, if any.

    Regions and scripts make no difference: ``en-GB, zh;q=0.5`` means English, which an exact
    comparison of names would miss.
    """
    for name, quality in accepted:  # the best first
        primary = name.partition("-")[0].lower()
        if quality and primary in LANGUAGES:
            return primary
    return None

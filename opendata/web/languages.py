"""Which language a request prefers (RFC 9110 §12.5.4): English or Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from werkzeug.datastructures import LanguageAccept

from opendata.vocabularies import LANGUAGES


@dataclass(frozen=True, slots=True)
class Reader:
    """The language of a page, and whether its address asked for it.

    What was asked for is kept in the links of the page, since no cookie remembers it.
    """

    language: str
    asked: bool = False


def reader() -> Reader:
    """Return the language to answer people in: that of ``lang``, else of Accept-Language.

    Whatever else ``lang`` may say is refused where parameters are read.
    """
    asked = request.args.get("lang")
    if asked is not None and asked in LANGUAGES:
        return Reader(asked, asked=True)
    return Reader(preferred("zh"))


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

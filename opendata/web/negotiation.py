"""Which representation a request gets: by suffix, else by Accept (RFC 9110 §12.5.1), else JSON."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from werkzeug.datastructures import MIMEAccept

from opendata.formats import FORMATS, MEDIA_TYPES, Format
from opendata.vocabularies import Label
from opendata.web.problems import ProblemError

#: Pages are for people, so that only who names them gets one: ``text/*`` and ``*/*`` mean data.
PAGE = "text/html"


def negotiate(suffix: str | None) -> Format:
    """Return the format of rows to answer with.

    :param suffix: the suffix of the address, which wins over ``Accept``.
    :raises ProblemError: 406, naming what there is.
    """
    return FORMATS[choose(suffix, MEDIA_TYPES)]


def choose(suffix: str | None, offered: Mapping[str, str]) -> str:
    """Return the suffix of what to answer with.

    :param suffix: the suffix of the address, which wins over ``Accept``.
    :param offered: the media types the resource has, by suffix, the default first.
    :raises ProblemError: 406, naming what there is.
    """
    if suffix is not None:
        return suffix
    # parameters of a range (charset=utf-8) choose nothing here: each type has one form
    accept = MIMEAccept([(r.partition(";")[0].strip(), q) for r, q in request.accept_mimetypes])
    named = any(given.lower() == PAGE for given, _ in accept)
    types = [kind for kind in offered.values() if kind != PAGE or named]
    best = accept.best_match(types) if accept else types[0]
    if best is None:
        listed = ", ".join(offered.values())
        detail = Label(
            f"可用的表示形式：{listed}；也可在地址后加后缀。",
            f"There is {listed}; a suffix on the address chooses one too.",
        )
        raise ProblemError(406, detail)
    return next(suffix for suffix, kind in offered.items() if kind == best)

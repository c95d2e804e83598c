"""Which representation a request gets: by suffix, else by Accept (RFC 9110 §12.5.1), else JSON."""

from __future__ import annotations

from flask import request
from werkzeug.datastructures import MIMEAccept

from opendata.formats import JSON, MACHINE, Representation
from opendata.vocabularies import Label
from opendata.web.problems import ProblemError

_BY_SUFFIX: dict[str, Representation] = {r.suffix: r for r in (JSON, MACHINE)}
_BY_TYPE = {r.media_type: r for r in _BY_SUFFIX.values()}


def negotiate(suffix: str | None, offered: tuple[str, ...] = tuple(_BY_SUFFIX)) -> Representation:
    """Return the representation to answer with.

    :param suffix: the suffix of the address, which wins over ``Accept``.
    :param offered: the suffixes the resource has, the default first.
    :raises ProblemError: 406, naming what there is.
    """
    if suffix is not None:
        return _BY_SUFFIX[suffix]
    types = [_BY_SUFFIX[name].media_type for name in offered]
    # parameters of a range (charset=utf-8) choose nothing here: each type has one form
    accept = MIMEAccept([(r.partition(";")[0].strip(), q) for r, q in request.accept_mimetypes])
    best = accept.best_match(types) if accept else types[0]
    if best is None:
        listed = ", ".join(types)
        detail = Label(
            f"可用的表示形式：{listed}；也可在地址后加后缀。",
            f"There is {listed}; a suffix on the address chooses one too.",
        )
        raise ProblemError(406, detail)
    return _BY_TYPE[best]

"""What a downloaded file is called (RFC 6266): dataset, version, collection and filter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from opendata.records import Collection

#: Bytes of a name without its suffix; file systems allow 255 of the whole.
_LONGEST = 160
_NOT_ASCII_NAME = re.compile(r"[^A-Za-z0-9._]+")
#: Windows allows none of these in a name.
_FORBIDDEN = frozenset('\\/:*?"<>|')
#: What RFC 8187 lets stand unescaped.
_ATTRIBUTE = "!#$&+-.^_`|~"


def content_disposition(
    collection: Collection,
    dataset: str | None,
    version: str | None,
    filters: Sequence[tuple[str, str]],
    suffix: str,
    title: str | None = None,
) -> str:
    """Return a Content-Disposition field whose names tell what the file holds.

    :param dataset: ``None`` for all datasets; its Chinese ``title`` stands in the UTF-8 name.
    :param filters: the parameters that narrow the rows, as they were given.
    """
    filtered = [(name.replace("__", "-"), value) for name, value in filters]
    plain = [dataset or "all-datasets", version or "", collection.name]
    plain += [f"{name}-{value}" for name, value in filtered]
    named = [title or dataset or "全部数据集", version or "", collection.title.zh]
    named += [f"{_label(collection, name)}-{value}" for name, value in filtered]
    return attachment(plain, named, suffix)


def attachment(plain: Sequence[str], named: Sequence[str], suffix: str) -> str:
    """Return a Content-Disposition field with a name of ASCII and one in Chinese.

    :param plain: the parts of the former; empty ones are left out.
    :param named: the parts of the latter.
    """
    fallback = _joined(map(_ascii, plain))
    extended = quote(f"{_joined(map(_unicode, named))}.{suffix}", safe=_ATTRIBUTE)
    return f"attachment; filename=\"{fallback}.{suffix}\"; filename*=UTF-8''{extended}"


def _label(collection: Collection, name: str) -> str:
    """Return a parameter's name with the field in Chinese: ``value-gte`` is ``数值-gte``."""
    field, _, operator = name.partition("-")
    labels = {column.name: column.label.zh for column in collection.columns}
    return "-".join(filter(None, (labels.get(field, field), operator)))


def _joined(parts: Iterable[str]) -> str:
    """Join what is left of ``parts``, cut to a length that every file system takes."""
    whole = "_".join(filter(None, parts)).encode()[:_LONGEST]
    return whole.decode(errors="ignore").strip("-._")


def _ascii(part: str) -> str:
    return _NOT_ASCII_NAME.sub("-", part).strip("-._")


def _unicode(part: str) -> str:
    """Replace what no file system takes, and what does not show or turns the name round."""
    kept = "".join(c if _is_nameable(c) else "-" for c in part)
    return re.sub("-+", "-", kept).strip("-._")


def _is_nameable(character: str) -> bool:
    return character not in _FORBIDDEN and unicodedata.category(character)[0] in "LMNPS"

"""XML elements, written by the standard library."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'

#: What no XML 1.0 document can hold, escaped or not (XML 1.0 §2.2).
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return ``text`` with a replacement character for each that XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def element(name: str, attributes: Mapping[str, str] | None = None) -> Element:
    """Return a new element."""
    return Element(name, {key: legal(value) for key, value in (attributes or {}).items()})


def add(
    parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None
) -> Element:
    """Add an element to ``parent``."""
    added = SubElement(
        parent, name, {key: legal(value) for key, value in (attributes or {}).items()}
    )
    added.text = legal(text) or None
    return added


def written(what: Element) -> bytes:
    """Return an element in UTF-8, without a declaration."""
    return tostring(what, "unicode").encode()

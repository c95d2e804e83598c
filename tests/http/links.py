"""The Link field (RFC 8288) as a client reads it."""

from __future__ import annotations

import re

from werkzeug.test import TestResponse

_LINK = re.compile(r'<([^<>"\s]*)>; rel="([a-z-]+)"(?:; type="([^"]*)")?(?:, |$)')


def related(response: TestResponse, relation: str) -> str | None:
    """Return where the one link of ``relation`` leads, where there is one."""
    found = [address for address, name, _ in links(response) if name == relation]
    assert len(found) <= 1, found
    return found[0] if found else None


def links(response: TestResponse) -> list[tuple[str, str, str]]:
    """Return address, relation and media type (may be empty) of each link, in their order."""
    field = response.headers.get("Link", "")
    assert field.isascii()
    found = list(_LINK.finditer(field))
    assert "".join(match[0] for match in found) == field
    return [(match[1], match[2], match[3] or "") for match in found]

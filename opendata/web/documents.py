"""Ready-made resources: the index and the code lists."""

from __future__ import annotations

from flask import Response

from opendata.spec import Resource
from opendata.web import query
from opendata.web.conditional import LATEST, answer
from opendata.web.current import store
from opendata.web.lookup import missing
from opendata.web.negotiation import negotiate


def document(resource: Resource, suffix: str | None = None, **names: str) -> Response:
    """Answer with the document at the address."""
    query.none()
    negotiate(suffix, ("json",))
    found = store().document(resource.path.format_map(names))
    if found is None:
        raise missing("vocabulary", names["vocabulary"])
    vary = "" if suffix else "Accept"
    return answer(found.sha256[:32], LATEST, vary, found.content_type, lambda: found.body)

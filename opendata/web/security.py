"""``security.txt``: whom to tell of weaknesses of the installation (RFC 9116)."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask import Blueprint, Flask, Response, current_app

from opendata.discovery.site import SECURITY, TEXT
from opendata.vocabularies import Label
from opendata.web import query
from opendata.web.conditional import LATEST, answer, validator
from opendata.web.current import store
from opendata.web.problems import ProblemError

bp = Blueprint("security", __name__)

#: Months for which what is told holds.
_HOLDS = 6


def init_app(app: Flask) -> None:
    """Serve ``/.well-known/security.txt``."""
    app.register_blueprint(bp)


@bp.get(SECURITY)
def security() -> Response:
    """Answer with whom to tell, where the installation names somebody."""
    query.none()
    contact = current_app.extensions["security_contact"]
    if contact is None:
        detail = Label(
            "此服务没有指定安全联系人（OPENDATA_SECURITY_CONTACT）。",
            "This installation names nobody (OPENDATA_SECURITY_CONTACT).",
        )
        raise ProblemError(404, detail)
    body = _text(store().base_url, contact, datetime.now(UTC).date())
    return answer(validator(body), LATEST, "", TEXT, body.encode)


def _text(base_url: str, contact: str, today: date) -> str:
    """Return the file as it is served in the month of ``today``.

    It is made when it is asked for: a file made at build would expire with nobody noticing.
    """
    year, month = divmod(today.year * 12 + today.month - 1 + _HOLDS, 12)
    lines = (
        f"Contact: {contact}",
        f"Expires: {date(year, month + 1, 1).isoformat()}T00:00:00Z",
        "Preferred-Languages: zh, en",
        f"Canonical: {base_url}{SECURITY}",
    )
    return "".join(f"{line}\n" for line in lines)

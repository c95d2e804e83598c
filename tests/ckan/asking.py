"""Asking actions, by GET or POST, of a server of the tests."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

API = "/api/3/action"


def ask(client: FlaskClient, action: str, **arguments: Any) -> TestResponse:
    """Ask by GET; two underscores in a name are a dot."""
    query = {name.replace("__", "."): value for name, value in arguments.items()}
    return client.get(f"{API}/{action}", query_string=query)


def post(client: FlaskClient, action: str, arguments: dict[str, Any]) -> TestResponse:
    """Ask by POST with a JSON body, at the prefix without a number."""
    return client.post(f"/api/action/{action}", json=arguments)


def result(client: FlaskClient, action: str, **arguments: Any) -> Any:
    """Return what an action gives, which has to be the same by GET and by POST."""
    response = ask(client, action, **arguments)
    assert response.status_code == 200, response.text
    by_post = post(client, action, {n.replace("__", "."): v for n, v in arguments.items()})
    assert by_post.get_data() == response.get_data()
    body = response.get_json()
    assert list(body) == ["help", "success", "result"]
    assert body["success"] is True
    return body["result"]


def error(response: TestResponse, status: int, kind: str) -> dict[str, Any]:
    """Return an error of an action, which has to have this status and type."""
    assert response.status_code == status, response.text
    assert response.content_type == "application/json"
    body = response.get_json()
    assert list(body) == ["help", "success", "error"]
    assert body["success"] is False
    found: dict[str, Any] = body["error"]
    assert found["__type"] == kind
    assert found["message"]
    return found


def names(found: dict[str, Any]) -> list[str]:
    """Return the names of the packages that a search found."""
    return [package["name"] for package in found["results"]]

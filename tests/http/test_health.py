"""Health: whether the process lives, whether it has data, and whether they are the newest."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.web import create_app
from opendata.web.current import store
from tests import made_up
from tests.serving import build_store, client_of, get, stored


def test_alive(client: FlaskClient, tmp_path: Path) -> None:
    """A process lives with data or without."""
    for asked in (client, client_of(tmp_path / "nothing")):
        response = get(asked, "/healthz")
        assert (response.status_code, response.get_json()) == (200, {"status": "ok"})


def test_ready(client: FlaskClient) -> None:
    """A ready process says which store it serves."""
    response = get(client, "/readyz")
    store = client.application.extensions["store"].get()
    assert response.status_code == 200
    assert response.get_json() == {"status": "ok", "store": store.digest, "fault": None}


def test_not_ready_before_the_first_build(tmp_path: Path, released: Path) -> None:
    """503 until there is a store, then ready without a restart."""
    client = client_of(tmp_path / "build")
    response = get(client, "/readyz")
    assert (response.status_code, response.get_json()["status"]) == (503, "unavailable")
    assert get(client, "/v1/targets").status_code == 503
    stored(released, tmp_path / "build")
    assert get(client, "/readyz").status_code == 200
    assert get(client, "/v1/targets").status_code == 200


def test_a_new_store_is_served_without_a_restart(tmp_path: Path, released: Path) -> None:
    """The request after a build is answered from the new store."""
    stored(released, tmp_path / "build")
    client = client_of(tmp_path / "build")
    before = get(client, "/readyz").get_json()["store"]
    made_up.release_demo(released, "1.1.0")
    build_store(released, tmp_path / "build")
    assert get(client, "/readyz").get_json()["store"] != before
    assert get(client, "/v1/datasets/demo-2030").get_json()["meta"]["version"] == "1.1.0"


def test_a_broken_new_store_keeps_the_old_one_served(
    tmp_path: Path, released: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Readers notice nothing; the operator sees that it is stale, and why."""
    folder = tmp_path / "build"
    stored(released, folder)
    client = client_of(folder)
    assert get(client, "/v1/targets").status_code == 200
    (folder / "store-broken.sqlite").write_bytes(b"broken")
    (folder / "current").unlink()
    (folder / "current").symlink_to("store-broken.sqlite")
    assert get(client, "/v1/targets").status_code == 200
    body = get(client, "/readyz").get_json()
    assert body["status"] == "stale"
    assert "store-broken.sqlite is no store of this software" in body["fault"]
    assert "keeping the last store" in caplog.text


def test_one_request_reads_one_store(tmp_path: Path, released: Path) -> None:
    """A build in the middle of a request does not mix two versions in one answer."""
    stored(released, tmp_path / "build")
    app = create_app(tmp_path / "build")
    with app.test_request_context("/v1/targets"):
        before = store()
        made_up.release_demo(released, "1.1.0")
        build_store(released, tmp_path / "build")
        assert store() is before
    with app.test_request_context("/v1/targets"):
        assert store() is not before

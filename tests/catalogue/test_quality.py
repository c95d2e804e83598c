"""The catalogue rates as excellent where portals are rated."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.catalogue.harvest import graph_at
from tests.catalogue.mqa import EXCELLENT, scores
from tests.serving import build_store, client_of

_ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kuiwen(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the datasets of this repository."""
    folder = tmp_path_factory.mktemp("kuiwen")
    build_store(_ROOT / "datasets", folder)
    return client_of(folder)


def test_the_metrics_are_worth_what_the_methodology_says(client: FlaskClient) -> None:
    """405 points, less a licence of the EU's list and files of kinds that have no points."""
    found = scores(graph_at(client, "/catalog"), client, valid=True)
    totals: dict[str, float] = {}
    for name, points in found.items():
        dimension = name.partition(":")[0]
        totals[dimension] = totals.get(dimension, 0) + points
    assert totals["findability"] == totals["accessibility"] == 100
    assert found["reusability: known licence"] == 0
    assert totals["reusability"] == 75 - 10
    unregistered, proprietary = 10 * 3 / 22, 20 * 6 / 22  # NDJSON; XLSX in two languages
    assert totals["interoperability"] == pytest.approx(110 - unregistered - proprietary)


def test_the_catalogue_is_excellent(kuiwen: FlaskClient) -> None:
    """With and without one language."""
    for query in ("", "?lang=zh", "?lang=en"):
        found = scores(graph_at(kuiwen, f"/catalog{query}"), kuiwen, valid=True)
        assert sum(found.values()) >= EXCELLENT, found
        assert sum(found.values()) > 390


def test_the_area_of_kuiwen_is_a_place(kuiwen: FlaskClient) -> None:
    """The code list gives its extent, so that maps can show it."""
    text = kuiwen.get("/catalog").text
    assert 'POLYGON((119.09 36.60,119.31 36.60,119.31 36.77,119.09 36.77,119.09 36.60))"' in text
    assert 'POINT(119.19 36.69)"' in text

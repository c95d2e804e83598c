"""The calls that the README shows are calls that answer with data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests import serving

_ROOT = Path(__file__).parents[1]
_CALLS = sorted(
    {
        call
        for name in ("README.md", "README.zh.md")
        for call in re.findall(
            r"http://127\.0\.0\.1:8000(/[^'\s>]*)'", (_ROOT / name).read_text("utf-8")
        )
    }
)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the datasets that are in the project."""
    folder = tmp_path_factory.mktemp("real")
    serving.build_store(_ROOT / "datasets", folder)
    return serving.client_of(folder)


def test_the_readme_shows_calls() -> None:
    """Five of JSON and CSV."""
    assert len(_CALLS) >= 5


@pytest.mark.parametrize("call", _CALLS)
def test_a_call_of_the_readme_answers_with_data(real: FlaskClient, call: str) -> None:
    """A showcase that gives nothing shows nothing."""
    response = real.get(call)
    assert response.status_code == 200
    if response.is_json:
        body = response.get_json()
        assert body["data"]
    else:
        assert response.text.count("\r\n") > 10

"""Where an address stands as a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.export import LayoutError, file_of

_PARTS = st.sampled_from(["/", "..", ".", "a", "v1", "?", "@", "%2e", "=", "&", "\\", "\0", "语"])
_TYPES = st.sampled_from(["application/json", "text/html", "text/turtle", "x/y"])


@pytest.mark.parametrize(
    ("address", "media_type", "file"),
    [
        ("/", "text/html", "index.html"),
        ("/?lang=en", "text/html", "index@lang=en.html"),
        ("/docs", "text/html", "docs.html"),
        ("/docs/errors", "text/html", "docs/errors.html"),
        ("/v1/targets", "application/json", "v1/targets.json"),
        ("/v1/targets.json", "application/json", "v1/targets.json"),
        ("/v1/targets?cursor=a~1", "application/json", "v1/targets@cursor=a~1.json"),
        ("/v1/targets.csv?profile=excel", "text/csv", "v1/targets.csv@profile=excel.csv"),
        ("/v1/datasets/x/versions/1.0.0", "application/json", "v1/datasets/x/versions/1.0.0.json"),
        ("/v1/targets.csv-metadata.json", "application/csvm+json", "v1/targets.csv-metadata.json"),
        ("/catalog", "text/turtle", "catalog@.ttl"),
        ("/catalog.ttl?page=2", "text/turtle", "catalog.ttl@page=2.ttl"),
        ("/.well-known/api-catalog", "application/linkset+json", ".well-known/api-catalog"),
        ("/bulk.zip.sha256", "text/plain", "bulk.zip.sha256"),
    ],
)
def test_an_address_has_its_file(address: str, media_type: str, file: str) -> None:
    """A suffix where the address may be a folder too; what is asked stands behind a mark."""
    assert file_of(address, media_type) == file


@pytest.mark.parametrize(
    "address",
    [
        "/../x",
        "/v1/../../x",
        "//x",
        "v1",
        "/.export/export",
        "/404.json",
        "/v1/a\nb",
        "/v1/targets?a/../../../b",
        f"/v1/{'a' * 300}",
    ],
)
def test_what_would_stand_elsewhere_is_refused(address: str) -> None:
    """Neither outside the folder nor in the place of what the exporter needs."""
    with pytest.raises(LayoutError):
        file_of(address, "application/json")


@given(st.lists(_PARTS, max_size=12).map("".join), _TYPES)
def test_no_address_leads_outside(address: str, media_type: str) -> None:
    """Whatever is asked."""
    try:
        found = file_of(f"/{address}", media_type)
    except LayoutError:
        return
    root = Path("/srv/site")
    assert (root / found).resolve().is_relative_to(root)
    assert Path(found).parts[0] != ".export"

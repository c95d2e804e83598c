"""Archives: what they hold, that they check, and that parts of them can be had."""

from __future__ import annotations

import base64
import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from opendata.store import Store, store_path
from tests.serving import World, get, head

_DEMO = "/v1/datasets/demo-2030"
_PINNED = f"{_DEMO}/versions/1.1.0.zip"
_ADDRESSES = ("/bulk.zip", f"{_DEMO}.zip", _PINNED, "/v1/datasets/lake-2029.zip")


def _opened(client: FlaskClient, address: str) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(get(client, address).data))


@pytest.mark.parametrize("address", _ADDRESSES)
def test_the_checksum_beside_an_archive_is_its_own(
    client: FlaskClient, tmp_path: Path, address: str
) -> None:
    """``sha256sum -c`` finds the file under the name that a download has."""
    response = get(client, address)
    named = response.headers["Content-Disposition"].partition('"')[2].rstrip('"')
    (tmp_path / named).write_bytes(response.data)
    line = get(client, f"{address}.sha256")
    assert line.content_type == "text/plain; charset=utf-8"
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "-"], cwd=tmp_path, input=line.data, check=False
    )
    assert done.returncode == 0
    digest = base64.b64encode(hashlib.sha256(response.data).digest()).decode()
    assert response.headers["Repr-Digest"] == f"sha-256=:{digest}:"


@pytest.mark.parametrize("address", _ADDRESSES)
def test_sums_inside_cover_every_file(client: FlaskClient, tmp_path: Path, address: str) -> None:
    """Each file but the sums themselves is listed once, with its digest."""
    with _opened(client, address) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    [sums] = [name for name in names if name.endswith("SHA256SUMS")]
    top = sums.removesuffix("SHA256SUMS")
    lines = (tmp_path / sums).read_text().splitlines()
    assert sorted(line[66:] for line in lines) == sorted(
        name.removeprefix(top) for name in names if name != sums
    )
    for line in lines:
        assert hashlib.sha256((tmp_path / top / line[66:]).read_bytes()).hexdigest() == line[:64]


def test_the_latest_address_gives_the_pinned_archive(client: FlaskClient) -> None:
    """The same bytes, without a redirect, and where they stand for good."""
    latest, pinned = get(client, f"{_DEMO}.zip"), get(client, _PINNED)
    assert latest.status_code == 200
    assert latest.data == pinned.data
    assert latest.headers["ETag"] == pinned.headers["ETag"]
    assert latest.headers["Content-Location"] == f"http://127.0.0.1:8000{_PINNED}"
    assert pinned.headers["Cache-Control"] == "public, max-age=86400"


def test_tables_that_codes_lead_to_are_served_like_their_descriptor(client: FlaskClient) -> None:
    """At the latest address, which names the pinned one; CSV like that of the records."""
    latest, pinned = f"{_DEMO}/lists/sections.csv", f"{_DEMO}/versions/1.1.0/lists/sections.csv"
    found, held = get(client, latest), get(client, pinned)
    assert found.data == held.data
    assert found.headers["ETag"] == held.headers["ETag"]
    assert found.headers["Content-Location"] == f"http://127.0.0.1:8000{pinned}"
    assert held.content_type == get(client, f"{_DEMO}/targets.csv").content_type
    said = get(client, f"{_DEMO}/lists/nothing.csv").get_json()["detail_i18n"]["en"]
    assert (
        said
        == "Version 1.1.0 of 'demo-2030' has no table 'nothing'; its datapackage.json names all."
    )


def test_files_with_an_address_of_their_own_are_what_is_served_there(client: FlaskClient) -> None:
    """In the archive of a version and in that of all datasets."""
    compared = 0
    with _opened(client, _PINNED) as archive:
        for name in archive.namelist():
            below = name.partition("/")[2]
            served = get(client, f"{_DEMO}/versions/1.1.0/{below}")
            if below.startswith("lists/") or ("/" not in below and served.status_code == 200):
                assert served.data == archive.read(name), name
                compared += 1
        lists = [name for name in archive.namelist() if "/lists/" in name]
    assert "demo-2030-1.1.0/lists/sections.csv" in lists
    assert compared == 3 * 3 + 2 + len(lists)
    with _opened(client, "/bulk.zip") as archive:
        assert "v1/datasets/demo-2030/versions/1.1.0/lists/units.csv" in archive.namelist()
        for name in archive.namelist():
            if name not in ("SHA256SUMS", "LICENSE.md") and not name.startswith("README."):
                assert get(client, f"/{name}").data == archive.read(name), name


def test_workbooks_and_tables_for_people_are_those_that_are_served(client: FlaskClient) -> None:
    """In both languages, to the byte."""
    base = f"{_DEMO}/versions/1.1.0/targets"
    with _opened(client, _PINNED) as archive:
        for language in ("zh", "en"):
            folder = f"demo-2030-1.1.0/excel/{language}"
            served = get(client, f"{base}.xlsx?lang={language}").data
            assert archive.read(f"{folder}/targets.xlsx") == served
            served = get(client, f"{base}.csv?profile=excel&lang={language}").data
            assert archive.read(f"{folder}/targets.csv") == served


def test_released_files_are_there_as_they_were_released(client: FlaskClient, world: World) -> None:
    """With their checksums, under a name of its own."""
    with _opened(client, _PINNED) as archive:
        for path in (world.datasets / "demo-2030/1.1.0").iterdir():
            name = "SHA256SUMS.txt" if path.name == "SHA256SUMS" else path.name
            assert archive.read(f"demo-2030-1.1.0/source/{name}") == path.read_bytes()


def test_readmes_say_what_a_reader_must_know(client: FlaskClient) -> None:
    """Licence, citation, caveats, digest of the version, in both languages; nothing unfilled."""
    record = get(client, f"{_DEMO}/versions/1.1.0").get_json()["data"]
    with _opened(client, _PINNED) as archive:
        for language in ("zh", "en"):
            page = archive.read(f"demo-2030-1.1.0/README.{language}.md").decode()
            for said in (record["title"][language], "CC-BY-4.0", record["sha256"], "1.1.0"):
                assert said in page
            assert f"{_DEMO}/versions/1.1.0" in page
            assert "${" not in page
        assert "CC-BY-4.0" in archive.read("demo-2030-1.1.0/LICENSE.md").decode()


def test_readmes_say_what_is_wrong_with_a_version(client: FlaskClient) -> None:
    """Extent and damage of its source; each kind of caveat, its meaning and how many have it."""
    record = get(client, f"{_DEMO}/versions/1.1.0").get_json()["data"]
    [document] = record["documents"]
    known = get(client, "/v1/vocabularies/caveats").get_json()["data"]
    meanings = {entry["code"]: entry["definition"] for entry in known}
    counts: dict[str, list[int]] = {}
    for at, name in enumerate(("targets", "projects", "glossary")):
        rows = get(client, f"{_DEMO}/versions/1.1.0/{name}").get_json()["data"]
        for code in [c for row in rows for c in {caveat["code"] for caveat in row["caveats"]}]:
            counts.setdefault(code, [0, 0, 0])[at] += 1
    assert counts
    with _opened(client, _PINNED) as archive:
        for language in ("zh", "en"):
            page = archive.read(f"demo-2030-1.1.0/README.{language}.md").decode()
            assert document["extent"][language] in page
            for damage in document["damage"]:
                [line] = [
                    x for x in page.splitlines() if x.endswith(f"{damage['text'][language]} |")
                ]
                assert f"`{damage['code']}`" in line
                assert f"| {damage['paragraph']} |" in line
            for code, numbers in counts.items():
                told = f"{' | '.join(map(str, numbers))} | {meanings[code][language]} |"
                [line] = [x for x in page.splitlines() if x.endswith(told)]
                assert f"`{code}`" in line


def test_the_archive_of_all_names_licences_and_citations(client: FlaskClient) -> None:
    """For each dataset, in both languages; the data dictionary is that of every version."""
    with _opened(client, "/bulk.zip") as archive, _opened(client, _PINNED) as own:
        for language in ("zh", "en"):
            lines = archive.read(f"README.{language}.md").decode().splitlines()
            for dataset in ("demo-2030", "hill-2031", "lake-2029"):
                answer = get(client, f"/v1/datasets/{dataset}").get_json()
                meta = answer["meta"]
                [line] = [x for x in lines if x.startswith(f"| `{dataset}` | {meta['version']} |")]
                assert meta["licence"] in line
                assert meta["licence_url"] in line
                assert meta["citation"][language] in line
            fields = archive.read(f"README.fields.{language}.md")
            assert fields == own.read(f"demo-2030-1.1.0/fields.{language}.md")
        page = archive.read("LICENSE.md").decode()
        assert "## CC-BY-4.0" in page
        assert all(f"/v1/datasets/{name}/versions/" in page for name in ("demo-2030", "lake-2029"))


def test_all_datasets_are_in_one_archive(client: FlaskClient) -> None:
    """The latest version of each, and tables of all of them."""
    with _opened(client, "/bulk.zip") as archive:
        inside = (name.split("/") for name in archive.namelist() if "/versions/" in name)
        folders = {"/".join(parts[:5]) for parts in inside}
        rows = archive.read("v1/targets.csv")
    assert folders == {
        f"v1/datasets/{name}/versions/{version}"
        for name, version in (
            ("demo-2030", "1.1.0"),
            ("hill-2031", "0.10.0"),
            ("lake-2029", "1.0.0"),
        )
    }
    assert rows.count(b"\r\n") == 1 + 5 + 3 + 4


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-9", 0, 10), ("bytes=100-", 100, None), ("bytes=-7", -7, None)],
)
def test_a_part_is_those_bytes(
    client: FlaskClient, asked: str, start: int, stop: int | None
) -> None:
    """With the fields of the whole."""
    whole = get(client, _PINNED)
    part = get(client, _PINNED, Range=asked)
    assert part.status_code == 206
    assert part.data == whole.data[start:stop]
    assert int(part.headers["Content-Length"]) == len(part.data)
    begin = start % len(whole.data)
    end = begin + len(part.data) - 1
    assert part.headers["Content-Range"] == f"bytes {begin}-{end}/{len(whole.data)}"
    for name in ("ETag", "Repr-Digest", "Content-Type", "Accept-Ranges"):
        assert part.headers[name] == whole.headers[name]


def test_a_range_goes_on_only_from_the_same_bytes(client: FlaskClient) -> None:
    """If-Range with the tag gives the rest, with another all of it; beyond the end is 416."""
    whole = get(client, _PINNED)
    held = {"Range": "bytes=10-", "If_Range": whole.headers["ETag"]}
    assert get(client, _PINNED, **held).status_code == 206
    other = get(client, _PINNED, **{**held, "If_Range": '"other"'})
    assert (other.status_code, other.data) == (200, whole.data)
    beyond = get(client, _PINNED, Range=f"bytes={len(whole.data)}-")
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.data)}"


def test_head_tells_the_length_without_reading(client: FlaskClient) -> None:
    """The same fields as GET."""
    asked, answered = head(client, _PINNED), get(client, _PINNED)
    assert asked.data == b""
    assert dict(asked.headers) == dict(answered.headers)
    assert int(asked.headers["Content-Length"]) == len(answered.data)
    assert get(client, _PINNED, If_None_Match=answered.headers["ETag"]).status_code == 304


@pytest.mark.parametrize(
    "address",
    [
        *("/v1/datasets/nothing.zip", f"{_DEMO}/versions/9.9.9.zip"),
        *("/v1/datasets/nothing.zip.sha256", f"{_DEMO}/versions/9.9.9/datapackage.json"),
        *(f"{_DEMO}/lists/nothing.csv", f"{_DEMO}/versions/1.1.0/lists/nothing.csv"),
    ],
)
def test_what_is_not_there_is_a_problem(client: FlaskClient, address: str) -> None:
    """404, saying which of dataset and version there is not."""
    response = get(client, address)
    assert response.status_code == 404
    assert response.mimetype == "application/problem+json"


def test_the_store_knows_every_archive(world: World) -> None:
    """Where it is served, how long it is and its digest: for catalogues."""
    path = store_path(world.folder)
    assert path is not None
    store = Store(path)
    try:
        found = {file.path: file for file in store.files()}
        assert len(found) == 5 + 1
        for file in found.values():
            body = store.path_of(file).read_bytes()
            assert (len(body), hashlib.sha256(body).hexdigest()) == (file.size, file.sha256)
    finally:
        store.close()

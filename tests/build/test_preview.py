"""Previews of drafts: what is in them, what is left out, and that nobody publishes one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from opendata.compiler import Preview, preview
from opendata.errors import InvalidDataError, StoreError
from opendata.store import CurrentStore, Store
from opendata.web import create_app
from tests import made_up
from tests.serving import BASE, World, build_store, get, quiet

_TARGETS = "demo-2030/draft/targets.yaml"


def _preview(datasets: Path, folder: Path) -> Preview:
    return preview(datasets, folder, BASE, quiet)


def _versions(found: Preview) -> list[str]:
    store = Store(found.built.path)
    try:
        held = [store.version(name) for name in ("demo-2030", "hill-2031", "lake-2029")]
    finally:
        store.close()
    return [version.version if version else "none" for version in held]


def test_it_holds_every_release_and_every_draft(world: World, tmp_path: Path) -> None:
    """The draft is the latest version of its dataset."""
    found = _preview(world.datasets, tmp_path)
    assert (found.built.versions, found.built.compiled, found.problems) == (8, 8, [])
    assert found.drafts == ["demo-2030", "hill-2031", "lake-2029"]
    assert _versions(found) == ["draft", "draft", "draft"]


def test_a_broken_draft_is_left_out_and_told(datasets: Path, tmp_path: Path) -> None:
    """The other datasets are previewed; its own releases as well, where it has any."""
    made_up.release_demo(datasets)
    made_up.write(datasets, "hill-2031")
    made_up.change(datasets, _TARGETS, ("value: 300", "value: many"))
    found = _preview(datasets, tmp_path)
    assert [problem.message for problem in found.problems] == ["many is not a number"]
    assert found.drafts == ["hill-2031"]
    assert _versions(found) == ["1.0.0", "draft", "none"]


def test_a_tampered_release_is_left_out_and_told(released: Path, tmp_path: Path) -> None:
    """Its digests do not hold; the draft is previewed."""
    made_up.change(released, "demo-2030/1.0.0/targets.yaml", ("value: 300", "value: 301"))
    found = _preview(released, tmp_path)
    assert [problem.message for problem in found.problems] == ["was changed after its release"]
    assert (found.built.versions, found.drafts) == (1, ["demo-2030"])


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [(_TARGETS, "value: 300", "value: many"), ("vocabularies/themes.yaml", "heal", "econ")],
)
def test_the_last_good_preview_goes_on(
    datasets: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    """Where nothing is valid any more, or the code lists are not."""
    first = _preview(datasets, tmp_path)
    made_up.change(datasets, name, (old, new))
    with pytest.raises(InvalidDataError):
        _preview(datasets, tmp_path)
    assert CurrentStore(tmp_path, preview=True).get().path == first.built.path


def test_nothing_to_preview_is_told(tmp_path: Path) -> None:
    """With what to do about it."""
    (made_up.write(tmp_path / "datasets") / "demo-2030").rename(tmp_path / "elsewhere")
    with pytest.raises(InvalidDataError) as raised:
        _preview(tmp_path / "datasets", tmp_path / "build")
    assert "holds no dataset; start a dataset (opendata new)" in str(raised.value.problems[0])


def test_only_what_changed_is_compiled(released: Path, tmp_path: Path) -> None:
    """A draft again where its files or the code lists changed, a release never."""
    assert _preview(released, tmp_path).built.compiled == 2
    again = _preview(released, tmp_path).built
    assert (again.compiled, again.changed) == (0, False)
    (released / "demo-2030/draft/.targets.yaml.swp").touch()
    assert _preview(released, tmp_path).built.changed is False
    made_up.change(released, _TARGETS, ("Industrial output", "Output of industry"))
    assert _preview(released, tmp_path).built.compiled == 1
    made_up.change(released, "vocabularies/units.yaml", ("zh: 件", "zh: 个"))
    assert _preview(released, tmp_path).built.compiled == 1


def test_a_draft_has_another_tag_with_each_edit(datasets: Path, tmp_path: Path) -> None:
    """Of its files or of a code list that its table shows."""
    client = create_app(tmp_path, drafts=True).test_client()
    address = "/v1/datasets/demo-2030/versions/draft/targets.csv?profile=excel&lang=zh"
    tags = []
    _preview(datasets, tmp_path)
    tags.append(get(client, address).headers["ETag"])
    made_up.change(datasets, _TARGETS, ("Industrial output", "Output of industry"))
    _preview(datasets, tmp_path)
    tags.append(get(client, address).headers["ETag"])
    made_up.change(datasets, "vocabularies/units.yaml", ("zh: 件", "zh: 个"))
    _preview(datasets, tmp_path)
    tags.append(get(client, address).headers["ETag"])
    assert len(set(tags)) == 3


def test_a_preview_is_never_published(released: Path, tmp_path: Path) -> None:
    """A service that finds one in its folder keeps what it had, or serves nothing."""
    _preview(released, tmp_path)
    with pytest.raises(StoreError, match="is a preview of drafts, which only serve --draft serves"):
        CurrentStore(tmp_path).get()
    assert get(create_app(tmp_path).test_client(), "/v1").status_code == 503


def test_what_is_published_is_no_preview(released: Path, tmp_path: Path) -> None:
    """Nor does a preview show the public store, whose links lead elsewhere."""
    build_store(released, tmp_path)
    with pytest.raises(StoreError, match="is no preview of drafts"):
        CurrentStore(tmp_path, preview=True).get()


def test_a_service_keeps_its_store_when_a_preview_takes_its_place(
    released: Path, tmp_path: Path
) -> None:
    """And says what is wrong where operators look."""
    build_store(released, tmp_path)
    client = create_app(tmp_path).test_client()
    assert get(client, "/v1/datasets/demo-2030").status_code == 200
    _preview(released, tmp_path)
    assert get(client, "/v1/datasets/demo-2030").get_json()["meta"]["version"] == "1.0.0"
    assert "is a preview of drafts" in json.loads(get(client, "/readyz").data)["fault"]


def test_a_build_takes_no_preview_for_its_own(released: Path, tmp_path: Path) -> None:
    """In one folder after the other, each is built anew."""
    _preview(released, tmp_path)
    assert build_store(released, tmp_path).changed
    assert CurrentStore(tmp_path).get().version("demo-2030", "draft") is None

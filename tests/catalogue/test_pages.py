"""Large catalogues come in pages, and a release changes its own share only."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from rdflib import RDF, Graph
from rdflib.compare import isomorphic

from opendata.catalogue.names import DCAT, HYDRA
from opendata.compiler import shares
from opendata.compiler.shares import ShareJob, write_share
from tests import made_up
from tests.catalogue.harvest import datasets, graph_at, pages
from tests.serving import World, build_store, client_of, get, stored

_CATALOGUE = sys.modules["opendata.compiler.catalogue"]


@pytest.fixture(scope="module")
def paged(world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """The same world, a page for each two datasets."""
    folder = tmp_path_factory.mktemp("paged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_CATALOGUE, "_DATASETS", 2)
        build_store(world.datasets, folder)
    return World(world.datasets, folder)


@pytest.mark.parametrize("start", ["/catalog", "/catalog.rdf", "/catalog.jsonld?lang=en"])
def test_pages_lead_to_each_other(world: World, paged: World, start: str) -> None:
    """In the form and language they are asked for; together they say what one page says."""
    client = client_of(paged.folder)
    found = list(pages(client, start))
    assert [len(datasets(page)) for page in found] == [4, 1]
    whole = Graph()
    for page in found:
        [node] = page.subjects(RDF.type, HYDRA.PartialCollectionView)
        assert str(node).partition("?")[0].endswith(start.partition("?")[0])
        assert str(page.value(node, HYDRA.totalItems)) == "5"
        for name in ("next", "nextPage"):
            assert ((node, HYDRA[name], None) in page) == (page is found[0])
        for name in ("previous", "previousPage"):
            assert ((node, HYDRA[name], None) in page) == (page is found[1])
        for triple in page:
            if not str(triple[1]).startswith(str(HYDRA)) and triple[0] != node:
                whole.add(triple)
    one = graph_at(client_of(world.folder), start)
    assert datasets(whole) == datasets(one)
    assert set(whole.objects(None, DCAT.downloadURL)) == set(one.objects(None, DCAT.downloadURL))
    assert get(client, "/catalog?page=3").status_code == 404


def test_every_form_of_a_page_says_the_same(paged: World) -> None:
    """As one page does."""
    client = client_of(paged.folder)
    turtle = graph_at(client, "/catalog?page=2")
    for media_type in ("application/ld+json", "application/rdf+xml"):
        assert isomorphic(turtle, graph_at(client, "/catalog?page=2", Accept=media_type))


def test_a_page_has_no_more_bytes_than_harvesters_take(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ckanext-dcat refuses files of more than 50 MB."""
    monkeypatch.setattr(_CATALOGUE, "_BYTES", 10)
    build_store(world.datasets, tmp_path)
    found = [datasets(page) for page in pages(client_of(tmp_path), "/catalog")]
    assert [len(page) for page in found] == [2, 2, 1]


def test_long_documents_are_streamed_as_they_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same bytes and entity tag, without a length."""
    client = client_of(world.folder)
    whole = get(client, "/catalog.rdf")
    monkeypatch.setattr("opendata.web.catalogue._WHOLE", 0)
    streamed = get(client, "/catalog.rdf")
    assert streamed.data == whole.data
    assert streamed.headers["ETag"] == whole.headers["ETag"]
    assert (whole.headers["Accept-Ranges"], streamed.headers["Accept-Ranges"]) == ("bytes", "none")


def test_a_release_makes_its_own_share_only(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And leaves the entity tags of what is said of other datasets as they were."""
    made: list[str] = []

    def counted(job: ShareJob) -> None:
        made.append(job.stored[0].dataset)
        write_share(job)

    made_up.write(released, "hill-2031")
    made_up.release_demo(released, dataset="hill-2031")
    folder = tmp_path / "build"
    stored(released, folder)
    addresses = ("/v1/datasets/hill-2031.ttl", "/v1/datasets/demo-2030.ttl")
    client = client_of(folder)
    before = [get(client, address).headers["ETag"] for address in addresses]
    monkeypatch.setattr(shares, "write_share", counted)
    made_up.release_demo(released, "1.1.0")
    build_store(released, folder)
    assert made == ["demo-2030"]
    after = [get(client, address).headers["ETag"] for address in addresses]
    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert len(list((folder / "shares").iterdir())) == 2

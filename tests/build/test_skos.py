"""Code lists as SKOS: what an RDF reader finds in them, and that their bytes never vary."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

from opendata.compiler.skos import concept_scheme, turtle
from opendata.vocabularies import CLOSED, OPEN, Label
from tests.serving import BASE, World, get

_LISTS = sorted([*CLOSED, *OPEN])
_FORMATS = [("ttl", "turtle"), ("jsonld", "json-ld")]

_COLOUR = {
    "code": "red",
    "label": {"zh": "红", "en": "Red"},
    "definition": {"zh": "红色。", "en": "The colour red."},
    "source": "ISO 1",
    "exact_match": ["http://example.org/red"],
}
_DARK = {**_COLOUR, "code": "dark-red", "broader": "red", "source": None, "exact_match": []}


def _graph(client: FlaskClient, name: str, suffix: str, form: str) -> Graph:
    response = get(client, f"/v1/vocabularies/{name}.{suffix}")
    assert response.status_code == 200
    return Graph().parse(data=response.data, format=form)


@pytest.mark.parametrize(("suffix", "form"), _FORMATS)
@pytest.mark.parametrize("name", _LISTS)
def test_every_list_is_a_concept_scheme(
    client: FlaskClient, name: str, suffix: str, form: str
) -> None:
    """Every code is a concept with notation, labels and definitions of both languages."""
    graph = _graph(client, name, suffix, form)
    body = get(client, f"/v1/vocabularies/{name}").get_json()
    address = f"{BASE}/v1/vocabularies/{name}"
    scheme = URIRef(address)
    assert list(graph.subjects(RDF.type, SKOS.ConceptScheme)) == [scheme]
    assert _texts(graph, scheme, SKOS.prefLabel) == body["meta"]["title"]
    concepts = {URIRef(f"{address}#{entry['code']}"): entry for entry in body["data"]}
    assert set(graph.subjects(RDF.type, SKOS.Concept)) == concepts.keys()
    for concept, entry in concepts.items():
        assert list(graph.objects(concept, SKOS.notation)) == [Literal(entry["code"])]
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme]
        assert _texts(graph, concept, SKOS.prefLabel) == entry["label"]
        assert _texts(graph, concept, SKOS.definition) == entry["definition"]
        matches = {str(match) for match in graph.objects(concept, SKOS.exactMatch)}
        assert matches == set(entry["exact_match"])
        source = [Literal(entry["source"])] if entry["source"] else []
        assert list(graph.objects(concept, DCTERMS.source)) == source
        assert (scheme, SKOS.hasTopConcept, concept) in graph or entry.get("broader")


def _texts(graph: Graph, subject: URIRef, predicate: URIRef) -> dict[str | None, str]:
    found = list(graph.objects(subject, predicate))
    assert len(found) == 2
    return {text.language: str(text) for text in found if isinstance(text, Literal)}


@pytest.mark.parametrize(("suffix", "form"), _FORMATS)
def test_areas_know_what_they_belong_to(client: FlaskClient, suffix: str, form: str) -> None:
    """Those that belong to none are the top of the scheme, and no others."""
    graph = _graph(client, "areas", suffix, form)
    base = f"{BASE}/v1/vocabularies/areas"
    assert {(s, o) for s, o in graph.subject_objects(SKOS.broader)} == {
        (URIRef(f"{base}#{code}"), URIRef(f"{base}#{above}"))
        for code, above in (("990100", "990000"), ("990102", "990100"), ("990103", "990100"))
    }
    assert list(graph.subject_objects(SKOS.topConceptOf)) == [
        (URIRef(f"{base}#990000"), URIRef(base))
    ]
    assert list(graph.objects(URIRef(base), SKOS.hasTopConcept)) == [URIRef(f"{base}#990000")]


@pytest.mark.parametrize("name", _LISTS)
def test_both_forms_say_the_same(client: FlaskClient, name: str) -> None:
    """Triple by triple."""
    one, other = (_graph(client, name, *form) for form in _FORMATS)
    assert set(one) == set(other)


def test_a_list_in_turtle() -> None:
    """To the byte, sorted."""
    scheme = concept_scheme("http://x/colours", Label("颜色", "Colours"), [_COLOUR, _DARK])
    assert turtle(scheme).decode() == (
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<http://x/colours#dark-red> a skos:Concept ;\n"
        "    skos:broader <http://x/colours#red> ;\n"
        '    skos:definition "The colour red."@en,\n'
        '        "红色。"@zh ;\n'
        "    skos:inScheme <http://x/colours> ;\n"
        '    skos:notation "dark-red" ;\n'
        '    skos:prefLabel "Red"@en,\n'
        '        "红"@zh .\n'
        "\n"
        "<http://x/colours#red> a skos:Concept ;\n"
        '    dcterms:source "ISO 1" ;\n'
        '    skos:definition "The colour red."@en,\n'
        '        "红色。"@zh ;\n'
        "    skos:exactMatch <http://example.org/red> ;\n"
        "    skos:inScheme <http://x/colours> ;\n"
        '    skos:notation "red" ;\n'
        '    skos:prefLabel "Red"@en,\n'
        '        "红"@zh ;\n'
        "    skos:topConceptOf <http://x/colours> .\n"
        "\n"
        "<http://x/colours> a skos:ConceptScheme ;\n"
        "    skos:hasTopConcept <http://x/colours#red> ;\n"
        '    skos:prefLabel "Colours"@en,\n'
        '        "颜色"@zh .\n'
        "\n"
    )


def test_a_list_in_json_ld() -> None:
    """Concepts in the order of the list; the context is inside, so that no reader fetches one."""
    scheme = concept_scheme("http://x/colours", Label("颜色", "Colours"), [_DARK, _COLOUR])
    graph: list[dict[str, Any]] = scheme["@graph"]
    assert [node["id"] for node in graph] == [
        *("http://x/colours", "http://x/colours#dark-red", "http://x/colours#red"),
    ]
    assert graph[1] == {
        "id": "http://x/colours#dark-red",
        "type": "Concept",
        "notation": "dark-red",
        "prefLabel": {"zh": "红", "en": "Red"},
        "definition": {"zh": "红色。", "en": "The colour red."},
        "inScheme": "http://x/colours",
        "broader": "http://x/colours#red",
    }
    assert scheme["@context"]["skos"] == "http://www.w3.org/2004/02/skos/core#"


def test_the_store_is_the_same_whatever_python_hashes_to(world: World, tmp_path: Path) -> None:
    """Sets are ordered differently in each process; nothing of that may reach the store."""
    names = set()
    for seed in ("0", "1", "2"):
        folder = tmp_path / seed
        code = (
            "import sys; from pathlib import Path; from tests.serving import build_store; "
            "print(build_store(Path(sys.argv[1]), Path(sys.argv[2])).path.name)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, str(world.datasets), str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        )
        names.add(done.stdout.strip())
    assert len(names) == 1, names

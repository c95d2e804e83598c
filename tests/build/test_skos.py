"""Code lists as SKOS: what an RDF reader finds in them, and that their bytes never vary."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from opendata.compiler.skos import concept_scheme, turtle
from opendata.formats.json import dump
from opendata.records import ENTRY_TYPES, Entry
from opendata.records.patterns import Code
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
    """They are the same graph."""
    one, other = (_graph(client, name, *form) for form in _FORMATS)
    assert isomorphic(one, other)


_LIST = "http://x/v1/vocabularies"
_QUDT = Namespace("http://qudt.org/schema/qudt/")
_FULL: dict[str, Any] = {
    **_COLOUR,
    "alt_labels": ["赤", "朱"],
    "base": "m2",
    "broader": "blue",
    "bbox": "1 2 3 4",
    "centroid": "2 3",
    "chinese_topics": ["颜料"],
    "dimension": "area",
    "kinds": ["numeral", "clause"],
    "multiplier": Decimal("0.0000001"),
    "official_term": {"zh": "赤", "en": "Crimson"},
    "price_basis": "real",
    "threshold": {"zh": "630纳米。", "en": "630 nm."},
    "threshold_since": date(2011, 1, 1),
    "threshold_source": "ISO 2",
    "ucum": "10*4.m2",
}


def _pair(texts: dict[str, str]) -> set[Literal]:
    return {Literal(text, lang=language) for language, text in texts.items()}


def _said(kind: type[Entry], name: str) -> dict[str, tuple[URIRef, set[Any]]]:
    """Return the property of each field that a kind of entry may have, and its values."""
    field = Namespace(f"{_LIST}/{name}#field/")
    zh_labels = {Literal(text, lang="zh") for text in _FULL["alt_labels"]}
    every: dict[str, tuple[URIRef, set[Any]]] = {
        "code": (SKOS.notation, {Literal("red")}),
        "label": (SKOS.prefLabel, _pair(_FULL["label"])),
        "definition": (SKOS.definition, _pair(_FULL["definition"])),
        "source": (DCTERMS.source, {Literal("ISO 1")}),
        "exact_match": (SKOS.exactMatch, {URIRef("http://example.org/red")}),
        "alt_labels": (SKOS.altLabel, {*zh_labels, Literal("Crimson", lang="en")}),
        "base": (field["base"], {Literal("m2")}),
        "broader": (SKOS.broader, {URIRef(f"{_LIST}/areas#blue")}),
        "bbox": (URIRef(f"{_LIST}/{name}#field/bbox"), {Literal("1 2 3 4")}),
        "centroid": (URIRef(f"{_LIST}/{name}#field/centroid"), {Literal("2 3")}),
        "chinese_topics": (field["chinese_topics"], {Literal("颜料", lang="zh")}),
        "dimension": (field["dimension"], {URIRef(f"{_LIST}/dimensions#area")}),
        "kinds": (
            field["kinds"],
            {URIRef(f"{_LIST}/exclusion_kinds#{code}") for code in ("numeral", "clause")},
        ),
        "multiplier": (field["multiplier"], {Literal("0.0000001", datatype=XSD.decimal)}),
        "official_term": (field["official_term"], _pair(_FULL["official_term"])),
        "price_basis": (field["price_basis"], {URIRef(f"{_LIST}/price_bases#real")}),
        "threshold": (SKOS.scopeNote, _pair(_FULL["threshold"])),
        "threshold_since": (
            field["threshold_since"],
            {Literal("2011-01-01", datatype=XSD.date)},
        ),
        "threshold_source": (field["threshold_source"], {Literal("ISO 2")}),
        "ucum": (_QUDT.ucumCode, {Literal("10*4.m2", datatype=_QUDT.UCUMcs)}),
    }
    return {name: every[name] for name in kind().fields}


@pytest.mark.parametrize(("name", "kind"), [*ENTRY_TYPES.items(), ("caveats", Entry)])
def test_every_field_of_an_entry_is_said(name: str, kind: type[Entry]) -> None:
    """A field added to a type of entry is said too, and has its place above; own ones explained."""
    entry = {field: _FULL[field] for field in kind().fields}
    scheme = concept_scheme(f"{_LIST}/{name}", Label("颜色", "Colours"), [entry], kind)
    graph = Graph().parse(data=turtle(scheme))
    assert isomorphic(graph, Graph().parse(data=dump(scheme), format="json-ld"))
    concept = URIRef(f"{_LIST}/{name}#red")
    for field, (predicate, values) in _said(kind, name).items():
        assert set(graph.objects(concept, predicate)) == values, field
        if f"{name}#field/" in predicate:
            about = kind().fields[field].metadata
            assert (predicate, RDF.type, RDF.Property) in graph
            assert set(graph.objects(predicate, RDFS.label)) == _pair(about["label"]._asdict())
            assert set(graph.objects(predicate, RDFS.comment)) == _pair(about["note"]._asdict())


def test_an_official_term_is_another_label_where_it_is_another() -> None:
    """No label is both preferred and other (SKOS Reference, S13)."""
    entry = {
        **{field: _FULL[field] for field in ENTRY_TYPES["indicators"]().fields},
        "alt_labels": [],
        "official_term": {"zh": "红", "en": "Crimson"},
    }
    address = f"{_LIST}/indicators"
    scheme = concept_scheme(address, Label("甲", "A"), [entry], ENTRY_TYPES["indicators"])
    graph = Graph().parse(data=turtle(scheme))
    assert set(graph.subject_objects(SKOS.altLabel)) == {
        (URIRef(f"{address}#red"), Literal("Crimson", lang="en"))
    }
    official = URIRef(f"{address}#field/official_term")
    assert set(graph.objects(None, official)) == _pair(entry["official_term"])
    assert (
        URIRef(f"{address}#field/threshold_source"),
        *(RDFS.subPropertyOf, DCTERMS.source),
    ) in graph


def test_what_an_entry_leaves_out_is_not_said() -> None:
    """Neither an empty list nor nothing; an entry of units without UCUM code has none."""
    entry = {**_COLOUR, "dimension": "money", "base": "CNY", "multiplier": Decimal(1), "ucum": None}
    scheme = concept_scheme(f"{_LIST}/units", Label("甲", "A"), [entry], ENTRY_TYPES["units"])
    [_, concept, *_] = scheme["@graph"]
    assert concept["multiplier"] == "1.0"
    assert not {"ucumCode", "altLabel"} & concept.keys()


class _Tree(Entry):
    """Entries that lie in others, with no field of their own beside."""

    broader = Code("areas", load_default=None)


def test_a_list_in_turtle() -> None:
    """To the byte, sorted."""
    scheme = concept_scheme("http://x/areas", Label("颜色", "Colours"), [_COLOUR, _DARK], _Tree)
    assert turtle(scheme).decode() == (
        "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "\n"
        "<http://x/areas#dark-red> a skos:Concept ;\n"
        "    skos:broader <http://x/areas#red> ;\n"
        '    skos:definition "The colour red."@en,\n'
        '        "红色。"@zh ;\n'
        "    skos:inScheme <http://x/areas> ;\n"
        '    skos:notation "dark-red" ;\n'
        '    skos:prefLabel "Red"@en,\n'
        '        "红"@zh .\n'
        "\n"
        "<http://x/areas#red> a skos:Concept ;\n"
        '    dcterms:source "ISO 1" ;\n'
        '    skos:definition "The colour red."@en,\n'
        '        "红色。"@zh ;\n'
        "    skos:exactMatch <http://example.org/red> ;\n"
        "    skos:inScheme <http://x/areas> ;\n"
        '    skos:notation "red" ;\n'
        '    skos:prefLabel "Red"@en,\n'
        '        "红"@zh ;\n'
        "    skos:topConceptOf <http://x/areas> .\n"
        "\n"
        "<http://x/areas> a skos:ConceptScheme ;\n"
        "    skos:hasTopConcept <http://x/areas#red> ;\n"
        '    skos:prefLabel "Colours"@en,\n'
        '        "颜色"@zh .\n'
        "\n"
    )


def test_a_list_in_json_ld() -> None:
    """Concepts in the order of the list; the context is inside, so that no reader fetches one."""
    scheme = concept_scheme("http://x/areas", Label("颜色", "Colours"), [_DARK, _COLOUR], _Tree)
    graph: list[dict[str, Any]] = scheme["@graph"]
    assert [node["id"] for node in graph] == [
        *("http://x/areas", "http://x/areas#dark-red", "http://x/areas#red"),
    ]
    assert graph[1] == {
        "id": "http://x/areas#dark-red",
        "type": "Concept",
        "notation": "dark-red",
        "prefLabel": {"zh": "红", "en": "Red"},
        "definition": {"zh": "红色。", "en": "The colour red."},
        "inScheme": "http://x/areas",
        "broader": "http://x/areas#red",
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

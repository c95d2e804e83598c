"""Three serialisations say the same, whatever the texts hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, XSD, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node

from opendata.catalogue import FORMS, Form, arranged, in_language
from opendata.catalogue.names import DCAT
from opendata.catalogue.writing import Arranged

_PARSED = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml"}
_SUBJECT = URIRef("https://example.org/d?a=1&b=2")

#: Texts as records have them: no control characters but the end of a line.
_texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"))


def _document(form: Form, *graphs: Graph) -> bytes:
    return (
        form.head + form.separator.join(form.piece(arranged(graph)) for graph in graphs) + form.tail
    )


def _written(form: Form, graph: Arranged) -> bytes:
    return form.head + form.piece(graph) + form.tail


def _parsed(form: Form, *graphs: Graph) -> Graph:
    return Graph().parse(data=_document(form, *graphs), format=_PARSED[form.suffix])


def _graph(title: str, english: str, note: str) -> Graph:
    graph, node = Graph(), BNode()
    graph.add((_SUBJECT, RDF.type, DCAT.Dataset))
    graph.add((_SUBJECT, RDF.type, DCTERMS.Standard))
    graph.add((_SUBJECT, DCTERMS.title, Literal(title, lang="zh")))
    graph.add((_SUBJECT, DCTERMS.title, Literal(english, lang="en")))
    graph.add((_SUBJECT, DCTERMS.identifier, Literal(note)))
    graph.add((_SUBJECT, DCTERMS.temporal, node))
    graph.add((node, RDF.type, DCTERMS.PeriodOfTime))
    graph.add((node, DCAT.startDate, Literal("2030-01-01", datatype=XSD.date)))
    return graph


@given(_texts, _texts, _texts)
def test_any_text_survives_every_form(title: str, english: str, note: str) -> None:
    """Quotation marks, brackets, ends of lines, characters of any script."""
    graph = _graph(title, english, note)
    for form in FORMS.values():
        assert isomorphic(_parsed(form, graph), graph), form.suffix


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_same_graph_gives_the_same_bytes(form: Form) -> None:
    """Whatever order it was made in."""
    graph = _graph("标题", "Title", "x")
    turned = Graph()
    blank: dict[Node, Node] = {n: BNode() for n in graph.subjects() if isinstance(n, BNode)}
    for subject, predicate, value in sorted(graph, reverse=True):
        turned.add((blank.get(subject, subject), predicate, blank.get(value, value)))
    assert _document(form, turned) == _document(form, graph)


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_pieces_join(form: Form) -> None:
    """A document of two pieces holds what both say."""
    other = Graph().add((URIRef("https://example.org/e"), RDF.type, DCAT.Dataset))
    graph = _graph("标题", "Title", "x")
    assert isomorphic(_parsed(form, graph, other), graph + other)


def test_one_language_keeps_what_has_no_other() -> None:
    """Texts in the language, texts without one, and texts that there are in no other way."""
    graph = _graph("标题", "Title", "x")
    only = URIRef("https://example.org/topic")
    graph.add((only, DCTERMS.title, Literal("财税金融", lang="zh")))
    kept = Graph()
    document = _written(FORMS["ttl"], in_language(arranged(graph), "en"))
    kept.parse(data=document, format="turtle")
    assert set(kept.objects(None, DCTERMS.title)) == {
        Literal("Title", lang="en"),
        Literal("财税金融", lang="zh"),
    }
    assert (_SUBJECT, DCTERMS.identifier, Literal("x")) in kept
    assert len(kept) == len(graph) - 1

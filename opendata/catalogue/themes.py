"""Themes of datasets: the EU's, and the topics of Chinese portals."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

from opendata.catalogue.edition import Edition, Lists, chinese_topics
from opendata.catalogue.names import DATA_THEME, both, tell
from opendata.vocabularies import Label

_OWN = Label("主题", "Themes")
_TOPICS = Label("中国公共数据开放平台的主题分类", "Topics of Chinese open-data portals")


def themes(graph: Graph, edition: Edition, lists: Lists) -> list[URIRef]:
    """Add the themes of a dataset (skos:Concept); return their nodes."""
    listed = f"{edition.base_url}/v1/vocabularies/themes"
    return [*_european(graph, edition, lists, listed), *_chinese(graph, edition, lists, listed)]


def _european(graph: Graph, edition: Edition, lists: Lists, listed: str) -> Iterator[URIRef]:
    """Add the themes as the EU's list has them, or as this server's where that has none."""
    for code in edition.record["themes"]:
        entry = lists["themes"].get(code, {})
        matches = entry.get("exact_match") or ()
        known = next((m for m in matches if m.startswith(f"{DATA_THEME}/")), None)
        scheme = DATA_THEME if known else URIRef(listed)
        name = Label(**entry["label"]) if entry else Label(code, code)
        if not known:
            _scheme(graph, scheme, _OWN)
        yield _concept(graph, URIRef(known or f"{listed}#{code}"), scheme, both(name))


def _chinese(graph: Graph, edition: Edition, lists: Lists, listed: str) -> Iterator[URIRef]:
    scheme = URIRef(f"{listed}#topics")
    for topic in chinese_topics(edition, lists):
        _scheme(graph, scheme, _TOPICS)
        node = URIRef(f"{listed}#topic/{quote(topic, safe='')}")
        yield _concept(graph, node, scheme, [Literal(topic, lang="zh")])


def _concept(graph: Graph, node: URIRef, scheme: URIRef, names: list[Literal]) -> URIRef:
    tell(graph, node, (RDF.type, SKOS.Concept), (SKOS.prefLabel, names))
    tell(graph, node, (SKOS.inScheme, scheme))
    return node


def _scheme(graph: Graph, node: URIRef, title: Label) -> None:
    tell(graph, node, (RDF.type, SKOS.ConceptScheme), (DCTERMS.title, both(title)))

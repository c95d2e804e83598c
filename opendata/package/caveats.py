"""What to mind in a version, for its README: sources and their damage, and kinds of caveat.

All of it comes from the version itself: its dataset record, its frozen list of kinds of caveat
and the counts that workbooks show too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from opendata.package.about import kinds_of_caveat
from opendata.query import Query
from opendata.records import COLLECTIONS
from opendata.spec.written import row
from opendata.store import Scope, Store, VersionRow
from opendata.vocabularies import Label

_SOURCES = Label("### 源文件", "### Source documents")
_REPOSTED = Label("转载于{}", "reposted by {}")
_EXTENT = Label("  范围：{}", "  Extent: {}")
_DAMAGE = Label("### 源文件的损坏", "### Damage of the source documents")
_NO_DAMAGE = Label("没有已知的损坏。", "None is known.")
_DAMAGE_HEADINGS = (
    Label("源文件", "Document"),
    Label("段落", "Paragraph"),
    Label("类型", "Kind"),
    Label("内容", "What it is"),
)
_KINDS = Label("### 注意事项的类型", "### Kinds of caveat")
_COUNTED = Label(
    "每类注意事项各有多少条记录：", "How many records of each collection have a caveat of a kind:"
)
_NO_KINDS = Label("没有带注意事项的记录。", "No record has a caveat.")
_KIND, _MEANING = Label("类型", "Kind"), Label("含义", "Meaning")
_NOWHERE = "–"

Meanings = Mapping[str, tuple[Label, Label]]


def caveats(
    store: Store,
    version: VersionRow,
    record: Mapping[str, Any],
    known: Meanings,
    language: str,
) -> str:
    """Return the parts of the README that say what to mind, in Markdown.

    :param record: the version's dataset record.
    :param known: what kinds of caveat mean.
    """
    parts = (
        [getattr(_SOURCES, language), *_sources(record["documents"], language)],
        [getattr(_DAMAGE, language), *_damage(record["documents"], known, language)],
        [getattr(_KINDS, language), *_kinds(store, version, known, language)],
    )
    return "\n\n".join(f"{part[0]}\n\n" + "\n".join(part[1:]) for part in parts)


def _sources(documents: Sequence[Mapping[str, Any]], language: str) -> Iterator[str]:
    for document in documents:
        said = [document["title"][language], document["publisher"][language]]
        if document["reposted_by"]:
            said.append(getattr(_REPOSTED, language).format(document["reposted_by"][language]))
        if document["url"]:
            said.append(f"<{document['url']}>")
        said += [f"SHA-256 `{document['sha256']}`"]
        colon, separator = ("：", "；") if language == "zh" else (": ", "; ")
        yield f"- `{document['id']}`{colon}{separator.join(said)}"
        if document["extent"]:
            yield ""
            yield getattr(_EXTENT, language).format(document["extent"][language])


def _damage(
    documents: Sequence[Mapping[str, Any]], known: Meanings, language: str
) -> Iterator[str]:
    rows = [
        (
            f"`{document['id']}`",
            str(damage["paragraph"] or _NOWHERE),
            _called(damage["code"], known, language),
            damage["text"][language],
        )
        for document in documents
        for damage in document["damage"]
    ]
    if rows:
        yield from _table([getattr(heading, language) for heading in _DAMAGE_HEADINGS], rows)
    else:
        yield getattr(_NO_DAMAGE, language)


def _kinds(store: Store, version: VersionRow, known: Meanings, language: str) -> Iterator[str]:
    scope = Scope(version)
    counts: dict[str, dict[str, int]] = {}
    for name, collection in COLLECTIONS.items():
        for value in kinds_of_caveat(store, collection, scope, Query()):
            counts.setdefault(value.value, {})[name] = value.count
    if not counts:
        yield getattr(_NO_KINDS, language)
        return
    yield getattr(_COUNTED, language)
    yield ""
    titles = [getattr(collection.title, language) for collection in COLLECTIONS.values()]
    headings = [getattr(_KIND, language), *titles, getattr(_MEANING, language)]
    frequent = sorted(counts, key=lambda code: (-sum(counts[code].values()), code))
    rows = (
        (
            _called(code, known, language),
            *(str(counts[code].get(name, 0)) for name in COLLECTIONS),
            getattr(known[code][1], language) if code in known else "",
        )
        for code in frequent
    )
    yield from _table(headings, rows)


def _called(code: str, known: Meanings, language: str) -> str:
    if code not in known:
        return f"`{code}`"
    label = getattr(known[code][0], language)
    return f"{label}（`{code}`）" if language == "zh" else f"{label} (`{code}`)"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield row(headings)
    yield row("---" for _ in headings)
    yield from map(row, rows)

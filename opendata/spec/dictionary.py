"""The data dictionary: what every field of every collection means, derived from the records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opendata.query import QueryField, fields_of
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.spec.written import row, written_fields
from opendata.vocabularies import CLOSED, OPEN, Label

#: The pages of the documentation that hold the dictionary, by language.
PAGES = {"en": "fields.md", "zh": "fields.zh.md"}

_TITLE = Label("数据字典", "Data dictionary")
_ABOUT = Label(
    "由记录类型生成，请勿手改（`make spec`）。字段名即 CSV 的列名，也是查询参数的名字；"
    "JSON 中双语文字写作 `title: {zh, en}`，表格中写作 `title_zh`、`title_en`。"
    "一个字段可有多个值时，表格中用 `|` 分隔，条件对任一值成立即成立。",
    "Derived from the record types, not edited by hand (`make spec`). Fields have the names of "
    "CSV columns and of query parameters; a bilingual text is `title: {zh, en}` in JSON and "
    "`title_zh`, `title_en` in tables. Where a field may have several values, tables separate "
    "them by `|`, and a condition holds where it holds for any of them.",
)
_HEADINGS = (
    Label("字段", "Field"),
    Label("名称", "Label"),
    Label("含义", "Meaning"),
    Label("类型", "Kind"),
    Label("代码表", "Code list"),
    Label("比较方式", "Operators"),
)


def dictionary(base_url: str) -> dict[str, Any]:
    """Return the data dictionary as ``/v1/schema`` serves it."""
    collections = [_collection(collection, base_url) for collection in _collections()]
    return {
        "data": collections,
        "meta": {"total": len(collections)},
        "links": {"self": f"{base_url}/v1/schema", "vocabularies": f"{base_url}/v1/vocabularies"},
    }


def to_markdown(language: str) -> str:
    """Return the data dictionary as a page of the documentation.

    Behind what is served stand the files that editors alone write: changes.yaml, code lists.
    """
    lines = [f"# {getattr(_TITLE, language)}", "", getattr(_ABOUT, language)]
    for collection in _collections():
        title = getattr(collection.title, language)
        lines += ["", f"## {title} (`{collection.name}`)", ""]
        lines.append(row(getattr(heading, language) for heading in _HEADINGS))
        lines.append(row("---" for _ in _HEADINGS))
        lines += [row(_cells(field, language)) for field in fields_of(collection).values()]
    lines += written_fields(language)
    return "\n".join(lines) + "\n"


def _collections() -> Iterator[Collection]:
    yield from COLLECTIONS.values()
    yield DATASETS


def _collection(collection: Collection, base_url: str) -> dict[str, Any]:
    return {
        "name": collection.name,
        "title": collection.title._asdict(),
        "url": f"{base_url}/v1/{collection.name}",
        "fields": [_field(field, base_url) for field in fields_of(collection).values()],
    }


def _field(field: QueryField, base_url: str) -> dict[str, Any]:
    column = field.column
    vocabulary = _vocabulary(field)
    return {
        "name": field.name,
        "path": ".".join(column.path),
        "label": column.label._asdict(),
        "description": column.note._asdict(),
        "kind": field.kind.value,
        "many": field.many,
        "vocabulary": vocabulary,
        "vocabulary_url": f"{base_url}/v1/vocabularies/{vocabulary}" if vocabulary else None,
        "operators": [operator.value or "eq" for operator in field.operators],
        "sortable": field.sortable,
        "facetable": field.countable,
    }


def _vocabulary(field: QueryField) -> str | None:
    """Return the code list of a field's values; sections and links have none."""
    name = field.column.vocabulary
    return name if name in CLOSED or name in OPEN else None


def _cells(field: QueryField, language: str) -> Iterator[str]:
    yield f"`{field.name}`"
    yield getattr(field.column.label, language)
    yield getattr(field.column.note, language)
    yield getattr(field.kind.label, language) + (" []" if field.many else "")
    yield _vocabulary(field) or ""
    yield ", ".join(operator.value for operator in field.operators if operator.value)

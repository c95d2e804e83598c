"""The fields of files that editors write and no table has: changes.yaml and the code lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from marshmallow import fields

from opendata.records import StrictSchema
from opendata.records.entry import ENTRY_TYPES, Entry
from opendata.records.fields import Choice, Date, ExactDecimal
from opendata.records.groups import Group, Many
from opendata.records.ledger import Ledger
from opendata.records.patterns import Code, Url
from opendata.records.schema import Bilingual
from opendata.vocabularies import OPEN, Label

_HEADINGS = (
    Label("字段", "Field"),
    Label("名称", "Label"),
    Label("含义", "Meaning"),
    Label("写法", "Written as"),
    Label("代码表", "Code list"),
)
_LEDGER = Label("本版本的改动", "What a version changes")
_ENTRIES = Label(
    "代码表条目：各表共有的字段",
    "Entries of code lists: the fields of all",
)
_ABOUT = Label(
    "以下是只由编者书写的文件，键如下；`*` 必填，`[]` 列表，`a.b` 是 `a` 之下的 `b`。",
    "What follows are the keys of files that editors alone write; `*` is required, `[]` a list, "
    "`a.b` is `b` below `a`.",
)


def written_fields(language: str) -> Iterator[str]:
    """Yield the lines of the tables, in Markdown."""
    yield from ("", getattr(_ABOUT, language))
    yield from _table(f"{getattr(_LEDGER, language)} (`changes.yaml`)", Ledger(), language)
    common = set(Entry().load_fields)
    yield from _table(f"{getattr(_ENTRIES, language)} (`vocabularies/*.yaml`)", Entry(), language)
    for name, schema in ENTRY_TYPES.items():
        title = f"{getattr(OPEN[name], language)} (`vocabularies/{name}.yaml`)"
        yield from _table(title, schema(), language, without=common)


def _table(
    title: str, schema: StrictSchema, language: str, without: Iterable[str] = ()
) -> Iterator[str]:
    yield from ("", f"## {title}", "")
    yield row(getattr(heading, language) for heading in _HEADINGS)
    yield row("---" for _ in _HEADINGS)
    for path, field in _fields(schema, ()):
        if path[0] not in without:
            yield row(_cells(path, field, language))


def _fields(
    schema: StrictSchema, above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], fields.Field[Any]]]:
    for name, field in schema.load_fields.items():
        path = (*above, name)
        yield path, field
        below = _below(field)
        if below is not None and not isinstance(below, Bilingual):
            yield from _fields(below, path)


def _below(field: fields.Field[Any]) -> StrictSchema | None:
    inner = field.inner if isinstance(field, Many) else field
    below = inner.schema if isinstance(inner, Group) else None
    assert below is None or isinstance(below, StrictSchema)
    return below


def _cells(path: tuple[str, ...], field: fields.Field[Any], language: str) -> Iterator[str]:
    inner = field.inner if isinstance(field, Many) else field
    yield f"`{'.'.join(path)}`" + ("*" if field.required else "")
    yield getattr(field.metadata["label"], language)
    yield getattr(field.metadata["note"], language)
    yield getattr(_form(inner, _below(field)), language) + (
        " []" if isinstance(field, Many) else ""
    )
    codes = inner.vocabulary if isinstance(inner, Code) else ""
    if isinstance(inner, Choice):
        codes = inner.codelist.name
    yield f"`{codes}`" if codes else ""


def _form(field: fields.Field[Any], below: StrictSchema | None) -> Label:
    """Return what a value is."""
    if isinstance(below, Bilingual):
        return Label("中英文（`zh`、`en`）", "both languages (`zh`, `en`)")
    if below is not None:
        return Label("下列各键", "the keys below")
    kinds: tuple[tuple[type[fields.Field[Any]], Label], ...] = (
        (Choice, Label("代码", "code")),
        (Code, Label("代码", "code")),
        (Date, Label("日期", "date")),
        (ExactDecimal, Label("数值", "number")),
        (Url, Label("网址", "address")),
    )
    found = (label for kind, label in kinds if isinstance(field, kind))
    return next(found, Label("文本", "text"))


def row(cells: Iterable[str]) -> str:
    """Return a row of a table in Markdown."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"

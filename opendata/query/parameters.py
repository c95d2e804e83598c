"""The parameters of the query language, each declared once.

A parameter's JSON Schema is both what the description publishes and what a request's value is
checked against (:mod:`opendata.query.checks`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from opendata.query.fields import OPERATORS, Operator, QueryField, fields_of
from opendata.query.values import Kind
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.records.fields import Choice, Date, Integer
from opendata.records.patterns import Code, Pattern, Slug, VersionNumber
from opendata.vocabularies import LANGUAGES, Label

DEFAULT_LIMIT = 100
MAX_LIMIT = 1000
#: A request may have this many parameters, enough for every filter of a collection at once, since
#: a description cannot say that some parameters exclude others; and lists this many members.
MAX_CONDITIONS = 300
MAX_MEMBERS = 25
MAX_FACETS = 10
MAX_ORDERS = 10
#: Characters of a text to compare with or to look for.
MAX_TEXT = 200

#: A cursor names a row (collection, dataset, version and place), the direction, and a check.
CURSOR = "~".join(
    (
        f"({'|'.join((*COLLECTIONS, DATASETS.name))})",
        Slug.pattern,
        VersionNumber.pattern,
        "[1-9][0-9]{0,8}",
        "[np][0-9a-f]{8}",
    )
)

#: Codes of the open lists, by list; a filter on such a field takes these.
Codes = Mapping[str, list[str]]
Schema = dict[str, Any]

#: Numbers in parameters: more would only cost.
_NUMBER: Schema = {"type": "number", "minimum": -1e30, "maximum": 1e30}
_INTEGER: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": MAX_TEXT}
_BOOLEAN: Schema = {"type": "boolean"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: its name, the schema of its value, what it means.

    A value whose schema is an array is written with commas. ``vocabulary`` names the open code
    list that the values are of; ``of_fields`` tells that they are names of fields.
    """

    name: str
    schema: Schema
    about: Label
    vocabulary: str | None = None
    of_fields: bool = False

    @property
    def listed(self) -> bool:
        """Whether the value is a list."""
        return "items" in self.schema

    @property
    def item(self) -> Schema:
        """The schema of the value, or of each member where it is a list."""
        found: Schema = self.schema["items"] if self.listed else self.schema
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(Parameter):
    """A parameter that compares a field."""

    field: QueryField
    operator: Operator


def filters(collection: Collection, codes: Codes, *, across: bool) -> dict[str, Filter]:
    """Return the filters of a collection, by name.

    :param across: whether the address spans datasets, so that these can be filtered on.
    """
    return {
        name: found
        for name, found in _filters(collection, _frozen(codes)).items()
        if across or found.field.name not in ("dataset", "version")
    }


def settings(collection: Collection) -> dict[str, Parameter]:
    """Return every other parameter that an address of a collection may have, by name."""
    return {parameter.name: parameter for parameter in _settings(collection)}


def _frozen(codes: Codes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((name, tuple(listed)) for name, listed in codes.items())


@lru_cache(maxsize=64)
def _filters(
    collection: Collection, codes: tuple[tuple[str, tuple[str, ...]], ...]
) -> dict[str, Filter]:
    lists = {name: list(listed) for name, listed in codes}
    found = {}
    for field in fields_of(collection).values():
        for operator in field.operators:
            filter_ = _filter(field, operator, lists)
            found[filter_.name] = filter_
    return found


def _filter(field: QueryField, operator: Operator, codes: Codes) -> Filter:
    column = field.column.field
    vocabulary = column.vocabulary if isinstance(column, Code) else None
    name = field.parameter(operator)
    schema = _schema(field, operator, codes)
    enumerated = "enum" in (schema.get("items") or schema)
    return Filter(
        name=name,
        schema=schema,
        about=_about(field, operator),
        vocabulary=vocabulary if enumerated else None,
        field=field,
        operator=operator,
    )


def _about(field: QueryField, operator: Operator) -> Label:
    label, note = field.column.label, field.column.note
    if operator is Operator.ISNULL:
        return Label(
            f"只取“{label.zh}”为空（true）或不为空（false）的记录。",
            f"Only records without “{label.en}” (true), or only those with it (false).",
        )
    if not field.many:
        whose = "whose"
    else:
        whose = "none of whose" if operator is Operator.NE else "any of whose"
    clause = "is this" if field.many and operator is Operator.NE else _CLAUSES[operator]
    return Label(
        f"只取“{label.zh}”{OPERATORS[operator].zh}所给值的记录。{note.zh}",
        f"Only records {whose} “{label.en}” {clause}. {note.en}",
    )


#: What each operator asks for, with the value as "this".
_CLAUSES = {
    Operator.EQ: "is this",
    Operator.NE: "is not this, or is null",
    Operator.IN: "is one of these",
    Operator.GT: "is more than this",
    Operator.GTE: "is at least this",
    Operator.LT: "is less than this",
    Operator.LTE: "is at most this",
    Operator.CONTAINS: "contains this, to the character",
    Operator.STARTSWITH: "starts with this, to the character",
}


def _schema(field: QueryField, operator: Operator, codes: Codes) -> Schema:
    if operator is Operator.ISNULL:
        return _BOOLEAN
    if operator in (Operator.CONTAINS, Operator.STARTSWITH):
        return _TEXT
    value = _value(field, codes)
    if operator is not Operator.IN:
        return value
    if value == _TEXT:
        value = {**value, "pattern": "^[^,]+$"}
    return {"type": "array", "items": value, "minItems": 1, "maxItems": MAX_MEMBERS}


def _value(field: QueryField, codes: Codes) -> Schema:
    column = field.column.field
    if field.kind is Kind.NUMBER:
        return _INTEGER if isinstance(column, Integer) else _NUMBER
    if isinstance(column, Date):
        return {"type": "string", "format": "date"}
    if isinstance(column, Choice):
        return {"type": "string", "enum": list(column.codelist)}
    if isinstance(column, Code) and column.vocabulary in codes:
        return {"type": "string", "enum": codes[column.vocabulary]}
    if field.kind is not Kind.TEXT and isinstance(column, Pattern):
        return {"type": "string", "pattern": f"^{column.pattern}$", "maxLength": column.longest}
    return _TEXT


def _settings(collection: Collection) -> Iterator[Parameter]:
    yield Parameter(
        name="q",
        schema=_TEXT,
        about=Label(
            "全文检索：中文任意字串（简繁、全角半角通用），英文单词或其开头，名称的拼音或首字母。"
            "空格分开的各部分须同时出现。",
            "Full text: any stretch of Chinese (simplified or traditional, any width), English "
            "words or their beginnings, the pinyin of names or its initials. Parts that are "
            "separated by spaces must all occur.",
        ),
    )
    sortable = [field.name for field in fields_of(collection).values() if field.sortable]
    yield _choices(
        "sort",
        [signed for name in sortable for signed in (name, f"-{name}")],
        MAX_ORDERS,
        Label(
            "排序字段，前加 - 为降序；空值总在最后，最后按文件中的顺序。",
            "Fields to sort by, with - before a name for the other direction; nulls come last in "
            "both, and ties are broken by the order of the files.",
        ),
    )
    names = field_names(collection)
    yield _choices(
        "fields",
        names,
        len(names),
        Label(
            "要返回的字段及其次序；title 即 title_zh 和 title_en。",
            "Which fields to give, and in which order; title means title_zh and title_en.",
        ),
    )
    countable = [field.name for field in fields_of(collection).values() if field.countable]
    yield _choices(
        "facet",
        countable,
        MAX_FACETS,
        Label("按这些字段计数。", "Count the matching records by the values of these fields."),
    )
    if collection.links:
        links = list(collection.links)
        yield _choices(
            "expand",
            links,
            len(links),
            Label(
                "把所关联的记录整条嵌入 expanded。",
                "Links whose records are embedded whole as `expanded`, each list in the order of "
                "its links.",
            ),
            of_fields=False,
        )
    yield from _COMMON


def search_settings() -> dict[str, Parameter]:
    """Return the parameters of a search across collections, by name."""
    common = settings(DATASETS)
    names = [*COLLECTIONS, DATASETS.name]
    collections = _choices(
        "collection",
        names,
        len(names),
        Label("只在这些集合中查找。", "Look in these collections only."),
        of_fields=False,
    )
    return {"q": common["q"], "collection": collections} | {
        name: common[name] for name in ("limit", "cursor")
    }


def field_names(collection: Collection) -> list[str]:
    """Return the names that ``fields`` takes: columns, and whole fields that have several."""
    names: dict[str, None] = {}
    for field in fields_of(collection).values():
        names.setdefault(field.column.path[0])
        names.setdefault(field.name)
    return list(names)


def _choices(
    name: str, choices: list[str], most: int, about: Label, *, of_fields: bool = True
) -> Parameter:
    items = {"type": "string", "enum": choices}
    schema = {
        "type": "array",
        "items": items,
        "minItems": 1,
        "maxItems": most,
        "uniqueItems": True,
    }
    return Parameter(name=name, schema=schema, about=about, of_fields=of_fields)


_COMMON = (
    Parameter(
        name="limit",
        schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
        about=Label(
            f"返回多少条；JSON 默认 {DEFAULT_LIMIT} 条，其他格式默认全部。",
            f"How many records to give; {DEFAULT_LIMIT} where absent as JSON, all of them in "
            "every other format.",
        ),
    ),
    Parameter(
        name="cursor",
        schema={"type": "string", "pattern": f"^{CURSOR}$", "maxLength": 200},
        about=Label(
            "从此处继续；取自 links.next 或 links.prev，不要自行拼写。",
            "Go on from here; taken from `links.next` or `links.prev` of a page of the same "
            "query, never made by hand: one of another query is refused. 409 where the data "
            "have changed and the record it names is gone.",
        ),
    ),
    Parameter(
        name="profile",
        schema={"type": "string", "enum": ["machine", "excel"], "default": "machine"},
        about=Label(
            "machine：字段名与代码，无 BOM；excel：供人阅读，有 BOM，表头与代码写成文字，"
            "每行注明数据集、版本、许可和永久链接。",
            "`machine`: field names and codes, no byte order mark. `excel`: for people and "
            "spreadsheets, with byte order mark, headers and codes spelled out, and dataset, "
            "version, licence and permalink on every row.",
        ),
    ),
    Parameter(
        name="lang",
        schema={"type": "string", "enum": list(LANGUAGES)},
        about=Label(
            "供人阅读的表头与代码的语言；未给时按 Accept-Language，否则中文。",
            "Language of headers and codes that are spelled out; by Accept-Language where "
            "absent, else Chinese.",
        ),
    ),
    Parameter(
        name="bom",
        schema=_BOOLEAN,
        about=Label(
            "是否以 BOM 开头；excel 默认有，machine 默认无。",
            "Whether to begin with a byte order mark; where absent, only `excel` does.",
        ),
    ),
    Parameter(
        name="header",
        schema={"type": "string", "enum": ["id", "zh", "en", "none"]},
        about=Label(
            "表头：字段名、中文、英文或没有。",
            "The header line: field names, Chinese or English labels, or none.",
        ),
    ),
    Parameter(
        name="delimiter",
        schema={"type": "string", "enum": ["comma", "semicolon", "tab"], "default": "comma"},
        about=Label("列之间的分隔符。", "What separates the columns."),
    ),
)

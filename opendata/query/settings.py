"""The parameters that are no filters: what to look for, in which order, how much and how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from opendata.query.fields import fields_of
from opendata.query.parameters import (
    BOOLEAN,
    DEFAULT_LIMIT,
    MAX_FACETS,
    MAX_LIMIT,
    MAX_ORDERS,
    TEXT,
    Parameter,
)
from opendata.records import COLLECTIONS, DATASETS, Collection
from opendata.records.patterns import DRAFT, Slug, VersionNumber
from opendata.vocabularies import LANGUAGES, Label

#: A cursor names a row (collection, dataset, version and place), the direction, and a check.
CURSOR = "~".join(
    (
        f"({'|'.join((*COLLECTIONS, DATASETS.name))})",
        Slug.pattern,
        f"({VersionNumber.pattern}|{DRAFT})",
        "[1-9][0-9]{0,8}",
        "[np][0-9a-f]{8}",
    )
)


@cache
def settings(collection: Collection) -> dict[str, Parameter]:
    """Return every other parameter that an address of a collection may have, by name."""
    return {parameter.name: parameter for parameter in _settings(collection)}


def _settings(collection: Collection) -> Iterator[Parameter]:
    yield Parameter(
        name="q",
        schema=TEXT,
        about=Label(
            "全文检索：中文任意字串（简繁、全角半角通用），英文单词或其开头，名称的拼音或首字母。"
            "空格分开的各部分须同时出现。",
            "Full text: any stretch of Chinese (simplified or traditional, any width), English "
            "words or their beginnings, the pinyin of names or its initials. Parts that are "
            "separated by spaces must all occur.",
        ),
    )
    fields = fields_of(collection).values()
    yield _choices(
        "sort",
        [signed for f in fields if f.sortable for signed in (f.name, f"-{f.name}")],
        MAX_ORDERS,
        Label(
            "排序字段，前加 - 为降序；空值总在最后，最后按文件中的顺序。",
            "Fields to sort by, with - before a name for the other direction; nulls come last in "
            "both, and ties are broken by the order of the files.",
        ),
        unfit={s + f.name: _LIST for f in fields if not f.sortable for s in ("", "-")},
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
    yield _choices(
        "facet",
        [f.name for f in fields if f.countable],
        MAX_FACETS,
        Label("按这些字段计数。", "Count the matching records by the values of these fields."),
        unfit={f.name: _PROSE for f in fields if not f.countable},
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


#: Why a field cannot be sorted by, or counted by.
_LIST = Label("是列表字段，不能用来排序", "may have several values, so it cannot be sorted by")
_PROSE = Label("是文字，不能用来计数", "is a text, so there is nothing to count by its values")
_NONE: Mapping[str, Label] = {}


def field_names(collection: Collection) -> list[str]:
    """Return the names that ``fields`` takes: columns, and whole fields that have several."""
    names: dict[str, None] = {}
    for field in fields_of(collection).values():
        names.setdefault(field.column.path[0])
        names.setdefault(field.name)
    return list(names)


def _choices(
    name: str,
    choices: list[str],
    most: int,
    about: Label,
    *,
    of_fields: bool = True,
    unfit: Mapping[str, Label] = _NONE,
) -> Parameter:
    items = {"type": "string", "enum": choices}
    schema = {
        "type": "array",
        "items": items,
        "minItems": 1,
        "maxItems": most,
        "uniqueItems": True,
    }
    return Parameter(name=name, schema=schema, about=about, of_fields=of_fields, unfit=unfit)


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
            "供人阅读的表头与代码的语言，以及引用格式的语言；未给时按 Accept-Language，否则中文。",
            "Language of headers and codes that are spelled out, and of citations; by "
            "Accept-Language where absent, else Chinese.",
        ),
    ),
    Parameter(
        name="bom",
        schema=BOOLEAN,
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

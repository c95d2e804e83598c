"""CSV on the Web (W3C Recommendation, 2015): what a table's columns hold, for validators.

Every link between records is a list, and the standard compares a list as a whole, so that no
foreign key of its kind can say where the members lead; the data dictionary does. The unit of a
figure stands in a column of its own, which ``schema:unitText`` names in braces, as in templates.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.formats.csv import LINE_END
from opendata.query import Kind, QueryField, fields_of
from opendata.records import DATASETS, Collection
from opendata.records.fields import Integer
from opendata.records.patterns import Url
from opendata.records.text import LIST_SEPARATOR
from opendata.spec.resources import DESCRIBES, Reach, Resource
from opendata.spec.tables import is_required, key_of, unit_column
from opendata.vocabularies import Label

_CONTEXT = ["http://www.w3.org/ns/csvw", {"@language": "en"}]
_DIALECT = {
    "encoding": "utf-8",
    "header": True,
    "delimiter": ",",
    "lineTerminators": [LINE_END],
    "quoteChar": '"',
    "doubleQuote": True,
    "trim": False,
}


def table_metadata(
    base_url: str, resource: Resource, meta: Mapping[str, Any] | None
) -> dict[str, Any]:
    """Return what describes the CSV beside ``resource``, which is that of its metadata.

    :param meta: what answers say of the version that the rows are of, where it is one.
    """
    collection = resource.collection
    assert collection is not None
    return {
        "@context": _CONTEXT,
        "url": resource.path.rpartition("/")[2].removesuffix(DESCRIBES),
        **_about(base_url, collection, meta),
        "dialect": _DIALECT,
        "tableSchema": {
            "columns": [_column(collection, f) for f in fields_of(collection).values()],
            "primaryKey": list(key_of(collection, everywhere=resource.reach is Reach.EVERYWHERE)),
            "aboutUrl": base_url + _record_path(collection),
        },
    }


def _about(base_url: str, collection: Collection, meta: Mapping[str, Any] | None) -> dict[str, Any]:
    described = {"rdfs:seeAlso": {"@id": f"{base_url}/v1/schema"}}
    if meta is None:
        return {"dc:title": _both(collection.title), **described}
    title = Label(**meta["title"])
    named = Label(
        f"{title.zh}：{collection.title.zh}",
        f"{title.en}: {collection.title.en}",
    )
    licence = {"dc:license": {"@id": meta["licence_url"]}} if meta["licence_url"] else {}
    day = {"@value": meta["released"], "@type": "xsd:date"}
    issued = {"dc:issued": day} if meta["released"] else {}  # a draft has no date
    return {
        "dc:title": _both(named),
        "dc:publisher": _both(Label(**meta["publisher"])),
        **licence,
        **issued,
        "schema:version": meta["version"],
        **described,
    }


def _column(collection: Collection, field: QueryField) -> dict[str, Any]:
    column = field.column
    language = {"lang": column.language} if column.language else {}
    separator = {"separator": LIST_SEPARATOR} if field.many else {}
    unit = unit_column(collection, column)
    return {
        "name": field.name,
        "titles": {"und": field.name, **column.label._asdict()},
        "dc:description": _both(column.note),
        "datatype": _datatype(field),
        "null": "",
        "required": is_required(collection, column),
        **language,
        **separator,
        **({"schema:unitText": f"{{{unit}}}"} if unit else {}),
    }


def _datatype(field: QueryField) -> str | dict[str, str]:
    if field.kind is Kind.NUMBER:
        return "integer" if isinstance(field.column.field, Integer) else "decimal"
    if field.kind is Kind.DATE:
        return {"base": "date", "format": "yyyy-MM-dd"}
    return "anyURI" if isinstance(field.column.field, Url) else "string"


def _record_path(collection: Collection) -> str:
    """Return the path of a row's record in its version, with the columns that fill it in."""
    if collection is DATASETS:
        return "/v1/datasets/{id}/versions/{version}"
    return f"/v1/datasets/{{dataset}}/versions/{{version}}/{collection.name}/{{id}}"


def _both(label: Label) -> list[dict[str, str]]:
    return [{"@value": text, "@language": name} for name, text in label._asdict().items()]

"""Write the baseline anew, at a release of the software: ``python -m tests.compatibility.renew``.

What is written is what the committed description and the columns of the tables promise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

from opendata.formats.csv import ADDED, EXCEL_EN, EXCEL_ZH
from opendata.query import fields_of
from opendata.records import COLLECTIONS, DATASETS

BASELINE = Path(__file__).parent / "baseline"
DESCRIPTION = Path(__file__).parents[2] / "openapi/openapi.yaml"

#: What explains and does not promise, and what no comparison looks at.
_TEXTS = {"description", "summary", "example", "examples", "title", "tags", "operationId"}
_UNUSED = {"headers", "security", "links", "pattern", "minLength", "maxLength", "style", "explode"}
#: Below these keys stand names, not keywords.
_NAMES = {"properties", "paths", "schemas", "parameters", "responses", "content"}


def description() -> dict[str, Any]:
    """Return the committed description of the API."""
    document: dict[str, Any] = yaml.load(DESCRIPTION.read_bytes(), yaml.CSafeLoader)
    return document


def reduced(value: Any, *, names: bool = False) -> Any:
    """Return what of a description is compared."""
    if isinstance(value, list):
        return [reduced(member) for member in value]
    if not isinstance(value, dict):
        return value
    kept = value if names else {k: v for k, v in value.items() if k not in _TEXTS | _UNUSED}
    return {key: reduced(inner, names=not names and key in _NAMES) for key, inner in kept.items()}


def tables() -> dict[str, dict[str, str]]:
    """Return the columns of each table by name, with the kind of their values."""
    found: dict[str, dict[str, str]] = {}
    for collection in (*COLLECTIONS.values(), DATASETS):
        kinds = fields_of(collection)
        name = f"{collection.name}.csv"
        found[name] = {f.name: f.kind.value + "[]" * f.many for f in kinds.values()}
        for format_ in (EXCEL_ZH, EXCEL_EN):
            columns = format_.columns(collection)
            language = format_.language
            headings = {getattr(c.heading, language): found[name][c.name] for c in columns}
            headings |= {getattr(heading, language): "text" for _, heading, _ in ADDED}
            found[f"{name}?profile=excel&lang={language}"] = headings
    return found


def main() -> None:
    """Write both files of the baseline."""
    document = {key: reduced(description()[key], names=key == "paths") for key in ("paths",)}
    parts = description()["components"]
    kept = ("schemas", "parameters", "responses")
    document["components"] = {key: reduced(parts[key], names=True) for key in kept}
    for name, content in (("openapi.json", document), ("tables.json", tables())):
        text = json.dumps(content, ensure_ascii=False, indent=0)
        (BASELINE / name).write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()

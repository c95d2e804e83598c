"""What explains an archive to people: its READMEs and its licence, filled in from templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from opendata.records import COLLECTIONS
from opendata.vocabularies import Label

#: Names of the READMEs, by language, and of the page on the licence.
NAMES = {"zh": "README.zh.md", "en": "README.en.md"}
LICENCE = "LICENSE.md"

_NAMED = Label("${licence}（<${licence_url}>）", "${licence} (<${licence_url}>)")
_LEFT_OUT = Label(
    "未附工作簿（行数或文字超出 Excel 所能容纳）：${names}\n\n",
    "Without a workbook, since Excel cannot hold the rows or a text: ${names}\n\n",
)


def readme(
    language: str,
    record: Mapping[str, Any],
    licence_url: str | None,
    address: str,
    left_out: Iterable[str],
) -> str:
    """Return the README of a version's archive.

    :param record: the version's dataset record.
    :param licence_url: where the text of its licence is, if that is known.
    :param address: the version's pinned address.
    :param left_out: the collections that there are no workbooks of.
    """
    names = ", ".join(left_out)
    licence = {"licence": record["licence"], "licence_url": licence_url}
    return _template(f"version.{language}.md").substitute(
        title=record["title"][language],
        description=record["description"][language],
        dataset=record["id"],
        version=record["version"],
        released=record["released"],
        publisher=record["publisher"]["name"][language],
        address=address,
        licence=_filled(_NAMED, language, licence) if licence_url else record["licence"],
        counts="\n".join(
            f"- {getattr(collection.title, language)} (`{name}`): {record[name]}"
            for name, collection in COLLECTIONS.items()
        ),
        left_out=_filled(_LEFT_OUT, language, {"names": names}) if names else "",
        sha256=record["sha256"],
        notes=record["notes"][language],
    )


def licence_page(record: Mapping[str, Any], licence_url: str | None, address: str) -> str:
    """Return the page on the licence of a version, in both languages."""
    title, publisher = record["title"], record["publisher"]["name"]
    return _template("licence.md").substitute(
        title_zh=title["zh"],
        title_en=title["en"],
        publisher_zh=publisher["zh"],
        publisher_en=publisher["en"],
        version=record["version"],
        licence=record["licence"],
        licence_url=licence_url or "",
        address=address,
    )


def readme_of_all(language: str, base_url: str, count: int) -> str:
    """Return the README of the archive of ``count`` datasets."""
    return _template(f"all.{language}.md").substitute(base_url=base_url, count=count)


def _filled(form: Label, language: str, values: Mapping[str, str | None]) -> str:
    return Template(getattr(form, language)).substitute(values)


@cache
def _template(name: str) -> Template:
    path = Path(__file__).parent / "templates" / name
    return Template(path.read_text("utf-8"))

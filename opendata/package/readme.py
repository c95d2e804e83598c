"""What explains an archive to people: its READMEs and its licence, filled in from templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

from opendata.records import COLLECTIONS
from opendata.spec.written import row
from opendata.vocabularies import Label

#: Names of the READMEs, by language, and of the page on the licence.
NAMES = {"zh": "README.zh.md", "en": "README.en.md"}
LICENCE = "LICENSE.md"
#: The data dictionary of the archive of all datasets, beside its READMEs, by language.
DICTIONARIES = {"zh": "README.fields.zh.md", "en": "README.fields.en.md"}

_NAMED = Label("${licence}（<${licence_url}>）", "${licence} (<${licence_url}>)")
_OF_ALL = Label(
    "| 数据集 | 版本 | 许可 | 引用 |\n| --- | --- | --- | --- |",
    "| Dataset | Version | Licence | Citation |\n| --- | --- | --- | --- |",
)
_CREDITS = ("| Dataset / 数据集 | Version / 版本 | Credit / 署名 |", "| --- | --- | --- |")
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
    caveats: str,
) -> str:
    """Return the README of a version's archive.

    :param record: the version's dataset record.
    :param licence_url: where the text of its licence is, if that is known.
    :param address: the version's pinned address.
    :param left_out: the collections that there are no workbooks of.
    :param caveats: what to mind (:func:`opendata.package.caveats.caveats`).
    """
    names = ", ".join(left_out)
    return _template(f"version.{language}.md").substitute(
        title=record["title"][language],
        description=record["description"][language],
        dataset=record["id"],
        version=record["version"],
        released=record["released"],
        publisher=record["publisher"]["name"][language],
        address=address,
        licence=_licence(record["licence"], licence_url, language),
        counts="\n".join(
            f"- {getattr(collection.title, language)} (`{name}`): {record[name]}"
            for name, collection in COLLECTIONS.items()
        ),
        left_out=_filled(_LEFT_OUT, language, {"names": names}) if names else "",
        caveats=caveats,
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


def readme_of_all(language: str, base_url: str, metas: Sequence[Mapping[str, Any]]) -> str:
    """Return the README of the archive of all datasets.

    :param metas: what answers say of the versions in it (``meta``).
    """
    rows = (_cells(meta, language) for meta in metas)
    datasets = "\n".join((getattr(_OF_ALL, language), *rows))
    return _template(f"all.{language}.md").substitute(
        base_url=base_url, count=len(metas), datasets=datasets
    )


def _cells(meta: Mapping[str, Any], language: str) -> str:
    licence = _licence(meta["licence"], meta["licence_url"], language)
    return row((f"`{meta['dataset']}`", meta["version"], licence, meta["citation"][language]))


def licences_page(base_url: str, metas: Iterable[Mapping[str, Any]]) -> str:
    """Return the page on the licences of the archive of all datasets, in both languages.

    :param metas: what answers say of the versions in it (``meta``).
    """
    found: dict[str, list[str]] = {}
    for meta in metas:
        title, publisher = meta["title"], meta["publisher"]
        named = f"`{meta['dataset']}`", meta["version"]
        address = f"<{base_url}/v1/datasets/{meta['dataset']}/versions/{meta['version']}>"
        head = [f"## {meta['licence']}", "", meta["licence_url"] or "", "", *_CREDITS]
        credit = (
            f"{publisher['en']}, “{title['en']}”; {publisher['zh']}，《{title['zh']}》; {address}"
        )
        found.setdefault(meta["licence"], head).append(row((*named, credit)))
    parts = "\n\n".join("\n".join(found[name]) for name in sorted(found))
    return _template("licences.md").substitute(licences=parts)


def _licence(name: str, url: str | None, language: str) -> str:
    values = {"licence": name, "licence_url": url}
    return _filled(_NAMED, language, values) if url else name


def _filled(form: Label, language: str, values: Mapping[str, str | None]) -> str:
    return Template(getattr(form, language)).substitute(values)


@cache
def _template(name: str) -> Template:
    path = Path(__file__).parent / "templates" / name
    return Template(path.read_text("utf-8"))

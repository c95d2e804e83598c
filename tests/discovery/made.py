"""Releases and corrections to tell of, made up."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from opendata.discovery import Correction, Download, Release
from opendata.vocabularies import Label

BASE = "https://data.example.org/open"
NOON = "2030-02-01T12:00:00Z"


def release(
    dataset: str = "demo-2030",
    version: str = "1.0.0",
    published: str = NOON,
    title: Label = Label("工作安排", "Work plan"),  # noqa: B008 - never changes
) -> Release:
    """Return a release with one file."""
    path = f"{BASE}/v1/datasets/{dataset}/versions/{version}/targets.csv"
    return Release(
        dataset=dataset,
        version=version,
        latest=False,
        published=published,
        released="2030-02-01",
        sha256="0" * 64,
        title=title,
        notes=Label("第一版。", "The first version."),
        publisher=Label("测试项目", "Test project"),
        publisher_url="https://example.org/",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        downloads=(Download(path, "text/csv", 12, Label("目标", "Targets")),),
    )


def correction(version: str, since: str, number: int = 1) -> Correction:
    """Return a correction of two records of ``demo-2030``."""
    return Correction(
        dataset="demo-2030",
        version=version,
        number=number,
        since=since,
        collection="targets",
        ids=("gdp-growth", "new-jobs"),
        columns=("value",),
        wrong=Label("数字抄错<6>。", "The figure was <6>."),
        reason=Label("与原文核对。", "Checked against the report."),
    )


def parsed(body: bytes) -> Element:
    """Return the root of a document."""
    return fromstring(body)  # noqa: S314 - our own

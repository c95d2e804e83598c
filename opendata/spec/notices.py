"""What an answer says for people about how its data stand, in both languages (``meta.notice``)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opendata.vocabularies import Label

#: Of a draft, and of rows that may be of one.
DRAFT_NOTICE = Label(
    "这是未发布的草稿的预览：未经审定，随时会变，不得引用或转载。",
    "This is a preview of an unreleased draft: it is unchecked, may change at any time and must "
    "not be cited or republished.",
)


def across(*, preview: bool) -> dict[str, Any]:
    """Return what ``meta`` says, beside how many there are, of rows of several versions."""
    return {"notice": joined(DRAFT_NOTICE)} if preview else {}


def superseded(old: str, number: str, released: str, dataset: str) -> Label:
    """Return what is said of the version ``old`` after which ``number`` was ``released``.

    :param dataset: the address of the dataset.
    """
    address, changes = f"{dataset}/versions/{number}", f"{dataset}/changes?since={old}"
    return Label(
        f"本版本已被 {number} 版（{released} 发布）取代，见 {address} 。"
        f"此后的变更：{changes} ，更正：{dataset}/corrections 。",
        f"This version was superseded by {number}, released on {released}: {address} . "
        f"What changed since: {changes} , and was corrected: {dataset}/corrections .",
    )


def deprecated(about: Mapping[str, Any], base_url: str) -> Label:
    """Return what is said of a dataset that is given up.

    :param about: its group ``deprecation`` (records.dataset.Deprecation).
    """
    day, sunset, successor = about["date"], about["sunset"], about["successor"]
    reason = Label(**about["reason"])
    zh, en = f"本数据集自 {day} 起弃用：{reason.zh}", f"Deprecated from {day} on: {reason.en}"
    if successor:
        address = f"{base_url}/v1/datasets/{successor}"
        zh, en = f"{zh} 请改用 {address} 。", f"{en} Use {address} instead."
    if sunset:
        zh += f" 不带版本号的地址在 {sunset} 之后可能停止服务，带版本号的地址继续有效。"
        en += f" Addresses without a version may stop answering after {sunset}; others stay."
    return Label(zh, en)


def joined(*notices: Label | None) -> dict[str, str] | None:
    """Return the notices that there are as one, in the form of ``meta.notice``."""
    given = [notice for notice in notices if notice]
    if not given:
        return None
    return {"zh": " ".join(n.zh for n in given), "en": " ".join(n.en for n in given)}

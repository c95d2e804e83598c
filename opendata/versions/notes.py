"""What a release says of itself: its notes, and its section of the dataset's CHANGELOG.md.

Both are composed of what the editor declared (``changes.yaml``) and of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from opendata.changes import KINDS, Changes, Kind, RecordChange
from opendata.records import COLLECTIONS

#: Longer notes are cut to the summary and the counts: the rest stands in changes.yaml in full.
_LONGEST = 18_000
_COUNTED: dict[Kind, tuple[str, str]] = {
    "removed": ("移除", "removed"),
    "added": ("新增", "added"),
    "renamed": ("改标识", "renamed"),
    "changed": ("修改", "changed"),
    "reworded": ("改写", "reworded"),
}
_TITLE = """\
# {dataset}：更新日志 Changelog

由 opendata release 写入，新版本在前；格式依照 [Keep a Changelog](https://keepachangelog.com/)。
Written by opendata release, newest first, in the form of [Keep a Changelog](https://keepachangelog.com/).
"""
#: A section begins so; everything before the first is the title.
_SECTION = "\n## ["


def notes_of(ledger: Mapping[str, Any], changes: Changes, last: str | None) -> dict[str, str]:
    """Return the notes of a version in both languages.

    :param changes: from the version before; everything is added where there is none.
    :param last: the number of the version before.
    """
    told = {
        language: list(_sentences(ledger, changes, last, language)) for language in ("zh", "en")
    }
    notes = {}
    for language, gap in (("zh", ""), ("en", " ")):
        whole = gap.join(told[language])
        if len(whole) > _LONGEST:
            whole = gap.join(told[language][:2])
        notes[language] = whole
    return notes


def _sentences(
    ledger: Mapping[str, Any], changes: Changes, last: str | None, language: str
) -> Iterator[str]:
    """Yield the summary, the counts, and each withdrawal, renaming and correction."""
    chinese = language == "zh"
    yield ledger["summary"][language]
    counts = _counts(changes, language)
    if last is None:
        yield f"首个版本：{counts}。" if chinese else f"The first version: {counts}."
    else:
        yield f"与{last}版相比：{counts}。" if chinese else f"Since {last}: {counts}."
    for gone in ledger["withdrawals"]:
        yield _withdrawal(gone, language)
    for record in _renamed(changes):
        was, now = record.previous_id, record.id
        yield f"改标识：{was} 改为 {now}。" if chinese else f"Renamed: {was} is now {now}."
    for wrong in ledger["corrections"]:
        yield _correction(wrong, language)


def _counts(changes: Changes, language: str) -> str:
    """Count the changes of records by kind; the parts of dataset.yaml and code lists are none."""
    counted = changes.counts()
    totals = {kind: sum(counted[name][kind] for name in COLLECTIONS) for kind in KINDS}
    if not any(totals.values()):
        return "记录没有改动" if language == "zh" else "no record changed"
    told = [(_COUNTED[kind], count) for kind, count in totals.items() if count]
    if language == "zh":
        return "、".join(f"{zh}{count}条" for (zh, _), count in told)
    return ", ".join(f"{count} {en}" for (_, en), count in told)


def _renamed(changes: Changes) -> list[RecordChange]:
    return [record for record in changes.records if record.previous_id is not None]


def _withdrawal(gone: Mapping[str, Any], language: str) -> str:
    reason, successor = gone["reason"][language], gone["successor"]
    if language == "zh":
        then = f"（由 {successor} 接替）" if successor else ""
        return f"撤回 {gone['id']}{then}：{_ended(reason, '。')}"
    then = f" (replaced by {successor})" if successor else ""
    return f"Withdrawn: {gone['id']}{then}. {_ended(reason, '.')}"


def _correction(wrong: Mapping[str, Any], language: str) -> str:
    ids, columns = (", ".join(wrong[name]) for name in ("ids", "columns"))
    if language == "zh":
        said = _ended(wrong["wrong"]["zh"], "。") + _ended(wrong["reason"]["zh"], "。")
        return f"更正 {ids}（{columns}，自{wrong['since']}版起有误）：{said}"
    said = f"{_ended(wrong['wrong']['en'], '.')} {_ended(wrong['reason']['en'], '.')}"
    return f"Corrected: {ids} ({columns}, wrong since {wrong['since']}). {said}"


def _ended(text: str, mark: str) -> str:
    return text if text.endswith((mark, "!", "?", "！", "？")) else text + mark


def changelog(
    before: str, dataset: str, version: str, on: date, ledger: Mapping[str, Any], changes: Changes
) -> str:
    """Return the dataset's CHANGELOG.md with a section for ``version`` above the others.

    :param before: the file as it was; empty where there was none.
    """
    title, begin, older = before.partition(_SECTION)
    if not before:
        title = _TITLE.format(dataset=dataset)
    section = "\n".join(_section(version, on, ledger, changes))
    return f"{title.rstrip()}\n\n{section}\n" + (begin + older if begin else "")


def _section(version: str, on: date, ledger: Mapping[str, Any], changes: Changes) -> Iterator[str]:
    yield f"## [{version}] - {on.isoformat()}"
    for language in ("zh", "en"):
        yield from ("", ledger["summary"][language])
    counts = (_counts(changes, language) for language in ("zh", "en"))
    yield from ("", " · ".join(counts))
    for heading, lines in (
        ("Removed 撤回", [f"- {_both(_withdrawal, gone)}" for gone in ledger["withdrawals"]]),
        ("Changed 改标识", [f"- `{r.previous_id}` → `{r.id}`" for r in _renamed(changes)]),
        ("Fixed 更正", [f"- {_both(_correction, wrong)}" for wrong in ledger["corrections"]]),
    ):
        if lines:
            yield from ("", f"### {heading}", "", *lines)


def _both(tell: Any, entry: Mapping[str, Any]) -> str:
    return f"{tell(entry, 'zh')} {tell(entry, 'en')}"

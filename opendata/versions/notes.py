"""What a release says of itself: its notes, and its section of the dataset's CHANGELOG.md.

Both are composed of what the editor declared (``changes.yaml``) and of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
_LISTS = "vocabularies/"
_TITLE = """\
# {dataset}：更新日志 Changelog

由 opendata release 写入，新版本在前；格式依照 [Keep a Changelog](https://keepachangelog.com/)。
Written by opendata release, newest first, in the form of [Keep a Changelog](https://keepachangelog.com/).
"""
#: So many added records are listed by name; of more, only where they are to be found.
_MOST_ADDED = 20
#: A section begins so; everything before the first is the title.
_SECTION = "\n## ["


@dataclass(frozen=True, slots=True)
class Telling:
    """What a release tells of.

    ``last`` is the number of the version before and ``changes`` those since it: everything is
    added where there is none. ``deprecation`` is what dataset.yaml says of it, where that is new.
    """

    ledger: Mapping[str, Any]
    changes: Changes
    last: str | None
    deprecation: Mapping[str, Any] | None = None


def notes_of(release: Telling) -> dict[str, str]:
    """Return the notes of a version in both languages."""
    told = {language: list(_sentences(release, language)) for language in ("zh", "en")}
    notes = {}
    for language, gap in (("zh", ""), ("en", " ")):
        whole = gap.join(told[language])
        if len(whole) > _LONGEST:
            whole = gap.join(told[language][:2])
        notes[language] = whole
    return notes


def _sentences(release: Telling, language: str) -> Iterator[str]:
    """Yield the summary, the counts, the deprecation, each withdrawal, renaming and correction."""
    chinese, ledger, changes = language == "zh", release.ledger, release.changes
    yield ledger["summary"][language]
    counts = _told_counts(release, language)
    if release.last is None:
        yield f"{counts}。" if chinese else f"{counts}."
    else:
        yield (
            f"与{release.last}版相比：{counts}。" if chinese else f"Since {release.last}: {counts}."
        )
    if release.deprecation:
        yield _deprecation(release.deprecation, language)
    for gone in ledger["withdrawals"]:
        yield _withdrawal(gone, language)
    for record in _renamed(changes):
        was, now = record.previous_id, record.id
        yield f"改标识：{was} 改为 {now}。" if chinese else f"Renamed: {was} is now {now}."
    for wrong in ledger["corrections"]:
        yield _correction(wrong, language)


def _told_counts(release: Telling, language: str) -> str:
    """Count what changed, or the records of a first version."""
    if release.last is not None:
        return counts_of(release.changes, language)
    counted = release.changes.counts()
    records = sum(counted[name]["added"] for name in COLLECTIONS)
    if language == "zh":
        return f"共{records}条记录"
    return f"{records} record{'' if records == 1 else 's'}"


def counts_of(changes: Changes, language: str) -> str:
    """Count the changes by kind, and how many of them are of no record.

    Those are code-list entries in use, and the parts of dataset.yaml.
    """
    chinese = language == "zh"
    told = [_count(changes, kind, chinese=chinese) for kind in KINDS]
    if not any(told):
        return "没有改动" if chinese else "no changes"
    return ("、" if chinese else ", ").join(filter(None, told))


def _count(changes: Changes, kind: Kind, *, chinese: bool) -> str:
    parts = [record.collection for record in changes.records if record.kind == kind]
    if not parts:
        return ""
    entries = sum(part.startswith(_LISTS) for part in parts)
    described = sum(part not in COLLECTIONS for part in parts) - entries
    zh, en = _COUNTED[kind]
    if chinese:
        among = [f"代码表条目{entries}条"] if entries else []
        among += [f"dataset.yaml {described}处"] if described else []
        return f"{zh}{len(parts)}条" + (f"（其中{'、'.join(among)}）" if among else "")
    noun = "a code-list entry" if entries == 1 else "code-list entries"
    among = [f"{entries} of them {noun}"] if entries else []
    among += [f"{described} of them in dataset.yaml"] if described else []
    return f"{len(parts)} {en}" + (f" ({', '.join(among)})" if among else "")


def _renamed(changes: Changes) -> list[RecordChange]:
    return [record for record in changes.records if record.previous_id is not None]


def _deprecation(said: Mapping[str, Any], language: str) -> str:
    reason, successor = said["reason"][language], said["successor"]
    if language == "zh":
        then = f"，改用 {successor}" if successor else ""
        return f"自{said['date']}起停用{then}：{_ended(reason, '。')}"
    then = f", use {successor} instead" if successor else ""
    return f"Deprecated from {said['date']} on{then}. {_ended(reason, '.')}"


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


def changelog(before: str, dataset: str, version: str, on: date, release: Telling) -> str:
    """Return the dataset's CHANGELOG.md with a section for ``version`` above the others.

    :param before: the file as it was; empty where there was none.
    """
    title, begin, older = before.partition(_SECTION)
    if not before:
        title = _TITLE.format(dataset=dataset)
    section = "\n".join(_section(dataset, version, on, release))
    return f"{title.rstrip()}\n\n{section}\n" + (begin + older if begin else "")


def _section(dataset: str, version: str, on: date, release: Telling) -> Iterator[str]:
    ledger, changes, ended = release.ledger, release.changes, release.deprecation
    yield f"## [{version}] - {on.isoformat()}"
    for language in ("zh", "en"):
        yield from ("", ledger["summary"][language])
    counts = (_told_counts(release, language) for language in ("zh", "en"))
    yield from ("", " · ".join(counts))
    for heading, lines in (
        ("Added 新增", list(_added(dataset, version, release))),
        ("Deprecated 停用", [f"- {_both(_deprecation, ended)}"] if ended else []),
        ("Removed 撤回", [f"- {_both(_withdrawal, gone)}" for gone in ledger["withdrawals"]]),
        ("Renamed 改标识", [f"- `{r.previous_id}` → `{r.id}`" for r in _renamed(changes)]),
        ("Fixed 更正", [f"- {_both(_correction, wrong)}" for wrong in ledger["corrections"]]),
    ):
        if lines:
            yield from ("", f"### {heading}", "", *lines)


def _added(dataset: str, version: str, release: Telling) -> Iterator[str]:
    """Yield a line for each record that was added since the version before."""
    if release.last is None:
        return
    added = [
        record
        for record in release.changes.records
        if record.kind == "added" and record.collection in COLLECTIONS
    ]
    for record in added[:_MOST_ADDED]:
        yield f"- `{record.id}` {record.title['zh']} {record.title['en']}"
    if len(added) > _MOST_ADDED:
        address = f"/v1/datasets/{dataset}/changes?from={release.last}&to={version}&kind=added"
        yield f"- … 共{len(added)}条 {len(added)} in all: `{address}`"


def _both(tell: Any, entry: Mapping[str, Any]) -> str:
    return f"{tell(entry, 'zh')} {tell(entry, 'en')}"

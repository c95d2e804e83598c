"""The action of a project is that of the printed verb which decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit import made_up_report
from tests.audit.finding import audit_of, edit

#: Quote, name, verb as printed, action.
CLEAN = [
    ("支持甲厂争创名牌", "甲厂", "支持…争创", "bid"),
    ("甲厂等3家企业争创名牌", "甲厂", "争创", "bid"),
    ("引导甲厂打造平台", "甲厂", "引导", "support"),
    ("鼓励甲厂", "甲厂", "鼓励", "support"),
    ("深入推进引导甲厂壮大", "甲厂", "引导", "support"),
    ("建成交付甲厂", "甲厂", "建成交付", "complete"),
    ("高质量完成甲厂", "甲厂", "高质量完成", "complete"),
    ("甲街建成示范街", "甲街", "建成", "complete"),
    ("开发甲湖游", "甲湖游", "开发", "complete"),
    ("适时启动甲厂改造", "甲厂", "适时启动", "start"),
    ("新建甲厂", "甲厂", "新建", "start"),
    ("开展新一轮甲行动", "甲行动", "开展新一轮", "start"),
    ("开展新一轮甲行动", "新一轮甲行动", "开展", "start"),
    ("新建续建甲街", "甲街", "新建续建", "advance"),
    ("深入开展甲行动", "甲行动", "深入开展", "advance"),
    ("实施甲小区电路改造", "甲小区", "改造", "upgrade"),
    ("实施甲小区电路改造", "甲小区电路改造", "实施", "advance"),
    ("加快甲厂建设", "甲厂", "加快", "advance"),
    ("组织实施甲建设年", "甲建设年", "组织实施", "advance"),
    ("支持乙厂,改造甲厂", "甲厂", "改造", "upgrade"),
]


def _write(folder: Path, quote: str, name: str, verb: str, action: str) -> Path:
    return made_up_report.write_projects(folder, quote, f"p {name} {action} {verb} {quote}")


def _said(datasets: Path) -> list[tuple[str, str, str]]:
    found = audit_of(datasets)[1]
    return [(p.field, p.message, p.fix) for p in found if p.field.startswith("action")]


@pytest.mark.parametrize(("quote", "name", "verb", "action"), CLEAN)
def test_every_verb_has_its_action(
    quote: str, name: str, verb: str, action: str, tmp_path: Path
) -> None:
    """争创 first, then 支持 in front, the verb after 实施, the first verb; none of the name."""
    datasets = _write(tmp_path, quote, name, verb, action)
    assert _said(datasets) == []
    wrong = "upgrade" if action != "upgrade" else "start"
    edit(datasets, "projects.yaml", "p", (f"action: {action}", f"action: {wrong}"))
    [(field, message, fix)] = _said(datasets)
    assert (field, fix) == ("action", f"write {action}")
    assert message.startswith(f"{wrong} does not agree with the printed ")


@pytest.mark.parametrize(
    ("quote", "verb", "action", "left_out"),
    [
        ("支持甲厂打造平台", "打造", "support", "支持"),
        ("支持甲厂争创名牌", "争创", "bid", "支持"),
        ("支持甲厂争创名牌", "支持", "bid", "争创"),
        ("深入推进甲厂建设", "建设", "advance", "推进"),
    ],
)
def test_a_verb_that_decides_is_copied(
    quote: str, verb: str, action: str, left_out: str, tmp_path: Path
) -> None:
    """Also where another verb of the same action is."""
    datasets = _write(tmp_path, quote, "甲厂", verb, action)
    said = f"{verb} leaves out {left_out}, which decides"
    assert _said(datasets) == [("action_as_printed", said, "copy that verb")]


def test_a_verb_of_no_action_is_found(tmp_path: Path) -> None:
    """擦亮 is in no table."""
    datasets = _write(tmp_path, "擦亮甲厂", "甲厂", "擦亮", "advance")
    said = "stands in a quote without a verb of an action"
    fix = "quote the verb, or enter it in audit/wording.py and docs/editorial.md"
    assert _said(datasets) == [("action_as_printed", said, fix)]

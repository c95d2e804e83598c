"""A small made-up ``datasets/`` folder, valid as it stands, whose YAML a test can alter.

The county, its report and every figure in it are invented. ``FILES`` holds each file as text;
:func:`write` puts them below a folder, :func:`change` alters one of them there and
:func:`release_demo` freezes the draft.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from opendata.versions import compare_versions, release, skeleton_of
from opendata.versions.freezing import FRESH_CHANGES

DATASET = "demo-2030"
DRAFT = f"{DATASET}/draft"

#: The made-up report. Paragraphs are its non-blank lines, counted from 1.
SOURCE = """柳溪县2030年工作安排

主要预期目标是:地区生产总值增长6.10%左右,工业产值突破300亿元,新增就业1200人至1500人。

一是发展绿色工业。建成柳溪水泵厂新车间,年产水泵600件;推进“一溪两岸”1改造。高质量办好龙舟赛。

名词说明

1.“一溪两岸”:指柳溪和东岸、西岸。
2.绿色工业:指能耗低、排放少的工业。
"""

DESCRIPTION = """\
title:
  zh: 柳溪县2030年工作安排
  en: Work plan of Liuxi County for 2030
description:
  zh: 虚构的县，用于测试。
  en: A made-up county, for tests.
publisher:
  name:
    zh: 测试项目
    en: Test project
  url: https://example.org/
area: 990102
period: 2030
themes:
  - econ
keywords:
  - zh: 工作安排
    en: work plan
languages:
  - zh
  - en
licence: CC-BY-4.0
contact:
  name:
    zh: 测试项目
    en: Test project
  email: data@example.org
documents:
  - id: report
    title:
      zh: 柳溪县政府工作报告
      en: Report on the work of the government of Liuxi County
    publisher:
      zh: 柳溪县人民政府
      en: People's Government of Liuxi County
    url: https://example.org/report.txt
    retrieved: 2030-01-20
    sha256: 9cf104dde821b4a294eb532b8073936fef01ce70132914c622d056c28c70eacb
    characters: 166
    language: zh
    extent:
      zh: 全文。
      en: The whole text.
    damage:
      - code: lost_character
        text:
          zh: 标题残缺。
          en: The heading is cut.
        paragraph: 1
sections:
  - id: 1
    title:
      zh: 主要预期目标
      en: Main targets
    printed: 主要预期目标
  - id: 2
    title:
      zh: 重点工作
      en: Main tasks
    sections:
      - id: 2.1
        title:
          zh: 绿色工业
          en: Green industry
        caveats:
          - code: ambiguous_scope
            text:
              zh: 范围不明。
              en: The scope is unclear.
  - id: notes
    title:
      zh: 名词说明
      en: Notes on terms
"""

CHANGES = """\
summary:
  zh: 第一版。
  en: The first version.
"""

TARGETS = """\
- id: gdp-growth
  title:
    zh: 地区生产总值增长率
    en: Growth of gross regional product
  section: 1
  kind: quantitative
  indicator: gross-regional-product
  measure: growth
  comparator: about
  strength: expect
  value: 6.10
  unit: percent
  as_printed: 增长6.10%左右
  period: 2030
  deadline: 2030-12-31
  deadline_basis: implied_by_report_year
  source:
    document: report
    paragraph: 2
    start: 22
    end: 37
    quote: 地区生产总值增长6.10%左右
  caveats:
    - code: ambiguous_scope
      text:
        zh: 未说明是否为不变价。
        en: Whether at constant prices is not said.

- id: industrial-output
  title:
    zh: 工业产值
    en: Industrial output
  section: 1
  kind: quantitative
  indicator: industrial-output
  measure: amount
  comparator: more_than
  strength: commit
  value: 300
  unit: cny-100m
  as_printed: 突破300亿元
  period: 2030
  deadline: 2030-12-31
  deadline_basis: implied_by_report_year
  projects:
    - pump-factory
  terms:
    - green-industry
  source:
    document: report
    paragraph: 2
    start: 38
    end: 49
    quote: 工业产值突破300亿元

- id: new-jobs
  title:
    zh: 新增就业
    en: New jobs
  section: 1
  kind: quantitative
  indicator: new-jobs
  measure: increment
  comparator: range
  strength: strive
  value: 1200
  value_max: 1500
  unit: item
  as_printed: 1200人至1500人
  period: 2030
  deadline: 2030-12-31
  deadline_basis: implied_by_report_year
  source:
    document: report
    paragraph: 2
    start: 50
    end: 65
    quote: 新增就业1200人至1500人

- id: dragon-boat-race
  title:
    zh: 办好龙舟赛
    en: Hold the dragon boat race
  section: 2.1
  kind: qualitative
  strength: commit
  period: 2030
  deadline: 2030-06-30
  deadline_basis: stated
  source:
    document: report
    paragraph: 3
    start: 109
    end: 117
    quote: 高质量办好龙舟赛
"""

PROJECTS = """\
- id: pump-factory
  title:
    zh: 建成柳溪水泵厂新车间
    en: Complete the new workshop of Liuxi Pump Factory
  name:
    zh: 柳溪水泵厂新车间
    en: New workshop of Liuxi Pump Factory
  aliases:
    - 水泵厂
  section: 2.1
  action: complete
  action_as_printed: 建成
  category: industrial-facility
  parties:
    - zh: 柳溪水泵厂
      en: Liuxi Pump Factory
  quantities:
    - value: 600
      unit: item
      as_printed: 600件
  deadline: 2030-12-31
  deadline_basis: implied_by_report_year
  targets:
    - industrial-output
  source:
    document: report
    paragraph: 3
    start: 77
    end: 96
    quote: 建成柳溪水泵厂新车间,年产水泵600件

- id: river-banks
  title:
    zh: 推进“一溪两岸”改造
    en: Carry forward the renewal of the river and its two banks
  name:
    zh: “一溪两岸”改造
    en: Renewal of the river and its two banks
  section: 2.1
  action: advance
  action_as_printed: 推进
  category: public-space
  location:
    zh: 柳溪两岸
    en: The two banks of the Liuxi
  terms:
    - river-and-banks
  source:
    document: report
    paragraph: 3
    start: 97
    end: 108
    quote: 推进“一溪两岸”1改造
"""

GLOSSARY = """\
- id: river-and-banks
  number: 1
  term:
    zh: 一溪两岸
    en: River and two banks
  section: notes
  kind: list
  definition:
    zh: 县城滨水地区。
    en: The waterfront of the county town.
  members:
    - zh: 柳溪
      en: the Liuxi
    - zh: 东岸
      en: east bank
    - zh: 西岸
      en: west bank
  marker_in_text: "1"
  mentions:
    - paragraph: 3
      start: 99
      end: 105
  source:
    document: report
    paragraph: 5
    start: 126
    end: 144
    quote: 1.“一溪两岸”:指柳溪和东岸、西岸

- id: green-industry
  number: 2
  term:
    zh: 绿色工业
    en: Green industry
  section: notes
  kind: definition
  definition:
    zh: 用能少、排放少的工业。
    en: Industry that uses little energy and emits little.
  source:
    document: report
    paragraph: 6
    start: 146
    end: 153
    quote: "2.绿色工业:"
"""


def entry(code: str, zh: str, en: str, *more: str) -> str:
    """Return one entry of a shared code list as YAML text."""
    lines = (f"- code: {code}", "  label:", f"    zh: {zh}", f"    en: {en}")
    meaning = ("  definition:", f"    zh: {zh}。", f"    en: '{en}.'")
    return "\n".join((*lines, *meaning, *(f"  {line}" for line in more), ""))


#: Every file below ``datasets/``. One area, one unit and one theme are used by no record.
FILES = {
    "vocabularies/areas.yaml": entry("990000", "青川省", "Qingchuan Province")
    + entry("990100", "白石市", "Baishi City", "broader: 990000")
    + entry("990102", "柳溪县", "Liuxi County", "broader: 990100")
    + entry("990103", "石桥县", "Shiqiao County", "broader: 990100"),
    "vocabularies/categories.yaml": entry("industrial-facility", "工业设施", "Industrial facility")
    + entry("public-space", "公共空间", "Public space"),
    "vocabularies/exclusions.yaml": entry("year", "年份", "Year"),
    "vocabularies/caveats.yaml": entry("ambiguous_scope", "范围不明", "Ambiguous scope")
    + entry("lost_character", "字符丢失", "Lost character"),
    "vocabularies/indicators.yaml": entry(
        "gross-regional-product", "地区生产总值", "Gross regional product"
    )
    + entry("industrial-output", "工业产值", "Industrial output")
    + entry("new-jobs", "新增就业", "New jobs"),
    "vocabularies/licences.yaml": entry(
        "CC-BY-4.0",
        "署名",
        "Attribution",
        "source: SPDX License List",
        "exact_match:",
        "  - https://creativecommons.org/licenses/by/4.0/",
    ),
    "vocabularies/themes.yaml": entry("econ", "经济", "Economy") + entry("heal", "健康", "Health"),
    "vocabularies/units.yaml": entry(
        "percent", "百分之一", "per cent", "dimension: ratio", 'base: "%"', "multiplier: 1"
    )
    + entry("cny-100m", "亿元", "100 million yuan", "dimension: money", "base: CNY")
    + "  multiplier: 100000000\n"
    + entry("item", "件", "item", "dimension: count", 'base: "{item}"', "multiplier: 1")
    + entry("km", "公里", "kilometre", "dimension: length", "base: m", "multiplier: 1000"),
    f"{DRAFT}/changes.yaml": CHANGES,
    f"{DRAFT}/dataset.yaml": DESCRIPTION,
    f"{DRAFT}/targets.yaml": TARGETS,
    f"{DRAFT}/projects.yaml": PROJECTS,
    f"{DRAFT}/glossary.yaml": GLOSSARY,
}


def write(datasets: Path, dataset: str = DATASET) -> Path:
    """Write the shared lists and the draft of ``dataset`` below ``datasets``; return the latter."""
    for name, text in FILES.items():
        path = datasets / name.replace(DATASET, dataset)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return datasets


def change(datasets: Path, name: str, *changes: tuple[str, str]) -> Path:
    """Replace text in the file ``name``, each old text at its first place; return its path."""
    path = datasets / name
    text = path.read_bytes().decode()
    for old, new in changes:
        assert old in text, f"{name} does not hold {old!r}"
        text = text.replace(old, new, 1)
    path.write_bytes(text.encode())
    return path


def release_demo(
    datasets: Path,
    version: str = "1.0.0",
    on: date = date(2030, 2, 1),
    dataset: str = DATASET,
) -> Path:
    """Release the draft of ``dataset`` as ``version``; return the new version's folder.

    Where its changes.yaml is the fresh one of the last release, what has to be declared is.
    """
    changes = datasets / dataset / "draft" / "changes.yaml"
    if changes.exists() and changes.read_text("utf-8") == FRESH_CHANGES:
        declare(datasets, dataset, f"{version}版。", f"Version {version}.")
    return release(datasets, dataset, version, on).path


def declare(datasets: Path, dataset: str, zh: str, en: str) -> None:
    """Write a draft's changes.yaml: a summary, and all that the changes have to declare."""
    compared = compare_versions(datasets, dataset)
    text = skeleton_of(compared).replace("zh: …", f"zh: {zh}").replace("en: …", f"en: {en}")
    (datasets / dataset / "draft" / "changes.yaml").write_text(text, "utf-8")

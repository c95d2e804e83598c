"""A made-up report of 13 paragraphs and a draft read from it, whose audit is clean.

The county and its figures are invented. Records are rows below; :func:`write` computes their
offsets from the text, so that a test may alter wording in text and rows alike (``changes``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path

from tests import made_up

DATASET = "bridge-2031"
DRAFT = f"{DATASET}/draft"

REPORT = """\
石桥县2031年工作安排

一、主要预期目标

  贯彻党的二十大精神,主要预期目标是:地区生产总值增长6.5%左右,公共预算收入增长4%以上,\
粮食产量保持30万吨以上,出口额突破300亿元。

二、重点工作

  做强实体经济。规上企业达到120家,数字化覆盖率提升至97%,新建厂房12.5万平方米。\
力争全年新增企业1千户。统一规划、统筹推进。

  深入开展“三品一特”[1]行动,园区入驻率超75%,5g基站扩增至2000个,投资增长3%点击查看2图。

  增进民生福祉。失业率保持4.5%以下,空气优良率保持85%,新增就业1,200人。改造十二大片区。办好桥灯会。

  建成双桥水厂,日供水2万吨。推进102国道改造。

三、自身建设:持之以恒改进作风。

名词说明

  1.“三品一特”[1]:指品种、品质、品牌和特色。

  2.规上企业:指年收入2000万元以上的企业。

来源:石桥县网站 2031-05-06
"""

#: id, section, measure, comparator, strength, value, unit, as printed, quote
TARGETS = """\
gdp           1   growth    about     expect 6.5  percent     增长6.5%左右  地区生产总值增长6.5%左右
revenue       1   growth    at_least  expect 4    percent     增长4%以上    公共预算收入增长4%以上
grain         1   amount    at_least  expect 30   t-10k       保持30万吨以上 粮食产量保持30万吨以上
exports       1   amount    more_than expect 300  cny-100m    突破300亿元   出口额突破300亿元
firms         2.1 count     reach     commit 120  enterprise  达到120家     规上企业达到120家
coverage      2.1 level     reach     commit 97   percent     提升至97%     数字化覆盖率提升至97%
floor-space   2.1 amount    equal     commit 12.5 m2-10k      12.5万平方米  新建厂房12.5万平方米
new-firms     2.1 increment equal     strive 1    household-k 1千户         力争全年新增企业1千户
occupancy     2.1 level     more_than commit 75   percent     超75%         园区入驻率超75%
base-stations 2.1 level     reach     commit 2000 item        扩增至2000个  5g基站扩增至2000个
investment    2.1 growth    equal     commit 3    percent     增长3%        投资增长3%
unemployment  2.2 level     at_most   commit 4.5  percent     保持4.5%以下  失业率保持4.5%以下
clean-air     2.2 level     maintain  commit 85   percent     保持85%       空气优良率保持85%
new-jobs      2.2 increment equal     commit 1200 person      1,200人       新增就业1,200人
districts     2.2 count     equal     commit 12   district    十二大片区    改造十二大片区
lantern-fair  2.2 -         -         commit -    -           -             办好桥灯会
"""

#: What each quantitative target counts, as the label of an indicator of the target's name.
INDICATORS = {
    "gdp": "地区生产总值",
    "revenue": "公共预算收入",
    "grain": "粮食产量",
    "exports": "出口额",
    "firms": "规上企业数",
    "coverage": "数字化覆盖率",
    "floor-space": "新建厂房",
    "new-firms": "新增企业数",
    "occupancy": "园区入驻率",
    "base-stations": "5G基站数",
    "investment": "投资",
    "unemployment": "失业率",
    "clean-air": "空气优良率",
    "new-jobs": "新增就业",
    "districts": "改造片区数",
}

_DAMAGED = "text: {zh: 原文有损坏。, en: Damaged in print.}}]"
#: What a few of them have besides.
_MORE_OF = {
    "firms": ("  terms: [large-firms]",),
    "base-stations": (f"  caveats: [{{code: lowercased_letters, {_DAMAGED}",),
    "investment": (f"  caveats: [{{code: injected_text, {_DAMAGED}",),
}

#: kind, reason, paragraph, quote
EXCLUSIONS = """\
numeral  year           1 2031
numeral  ordinal        2 一
numeral  name           3 二十
numeral  ordinal        4 二
numeral  word           5 一
numeral  name           6 5
numeral  injected_text  6 2
numeral  ordinal        9 三
numeral  capacity      12 2000万
numeral  footer        13 2031
numeral  footer        13 05
numeral  footer        13 06
sentence heading        2 一、主要预期目标
sentence heading        4 二、重点工作
sentence general_aim    5 做强实体经济。
sentence general_aim    5 统一规划、统筹推进。
sentence general_aim    7 增进民生福祉。
sentence general_aim    9 三、自身建设:持之以恒改进作风。
sentence heading       10 名词说明
clause   preamble       3 贯彻党的二十大精神,主要预期目标是
clause   general_aim    6 深入开展“三品一特”[1]行动
"""
#: After what an exclusion stands whose quote stands earlier in its paragraph too.
_AFTER = {("6", "5"): ",", ("6", "2"): "查看"}

PROJECTS = """\
- id: waterworks
  title: {zh: 建成双桥水厂, en: Complete Shuangqiao Waterworks}
  name: {zh: 双桥水厂, en: Shuangqiao Waterworks}
  section: 2.3
  action: complete
  action_as_printed: 建成
  category: public-space
  quantities:
    - {value: 2, unit: t-10k, as_printed: 2万吨}
  deadline: 2031-12-31
  deadline_basis: implied_by_report_year
  source: 建成双桥水厂,日供水2万吨
  caveats:
    - code: ambiguous_unit
      text: {zh: 能力还是产量不明。, en: Whether capacity or output is unclear.}

- id: road-102
  title: {zh: 推进102国道改造, en: Carry forward the rebuilding of National Highway 102}
  name: {zh: 102国道改造, en: Rebuilding of National Highway 102}
  section: 2.3
  action: advance
  action_as_printed: 推进
  category: public-space
  source: 推进102国道改造
"""

#: The last project alone, whose sentence others can take.
ROAD = PROJECTS[PROJECTS.index("- id: road-102") :]

GLOSSARY = """\
- id: three-products
  number: 1
  term: {zh: 三品一特, en: Brands and specialities}
  section: notes
  kind: list
  definition: {zh: 农业品牌建设。, en: Building farm brands.}
  members:
    - {zh: 品种, en: varieties}
    - {zh: 品质, en: quality}
    - {zh: 品牌, en: brands}
    - {zh: 特色, en: specialities}
  marker_in_text: "[1]"
  mentions: 三品一特
  source: 1.“三品一特”[1]:指品种、品质、品牌和特色

- id: large-firms
  number: 2
  term: {zh: 规上企业, en: Firms above designated size}
  section: notes
  kind: definition
  definition: {zh: 达到统计规模的企业。, en: Firms large enough to be counted.}
  mentions: 规上企业
  source: "2.规上企业:"
  caveats: [{code: outside_excerpt, text: {zh: 界限见注释。, en: The note says more.}}]
"""

_NOTE = "text: {zh: 损坏。, en: Damaged.}, paragraph"
_DAMAGE = f"""\
      - {{code: injected_text, {_NOTE}: 6, printed: 点击查看2图}}
      - {{code: lowercased_letters, {_NOTE}: 6, printed: 5g}}
      - {{code: cut_heading, {_NOTE}: 9}}
sections:
"""
#: id, depth, first and last paragraph
_SECTIONS = """\
1 1 2 3
2 1 4 8
2.1 2 5 6
2.2 2 7 7
2.3 2 8 8
3 1 9 9
notes 1 10 12
"""

_UNITS = {
    "percent": ("%", "ratio", "1"),
    "cny": ("元", "money", "1"),
    "cny-10k": ("万元", "money", "10000"),
    "cny-100m": ("亿元", "money", "100000000"),
    "t-10k": ("万吨", "mass", "10000000"),
    "m2": ("平方米", "area", "1"),
    "m2-10k": ("万平方米", "area", "10000"),
    "enterprise": ("家", "count", "1"),
    "household": ("户", "count", "1"),
    "household-k": ("千户", "count", "1000"),
    "item": ("个", "count", "1"),
    "person": ("人", "count", "1"),
    "district": ("片区", "count", "1"),
}
_REASONS = (
    "year ordinal name word injected_text capacity footer heading general_aim preamble example"
)
_CAVEATS = (
    "injected_text lowercased_letters cut_heading member_count ambiguous_unit outside_excerpt"
)


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write ``folder/report.txt`` and the draft read from it; return ``folder/datasets``.

    :param changes: what is written instead of what, in the text and the records alike.
    """
    report = _changed(REPORT, changes)
    files = _vocabularies() | {
        f"{DRAFT}/changes.yaml": made_up.CHANGES,
        f"{DRAFT}/dataset.yaml": _description(report),
        f"{DRAFT}/targets.yaml": _changed("\n".join(_targets()), changes),
        f"{DRAFT}/projects.yaml": _changed(PROJECTS, changes),
        f"{DRAFT}/glossary.yaml": _changed(GLOSSARY, changes),
        f"{DRAFT}/exclusions.yaml": "\n".join(_exclusions(report, changes)),
    }
    for name, text in files.items():
        path = folder / "datasets" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        placed = _placed(text, report) if name.startswith(DRAFT) else text
        path.write_bytes(placed.encode())
    (folder / "report.txt").write_bytes(report.encode())
    return folder / "datasets"


def write_projects(folder: Path, sentence: str, *rows: str) -> Path:
    """Write a report with another last sentence, and the projects read from it.

    :param rows: of each project its id, name, action, printed verb and quote.
    """
    return write(
        folder, ("推进102国道改造。", f"{sentence}。"), (ROAD, "\n".join(map(project, rows)))
    )


def project(row: str) -> str:
    """Return a project as YAML text, of a row as in ``write_projects``."""
    name, called, action, verb, quote = row.split()
    lines = [f"title: {{zh: {called}, en: Project}}", f"name: {{zh: {called}, en: Works}}"]
    lines += ["section: 2.3", f"action: {action}", f"action_as_printed: {verb}"]
    if action == "complete":
        lines += ["deadline: 2031-12-31", "deadline_basis: implied_by_report_year"]
    if action == "support":
        lines += [f"parties: [{{zh: {called}, en: Works}}]"]
    lines += ["category: public-space", f"source: {quote}"]
    return "\n".join((f"- id: {name}", *(f"  {line}" for line in lines), ""))


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        text = text.replace(old, new)
    return text


def _place(report: str, start: int, quote: str, indent: str) -> str:
    assert report[start : start + len(quote)] == quote
    number = len([line for line in report[:start].split("\n")[:-1] if line.strip()]) + 1
    lines = (f"paragraph: {number}", f"start: {start}", f"end: {start + len(quote)}")
    return "".join(f"\n{indent}{line}" for line in lines)


def _placed(text: str, report: str) -> str:
    """Write out where the quotes and mentions of records stand."""
    lines = []
    for line in text.splitlines():
        key, _, quote = line.partition(": ")
        quote = quote.strip('"')
        if key == "  source":
            place = _place(report, report.index(quote), quote, "    ")
            line = f'  source:\n    document: report{place}\n    quote: "{quote}"'
        if key == "  mentions":
            place = _place(report, report.index(quote), quote, "      ")
            line = f"  mentions:\n    -{place.lstrip()}".replace("-p", "- p")
        lines.append(line)
    return "\n".join(lines) + "\n"


def _targets() -> Iterator[str]:
    for row in TARGETS.splitlines():
        name, section, measure, comparator, strength, value, unit, printed, quote = row.split()
        title = INDICATORS.get(name, quote)
        yield f"- id: {name}\n  title: {{zh: {title}, en: Indicator}}\n  section: {section}"
        yield f"  kind: {'qualitative' if value == '-' else 'quantitative'}"
        yield f"  strength: {strength}"
        if value != "-":
            yield f"  indicator: {name}\n  measure: {measure}\n  comparator: {comparator}"
            yield f"  value: {value}\n  unit: {unit}\n  as_printed: {printed}"
        yield "  period: 2031\n  deadline: 2031-12-31\n  deadline_basis: implied_by_report_year"
        yield from _MORE_OF.get(name, ())
        yield f"  source: {quote}"


def _exclusions(report: str, changes: tuple[tuple[str, str], ...]) -> Iterator[str]:
    paragraphs = [line for line in report.splitlines() if line.strip()]
    for row in EXCLUSIONS.splitlines():
        kind, reason, number, quote = _changed(row, changes).split()
        after = _AFTER.get((number, quote), "")
        inside = paragraphs[int(number) - 1].index(after + quote) + len(after)
        place = _place(report, report.index(paragraphs[int(number) - 1]) + inside, quote, "  ")
        yield f"- kind: {kind}\n  reason: {reason}\n  document: report{place}"
        yield f'  quote: "{quote}"'


def _description(report: str) -> str:
    text = made_up.DESCRIPTION.replace("period: 2030", "period: 2031")
    head, _, _ = text.partition("      - code: lost_character")
    old = made_up.DESCRIPTION.partition("sha256: ")[2][:64]
    head = head.replace(old, hashlib.sha256(report.encode()).hexdigest())
    head = head.replace("characters: 166", f"characters: {len(report)}")
    return head + _DAMAGE + "".join(map(_section, _SECTIONS.splitlines()))


def _section(row: str) -> str:
    name, depth, first, last = row.split()
    indent = "  " * (2 * int(depth) - 1)
    lines = [f"- id: {name}", "  title: {zh: 章节, en: Section}"]
    lines += [f"  first_paragraph: {first}", f"  last_paragraph: {last}"]
    lines += ["  sections:"] if name == "2" else []
    return "".join(f"{indent}{line}\n" for line in lines)


def _vocabularies() -> dict[str, str]:
    lists = {name: text for name, text in made_up.FILES.items() if name.startswith("vocab")}
    indicators = (made_up.entry(*row, "Indicator") for row in INDICATORS.items())
    lists["vocabularies/indicators.yaml"] = "".join(indicators)
    for name, codes in (("exclusions", _REASONS), ("caveats", _CAVEATS)):
        entries = (made_up.entry(code, "代码", "Code") for code in codes.split())
        lists[f"vocabularies/{name}.yaml"] = "".join(entries)
    lists["vocabularies/units.yaml"] = "".join(starmap(_unit, _UNITS.items()))
    return lists


def _unit(code: str, of: tuple[str, str, str]) -> str:
    label, dimension, times = of
    more = (f"dimension: {dimension}", "base: x", f"multiplier: {times}")
    return made_up.entry(code, "单位", "Unit", *more).replace("zh: 单位\n", f'zh: "{label}"\n')

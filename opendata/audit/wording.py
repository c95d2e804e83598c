"""Wording: which printed words mean which code.

The one truth of every check here. ``docs/editorial.md`` prints the same words for editors, and a
test holds the two together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: The words of each comparator, in the order in which they decide: the first that is found.
COMPARATORS = {
    "range": ("至", "到"),
    "at_most": ("以下", "以内", "不超过", "不高于"),
    "at_least": ("以上", "不低于", "不少于"),
    "about": ("左右", "约"),
    "more_than": ("超过", "超", "突破"),
    "less_than": ("不足", "低于"),
    "maintain": ("保持",),
    "reach": ("达到", "达", "提升至", "提高至", "扩增至", "增至", "升至", "降至"),
}
#: Those that stand after the figure; the others stand before it.
BEHIND = ("以下", "以内", "以上", "左右")
#: The words of each strength but ``commit``, which needs none.
STRENGTHS = {"strive": ("力争", "争取", "争创"), "expect": ("预期目标",)}
#: What a value below zero is printed with.
DECREASE = ("下降", "降低", "减少")
GROWTH = ("增长", "提升", "提高", "增加", *DECREASE)
#: Growth that is always a rate.
RATE_OF_GROWTH = ("增长", "下降")
#: The verbs of each action; a longer verb is not the shorter one within it.
ACTIONS = {
    "bid": ("争创",),
    "support": ("支持", "引导", "鼓励"),
    "complete": ("建成交付", "建成", "完成", "落地运营", "举办", "开发"),
    "start": ("启动", "新开工", "新建", "组建", "建立", "成立", "开展新一轮"),
    "upgrade": ("扩容升级", "升级", "完善", "改造", "做大做强", "培强壮大", "配强"),
    "advance": (
        *("建设", "加快", "加速", "推进", "提速", "新建续建", "共建", "打造"),
        *("实施", "开展", "推动", "深化", "落实", "落实落细", "做好", "打好", "谋划", "推行"),
    ),
}
#: Says only that something is done: a verb of the table after it decides.
CARRIES_OUT = "实施"

#: Stand in front of a verb and belong to its printed wording.
ADVERBS = ("深入", "全面", "扎实", "高质量", "适时", "组织")
#: Belong to the printed figure where they stand right in front of it.
LEADING = ("增长", "完成投资", "完成", "实现")
#: The words of each measure, in the order in which they decide; money and lengths are ``amount``.
SHARE = ("占比", "比重")
LEVEL, INCREMENT = ("余额", "全部建成"), ("新增", "扩增")

NUMBER = "[0-9一二三四五六七八九十百千万亿两]"


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of these words, the longest first; 约 is none in 节约 or 公约."""
    longest = sorted(words, key=len, reverse=True)
    return "|".join(word if word != "约" else "(?<![节公契合])约" for word in longest)


def comparator_of(printed: str) -> str:
    """Return the comparator that a printed figure has, ``equal`` without any word."""
    return next((code for code, pattern in _COMPARATORS if pattern.search(printed)), "equal")


def _bounds(words: Iterable[str]) -> str:
    return rf"{NUMBER}[^0-9]{{0,3}}({any_of(words)}|-|—|~){NUMBER}"


_COMPARATORS = [
    (code, re.compile(_bounds(words) if code == "range" else any_of(words)))
    for code, words in COMPARATORS.items()
]

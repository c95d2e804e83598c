"""Numerals of Chinese text: where they stand, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from opendata.audit.source import SourceText, Span

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_CHINESE = "".join({*_DIGITS, *_MAGNITUDES})
_ARABIC = r"[0-9０-９]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_NUMERAL = re.compile(rf"{_ARABIC}[{_CHINESE}]*|[{_CHINESE}]+")


def numerals(source: SourceText) -> Iterator[Span]:
    """Yield every numeral of the text, Arabic or Chinese, magnitude words included.

    Also those that are part of a word, such as 一 in 统一: what counts is decided by records and
    exclusions, never by a pattern.
    """
    for paragraph in source.paragraphs:
        for match in _NUMERAL.finditer(source[paragraph]):
            start = paragraph.start + match.start()
            yield Span(start, start + len(match.group()), paragraph.paragraph)


def first_number(printed: str) -> tuple[Decimal, str] | None:
    """Return the first number in ``printed`` without its magnitude word, and what follows it.

    ``突破1350亿元`` gives 1350 and ``亿元``; ``十二大片区`` gives 12 and ``大片区``.
    """
    if match := re.search(_ARABIC, printed):
        return Decimal(match.group().replace(",", "")), printed[match.end() :]
    if match := re.search(rf"[{_CHINESE}]+", printed):
        return Decimal(chinese_number(match.group())), printed[match.end() :]
    return None


def chinese_number(text: str) -> int:
    """Return what a Chinese numeral says: 十二 is 12, 三百 is 300, 二十 is 20."""
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
            continue
        magnitude = _MAGNITUDES[character]
        if magnitude >= _MAGNITUDES["万"]:
            total = (total + section + digit) * magnitude or magnitude
            section = digit = 0
        else:
            section += (digit or 1) * magnitude
            digit = 0
    return total + section + digit

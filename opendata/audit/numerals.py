"""Numerals of Chinese text: where they stand, and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from opendata.audit.source import SourceText, Span

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_MAGNITUDES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
#: Words that multiply the figure before them; a unit may begin with one.
MAGNITUDES = "".join(_MAGNITUDES)
_CHINESE = "".join([*_DIGITS, *_MAGNITUDES])
_ARABIC = r"(?:(?<![0-9])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9０-９]+)(?:\.[0-9]+)?"
_NUMERAL = re.compile(rf"{_ARABIC}[{MAGNITUDES}]*|[{_CHINESE}]+|[①-⑳]")
_PER_CENT = re.compile(rf"百分之([{_CHINESE}]+)")


def numerals(source: SourceText) -> Iterator[Span]:
    """Yield every numeral of the text, Arabic or Chinese, magnitude words included.

    Also those that are part of a word, such as 一 in 统一: what counts is decided by records and
    exclusions, never by a pattern.
    """
    for paragraph in source.paragraphs:
        for match in _NUMERAL.finditer(source[paragraph]):
            start = paragraph.start + match.start()
            yield Span(start, start + len(match.group()), paragraph.paragraph)


def numerals_of(text: str) -> set[str]:
    """Return the numerals of one text."""
    return set(_NUMERAL.findall(text))


def numbers_of(text: str) -> set[Decimal]:
    """Return every number a text may be read to print: of 十四五 also 14, and of 300亿 also 300."""
    found: set[Decimal] = set()
    for numeral in numerals_of(text):
        digits = re.match(_ARABIC, numeral)
        words = numeral[digits.end() :] if digits else numeral
        value = Decimal(digits.group().replace(",", "")) if digits else None
        if value is not None:
            found |= {value, value * (chinese_number(words) if words else 1)}
        found |= {
            Decimal(chinese_number(words[start:end]))
            for start in range(len(words))
            for end in range(start + 1, len(words) + 1)
            if words[start] in _CHINESE
        }
    return found


def printed_numbers(printed: str) -> list[tuple[Decimal, str]]:
    """Return the numbers in ``printed`` without magnitude words, each with what follows it.

    ``突破1350亿元`` gives 1350 and ``亿元``; ``十二大片区`` gives 12 and ``大片区``; ``百分之五``
    gives 5 and ``%``. Chinese numerals count only where there is no Arabic one.
    """
    if match := _PER_CENT.search(printed):
        return [(Decimal(chinese_number(match[1])), f"%{printed[match.end() :]}")]
    found = [
        (Decimal(match.group().replace(",", "")), printed[match.end() :])
        for match in re.finditer(_ARABIC, printed)
    ]
    return found or [
        (Decimal(chinese_number(match.group())), printed[match.end() :])
        for match in re.finditer(rf"[{_CHINESE}]+", printed)
    ]


def chinese_number(text: str) -> int:
    """Return what a Chinese numeral says: 十二 is 12, 一亿二千万 is 120,000,000."""
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = digit * 10 + _DIGITS[character]
            continue
        magnitude = _MAGNITUDES[character]
        if character == "亿":
            total = (total + section + digit or 1) * magnitude
            section = digit = 0
        elif character == "万":
            total += (section + digit or 1) * magnitude
            section = digit = 0
        else:
            section += (digit or 1) * magnitude
            digit = 0
    return total + section + digit

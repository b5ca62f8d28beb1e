"""How Chinese official texts number their parts: 第一部分, 第一章, 第一条, 一、, （一）, 1., （1）, ①."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HAN_DIGITS = "零〇一二三四五六七八九十百两"
_HAN = rf"[{HAN_DIGITS}]{{1,7}}"
_DIGIT = r"[0-9０-９]{1,3}"
_VALUES = {**{char: at for at, char in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}

Depth = Literal["portion", "part", "chapter", "article", "section", "clause", "item", "subitem", "circled", "division", "decimal"]

PATTERNS: tuple[tuple[Depth, re.Pattern[str]], ...] = (
    ("portion", re.compile(rf"第({_HAN}|{_DIGIT})部分(?=[\s　：:、]|$|(?![的是为由和将])[^，。；]{{2,20}}$)[\s　：:、]*")),
    ("part", re.compile(rf"第({_HAN}|{_DIGIT})[编篇](?=[\s　]|$)[\s　]*")),
    ("chapter", re.compile(rf"第({_HAN}|{_DIGIT})章(?=[\s　]|$|[^条款项规])[\s　]*")),
    ("division", re.compile(rf"第({_HAN}|{_DIGIT})节(?=[\s　]|$|[^条款项规])[\s　]*")),
    ("article", re.compile(rf"第({_HAN}|{_DIGIT})条(?:之({_HAN}))?[\s　：:]*(?!规定|的|所|、|和|至|第)")),
    ("section", re.compile(rf"({_HAN})[、.．](?!{_HAN}[、是要])[\s　]*")),
    ("clause", re.compile(rf"[（(][\s　]*({_HAN})[\s　]*[）)][\s　、.．]*")),
    ("decimal", re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．、]?(?:[\s　]+|(?=[\u4e00-\u9fff]))(?![万亿元倍个年%％])")),
    ("item", re.compile(rf"({_DIGIT})[.．、](?![0-9０-９])[\s　]*")),
    ("subitem", re.compile(rf"[（(][\s　]*({_DIGIT})[\s　]*[）)][\s　、.．]*")),
    ("circled", re.compile(r"([①-⑳])[\s　]*")),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number at the start of a paragraph: its depth, value, the words as published, and where the text goes on."""

    depth: Depth
    value: int
    published: str
    end: int


def read_mark(paragraph: str) -> Mark | None:
    """Return the number a paragraph starts with, None when it has none.

    >>> read_mark("（二）推进公开。").published
    '（二）'
    """
    for depth, pattern in PATTERNS:
        hit = pattern.match(paragraph)
        if hit:
            value = 0 if depth == "decimal" else number_value(hit[1])
            return Mark(depth, value, _published(depth, hit[0]), hit.end())
    return None


def _published(depth: Depth, words: str) -> str:
    words = re.sub(r"[\s　：:]+", "", words)
    if depth in ("section", "item"):
        return words.rstrip("、.．")
    return words.rstrip("、.．") if depth in ("clause", "subitem") else words


def number_value(words: str) -> int:
    """Return the value of 十二, １２, 12 or ⑫; 0 when it is none.

    >>> [number_value(w) for w in ("十二", "二十", "一百零三", "１２", "③")]
    [12, 20, 103, 12, 3]
    """
    if words and "①" <= words[0] <= "⑳":
        return ord(words[0]) - ord("①") + 1
    if words and words[0].isdigit() and words not in _VALUES:
        return int(words)
    total = digit = 0
    for char in words:
        if char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = _VALUES.get(char, 0)
    return total + digit

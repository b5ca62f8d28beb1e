"""A text made comparable for reading time limits, with the way back to its own characters.

Widths, dashes, quotes and a few traditional forms are folded, blanks and line breaks taken out (a date may be written over
two lines), titles in 《》 and document numbers hidden behind a neutral character: the years in them are names, not time limits.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

HIDDEN = "\ue000"
_FOLD = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys("—–―‐‑‒−─﹣", "-"),
    **dict.fromkeys("〜∼", "~"),
    **dict.fromkeys("“”‘’「」『』＂", '"'),
    **dict.fromkeys("○◯Ο", "〇"),
    **dict(zip("內個後週號間時開", "内个后周号间时开", strict=True)),
    "﹑": "、",
    "．": ".",
}
_TABLE = str.maketrans(_FOLD)
_UNSEEN = frozenset("\u200b\u200c\u200d\ufeff\u2060\u00ad")
_NAMES = re.compile(r"《[^《》]{0,200}》|[〔\[(][0-9]{4}[〕\])]第?[0-9]{1,5}号|[0-9]{4}年第[0-9]{1,5}号")
_MARK = (
    r"\([0-9]{{1,2}}\)|[0-9]{{1,2}}[.、]{after}|[①-⑳]\.?|\([一二三四五六七八九十]{{1,3}}\)"
    r"|[一二三四五六七八九十]{{1,3}}(?:、(?!二|三|四|季)|是)"
)
# "6.30前" is a date, "1.2024年…" and "1.长期" are items.
_ITEM = re.compile(_MARK.format(after=r"(?=[^0-9]|(?:19|20)[0-9]{2}[年.\-/])"))
_ITEM_SURE = re.compile(_MARK.format(after=""))
_COUNTED = re.compile(r"^1[.、].*[^0-9]2[.、]", re.DOTALL)
_DIGITS = dict(zip("〇零一二两三四五六七八九0123456789", (0, 0, 1, 2, 2, *range(3, 10), *range(10)), strict=True))
_TENS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is for matching; ``at[i]`` is where its character *i* stands in ``raw``; ``breaks`` are the places a line ended before."""

    raw: str
    text: str
    at: tuple[int, ...]
    breaks: tuple[int, ...]
    cell: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in ``raw`` of a stretch of ``text`` that is not empty."""
        return self.at[start], self.at[end - 1] + 1

    def words(self, start: int, end: int) -> str:
        """Return the source's own words for a stretch, without blanks between Chinese characters."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        return re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", self.raw[first:last])

    def paragraph(self, index: int) -> int:
        """Return where the paragraph or cell that holds ``index`` begins; inside one cell a line's end means nothing."""
        found = 0 if self.cell else bisect_right(self.breaks, index)
        return self.breaks[found - 1] if found else 0

    def break_between(self, after: int, until: int) -> int:
        """Return the last line's end after one place and not beyond another, -1 when there is none."""
        found = bisect_right(self.breaks, until)
        return self.breaks[found - 1] if found and self.breaks[found - 1] > after else -1

    def breaks_at(self, index: int) -> bool:
        found = bisect_left(self.breaks, index)
        return found < len(self.breaks) and self.breaks[found] == index


@lru_cache(maxsize=256)  # limits and frequencies are looked for in the same sentence
def fold(raw: str, *, cell: bool = False) -> Folded:
    """Return the text folded; in a cell, numbers of items ("1." or ①) become separators too."""
    letters: list[str] = []
    at: list[int] = []
    breaks: list[int] = []
    blanks: set[int] = set()
    blank = False
    for place, letter in enumerate(raw.translate(_TABLE)):
        if letter.isspace() or letter in _UNSEEN:
            blank = True
            if letter in "\n\r\t\v\f\u2028\u2029\x85" and (not breaks or breaks[-1] != len(letters)):
                breaks.append(len(letters))
            continue
        if blank:
            blanks.add(len(letters))
        if blank and letters and letter in "0123456789" and letters[-1] in "0123456789":
            letters.append(" ")  # two numbers side by side stay two
            at.append(place)
        blank = False
        letters.append(letter)
        at.append(place)
    text = _NAMES.sub(lambda found: HIDDEN * len(found[0]), "".join(letters))
    if cell:
        text = _without_item_marks(text, blanks)
    return Folded(raw, text, tuple(at), tuple(breaks), cell)


def number(words: str) -> Decimal:
    """Return the value of 20, 1.5, 二十, 十五 or 两; 半 is one half."""
    if words[0] in "0123456789":
        return Decimal(words)
    if words == "半":
        return Decimal("0.5")
    total, unit = 0, 0
    for letter in words:
        if letter in _TENS:
            total += (unit or 1) * _TENS[letter]
            unit = 0
        else:
            unit = _DIGITS.get(letter, 0)
    return Decimal(total + unit)


def year_number(words: str) -> int:
    """Return 2024 for 2024 and for 二〇二四."""
    return int("".join(str(_DIGITS[letter]) for letter in words))


def _without_item_marks(text: str, blanks: set[int]) -> str:
    pattern = _ITEM_SURE if _COUNTED.match(text[:2000]) else _ITEM
    pieces: list[str] = []
    place = 0
    for found in pattern.finditer(text):
        start = found.start()
        if start == 0 or start in blanks or text[start - 1] in ";。,":
            pieces += [text[place:start], ";" * len(found[0])]
            place = found.end()
    return "".join([*pieces, text[place:]])

"""Figures with a unit in a text: how many, how large, what share, and whether more or less of it asks for more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from loaders.words import words

Bound = Literal["floor", "ceiling", "none"]
_HAN = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
# 一 is left out: 一个, 一批 and 一项 seldom count.
_FRACTION = re.compile(r"(?<![二三四五六七八九十百千\d])([二三四五六七八九十]|[2-9]|10)分之([一二两三四五六七八九]|\d)(?![十百\d])")
_CALENDAR_YEAR = 1900
_NEAR = 8  # characters between a bound word and its figure, adverbs in between: 不少于全年的60%


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure; offsets are code points of the text it was found in.

    ``value`` is in the first unit of its kind; ``total`` says that it may be the whole of an area, not per something; ``condition`` that it
    tells whom the duty binds (500人以上的村).
    """

    value: float
    kind: str
    bound: Bound
    span_of_time: bool
    total: bool
    condition: bool
    start: int
    end: int


def find_quantities(text: str, taken: Sequence[tuple[int, int]] = ()) -> tuple[Quantity, ...]:
    """Return the quantities of a text in its order; stretches in ``taken`` (dates, limits, frequencies) hold none.

    The figures of a range (300户至500户) are left out.
    """
    found = []
    for hit in _pattern().finditer(text):
        if any(a < hit.end() and hit.start("figure") < b for a, b in taken):
            continue
        kind, times, span, total, bounded, told = _units()[hit["unit"]]
        value = float(_HAN[hit["figure"]] if hit["figure"] in _HAN else hit["figure"])
        for letter in hit["many"]:
            value *= words("quantities")["multipliers"][letter]
        begin, end = hit.start("figure"), hit.end()
        ban = bounded and _starts(text, end, "ban_after")
        bound: Bound = "floor" if ban else _bound(text, begin, end)
        if bounded and not ban and (bound == "none" or value >= _CALENDAR_YEAR or _starts(text, end, "ceiling_after")):
            continue
        if told and bound == "none":
            continue
        condition = told or _starts(text, end, "condition_after")
        whole = total and not condition and not _per(text, begin, end) and (bound == "none" or _of_area(text, begin))
        found.append(Quantity(round(value * times, 6), kind, bound, span, whole, condition, begin, end))
    found = sorted((*found, *_fractions(text, taken)), key=lambda q: q.start)
    return tuple(q for q in found if not any(_is_range(text, *pair) for pair in pairwise(found) if q in pair))


def _fractions(text: str, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
    """Return the shares said as fractions: 三分之二以上 is a floor of 66.67 %."""
    found = []
    for hit in _FRACTION.finditer(text):
        whole, part = (float(said) if said.isdigit() else _HAN.get(said, 1) for said in (hit[1], hit[2]))
        if part <= whole and not any(a < hit.end() and hit.start() < b for a, b in taken):
            bound, condition = _bound(text, *hit.span()), _starts(text, hit.end(), "condition_after")
            value = round(100 * part / whole, 2)
            found.append(
                Quantity(value, "比例", bound, span_of_time=False, total=False, condition=condition, start=hit.start(), end=hit.end())
            )
    return found


def asks(upper: Quantity, lower: Quantity) -> tuple[str, str]:
    """Return how the lower figure stands to the upper one: (same | higher | lower | not-comparable, direction).

    More is tighter for a floor and for figures without a bound, looser for a ceiling. A span of time without a bound (15分钟健身圈)
    and bounds that disagree leave the direction to the reader. Less than an upper total (全市4000个 above, 360个 here) is no less.
    Of a condition (500人以上的村) less binds more.
    """
    if upper.value == lower.value:
        return "same", "neutral"
    if upper.condition and lower.condition:
        difference = "higher" if lower.value > upper.value else "lower"
        return difference, "tighter" if (difference == "lower") == (upper.bound != "ceiling") else "looser"
    if upper.total and lower.value < upper.value:
        return "not-comparable", "unclear"
    difference = "higher" if lower.value > upper.value else "lower"
    bounds = {upper.bound, lower.bound} - {"none"}
    if len(bounds) > 1 or (not bounds and upper.span_of_time):
        return difference, "unclear"
    more_is_tighter = "ceiling" not in bounds
    return difference, "tighter" if (difference == "higher") == more_is_tighter else "looser"


def _is_range(text: str, one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind and text[one.end : other.start] in words("quantities")["range_joins"]


def _per(text: str, begin: int, end: int) -> bool:
    """Is a figure said per something, in its own phrase?"""
    before, after = (re.split(r"[，。；：、\s]", part) for part in (text[:begin], text[end:]))
    said = before[-1] + after[0][:4]
    for word in words("quantities")["per_time"]:
        said = said.replace(word, "")
    return any(word in said for word in words("quantities")["per"])


def _of_area(text: str, begin: int) -> bool:
    """Do the words before a figure, in its phrase, say that it is the whole area's: 全省累计培训不少于500万人次?"""
    before = re.split(r"[，。；：\s]", text[:begin])[-1]
    return any(word in before for word in words("quantities")["whole_of_area"])


def _starts(text: str, at: int, name: str) -> bool:
    return text.startswith(tuple(words("quantities")[name]), at)


def _bound(text: str, begin: int, end: int) -> Bound:
    before = re.split(r"[，。；：、\s]", text[max(0, begin - _NEAR) : begin])[-1]
    after = text[end : end + 3]
    said = words("quantities")
    if any(after.startswith(w) for w in said["floor_after"]):
        return "floor"
    if any(after.startswith(w) for w in said["ceiling_after"]):
        return "ceiling"
    places = [
        (before.rfind(w) + len(w), len(w), bound)
        for bound, name in (("floor", "floor_before"), ("ceiling", "ceiling_before"), ("floor", "change_before"))
        for w in said[name]
        if w in before
    ]
    return max(places)[2] if places else "none"  # type: ignore[return-value]


@cache
def _units() -> dict[str, tuple[str, float, bool, bool, bool, bool]]:
    return {
        word: (
            entry["name"],
            float(times),
            bool(entry.get("span")),
            bool(entry.get("total")),
            bool(entry.get("bounded")),
            bool(entry.get("condition")),
        )
        for entry in words("quantities")["units"]
        for word, times in entry["words"].items()
    }


@cache
def _pattern() -> re.Pattern[str]:
    units = "|".join(re.escape(u) for u in sorted(_units(), key=len, reverse=True))
    many = "".join(words("quantities")["multipliers"])
    figure = r"(?<![\d.第〔\-一二三四五六七八九十])(?P<figure>\d+(?:\.\d+)?|[二两三四五六七八九十])"
    return re.compile(rf"{figure}(?P<many>[{many}]*)余?多?(?P<unit>{units})")

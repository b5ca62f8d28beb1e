"""Two time limits compared by kind: dates with dates, durations with durations, cycles with cycles; other kinds are not compared.

Working days are held against calendar days by the range they may span: a working day is at least one day; with weekends and one
holiday of at most eight days, n of them are at most n + 2·⌈n/5⌉ + 8 days. A month is 28 to 31 days. Ranges that overlap give no verdict.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from lineage.fold import fold_plain
from loaders.records import Deadline, Offset

LONGEST_HOLIDAY = 8
_DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)([YMWD]))?(?:(\d+)D)?(?:T(\d+(?:\.\d+)?)([HM]))?$")
_DAYS = {"Y": (365.0, 366.0), "M": (28.0, 31.0), "W": (7.0, 7.0), "D": (1.0, 1.0), "TH": (1 / 24, 1 / 24), "TM": (1 / 1440, 1 / 1440)}
_UNIT_ZH = {"Y": "年", "M": "个月", "W": "周", "D": "日", "TH": "小时", "TM": "分钟"}
_FAMILY = {
    "fixed-date": "date",
    "end-of-period": "date",
    "milestone-then-ongoing": "date",
    "recurring-annual": "yearly",
    "recurring": "cycle",
    "relative-duration": "duration",
    "duration-without-trigger": "duration",
    "relative-calendar": "duration",
    "start-then-ongoing": "start",
    "event-start-then-ongoing": "start",
    "by-reference": "open",
    "discretionary": "open",
}
FAMILY_WORDS = {
    "date": ("日期", "a date"),
    "yearly": ("每年的日期", "a date each year"),
    "cycle": ("周期", "a cycle"),
    "duration": ("时长", "a duration"),
    "start": ("开始时间", "a start"),
    "open": ("未写明期限", "no limit of its own"),
    "none": ("非时限", "no limit"),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """``difference`` seen from the lower side; ``exact`` is False where kinds, units or triggers keep it from being told."""

    difference: str
    reason: tuple[str, str]
    parts: dict[str, Any] = field(default_factory=dict)


def family(limit: Deadline) -> str:
    """Return what a limit can be compared with: date, yearly, cycle, duration, start, open (by reference), or none."""
    known = _FAMILY.get(limit.kind, "none")
    if known == "date" and not limit.date:
        return "yearly" if limit.recurs and limit.recurs.day else "none"
    if known == "duration" and not (limit.offset and _range(limit.offset)):
        return "none"
    if known in ("yearly", "cycle") and not limit.recurs:
        return "none"
    return "cycle" if known == "yearly" and limit.recurs and not limit.recurs.month else known


def leaves(limit: Deadline) -> list[Deadline]:
    """Return the parts of a composite limit, or the limit itself."""
    return [leaf for part in limit.parts for leaf in leaves(part)] if limit.parts else [limit]


def compare_limits(upper: Deadline, lower: Deadline) -> Compared:
    """Compare two limits; both are leaves (no parts).

    >>> from loaders.deadlines import read_deadline
    >>> seven, thirty = read_deadline("作出决定之日起7个工作日内"), read_deadline("作出决定之日起30日内")
    >>> compare_limits(thirty, seven).difference, compare_limits(seven, thirty).difference
    ('earlier', 'later')
    """
    mine, theirs = family(upper), family(lower)
    kinds = {"upper_kind": upper.kind, "lower_kind": lower.kind}
    compare = _COMPARE.get((mine, theirs))
    if compare is None:
        (zh_a, en_a), (zh_b, en_b) = FAMILY_WORDS[mine], FAMILY_WORDS[theirs]
        return Compared(
            "not-comparable",
            (
                f"上级为{zh_a}，本级为{zh_b}，种类不同，不能直接比较。",
                f"The upper limit is {en_a}, this one {en_b}: not to be compared outright.",
            ),
            kinds,
        )
    for limit in (upper, lower):
        if not _is_possible(limit):
            said = f"“{limit.raw.strip()}”不是日历上的日子，不作比较。", f"{limit.raw.strip()} is no day of the calendar: not compared."
            return Compared("not-comparable", said, kinds)
    found = compare(upper, lower)
    return Compared(found.difference, found.reason, {**kinds, **found.parts})


def same_limit(upper: Deadline, lower: Deadline) -> bool:
    return family(upper) not in ("none", "open") and compare_limits(upper, lower).difference == "same"


def _is_possible(limit: Deadline) -> bool:
    """30 February and the 13th month are told by the reader; nothing is earlier or later than they are."""
    month, day = (limit.recurs.month, limit.recurs.day) if limit.recurs else (None, None)
    if limit.date and len(limit.date) == 10:
        month, day = int(limit.date[5:7]), int(limit.date[8:])
    year = int(limit.date[:4]) if limit.date else 2024  # without a year 29 February may be
    return not month or (1 <= month <= 12 and (not day or day <= monthrange(year, month)[1]))


def _dates(upper: Deadline, lower: Deadline) -> Compared:
    one, other = upper.date or "", lower.date or ""
    try:
        days = (date.fromisoformat(other) - date.fromisoformat(one)).days
    except ValueError:
        days = (other > one) - (other < one)
    parts = {"upper_date": one, "lower_date": other, "days": days}
    if not days:
        return Compared("same", (f"两侧均为{one}。", f"Both end on {one}."), parts)
    word, en = ("推迟", "later") if days > 0 else ("提前", "earlier")
    return Compared(en, (f"上级{one}，本级{other}，{word}{abs(days)}天。", f"{one} above, {other} here: {abs(days)} days {en}."), parts)


def _durations(upper: Deadline, lower: Deadline) -> Compared:
    assert upper.offset and lower.offset
    one, other = _range(upper.offset), _range(lower.offset)
    assert one and other
    parts = {"upper_days": _shown_range(one), "lower_days": _shown_range(other)}
    zh_a, zh_b = _words(upper.offset), _words(lower.offset)
    if not _same_trigger(upper, lower):
        a, b = "、".join(upper.triggers), "、".join(lower.triggers)
        return Compared(
            "not-comparable",
            (f"起算不同：上级自“{a}”起{zh_a}，本级自“{b}”起{zh_b}。", f"They count from different events: {a} above, {b} here."),
            parts,
        )
    if one == other and upper.offset.working_days == lower.offset.working_days:
        return Compared("same", (f"两侧均为{zh_a}。", f"Both are {_shown_range(one)} days."), parts)
    exact = one[0] == one[1] and other[0] == other[1]
    range_zh = f"上级{zh_a}（{_shown_range(one)}个自然日），本级{zh_b}（{_shown_range(other)}个自然日）"
    range_en = f"{_shown_range(one)} calendar days above, {_shown_range(other)} here"
    if upper.offset.working_days and lower.offset.working_days:  # the same unit: numbers decide
        range_zh, range_en, exact = f"上级{zh_a}，本级{zh_b}", f"{one[0]:g} working days above, {other[0]:g} here", True
    in_one_month = upper.offset.duration == lower.offset.duration and None not in (upper.offset.day, lower.offset.day)
    if (exact and one != other) or in_one_month:  # 次月10日, 次月20日: the days decide
        shorter = other[0] < one[0]
    elif other[1] <= one[0]:
        shorter = True
    elif other[0] >= one[1]:
        shorter = False
    else:
        return Compared(
            "not-comparable", (range_zh + "，范围重叠，不能判断长短。", range_en + ": they overlap, so neither is shorter."), parts
        )
    return Compared(
        "earlier" if shorter else "later",
        (range_zh + ("，本级较短。" if shorter else "，本级较长。"), range_en + (": shorter here." if shorter else ": longer here.")),
        parts,
    )


def _yearly(upper: Deadline, lower: Deadline) -> Compared:
    one, other = _month_day(upper), _month_day(lower)
    parts = {"upper_day": one, "lower_day": other}
    if one == other:
        return Compared("same", (f"两侧均为每年{one}。", f"Both fall on {one} each year."), parts)
    word, en = ("提前", "earlier") if other < one else ("推迟", "later")
    return Compared(en, (f"上级每年{one}，本级每年{other}，{word}。", f"{one} each year above, {other} here: {en}."), parts)


def _cycles(upper: Deadline, lower: Deadline) -> Compared:
    one, other = _period(upper), _period(lower)
    parts = {"upper_every": upper.recurs and upper.recurs.every, "lower_every": lower.recurs and lower.recurs.every}
    if one == other:
        return Compared("same", (f"两侧周期相同（{parts['upper_every']}）。", f"The same cycle ({parts['upper_every']})."), parts)
    denser = other < one
    return Compared(
        "higher" if denser else "lower",
        (
            f"上级周期{parts['upper_every']}，本级{parts['lower_every']}，本级{'更密' if denser else '更疏'}。",
            f"Every {parts['upper_every']} above, every {parts['lower_every']} here: {'more' if denser else 'less'} often.",
        ),
        parts,
    )


def _starts(upper: Deadline, lower: Deadline) -> Compared:
    one, other = upper.start or "", lower.start or ""
    parts = {"upper_start": one, "lower_start": other}
    if not one or not other or len(one) != len(other):
        zh, en = "起始时间写法不同，不能直接比较。", "The starts are told in other ways: not to be compared outright."
        return Compared("not-comparable", (zh, en), parts)
    if one == other:
        return Compared("same", (f"两侧均自{one}起。", f"Both start in {one}."), parts)
    word, en = ("推迟", "later") if other > one else ("提前", "earlier")
    return Compared(en, (f"上级自{one}起，本级自{other}起，{word}。", f"From {one} above, from {other} here: {en}."), parts)


_COMPARE: dict[tuple[str, str], Callable[[Deadline, Deadline], Compared]] = {
    ("date", "date"): _dates,
    ("duration", "duration"): _durations,
    ("yearly", "yearly"): _yearly,
    ("cycle", "cycle"): _cycles,
    ("yearly", "cycle"): _cycles,
    ("cycle", "yearly"): _cycles,
    ("start", "start"): _starts,
}


def _range(offset: Offset) -> tuple[float, float] | None:
    """Return the least and most calendar days an offset may span, None when its duration is not understood."""
    hit = _DURATION.fullmatch(offset.duration)
    if not hit:
        return None
    number, unit = (float(hit[1]), hit[2]) if hit[1] else (float(hit[4] or 0), f"T{hit[5]}")
    if unit not in _DAYS:
        return None
    if offset.day:  # 次月10日: from the last day of this month, or from its first
        return 28.0 * (number - 1) + offset.day, 31.0 * number + offset.day - 1
    least, most = (bound * number + float(hit[3] or 0) for bound in _DAYS[unit])
    if offset.working_days:
        return least, most + 2 * math.ceil(most / 5) + LONGEST_HOLIDAY
    return least, most


def _words(offset: Offset) -> str:
    hit = _DURATION.fullmatch(offset.duration)
    if not hit:
        return offset.duration
    number, unit = (hit[1], hit[2]) if hit[1] else (hit[4], f"T{hit[5]}")
    if offset.day:
        return f"次月{offset.day}日" if number == "1" else f"{number}个月后{offset.day}日"
    return number + ("个工作日" if offset.working_days else _UNIT_ZH.get(unit or "", ""))


def _shown_range(days: tuple[float, float]) -> str:
    least, most = (f"{value:.3g}" if value < 1 else f"{value:g}" for value in days)
    return least if least == most else f"{least}–{most}"


def _same_trigger(upper: Deadline, lower: Deadline) -> bool:
    """Do both count from the same event, as far as both say? A trigger that a rule added decides nothing."""
    said = [() if any(i.field == "triggers" for i in limit.inferred) else limit.triggers for limit in (upper, lower)]
    if not all(said):
        return True
    return any(_alike(fold_plain(a), fold_plain(b)) for a in said[0] for b in said[1])


def _alike(one: str, other: str) -> bool:
    return one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= 0.5


def _month_day(limit: Deadline) -> str:
    """The latest month and day, written so that later sorts later; the month's end where no day is named."""
    assert limit.recurs
    return f"{limit.recurs.month or 12:02d}-{limit.recurs.day or 31:02d}"


def _period(limit: Deadline) -> float:
    assert limit.recurs
    return days_of(limit.recurs.every) or 0.0


def days_of(duration: str) -> float | None:
    """Return the mean days of an ISO 8601 duration of one unit (P3M), None for others.

    >>> days_of("P1Y"), days_of("P6M"), days_of("?")
    (365.0, 182.5, None)
    """
    hit = _DURATION.fullmatch(duration)
    unit = (hit[2] or f"T{hit[5]}") if hit else ""
    per = {"Y": 365.0, "M": 365 / 12, "W": 7.0, "D": 1.0, "TH": 1 / 24}.get(unit)
    return float((hit[1] or hit[4]) or 0) * per if hit and per else None

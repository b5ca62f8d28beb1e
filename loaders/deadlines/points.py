"""Points of the calendar as words give them, and the day they end on once the year is known."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from loaders.deadlines.patterns import Patterns
from loaders.deadlines.text import number, year_number

_PERIOD_RULES = {
    "year": "end-of-year",
    "plan": "end-of-plan-period",
    "half": "end-of-half-year",
    "quarter": "end-of-quarter",
    "month": "end-of-month",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A day or a period. ``month`` is the period's last month; ``last`` a day that stands for 上旬, 中旬, 初.

    ``years_on``, ``months_on`` and ``days_on`` count from the day the document was written (明年, 下月, 即日).
    ``edge`` says the words name the end (底), ``within`` that they say 内; ``open_end`` that 前 follows a period without 底.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    years_on: int | None = None
    months_on: int | None = None
    days_on: int | None = None
    edge: bool = False
    within: bool = False
    open_end: bool = False
    loose: float | None = None
    rules: tuple[tuple[str, float], ...] = ()

    @property
    def rule(self) -> tuple[str, float] | None:
        """The rule that gives the last day of a period, and how sure it is: 2020年前 may leave 2020 out."""
        if self.unit == "day":
            return None
        name = "end-of-part" if self.last or self.loose else _PERIOD_RULES[self.unit]
        return name, self.loose or (0.7 if self.open_end else 1.0)

    @property
    def precision(self) -> str:
        return {"day": "day", "year": "year", "plan": "year"}.get(self.unit, "month")

    def ends_on(self, year: int, month: int | None = None) -> date | None:
        """Return the last day in a given year, None for a day that does not exist."""
        in_month = month or self.month or 12
        try:
            last = self.day or self.last or monthrange(year, in_month)[1]
            return date(year, in_month, last)
        except ValueError:
            return None

    def last_day_of_any_year(self) -> int | None:
        """Return the day of the month it ends on, None where that depends on the year (二月底)."""
        if self.day or self.last:
            return self.day or self.last
        return monthrange(2023, self.month)[1] if self.month and self.month != 2 else None

    def with_year_of(self, first: Point, *, next_year: bool = False) -> Point:
        """Return this point with the year that the first point of a range gives for both."""
        if self.year is not None or self.years_on is not None or self.months_on is not None:
            return self
        later = next_year or bool(self.month and first.month and self.month < first.month)
        return replace(self, year=first.year + later if first.year is not None else None, years_on=first.years_on)


def dashed_point(found: re.Match[str]) -> Point:
    """Read 2024-12-31, 2024.6, 20241231."""
    month, day = found["m"] or found["sm"], found["d"] or found["sd"]
    return Point("day" if day else "month", int(found["y"]), int(month), int(day) if day else None)


def plan_point(found: re.Match[str]) -> Point:
    """Read “十四五”期间: the plan numbered n ends in the year 1955 + 5 (n - 10) + 50."""
    plan = 10 + int(number(found["plan"]))
    return Point("plan", 1955 + 5 * plan, 12, edge=bool(found["close"]))


def lone_point(found: re.Match[str]) -> Point:
    """Read the short forms 2024, 6.30 and the first half of 3—5月."""
    groups = found.groupdict()
    year = groups.get("y") or groups.get("py")
    month, day = groups.get("m") or groups.get("dm") or groups.get("m3"), groups.get("d") or groups.get("d3")
    if groups.get("q"):
        return Point("quarter", year_number(year) if year else None, 3 * int(number(groups["q"])))
    unit = "day" if day else "month" if month else "year"
    return Point(unit, year_number(year) if year else None, int(number(month)) if month else 12, int(number(day)) if day else None)


def day_point(found: re.Match[str], first: Point) -> Point:
    """Read the short second half of 3月15—20日 and of 2024.3-6."""
    if found["d"]:
        return Point("day", first.year, first.month, int(number(found["d"])), years_on=first.years_on)
    return Point("month", first.year, int(found["m"]), years_on=first.years_on)


def worded_point(found: re.Match[str], grammar: Patterns) -> Point:
    """Read a date or period written with 年, 月, 日, 季度, 半年, 底."""
    groups = found.groupdict()
    words = grammar.words
    year: int | None = None
    years_on: int | None = None
    rules: tuple[tuple[str, float], ...] = ()
    if groups.get("y"):
        year = year_number(groups["y"])
    elif groups.get("y2"):
        year, rules = 2000 + int(groups["y2"]), (("short-year", 0.95),)
    elif groups.get("yw"):
        years_on = words["year_words"][groups["yw"]]
    known = _Known(year, years_on, rules)
    if groups["m"] or groups["mw"]:
        return _in_month(known, groups, words)
    if groups.get("here"):
        unit = "month" if groups["here"] == "月" else "quarter"
        return Point(unit, months_on=0, edge=True, within=groups["at"] == "内")
    if groups.get("only"):
        return Point("day", day=int(number(groups["only"])))
    quarter = groups["q"] or groups["q3"] or groups["q4"]
    if quarter:
        return Point("quarter", year, 3 * int(number(quarter)), years_on=years_on, edge=bool(groups["qp"]), rules=rules)
    if groups["h"]:
        return Point("half", year, 6 if groups["h"] in "上前" else 12, years_on=years_on, edge=bool(groups["hp"]), rules=rules)
    edge = groups["edge"]
    if not edge:
        return Point("year", year, 12, years_on=years_on, edge=bool(groups.get("yw")) and groups["yw"].endswith("度"), rules=rules)
    month, loose = words["parts_of_year"][edge], words["loose_parts"].get(edge)
    return Point("year", year, month, years_on=years_on, edge=True, within=edge.endswith("内"), loose=loose, rules=rules)


@dataclass(frozen=True, slots=True)
class _Known:
    year: int | None
    years_on: int | None
    rules: tuple[tuple[str, float], ...]


def _in_month(known: _Known, groups: dict[str, str], words: dict[str, dict[str, int]]) -> Point:
    months_on = words["month_words"][groups["mw"]] if groups["mw"] else None
    month = None if groups["mw"] else int(number(groups["m"]))
    day, part = groups["d"] or groups["md"], groups["part"]
    rules = (*known.rules, ("missing-day-character", 0.99)) if groups["md"] else known.rules
    return Point(
        "day" if day else "month",
        known.year,
        month,
        int(number(day)) if day else None,
        (words["parts_of_month"][part] or None) if part else None,
        known.years_on,
        months_on,
        edge=bool(part),
        within=bool(part) and part.endswith("内"),
        loose=words["loose_parts"].get(part) if part else None,
        rules=rules,
    )

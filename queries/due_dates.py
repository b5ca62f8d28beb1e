"""From one time limit to the days on which it falls due, or to the reason why no day can be told. Pure.

前, 底 and 内 include the day. Every remark is a code of the topic ``due`` in labels.csv, so that people and programs read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil

from queries.calendar_days import (
    WorkCalendar,
    add_days,
    add_months,
    add_working_days,
    day_cycle,
    day_of_month,
    last_day,
    month_cycle,
)
from queries.run import Row

MOST = 400  # dates of one cycle: a daily duty over a year, not over a century
WEEKDAYS = "一二三四五六日"
WEEKDAY = re.compile(r"(?:每周|每星期|周|星期)([一二三四五六日天])")
CYCLE = re.compile(r"P(\d{1,4})([YMWD])")
BACKWARDS = re.compile(r"之?前$")
UNDATED = {"ongoing", "by-reference", "discretionary", "not-a-deadline"}


@dataclass(frozen=True, slots=True)
class When:
    """When an event happened: a day, and a time of day where it matters (hours)."""

    day: date
    clock: time | None = None


@dataclass(frozen=True, slots=True)
class DuePoint:
    """One day on which a limit falls due. ``bound`` is set where the holidays of a year are not known (see calendar_days)."""

    day: date
    remarks: tuple[str, ...] = ()
    clock: time | None = None
    bound: date | None = None
    trigger: str | None = None
    trigger_date: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What can be told of one limit: its days in the window, or why there is none; ``starts`` where it only has a start."""

    points: tuple[DuePoint, ...] = ()
    why: str | None = None
    starts: str | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days asked about, both included."""

    since: date
    until: date


def due_points(limit: Row, events: Mapping[str, When], window: Window, worked: WorkCalendar) -> Told:
    """Return the days of a limit (a row of ``deadline-calendar``): all of them, for a cycle those within the window.

    ``events`` has the date of each trigger text that is known.
    """
    kind, due = str(limit["kind"]), _date(limit["due_date"])
    if limit["every"]:
        told = _cycle(limit, window, worked)
    elif due:
        told = Told((DuePoint(due),))
    elif kind in UNDATED:
        told = Told(why=kind)
    elif limit["amount"] is not None or limit["trigger"]:
        told = _from_events(limit, events, worked)
    elif limit["starts"]:
        told = Told(why="starts", starts=str(limit["starts"]))
    else:
        told = Told(why="no-year" if kind in ("fixed-date", "end-of-period", "milestone-then-ongoing") else "incomplete")
    return replace(told, points=tuple(_remarked(limit, point, worked) for point in told.points))


def _date(value: object) -> date | None:
    return last_day(str(value)) if value else None


def _remarked(limit: Row, point: DuePoint, worked: WorkCalendar) -> DuePoint:
    more = [
        code
        for code, holds in (
            ("inferred-date", bool(limit["rule"]) and bool(limit["due_date"])),
            ("inferred-trigger", bool(limit["trigger_rule"]) and point.trigger is not None),
            ("rest-day", worked.knows(point.day) and not worked.is_workday(point.day)),
        )
        if holds
    ]
    return replace(point, remarks=(*point.remarks, *more))


def _cycle(limit: Row, window: Window, worked: WorkCalendar) -> Told:
    met = CYCLE.fullmatch(str(limit["every"]))
    count, unit = (int(met[1]), met[2]) if met else (0, "")
    months = {"M": count, "Y": 12 * count}.get(unit, 0)
    month, day = _whole(limit["month"]), _whole(limit["day"])
    until = min(window.until, _date(limit["due_date"]) or window.until)
    since = max(window.since, _date(limit["starts"]) or window.since, _date(limit["written_on"]) or window.since)
    remarks: tuple[str, ...] = () if day or (months == 0 and unit == "D") else ("end-of-cycle",)
    if months and 12 % months == 0:
        if limit["amount"] is not None:  # 每季度终了后10日内: counted on from the end of each cycle
            return _first_few(_after_cycles(limit, since, until, months, worked), ())
        return _first_few(month_cycle(since, until, months, month, day), remarks)
    if unit == "W" and count == 1:
        named = WEEKDAY.search(str(limit["raw"]))
        weekday = WEEKDAYS.index("日" if named[1] == "天" else named[1]) if named else None
        return _first_few(day_cycle(since, until, 7, weekday), () if named else remarks)
    if unit == "D" and count == 1:
        return _first_few(day_cycle(since, until, 1), ())
    return Told(why="no-anchor")


def _after_cycles(limit: Row, since: date, until: date, months: int, worked: WorkCalendar) -> Iterator[date]:
    earlier = add_months(since, -12) or since
    for end in month_cycle(earlier, until, months, None, None):
        point = _counted(limit, "", When(end), worked)
        if point and since <= point.day <= until:
            yield point.day


def _first_few(days: Iterator[date], remarks: tuple[str, ...]) -> Told:
    points: list[DuePoint] = []
    for day in days:
        if len(points) == MOST:
            points[-1] = replace(points[-1], remarks=(*points[-1].remarks, "and-so-on"))
            break
        points.append(DuePoint(day, remarks))
    return Told(tuple(points))


def _from_events(limit: Row, events: Mapping[str, When], worked: WorkCalendar) -> Told:
    triggers = str(limit["trigger"] or "").split("|") if limit["trigger"] else []
    if not triggers:
        return Told(why="no-trigger")
    dated = [(trigger, events[trigger]) for trigger in triggers if trigger in events]
    if not dated:
        return Told(why="no-trigger-date")
    if limit["amount"] is None:
        return Told(why="starts", starts=min(when.day for _, when in dated).isoformat())
    remarks = ("alternative",) if len(dated) < len(triggers) else ()
    found = [(trigger, when, _counted(limit, trigger, when, worked)) for trigger, when in dated]
    points = tuple(
        replace(point, remarks=(*point.remarks, *remarks), trigger=trigger, trigger_date=when.day)
        for trigger, when, point in found
        if point
    )
    return Told(points) if points else Told(why="beyond-calendar" if _complete(limit) else "incomplete")


def _complete(limit: Row) -> bool:
    """Say whether the words give all that counting needs."""
    if limit["kind"] == "relative-calendar":
        return limit["day_of_month"] is not None
    return limit["unit"] in COUNTS


def _counted(limit: Row, trigger: str, when: When, worked: WorkCalendar) -> DuePoint | None:
    """Return the day a limit ends that is counted from one event; None when its words give no day."""
    if not _complete(limit):
        return None
    if limit["kind"] == "relative-calendar":
        day = day_of_month(when.day, _whole(limit["months_on"]) or 0, _whole(limit["day_of_month"]) or 0)
        return DuePoint(day) if day else None
    back = bool(BACKWARDS.search(trigger))
    amount = Fraction(str(limit["amount"])) * (-1 if back else 1)
    point = COUNTS[str(limit["unit"])](when, amount, worked)
    return replace(point, remarks=(*point.remarks, "counts-back")) if point and back else point


def _working_days(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint:
    counted = add_working_days(when.day, _away(amount), worked)
    remarks = ("beyond-calendar",) if not counted.within else () if counted.known else ("weekends-only",)
    return DuePoint(counted.day, remarks, bound=None if counted.known else counted.bound)


def _days(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint | None:
    return _on(add_days(when.day, _away(amount)))


def _weeks(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint | None:
    return _on(add_days(when.day, _away(amount * 7)))


def _months(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint | None:
    return _on(add_months(when.day, amount))


def _years(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint | None:
    return _on(add_months(when.day, amount * 12))


def _hours(when: When, amount: Fraction, worked: WorkCalendar) -> DuePoint | None:
    return _clocked(when, amount * 60)


def _clocked(when: When, minutes: Fraction, worked: WorkCalendar | None = None) -> DuePoint | None:
    try:
        end = datetime.combine(when.day, when.clock or time()) + timedelta(minutes=float(minutes))
    except OverflowError:
        return None
    if when.clock is None:
        return DuePoint(end.date(), ("counts-hours",))
    return DuePoint(end.date(), ("at-time",), clock=end.time())


COUNTS: dict[str, Callable[[When, Fraction, WorkCalendar], DuePoint | None]] = {
    "working-day": _working_days,
    "day": _days,
    "week": _weeks,
    "month": _months,
    "year": _years,
    "hour": _hours,
    "minute": _clocked,
}


def _on(day: date | None) -> DuePoint | None:
    return DuePoint(day) if day else None


def _away(amount: Fraction) -> int:
    """Return a whole number of days; half a day takes the day."""
    return ceil(amount) if amount >= 0 else -ceil(-amount)


def _whole(value: object) -> int | None:
    return int(value) if isinstance(value, int | float) else None

"""From an expression of time to a Deadline: its kind, its date, and what was inferred on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from loaders.deadlines.context import Dated, DeadlineContext, written_date, year_of
from loaders.deadlines.limits import Limit
from loaders.deadlines.points import Point
from loaders.deadlines.text import Folded
from loaders.records import Deadline, Inferred, Recurrence

NOT_LATER = "notLaterThan"


class Years:
    """Finds the years of a run of limits, where a later one without a year goes by the one before it."""

    def __init__(self, limits: Sequence[Limit], context: DeadlineContext) -> None:
        self._context = context
        self._seen: list[Dated] = []
        own = (limit.point for limit in limits if limit.point and limit.point.year is not None)
        first = next(own, None)
        self._first = Dated(first.year, first.month) if first else None

    def of(self, point: Point) -> Dated:
        dated = year_of(point, self._context, self._seen[-1:], following=self._first)
        if dated.year is not None and (point.year is not None or self._seen):
            self._seen.append(Dated(dated.year, dated.month))
        return dated

    @property
    def written_on(self) -> str | None:
        written = written_date(self._context)
        return written.isoformat() if written else None


def listed(folded: Folded, limits: Sequence[Limit]) -> list[Limit]:
    """Give the members of a list what they share: 每年6月、12月底前 is twice each year, and 前 holds for both."""
    found = list(limits)
    for index in range(1, len(found)):
        before, limit = found[index - 1].recurs, found[index]
        point = limit.point
        if before is None or point is None or limit.shape != "point" or point.year is not None:
            continue
        monthly = before.every == "P1M" and before.day and point.day and not point.month
        if monthly or (before.every == "P1Y" and before.month and point.month):
            again = Recurrence(before.every, point.month, point.last_day_of_any_year())
            found[index] = replace(limit, shape="cycle", point=None, recurs=again)
    for index in range(len(found) - 1, 0, -1):
        earlier, limit = found[index - 1], found[index]
        between = folded.text[earlier.end : limit.start]
        if limit.bound and not earlier.bound and not earlier.begins and between in ("、", "和", "与", "及", "或"):
            found[index - 1] = replace(earlier, bound=True, said=True)
    return found


def build(limit: Limit, raw: str, years: Years) -> Deadline:
    """Return what a limit says by itself; level, outcome and what follows are the reader's business."""
    boundary = NOT_LATER if limit.bound else None
    if limit.shape == "cycle" and limit.recurs:
        kind = "recurring-annual" if limit.recurs.every == "P1Y" else "recurring"
        recurring = Deadline(raw, kind, recurs=limit.recurs, offset=limit.offset, boundary=boundary)
        if limit.point is None:
            start, inferred = _start(limit.since, years) if limit.since else (None, ())
            return replace(recurring, start=start, inferred=inferred)
        while_in = _ending(limit.point, limit.since, raw, boundary, years)  # 2024年每月
        return replace(recurring, date=while_in.date, start=while_in.start, precision=while_in.precision, inferred=while_in.inferred)
    if limit.shape == "next":
        return Deadline(raw, "relative-calendar", offset=limit.offset, triggers=limit.triggers, boundary=boundary)
    if limit.shape == "duration" or limit.point is None:
        kind = "relative-duration" if limit.triggers else "duration-without-trigger"
        return Deadline(raw, kind, offset=limit.offset, triggers=limit.triggers, boundary=boundary)
    if limit.begins:
        return _beginning(limit.point, raw, years)
    return _ending(limit.point, limit.since, raw, boundary, years)


def _ending(point: Point, since: Point | None, raw: str, boundary: str | None, years: Years) -> Deadline:
    start, before = _start(since, years) if since else (None, ())
    dated = years.of(point)
    day = point.ends_on(dated.year, dated.month) if dated.year is not None else None
    inferred = (*before, *dated.inferred, *(Inferred("date", rule, sure) for rule, sure in point.rules)) if day else before
    if day and point.rule:
        inferred = (*inferred, Inferred("date", *point.rule))
    inferred = tuple(sorted(inferred, key=lambda item: -item.confidence))  # the weakest rule last: it is the one that counts
    return Deadline(
        raw,
        "fixed-date" if point.unit == "day" else "end-of-period",
        date=day.isoformat() if day else None,
        start=start,
        precision="day" if point.unit == "day" else "year" if point.precision == "year" else "month",
        boundary=boundary,
        inferred=inferred,
    )


def _beginning(point: Point, raw: str, years: Years) -> Deadline:
    start, inferred = _start(point, years)
    precision = "day" if point.unit == "day" else "year" if point.precision == "year" else "month"
    return Deadline(raw, "start-then-ongoing", start=start, precision=precision, inferred=inferred)  # type: ignore[arg-type]


def _start(point: Point, years: Years) -> tuple[str | None, tuple[Inferred, ...]]:
    """Return the first day, month or year of a point; nothing finer than the words."""
    if point.days_on is not None:
        return (years.written_on, (Inferred("start", "start-from-document", 0.9),)) if years.written_on else (None, ())
    dated = years.of(point)
    if dated.year is None:
        return None, ()
    inferred = tuple(Inferred("start", item.rule, item.confidence) for item in dated.inferred)
    if point.unit in ("year", "plan"):
        return f"{dated.year - (4 if point.unit == 'plan' else 0):04d}", inferred
    months = {"quarter": 2, "half": 5}.get(point.unit, 0)
    month = (dated.month or 1) - months
    if point.day is None:
        return f"{dated.year:04d}-{month:02d}", inferred
    try:
        return date(dated.year, month, point.day).isoformat(), inferred
    except ValueError:
        return None, ()

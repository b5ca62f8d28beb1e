"""Dates as officials count them: working days with the make-up days (调休), months, ends of periods. Pure; no graph, no clock.

The day of the event is never counted, also where the text says 之日起: counting starts the next day (民法典 art. 201). A month
ends on the day of the same number, else on its last day (art. 202). A last day that is a rest day stays where it is: whether
it moves (art. 203) depends on the duty, so callers flag it.

Holidays are those of the State Council's yearly notices, from the library chinesecalendar. In a year whose notice it does not
know, Mondays to Fridays count: near the truth, but no bound, since a make-up day can bring the date forward. The bound that
holds whatever the notice will say is ``Counted.bound``, every single day counted.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache

DAY = timedelta(days=1)
DAYS_OF_MONTH = 30  # of a fraction of a month: 一个半月 is one month and 15 days


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked: ``off`` on weekdays too, ``made_up`` on weekends too, in the ``years`` whose notice is known."""

    off: frozenset[date] = frozenset()
    made_up: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def knows(self, day: date) -> bool:
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Say whether a day is worked; in a year that is not known every Monday to Friday is."""
        if day.year not in self.years:
            return day.weekday() < 5
        return day in self.made_up or (day.weekday() < 5 and day not in self.off)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where counting ended. ``known`` is False when a day in a year without a notice was counted.

    ``bound`` is the day that no notice can bring forward (counting back: put off); ``within`` is False when the count ran
    out of the calendar, and ``day`` is then its first or last day.
    """

    day: date
    known: bool
    bound: date
    within: bool = True


@cache
def official_calendar() -> WorkCalendar:
    """Return the calendar of the State Council's notices.

    A year counts as known when its National Day is in: a notice also names stray days of the year before and after.
    """
    from chinese_calendar.constants import holidays, workdays

    off, made_up = frozenset(holidays), frozenset(workdays)
    return WorkCalendar(off, made_up, frozenset(day.year for day in off if (day.month, day.day) == (10, 1)))


def add_working_days(start: date, days: int, worked: WorkCalendar) -> Counted:
    """Return the ``days``-th working day after ``start``, which is not counted; before it when ``days`` is negative.

    >>> add_working_days(date(2019, 9, 27), 7, official_calendar()).day  # make-up Sunday 9/29, National Day, make-up Saturday 10/12
    datetime.date(2019, 10, 12)
    """
    step, left, day, known = (-DAY if days < 0 else DAY), abs(days), start, True
    bound = add_days(start, days)
    last = date.min if days < 0 else date.max
    while left:
        if day == last:
            return Counted(day, False, bound or last, within=False)
        day += step
        known = known and worked.knows(day)
        left -= worked.is_workday(day)
    return Counted(day, known, bound or last)


def add_days(start: date, days: int) -> date | None:
    """Return the date so many days on; None beyond the calendar."""
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return None


def add_months(start: date, months: Fraction | int) -> date | None:
    """Return the day of the same number so many months on, else that month's last day; a fraction of a month is of 30 days.

    >>> add_months(date(2019, 1, 31), 1), add_months(date(2019, 1, 31), Fraction(3, 2))
    (datetime.date(2019, 2, 28), datetime.date(2019, 3, 15))
    """
    whole = int(months)
    moved = day_of_month(start, whole, start.day)
    return add_days(moved, int((Fraction(months) - whole) * DAYS_OF_MONTH)) if moved else None


def day_of_month(start: date, months: int, day: int) -> date | None:
    """Return a day (the last, when the month is shorter) of the month so many months after that of ``start``: 次月10日."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year or day < 1:
        return None
    return date(year, month + 1, min(day, calendar.monthrange(year, month + 1)[1]))


def last_day(period: str) -> date | None:
    """Return the last day of an ISO year, month or day; None for anything else.

    >>> last_day("2020-02"), last_day("2018"), last_day("2018-5")
    (datetime.date(2020, 2, 29), datetime.date(2018, 12, 31), None)
    """
    try:
        if len(period) == 10:
            return date.fromisoformat(period)
        first = date.fromisoformat({4: f"{period}-01-01", 7: f"{period}-01"}.get(len(period), "none"))
    except ValueError:
        return None
    return day_of_month(first, 11 if len(period) == 4 else 0, 31)


def month_cycle(since: date, until: date, months: int, month: int | None, day: int | None) -> Iterator[date]:
    """Yield the dates of a cycle of so many months (a divisor of 12, counted from January) within two days, both included.

    ``month`` is the month of the year or of the cycle, its last when None; ``day`` the day of that month, its last when None.

    >>> [str(day) for day in month_cycle(date(2024, 1, 1), date(2024, 12, 31), 3, 1, 10)]  # 每季度首月10日
    ['2024-01-10', '2024-04-10', '2024-07-10', '2024-10-10']
    """
    within = (month - 1) % months if month else months - 1
    at = since.year * 12 + (since.month - 1) // months * months
    while at + within <= until.year * 12 + until.month - 1:
        year, month_of_year = divmod(at + within, 12)
        found = day_of_month(date(year, month_of_year + 1, 1), 0, day or 31)
        if found and since <= found <= until:
            yield found
        at += months


def day_cycle(since: date, until: date, days: int, weekday: int | None = None) -> Iterator[date]:
    """Yield every day, or (``days`` = 7) one day of every week: Monday is 0, Sunday when None."""
    at: date | None = since
    if days == 7:
        at = add_days(since, ((6 if weekday is None else weekday) - since.weekday()) % 7)
    while at is not None and at <= until:
        yield at
        at = add_days(at, days)

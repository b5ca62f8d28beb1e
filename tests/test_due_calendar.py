"""What falls due: the days of months, cycles and working days, by hand from the State Council's notices."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.calendar_days import (
    WorkCalendar,
    add_days,
    add_months,
    add_working_days,
    day_cycle,
    day_of_month,
    last_day,
    month_cycle,
    official_calendar,
)

DAYS = st.dates(min_value=date.min, max_value=date.max)


def day(text: str) -> date:
    return date.fromisoformat(text)


def worked_after(start: str, days: int) -> str:
    return add_working_days(day(start), days, official_calendar()).day.isoformat()


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        # 国办发明电〔2018〕15号: 10/1–10/7 off; Sunday 9/29 and Saturday 10/12 worked.
        ("2019-09-27", 1, "2019-09-29"),  # Friday + 1 is the make-up Sunday
        ("2019-09-27", 2, "2019-09-30"),
        ("2019-09-27", 3, "2019-10-08"),  # over the seven days off
        ("2019-09-27", 7, "2019-10-12"),  # 9/29 9/30 10/8 10/9 10/10 10/11 and the make-up Saturday
        ("2019-09-27", 8, "2019-10-14"),  # Sunday 10/13 is off
        # 国办发明电〔2023〕7号: Spring Festival 2/10–2/17 off; Sundays 2/4 and 2/18 worked; New Year's Eve 2/9 is a working day.
        ("2024-02-02", 1, "2024-02-04"),
        ("2024-02-02", 6, "2024-02-09"),
        ("2024-02-02", 7, "2024-02-18"),
        ("2024-02-02", 8, "2024-02-19"),
        # 国办发明电〔2020〕1号: Spring Festival 2020 lengthened to 2/2; Sunday 1/19 worked.
        ("2020-01-17", 1, "2020-01-19"),
        ("2020-01-17", 5, "2020-01-23"),
        ("2020-01-17", 6, "2020-02-03"),
        # 2019: the notice was changed in March, so that 5/1–5/4 are off and Sundays 4/28 and 5/5 worked.
        ("2019-04-26", 3, "2019-04-30"),
        ("2019-04-26", 4, "2019-05-05"),
        ("2019-10-12", -7, "2019-09-27"),  # back: 10/11 10/10 10/9 10/8 9/30 9/29 9/27
        ("2019-10-05", 0, "2019-10-05"),
    ],
)
def test_working_days_are_those_of_the_notices(start: str, days: int, end: str) -> None:
    assert worked_after(start, days) == end


def test_a_year_without_a_notice_counts_mondays_to_fridays_and_says_so() -> None:
    # 2031-09-26 is a Friday: 9/29–10/3, then 10/6 and 10/7
    counted = add_working_days(day("2031-09-26"), 7, official_calendar())
    assert (counted.day, counted.known, counted.bound) == (day("2031-10-07"), False, day("2031-10-03"))
    assert add_working_days(day("1999-12-31"), 1, official_calendar()).day == day("2000-01-03")
    assert not add_working_days(day("1999-12-31"), 1, official_calendar()).known
    assert add_working_days(day("2019-09-27"), 7, official_calendar()).known


def test_only_the_days_that_are_counted_must_be_known() -> None:
    two_years = WorkCalendar(off=frozenset({day("2026-12-31")}), years=frozenset({2025, 2026}))
    # 2026-12-30 is a Wednesday; 12/31 is off here; in 2027 nothing is known, so Friday 1/1 counts
    assert add_working_days(day("2026-12-29"), 1, two_years).known
    crossed = add_working_days(day("2026-12-30"), 2, two_years)
    assert (crossed.day, crossed.known) == (day("2027-01-04"), False)


def test_stray_days_of_a_year_do_not_make_it_known() -> None:
    years = official_calendar().years
    assert min(years) == 2004 and {2017, 2018, 2019, 2024, 2026} <= years
    assert years == set(range(min(years), max(years) + 1))


def test_counting_ends_with_the_calendar() -> None:
    counted = add_working_days(day("9999-12-29"), 50, official_calendar())
    assert (counted.day, counted.within, counted.known) == (date.max, False, False)
    assert add_working_days(date.min, -1, official_calendar()).day == date.min
    assert add_days(date.max, 1) is None and add_months(date.max, 1) is None and day_of_month(date.max, 1, 10) is None


@given(DAYS, st.integers(min_value=-400, max_value=400))
def test_one_more_working_day_is_later_and_nothing_raises(start: date, days: int) -> None:
    here, there = (add_working_days(start, n, official_calendar()) for n in (days, days + 1))
    assert here.day <= there.day
    if here.within and there.within and days >= 0:
        assert here.day < there.day and official_calendar().is_workday(there.day)
        assert here.bound <= here.day and there.bound <= there.day  # the bound holds under any notice


@given(DAYS, st.integers(min_value=1, max_value=30))
def test_going_and_coming_back_is_no_further_than_it_was(start: date, days: int) -> None:
    there = add_working_days(start, days, official_calendar())
    if there.within:
        assert start <= add_working_days(there.day, -days + 1, official_calendar()).day <= there.day


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2019-01-31", 1, "2019-02-28"),
        ("2020-01-31", 1, "2020-02-29"),
        ("2019-11-30", 3, "2020-02-29"),
        ("2020-02-29", 12, "2021-02-28"),
        ("2019-03-31", -1, "2019-02-28"),
        ("2019-03-15", Fraction(3, 2), "2019-04-30"),  # 一个半月: 4/15 and 15 days
    ],
)
def test_a_month_ends_on_the_same_number_or_its_last_day(start: str, months: int | Fraction, end: str) -> None:
    assert add_months(day(start), months) == day(end)


def test_periods_end_on_their_last_day() -> None:
    assert [last_day(text) for text in ("2018", "2020-02", "2019-09-30")] == [day("2018-12-31"), day("2020-02-29"), day("2019-09-30")]
    assert [last_day(text) for text in ("", "2019-13", "2019-02-30", "十月")] == [None] * 4


@pytest.mark.parametrize(
    ("months", "month", "day_", "found"),
    [
        (3, 1, 10, ["2024-01-10", "2024-04-10"]),  # 每季度首月10日
        (3, 3, None, ["2024-03-31", "2024-06-30"]),  # 每季度末
        (6, None, None, ["2024-06-30"]),  # 每半年
        (12, 1, 31, ["2024-01-31"]),
        (1, None, 30, ["2024-01-30", "2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30", "2024-06-30"]),
    ],
)
def test_cycles_of_months(months: int, month: int | None, day_: int | None, found: list[str]) -> None:
    assert [str(d) for d in month_cycle(day("2024-01-01"), day("2024-06-30"), months, month, day_)] == found


def test_cycles_of_days_and_weeks() -> None:
    # 2024-05-01 is a Wednesday
    assert [str(d) for d in day_cycle(day("2024-05-01"), day("2024-05-12"), 7, 4)] == ["2024-05-03", "2024-05-10"]
    assert [str(d) for d in day_cycle(day("2024-05-01"), day("2024-05-12"), 7)] == ["2024-05-05", "2024-05-12"]
    assert len(list(day_cycle(day("9999-12-30"), date.max, 1))) == 2

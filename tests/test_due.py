"""What falls due: calendars by hand, one limit at a time, and the three documents."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, time, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from seed_graph import seed_store, seed_workspace

from ontology.labels import labels
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
from queries.due import Due, Request, ask_due
from queries.due_dates import MOST, When, Window, due_points
from queries.due_events import core, match_event
from queries.run import Row, run_query
from zhengmai import __main__ as cli
from zhengmai.errors import BadQuery

DAYS = st.dates(min_value=date.min, max_value=date.max)


def day(text: str) -> date:
    return date.fromisoformat(text)


def worked_after(start: str, days: int) -> str:
    return add_working_days(day(start), days, official_calendar()).day.isoformat()


# --- the calendar, from the State Council's notices


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


# --- one limit


def limit(kind: str, raw: str = "", **fields: object) -> Row:
    names = (
        "due_date",
        "starts",
        "every",
        "month",
        "day",
        "amount",
        "unit",
        "months_on",
        "day_of_month",
        "trigger",
        "rule",
        "trigger_rule",
    )
    row: dict[str, object] = {"kind": kind, "raw": raw, "written_on": None, **dict.fromkeys(names), **fields}
    return row  # type: ignore[return-value]


def told(row: Row, events: dict[str, When] | None = None, since: str = "2024-01-01", until: str = "2024-12-31") -> list[str]:
    found = due_points(row, events or {}, Window(day(since), day(until)), official_calendar())
    return [str(point.day) for point in found.points] if found.points or not found.why else [found.why]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (limit("ongoing"), "ongoing"),
        (limit("by-reference"), "by-reference"),
        (limit("discretionary"), "discretionary"),
        (limit("not-a-deadline"), "not-a-deadline"),
        (limit("fixed-date", "7月31日前", month=7, day=31), "no-year"),
        (limit("start-then-ongoing", starts="2019-09"), "starts"),
        (limit("duration-without-trigger", amount=20, unit="working-day"), "no-trigger"),
        (limit("relative-duration", amount=20, unit="day", trigger="文件公开"), "no-trigger-date"),
        (limit("recurring", every="P2Y"), "no-anchor"),
        (limit("recurring", every="PT1H"), "no-anchor"),
        (limit("composite"), "incomplete"),
    ],
)
def test_what_has_no_date_says_why(row: Row, why: str) -> None:
    assert told(row) == [why]
    assert f"due/{why}" in labels()


@pytest.mark.parametrize(
    ("row", "when", "end"),
    [
        (limit("relative-duration", amount=30, unit="day", trigger="会后"), "2024-01-31", "2024-03-01"),
        (limit("relative-duration", amount=3, unit="day", trigger="会前"), "2024-03-01", "2024-02-27"),
        (limit("relative-duration", amount=5, unit="working-day", trigger="会议召开前"), "2024-02-20", "2024-02-07"),  # 19 18 9 8 7
        (limit("relative-duration", amount=2, unit="week", trigger="甲"), "2024-02-20", "2024-03-05"),
        (limit("relative-duration", amount=1.5, unit="month", trigger="甲"), "2024-01-31", "2024-03-15"),
        (limit("relative-duration", amount=2, unit="year", trigger="甲"), "2024-02-29", "2026-02-28"),
        (limit("relative-calendar", months_on=1, amount=1, unit="month", day_of_month=10, trigger="甲"), "2024-12-05", "2025-01-10"),
        (limit("relative-calendar", months_on=1, amount=1, unit="month", day_of_month=31, trigger="甲"), "2024-01-05", "2024-02-29"),
        (limit("relative-calendar", amount=1, unit="year", trigger="甲"), "2024-01-05", "incomplete"),  # 次年: no day in the graph
        (limit("relative-duration", amount=0.5, unit="working-day", trigger="甲"), "2024-02-04", "2024-02-05"),
        (limit("relative-duration", amount=1, unit="fortnight", trigger="甲"), "2024-01-05", "incomplete"),
        (limit("relative-duration", amount=1, unit="day", trigger="甲"), "9999-12-31", "beyond-calendar"),
        (limit("relative-duration", amount=1e300, unit="hour", trigger="甲"), "2024-01-05", "beyond-calendar"),
        (limit("event-start-then-ongoing", trigger="甲"), "2024-01-05", "starts"),
    ],
)
def test_a_limit_is_counted_from_its_event(row: Row, when: str, end: str) -> None:
    assert told(row, {str(row["trigger"]): When(day(when))}) == [end]


def test_hours_run_from_the_time_given_else_from_midnight() -> None:
    row = limit("relative-duration", amount=5, unit="hour", trigger="甲")
    window = Window(day("2024-01-01"), day("2024-12-31"))
    (exact,) = due_points(row, {"甲": When(day("2024-05-01"), time(22, 30))}, window, official_calendar()).points
    assert (exact.day, exact.clock, exact.remarks[0]) == (day("2024-05-02"), time(3, 30), "at-time")
    (rough,) = due_points(row, {"甲": When(day("2024-05-01"))}, window, official_calendar()).points
    assert (rough.day, rough.clock, rough.remarks[0]) == (day("2024-05-01"), None, "counts-hours")


def test_alternative_events_each_give_a_date() -> None:
    row = limit("relative-calendar", months_on=1, amount=1, unit="month", day_of_month=10, trigger="届满|确定")
    one = due_points(row, {"届满": When(day("2024-03-20"))}, Window(day("2024-01-01"), day("2024-12-31")), official_calendar()).points
    assert [(str(p.day), p.trigger, p.remarks) for p in one] == [("2024-04-10", "届满", ("alternative",))]
    assert told(row, {"届满": When(day("2024-03-20")), "确定": When(day("2024-04-02"))}) == ["2024-04-10", "2024-05-10"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (limit("recurring-annual", every="P1Y", month=3, day=31), ["2024-03-31"]),
        (limit("recurring-annual", every="P1Y"), ["2024-12-31"]),
        (limit("recurring", every="P3M", amount=10, unit="day"), ["2024-01-10", "2024-04-10", "2024-07-10", "2024-10-10"]),  # 季后10日
        (limit("recurring", every="P1Y", month=1, day=31, due_date="2023-12-31"), []),  # the cycle has an end
        (limit("recurring", every="P6M", written_on="2024-07-01"), ["2024-12-31"]),  # not before the document was written
    ],
)
def test_cycles_fall_due_within_the_window(row: Row, found: list[str]) -> None:
    assert told(row) == found


def test_the_weekday_of_a_weekly_limit_is_in_its_words() -> None:
    assert told(limit("recurring", "每周五前", every="P1W"), until="2024-01-14") == ["2024-01-05", "2024-01-12"]
    assert told(limit("recurring", "每周一次", every="P1W"), until="2024-01-14") == ["2024-01-01", "2024-01-08"]


def test_a_daily_limit_does_not_flood() -> None:
    found = due_points(limit("recurring", every="P1D"), {}, Window(date.min, date.max), official_calendar()).points
    assert len(found) == MOST and "and-so-on" in found[-1].remarks


def test_a_rest_day_is_flagged_and_not_moved() -> None:
    (sunday,) = due_points(
        limit("fixed-date", due_date="2019-06-30"), {}, Window(date.min, date.max), official_calendar()
    ).points  # 2019-06-30 is a Sunday
    assert (sunday.day, sunday.remarks) == (day("2019-06-30"), ("rest-day",))
    (worked,) = due_points(limit("fixed-date", due_date="2019-09-29"), {}, Window(date.min, date.max), official_calendar()).points
    assert worked.remarks == ()  # a Sunday, but a make-up day


UNITS = st.sampled_from(["working-day", "day", "week", "month", "year", "hour", "minute", "aeon", None])
NUMBERS = st.none() | st.integers(min_value=0, max_value=10**4) | st.floats(min_value=0, max_value=1e4)


@given(
    st.sampled_from(["relative-duration", "relative-calendar", "recurring", "fixed-date", "event-start-then-ongoing"]),
    NUMBERS,
    UNITS,
    st.none() | st.integers(min_value=-(10**6), max_value=10**6),
    st.none() | st.integers(min_value=0, max_value=40),
    st.none() | st.sampled_from(["P1Y", "P3M", "P5M", "P1W", "P1D", "P0M", "P0D", "x"]),
    st.sampled_from(["甲", "甲前"]),
    DAYS,
)
def test_any_limit_gives_days_or_a_reason(
    kind: str, amount: float | None, unit: str | None, months: int | None, number: int | None, every: str | None, trigger: str, start: date
) -> None:
    row = limit(
        kind, amount=amount, unit=unit, months_on=months, day_of_month=number, every=every, trigger=trigger, month=number, day=number
    )
    found = due_points(
        row, {trigger: When(start)}, Window(start, start + timedelta(days=40) if start.year < 9999 else start), official_calendar()
    )
    assert bool(found.points) != bool(found.why) or (every and not found.points)
    codes = [code for point in found.points for code in point.remarks] + [found.why or "ongoing"]
    assert {f"due/{code}" for code in codes} <= set(labels())


# --- events


TRIGGERS = ("作出行政许可决定之日", "作出之日", "文件公开", "会前", "会后", "发文机关公开文件")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("作出行政许可决定之日", ("作出行政许可决定之日",)),
        ("作出行政许可决定", ("作出行政许可决定之日",)),
        ("自作出之日起", ("作出之日",)),
        ("作出", ("作出之日",)),
        ("行政许可", ("作出行政许可决定之日",)),
        ("文件公开后", ("文件公开",)),
        ("会", ("会前", "会后")),
        ("某项文件公开", ("文件公开",)),
    ],
)
def test_an_event_is_found_by_its_words(typed: str, found: tuple[str, ...]) -> None:
    assert match_event(typed, TRIGGERS) == found


def test_an_event_that_fits_several_is_listed_and_an_unknown_one_suggested() -> None:
    with pytest.raises(BadQuery, match="2 events: 发文机关公开文件, 文件公开"):
        match_event("公开", TRIGGERS)
    with pytest.raises(BadQuery, match="did you mean 文件公开"):
        match_event("文件发布", TRIGGERS)
    with pytest.raises(BadQuery, match="zhengmai query triggers"):
        match_event("甲", ())


@given(st.text(max_size=12))
def test_an_event_is_found_or_refused(typed: str) -> None:
    assert len(core(typed)) <= len(typed) * 20
    try:
        assert match_event(typed, TRIGGERS)
    except BadQuery as error:
        assert error.fix


# --- the three documents


def due(on: str, by: str | None = None, *, document: str | None = None, events: tuple[tuple[str, When], ...] = (), **more: object) -> Due:
    request = Request(day(on), day(by or on), events, document, **more)  # type: ignore[arg-type]
    return ask_due(request, seed_store())


def shown(found: Due, *columns: str) -> list[tuple[object, ...]]:
    return [tuple(row[column] for column in columns) for row in found.answer.rows]


def test_hechi_on_the_last_day_of_september_2019() -> None:
    """Read by hand: the rows that say 2019年9月30日前; 2–7 stand under row 1 in a merged cell."""
    found = due("2019-09-30", document="河池")
    assert [task for (task,) in shown(found, "task")] == ["1", "2", "3", "4", "5", "6", "7", "9", "10", "11", "16", "17", "18"]
    assert {row["when"] for row in found.answer.rows} == {"in-window"}
    assert {row["rule"] for row in found.answer.rows} == {None, "merged-cell-down"}


def test_hechi_21_falls_due_at_each_level() -> None:
    found = due("2020-01-01", "2020-01-31", document="河池")
    assert shown(found, "due_date", "level", "task") == [("2020-01-15", "county", "21"), ("2020-01-31", "city", "21")]
    assert shown(due("2020-01-01", "2020-01-31", document="河池", level="county"), "due_date") == [("2020-01-15",)]
    assert shown(due("2020-01-01", "2021-02-01", document="河池", level="city"), "task", "due_date")[0] == ("21", "2020-01-31")


def test_guangzhou_5_is_seven_working_days_over_national_day_2019() -> None:
    """9/29 (make-up), 9/30, 10/8, 10/9, 10/10, 10/11, 10/12 (make-up)."""
    found = due("2019-10-12", document="gz-stb-openness-tasks", events=(("作出行政许可决定", When(day("2019-09-27"))),))
    assert shown(found, "task", "due_date", "trigger", "trigger_date", "remarks", "when") == [
        ("5", "2019-10-12", "作出行政许可决定之日", "2019-09-27", None, "in-window")
    ]
    outside = due("2019-09-27", document="gz-stb-openness-tasks", events=(("作出行政许可决定", When(day("2019-09-27"))),))
    assert shown(outside, "task", "when") == [("5", "later")]


def test_the_events_of_guangzhou() -> None:
    """By hand: 11月 + 次月10日; 30 calendar days after 6/1; 5 working days after Wednesday 5/1 (5/5 is a make-up Sunday)."""
    events = (("复议诉讼期间届满", When(day("2019-11-20"))), ("作出", When(day("2019-06-01"))), ("文件公开", When(day("2019-05-01"))))
    found = due("2019-05-01", document="gz-stb-openness-tasks", events=events)
    assert shown(found, "task", "due_date", "remarks") == [
        ("45", "2019-05-09", None),  # 5/5 5/6 5/7 5/8 5/9
        ("10", "2019-07-01", "inferred-trigger"),
        ("24", "2019-12-10", "alternative"),
    ]


def test_an_unknown_year_is_flagged_with_its_bound() -> None:
    found = due("2031-09-26", document="gz-stb-openness-tasks", events=(("文件公开", When(day("2031-09-26"))),))
    assert shown(found, "task", "due_date", "remarks", "bound") == [("45", "2031-10-03", "weekends-only", "2031-10-01")]


def test_what_has_no_date_stands_apart_with_why() -> None:
    """Counted by hand in the Guangzhou table."""
    found = due("2019-01-01", document="gz-stb-openness-tasks")
    assert found.reasons() == {"ongoing": 77, "no-trigger": 4, "no-trigger-date": 6, "by-reference": 2}
    apart = {(row["task"], row["why"]) for row in found.undated}
    assert {("9-u1", "no-trigger"), ("37", "by-reference"), ("60", "no-trigger-date"), ("12", "ongoing")} <= apart
    hechi = due("2019-01-01", document="河池")
    assert [(row["task"], row["starts"]) for row in hechi.undated if row["why"] == "starts"] == [("24", "2019-09")]
    assert [row["task"] for row in hechi.undated if row["why"] == "discretionary"] == ["38"]


def test_a_passed_date_is_listed_on_request_only() -> None:
    plain, asked = due("2019-06-15", document="河池"), due("2019-06-15", document="河池", overdue=True)
    assert (plain.answer.rows, plain.past, plain.next_date) == ((), 1, day("2019-06-30"))
    assert shown(asked, "task", "due_date", "when") == [("19", "2019-05-30", "overdue")]


def test_a_department_is_asked_for_by_name_or_by_function() -> None:
    led = due("2018-01-01", "2018-12-31", department="办公室")
    assert shown(led, "task", "due_date") == [("34", "2018-03-31"), ("41", "2018-12-31"), ("85", "2018-12-31")]
    assert shown(due("2020-01-01", "2020-01-31", department="法制部门"), "task") == [("21",), ("21",)]
    with pytest.raises(BadQuery, match="办公室"):
        due("2018-01-01", department="办公事")


def test_a_date_given_twice_for_one_event_is_refused() -> None:
    with pytest.raises(BadQuery, match="two dates for 文件公开"):
        due("2019-01-01", events=(("文件公开", When(day("2019-01-01"))), ("文件公开后", When(day("2019-02-01")))))


def test_the_saved_question_and_the_command_agree() -> None:
    rows = run_query("due-by", {"date": "2019-12-31"}, seed_store()).rows
    asked = {(row["document"], row["task"], row["due_date"], row["rule"]) for row in rows if row["due_date"]}
    found = due("2019-12-31", overdue=True)
    once = {
        (r["document"], r["task"], r["due_date"], r["rule"])
        for r in found.answer.rows
        if r["kind"] not in ("recurring", "recurring-annual")
    }
    assert asked == once
    yearly = {(row["task"], row["level"], row["month"], row["day"]) for row in rows if row["every"]}
    assert yearly == {("21", "city", 1, 31), ("21", "county", 1, 15), ("34", None, 3, 31), ("6.3.s1", None, 3, 31)}


def test_every_trigger_of_the_documents() -> None:
    """Read by hand."""
    rows = run_query("triggers", {}, seed_store()).rows
    assert {row["trigger"] for row in rows} == {
        None,
        "作出行政许可决定之日",
        "作出之日",
        "案件复议诉讼期间届满",
        "经复议诉讼最终确定效力",
        "文件公开",
        "涉及特别重大和重大突发事件的涉税舆情",
        "制定相关标准",
        "修改相关标准",
        "税务总局实施方案印发",
    }
    assert all(row["rule"] == "trigger-from-measure" for row in rows if row["task"] in ("10", "60"))


# --- the command


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))
    for variable in ("ZHENGMAI_LANG", "ZHENGMAI_QUIET"):
        monkeypatch.setenv(variable, "")


def ask(capfd: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = cli.main(["due", *args])
    out, err = capfd.readouterr()
    return status, out, err


def test_the_table_shows_what_is_due_and_apart_what_has_no_date(capfd: pytest.CaptureFixture[str]) -> None:
    status, out, err = ask(capfd, "--on", "2020-01-01", "--by", "2020-01-31", "--document", "河池")
    assert status == 0
    dated, _, apart = out.partition("\n\n")
    assert "2020-01-15" in dated and "县级" in dated and "当日不是工作日" in dated
    assert (
        "〔只有起始，之后持续〕1" in apart
        and "hechi-three-systems-tasks:28  制定或修改相关标准后1个月内  ← 修改相关标准 / 制定相关标准" in apart
    )
    assert "hechi-three-systems-tasks: 8, 13, 14, 15, 35" in apart
    assert "到期 2 项时限；无日期 15 项" in err and "--overdue" in err


def test_json_and_csv_and_xlsx(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    event = "文件公开=2019-05-01"
    status, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", event, "--format", "json")
    said = json.loads(out)
    assert (status, said["query"], said["params"]["trigger 文件公开"]) == (0, "due", "2019-05-01")
    assert [(row["task"], row["due_date"]) for row in said["rows"]] == [("45", "2019-05-09")]
    assert len(said["undated"]) == said["counts"]["undated"] and said["triggers"] == {"文件公开": ["文件公开"]}
    _, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", event, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["task"] for row in rows if row["when"] != "undated"] == ["45"] and len(rows) == 1 + len(said["undated"])
    file = tmp_path / "due.xlsx"
    assert ask(capfd, "--on", "2019-05-01", "--document", "广州", "--format", "xlsx", "--output", str(file))[0] == 0
    assert load_workbook(file).worksheets[0]["A1"].value == "到期情况"
    assert ask(capfd, "--on", "2019-05-01", "--output", str(tmp_path / "no" / "x"))[0] == 2


def test_a_flag_on_an_unknown_year_is_said_also_when_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, err = ask(capfd, "--on", "2031-09-26", "--trigger", "文件公开=2031-09-26", "--quiet", "--lang", "en")
    assert "Mondays to Fridays counted" in out and "2031-10-01" in out
    assert re.search(r"holidays are known for 2004–\d{4} only", err)


def test_an_empty_answer_names_the_next_date(capfd: pytest.CaptureFixture[str]) -> None:
    status, _, err = ask(capfd, "--on", "2019-06-15", "--document", "河池")
    assert status == 0 and "其后最近的到期日 2019-06-30" in err


def test_hours_take_a_time(capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = ask(capfd, "--on", "2019-05-01", "--document", "广州", "--trigger", "重大突发事件=2019-05-01T22:30", "--format", "json")
    assert [(row["due_date"], row["due_time"]) for row in json.loads(out)["rows"]] == [("2019-05-02", "03:30"), ("2019-05-02", "22:30")]


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["--on", "2019-9-30"], "2019-09-30"),
        (["--on", "2019-09-31"], "year-month-day"),
        (["--on", "2019-09-30", "--by", "2019-09-01"], "exchange"),
        (["--on", "2019-09-30", "--trigger", "文件公开"], "EVENT=DATE"),
        (["--on", "2019-09-30", "--trigger", "文件公开=明天"], "year-month-day"),
        (["--on", "2019-09-30", "--trigger", "文件公开=2019-09-27T25:00"], "T15:30"),
        (["--on", "2019-09-30", "--trigger", "文件公布=2019-09-27"], "did you mean 文件公开"),
        (["--on", "2019-09-30", "--level", "citty"], "did you mean city"),
        (["--on", "2019-09-30", "--document", "没有这份文件"], "not in the graph"),
        (["--on", "2019-09-30", "--trigger", "文件公开=2019-09-27", "--trigger", "文件公开=2019-09-28"], "twice"),
        ([], "--on"),
    ],
)
def test_wrong_use_ends_with_2_and_a_suggestion(capfd: pytest.CaptureFixture[str], args: list[str], says: str) -> None:
    status, out, err = ask(capfd, *args)
    assert (status, out) == (2, "") and says in err

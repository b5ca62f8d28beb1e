"""What falls due: one time limit at a time, and how an event is found by its words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.labels import labels
from queries.calendar_days import (
    official_calendar,
)
from queries.due_dates import MOST, When, Window, due_points
from queries.due_events import core, match_event
from queries.run import Row
from zhengmai.errors import BadQuery

DAYS = st.dates(min_value=date.min, max_value=date.max)


def day(text: str) -> date:
    return date.fromisoformat(text)


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

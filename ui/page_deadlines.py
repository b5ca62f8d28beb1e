"""时限: what is due as of a day, what has passed, what an event sets off, and what has no date and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import streamlit as st

from queries.due import Due, Request
from queries.due_dates import When
from queries.due_events import core
from queries.run import Answer, Row
from queries.writers import words
from ui.answers import ask, document_titles, due, has_question
from ui.charts import bars, timeline
from ui.counts import of_whole
from ui.form import FIRST_DAY, LAST_DAY, pick
from ui.frame import begin_with, lang, link_to, linked, still_there, word
from ui.marked import plain
from ui.narrow import filters
from ui.tables import show_answer, show_rows
from zhengmai.workspace import LEVELS

EVENT = "e."  # before the words of an event in the link
VIEWS = ("overdue", "in-window", "recurring", "triggered", "undated", "drift")
DRIFT, FREQUENCIES = "deadline-drift", "minimum-frequencies"
AHEAD = timedelta(days=365)
TITLE = 10  # characters of a title before a task in the chart


def show() -> None:
    st.title(word("page/deadlines"))
    st.caption(plain(word("ui/deadlines-note")))
    on, by = _days()
    with filters("deadlines"):
        document, level, department = _scope()
    events = _events(document)
    begin_with("due-view", linked("view", VIEWS) or "overdue")
    link = {"on": on.isoformat(), "by": by.isoformat(), "document": document, "level": level, "department": department}
    if by < on:
        st.error(plain(word("ui/days-reversed")))
        link_to(link)
        return
    found = due(Request(on, by, tuple((name, When(day)) for name, day in events.items()), document, level, department, overdue=True))
    view = _view(found)
    link_to({**link, "view": view, **{EVENT + name: day.isoformat() for name, day in events.items()}})
    SHOW[view](found, on)


def _days() -> tuple[date, date]:
    left, right = st.columns(2)
    begin_with("due-on", _day(linked("on")) or date.today())  # noqa: DTZ011 (the visitor's own day is what is meant)
    with left:
        on = st.date_input(
            word("ui/as-of"), min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", key="due-on", help=word("ui/as-of-help")
        )
    begin_with("due-by", _day(linked("by")) or min(on + AHEAD, LAST_DAY))
    with right:
        by = st.date_input(
            word("ui/until"), min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", key="due-by", help=word("ui/until-help")
        )
    return on, by


def _day(text: str | None) -> date | None:
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _scope() -> tuple[str | None, str | None, str | None]:
    left, middle, right = st.columns(3)
    titles = document_titles()
    with left:
        document = pick(
            word("column/document"),
            titles,
            still_there("document", titles),
            "due-document",
            new=False,
            help=word("ui/document-help"),
        )
    with middle:
        levels = {code: word(f"level/{code}") for code in LEVELS}
        level = pick(word("column/level"), levels, linked("level", LEVELS), "due-level", new=False, help=word("ui/level-help"))
    with right:
        names = {str(row["department"]): str(row["department"]) for row in ask("list-departments").rows}
        department = pick(
            word("column/department"), names, still_there("department", names), "due-department", new=False, help=word("ui/department-help")
        )
    return document, level, department


def _events(document: str | None) -> dict[str, date]:
    """Draw a date for each event that limits are counted from; return those that were entered."""
    answer = ask("triggers", {"document": document} if document else {})
    events: dict[str, str] = {}
    for row in answer.rows:
        if row["trigger"]:
            events.setdefault(core(str(row["trigger"])), str(row["trigger"]))
    if not events:
        return {}
    given = {name: _day(value) for name, value in st.query_params.to_dict().items() if name.startswith(EVENT)}
    entered: dict[str, date] = {}
    with st.expander(word("ui/events"), expanded=any(given.values())):
        st.caption(plain(word("ui/events-help")))
        columns = st.columns(2)
        for at, name in enumerate(events.values()):
            begin_with(f"due-event/{name}", given.get(EVENT + name))
            with columns[at % 2]:
                day = st.date_input(
                    plain(name),
                    value=None,
                    min_value=FIRST_DAY,
                    max_value=LAST_DAY,
                    format="YYYY-MM-DD",
                    key=f"due-event/{name}",
                    help=word("ui/event-help"),
                )
            if isinstance(day, date):
                entered[name] = day
    return entered


def _view(found: Due) -> str:
    amounts = {
        "overdue": found.past,
        "in-window": found.answer.counts["in-window"],
        "recurring": len({row["limit"] for row in _recurring(found)}),
        "triggered": sum(bool(row["trigger_date"]) for row in found.answer.rows),
        "undated": len(found.undated),
    }
    shown = [view for view in VIEWS if view != "drift" or has_question(DRIFT)]
    return (
        st.segmented_control(
            word("ui/view"),
            shown,
            key="due-view",
            required=True,
            format_func=lambda view: f"{word(f'ui/due-{view}')}" + (f" {amounts[view]}" if view in amounts else ""),
            help=word("ui/view-help"),
        )
        or VIEWS[0]
    )


def _dated(found: Due, on: date, when: str) -> None:
    rows = (
        [row for row in found.answer.rows if row["when"] == when]
        if when != "triggered"
        else [r for r in found.answer.rows if r["trigger_date"]]
    )
    _draw(found.answer, rows, on, _all(found))
    if when == "in-window" and found.next_date:
        st.caption(plain(word("ui/next-due", date=found.next_date.isoformat())))


def _all(found: Due) -> int:
    return len(found.answer.rows) + len(found.undated)


def _draw(answer: Answer, rows: list[Row], on: date, whole: int) -> None:
    if not rows:
        st.info(plain(word("ui/nothing-due")))
        return
    columns = {column.name: column for column in answer.columns}
    titles, several = document_titles(), len({row["document"] for row in rows}) > 1
    points = [
        (
            str(row["due_date"]),
            _task(row, titles if several else {}),
            words(row["remarks"], columns["remarks"], lang()) or word("ui/date-stated"),
        )
        for row in rows
    ]
    timeline(points, x=word("column/due_date"), y=word("term/task"), colour=word("column/remarks"), today=on.isoformat(), key="due-chart")
    kept = replace(answer, rows=tuple(rows), iris=(), counts={**answer.counts, "rows": len(rows)})
    st.markdown(f"**{plain(of_whole(word('ui/limits', count=len(rows)), whole))}**")
    show_rows(kept, key="due")


def _task(row: Row, titles: dict[str, str]) -> str:
    title = titles.get(str(row["document"]), "")
    return f"{title[:TITLE]}{'…' if len(title) > TITLE else ''} {row['task']}".strip()


def _undated(found: Due, on: date) -> None:
    reasons = found.reasons()
    bars(
        [(word(f"due/{why}"), word("ui/limits-unit"), float(count)) for why, count in reasons.most_common()],
        x=word("ui/limits-unit"),
        y=word("column/why"),
        key="due-why",
    )
    st.markdown(f"**{plain(of_whole(word('ui/limits', count=len(found.undated)), _all(found)))}**")
    if found.undated:
        show_rows(replace(found.answer, rows=found.undated, iris=()), key="due-undated")


def _recurring(found: Due) -> list[Row]:
    """Return the limits that come again: each cycle with its date, then those without one."""
    return [row for row in (*found.answer.rows, *found.undated) if str(row["kind"]).startswith("recurring")]


def _again(found: Due, on: date) -> None:
    """Draw what comes again in these days, then how often a text asks for something at least."""
    rows = _recurring(found)
    _draw(found.answer, [row for row in rows if row["due_date"]], on, _all(found))
    if without := [row for row in rows if not row["due_date"]]:
        st.markdown(f"**{plain(word('ui/recurring-undated', count=len(without), all=len(rows)))}**")
        show_rows(replace(found.answer, rows=tuple(without), iris=()), key="due-recurring")
    if has_question(FREQUENCIES):
        document = linked("document")
        answer = ask(FREQUENCIES, {"document": document} if document else {})
        st.subheader(plain(answer.query.title[lang()]))
        show_answer(answer)


def _drift(found: Due, on: date) -> None:
    show_answer(ask(DRIFT))


SHOW = {
    "overdue": lambda found, on: _dated(found, on, "overdue"),
    "in-window": lambda found, on: _dated(found, on, "in-window"),
    "recurring": _again,
    "triggered": lambda found, on: _dated(found, on, "triggered"),
    "undated": _undated,
    "drift": _drift,
}

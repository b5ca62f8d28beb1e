"""What falls due between two days: the limits of ``deadline-calendar``, computed to the day where their words allow it.

Limits counted from an event whose date was given are always told, also when they end outside the days asked about. Whether a
duty was done is in no document: a date that has passed is only that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from queries.calendar_days import WorkCalendar, add_days, official_calendar
from queries.catalogue import find_query
from queries.due_dates import DuePoint, Told, When, Window, due_points
from queries.due_events import match_event
from queries.run import Answer, Row, run_query
from queries.saved import Both, Column
from zhengmai.errors import BadQuery

if TYPE_CHECKING:
    from queries.meant import Asks

LIMITS = "deadline-calendar"
AHEAD = 366  # days looked on for what comes next
COLUMNS = (
    Column("when", "column/when", "due"),
    Column("due_date", "column/due_date", "date"),
    Column("due_time", "column/due_time", "text"),
    Column("task", "column/task", "id"),
    Column("document", "column/document", "id"),
    Column("level", "column/level", "level"),
    Column("raw", "column/deadline", "text"),
    Column("kind", "column/deadline_kind", "deadline-kind"),
    Column("outcome", "column/outcome", "text"),
    Column("trigger", "column/trigger", "text"),
    Column("trigger_date", "column/trigger_date", "date"),
    Column("remarks", "column/remarks", "due"),
    Column("bound", "column/bound", "date"),
    Column("rule", "column/rule", "rule"),
    Column("why", "column/why", "due"),
    Column("starts", "column/starts", "text"),
    Column("reference", "column/reference", "text"),
    Column("lead", "column/lead", "text"),
    Column("task_text", "column/task_text", "text"),
    Column("place", "column/place", "place"),
    Column("limit", "column/limit", "id"),
)
TITLE = Both("到期事项", "What falls due")
SUMMARY = Both(
    "一段日期内到期的时限；前、底、内含当日，自事件起算的从次日起计，工作日按国务院放假安排（含调休）",
    "Limits that fall due between two days; 前, 底 and 内 include the day, an event's own day is not counted, working days "
    "are those of the State Council's notices, make-up days included",
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. ``events`` are as typed, each once; the names of document, level and department too."""

    on: date
    by: date
    events: tuple[tuple[str, When], ...] = ()
    document: str | None = None
    level: str | None = None
    department: str | None = None
    overdue: bool = False


@dataclass(frozen=True)
class Due:
    """``answer`` has the limits with a date, by date; ``undated`` the others, in the order of their documents, with ``why``.

    ``matched`` says which trigger texts each event was taken for; ``next_date`` is the first date after the window,
    ``past`` how many limits (not cycles) fell due before it, ``unstated`` how many rows were kept that state no level.
    """

    answer: Answer
    undated: tuple[Row, ...]
    matched: dict[str, tuple[str, ...]]
    next_date: date | None
    past: int
    unstated: int

    def reasons(self) -> Counter[str]:
        """Count the limits without a date by why."""
        return Counter(str(row["why"]) for row in self.undated)

    def whole(self) -> Answer:
        """Return everything in one list, for formats that have only one; ``when`` of those without a date is ``undated``."""
        return replace(self.answer, rows=(*self.answer.rows, *self.undated), iris=())


def ask_due(request: Request, store: Asks, *, own: Path | None = None, worked: WorkCalendar | None = None) -> Due:
    """Return what falls due.

    :raises BadQuery: when a document, department or event is not in the graph, or fits several.
    """
    answer = run_query(LIMITS, {"document": request.document} if request.document else {}, store, own=own)
    matched, events = _events(request, answer)
    if request.department:
        answer = _of_department(request, answer, store, own)
    worked = worked or official_calendar()
    limits = [limit for limit in answer.rows if _of_level(limit, request.level)]
    looked = Window(request.on, add_days(request.by, AHEAD) or date.max)
    told = [(limit, due_points(limit, events, looked, worked)) for limit in limits]
    dated, ahead, past = [], [], 0
    for limit, point in _points(told):
        when = "overdue" if point.day < request.on else "in-window" if point.day <= request.by else "later"
        past += when == "overdue"
        if when == "in-window" or point.trigger or (when == "overdue" and request.overdue):
            dated.append(_row(limit, when, point=point))
        elif when == "later":
            ahead.append(point.day)
    dated.sort(key=lambda row: (str(row["due_date"]), str(row["due_time"] or "")))
    undated = tuple(_row(limit, "undated", why=one.why, starts=one.starts) for limit, one in told if one.why)
    counts = Counter(str(row["when"]) for row in dated)
    return Due(
        answer=replace(
            answer,
            query=replace(find_query(LIMITS, own), name="due", title=TITLE, summary=SUMMARY),
            params=_params(request, answer.params),
            columns=COLUMNS,
            rows=tuple(dated),
            iris=(),
            counts={"rows": len(dated), **{key: counts[key] for key in ("in-window", "later", "overdue")}, "undated": len(undated)},
            notes=(),
        ),
        undated=undated,
        matched=matched,
        next_date=min(ahead, default=None),
        past=past,
        unstated=sum(bool(request.level) and not (limit["level"] or limit["addressed_level"]) for limit in limits),
    )


def _of_department(request: Request, everything: Answer, store: Asks, own: Path | None) -> Answer:
    """Return the limits a department takes part in; a name that is no one named department's is looked for among the actors.

    So 法制部门, which stands for whoever has that function, can be asked for too, and with a document 办公室.
    """
    name = request.department or ""
    try:
        return run_query(LIMITS, {"department": name} | ({"document": request.document} if request.document else {}), store, own=own)
    except BadQuery:
        rows = tuple(row for row in everything.rows if name in str(row["actors"]).split("|"))
        if not rows:
            raise
        return replace(everything, rows=rows, params={**everything.params, "department": name})


def _events(request: Request, everything: Answer) -> tuple[dict[str, tuple[str, ...]], dict[str, When]]:
    """Match each event with the trigger texts of the documents in scope, whoever they bind."""
    triggers = {trigger for row in everything.rows for trigger in str(row["trigger"] or "").split("|") if trigger}
    matched: dict[str, tuple[str, ...]] = {}
    dates: dict[str, When] = {}
    for typed, when in request.events:
        matched[typed] = match_event(typed, triggers)
        for trigger in matched[typed]:
            if trigger in dates:
                raise BadQuery(
                    where="zhengmai due --trigger",
                    found=f"two dates for {trigger}",
                    expected="one date for each event",
                    fix="ask once for each date",
                    zh="同一触发事件给了两个日期，请分两次查询。",
                )
            dates[trigger] = when
    return matched, dates


def _of_level(limit: Row, level: str | None) -> bool:
    """Say whether a limit may bind a level: as its own words say, else its addressee's; kept where neither says anything."""
    said = str(limit["level"] or limit["addressed_level"] or "all").split("|")
    return level is None or level in said or "all" in said


def _points(told: Iterable[tuple[Row, Told]]) -> Iterator[tuple[Row, DuePoint]]:
    for limit, one in told:
        for point in one.points:
            yield limit, point


def _row(limit: Row, when: str, *, point: DuePoint | None = None, why: str | None = None, starts: str | None = None) -> Row:
    row = {column.name: limit.get(column.name) for column in COLUMNS}
    row |= {"when": when, "why": why, "starts": starts, "due_date": None}
    if point:
        row |= {
            "due_date": point.day.isoformat(),
            "due_time": point.clock.strftime("%H:%M") if point.clock else None,
            "remarks": "|".join(point.remarks) or None,
            "bound": point.bound.isoformat() if point.bound else None,
            "trigger_date": point.trigger_date.isoformat() if point.trigger_date else None,
            "trigger": point.trigger or row["trigger"],
        }
    return row


def _params(request: Request, asked: dict[str, str]) -> dict[str, str]:
    events = {f"trigger {typed}": f"{when.day}T{when.clock:%H:%M}" if when.clock else str(when.day) for typed, when in request.events}
    named = {"on": request.on.isoformat(), "by": request.by.isoformat(), **asked, **events}
    return named | ({"level": request.level} if request.level else {}) | ({"overdue": "true"} if request.overdue else {})

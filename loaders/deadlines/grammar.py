"""Finds the expressions of time in a folded text: points, ranges, cycles, durations, days of a following month.

What is found says only what the words say. Years from elsewhere are added in ``deadline_context``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from loaders.deadlines.cycles import read_cycle, read_duration
from loaders.deadlines.limits import Limit
from loaders.deadlines.patterns import Patterns, patterns
from loaders.deadlines.points import Point, dashed_point, day_point, lone_point, plan_point, worded_point
from loaders.deadlines.text import Folded, number
from loaders.deadlines.triggers import trigger_before
from loaders.records import Offset


def scan(folded: Folded, *, cell: bool = False) -> list[Limit]:
    """Return every expression of time from left to right, none overlapping; ``cell`` admits forms only a cell of their own makes clear."""
    grammar = patterns()
    found: list[Limit] = []
    floor = 0
    for anchor in grammar.anchor.finditer(folded.text):
        start = anchor.start()
        if start < floor:
            continue
        for read in _READERS:
            limit = read(folded, start, floor, grammar, cell)
            if limit:
                found.append(limit)
                floor = limit.end
                break
    return found


def _read_calendar(folded: Folded, start: int, floor: int, grammar: Patterns, cell: bool) -> Limit | None:
    """Read a point of the calendar or a range of two."""
    today = grammar.today.match(folded.text, start)
    if today:
        now = Point(unit="day", days_on=0)
        until = _second_point(folded, today.end(), now, grammar, cell)
        if until is None:
            return Limit(start, start, today.end(), "point", point=now, begins=True)
        return _settled(folded, Limit(start, start, until[1], "point", point=until[0], since=now, said=True), floor, grammar)
    loose = grammar.first.match(folded.text, start)
    read = (lone_point(loose), loose.end()) if loose else _point_at(folded, start, grammar, cell)
    if read is None:
        return None
    head, end = read
    last = _second_point(folded, end, head, grammar, cell)
    if last:
        return _settled(folded, Limit(start, start, last[1], "point", point=last[0], since=head, said=True), floor, grammar)
    return None if loose else _settled(folded, Limit(start, start, end, "point", point=head, said=head.edge), floor, grammar)


def _second_point(folded: Folded, place: int, head: Point, grammar: Patterns, cell: bool) -> tuple[Point, int] | None:
    """Return the end of a range that begins with ``head``: 至12月, -20日, -2024.12."""
    to = grammar.to.match(folded.text, place)
    if not to:
        return None
    last = _point_at(folded, to.end(), grammar, cell)
    if last and (last[0].month or last[0].months_on is not None):
        return last[0].with_year_of(head, next_year=bool(to["next"])), last[1]
    short = grammar.second.match(folded.text, to.end())
    if short and ((short["d"] and head.day) or (short["m"] and head.month and not head.day)):
        return day_point(short, head), short.end()
    return None


def _point_at(folded: Folded, start: int, grammar: Patterns, cell: bool) -> tuple[Point, int] | None:
    text = folded.text
    if cell:
        alone = grammar.alone.match(text, start)
        if alone and (alone["y"] or _after_mark(text, start)):
            return lone_point(alone), alone.end("y") if alone["y2"] else alone.end()
    dashed = grammar.dashed.match(text, start)
    if dashed:
        return dashed_point(dashed), dashed.end()
    plan = grammar.plan.match(text, start)
    if plan and (plan["close"] or cell):
        return plan_point(plan), plan.end()
    for pattern in (grammar.dated, grammar.undated):
        found = pattern.match(text, start)
        if found and found.end() > start and not (found.groupdict().get("only") and not (cell and _after_mark(text, start))):
            return worded_point(found, grammar), found.end()
    return None


def _after_mark(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in ",;:。、()于在至到-~"


def _settled(folded: Folded, limit: Limit, floor: int, grammar: Patterns) -> Limit | None:
    """Return the limit with the words around it: 到 and 截至 before, 前, 内, 起 after; None for 以来."""
    text, point = folded.text, limit.point
    bound = grammar.bound.match(text, limit.end)
    if bound:
        within = bool(bound["bound"])
        point = replace(point, open_end=not point.edge) if point and within else point
        limit = replace(limit, end=bound.end(), bound=within, said=True, point=point)
    elif point and point.within:
        limit = replace(limit, bound=True, said=True)
    else:
        begins = grammar.begins.match(text, limit.end)
        if begins and begins["to"]:
            return None
        if begins and not (begins["begins"] in ("后", "之后", "以后") and grammar.duration.match(text, begins.end())):
            limit = replace(limit, begins=True, end=begins.end() if begins["begins"] not in ("启动", "开始", "转入", "进入") else limit.end)
    before = grammar.before.search(text[max(floor, limit.start - 12) : limit.start])
    if before and before["not_later"]:
        limit = replace(limit, start=limit.start - len(before[0]), bound=True, said=True)
    elif before:
        limit = replace(limit, start=limit.start - len(before[0]), said=True, until=True)
    return limit


def _read_next(folded: Folded, start: int, floor: int, grammar: Patterns, cell: bool) -> Limit | None:
    text = folded.text
    found = grammar.next.match(text, start)
    if not found or text[start : found.end()] == "次日":
        return None
    if start and text[start - 1] in "0123456789一二三四五六七八九十多每层批首再档":
        return None
    unit = found["u"][0]
    period = {"年": "P1Y", "季": "P3M", "月": "P1M", "周": "P1W", "日": "P1D"}[unit]
    last = grammar.words["parts_of_month"].get(found["part"] or "", 0) or None
    day = int(number(found["d"])) if found["d"] and unit == "月" else last if unit == "月" else None
    bound = grammar.bound.match(text, found.end())
    end = bound.end() if bound else found.end()
    if unit == "日" and text.startswith("起", end):
        return None
    trigger = trigger_before(folded, start, floor, grammar)
    return Limit(
        trigger[0] if trigger else start,
        start,
        end,
        "next",
        offset=Offset(period, day=day),
        bound=bool(bound and bound["bound"]) or (found["part"] or "").endswith("内"),
        said=bool(bound or found["part"] or found["d"] or found["md"]),
        triggers=trigger[1] if trigger else (),
    )


_Reader = Callable[[Folded, int, int, Patterns, bool], Limit | None]
_READERS: tuple[_Reader, ...] = (read_cycle, _read_next, _read_calendar, read_duration)

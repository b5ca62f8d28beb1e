"""Reads what comes again (每年3月31日前, 每季度首月10日) and how long something may take (7个工作日内)."""

from __future__ import annotations

import re
from dataclasses import replace

from loaders.deadlines.limits import Limit
from loaders.deadlines.patterns import Patterns
from loaders.deadlines.points import worded_point
from loaders.deadlines.text import Folded, number
from loaders.deadlines.triggers import WINDOW, event_before, trigger_before
from loaders.records import Offset, Recurrence


def read_cycle(folded: Folded, start: int, floor: int, grammar: Patterns, cell: bool) -> Limit | None:
    text = folded.text
    every = grammar.cycle.match(text, start)
    if not every:
        once = grammar.once.match(text, start)
        if not once:
            return None
        return Limit(start, start, once.end(), "cycle", recurs=Recurrence(_times(once, grammar)))
    if every["by"] and (every["u"] in ("日", "天", "周", "工作日") or grammar.heads.match(text, every.end())):
        return None
    period, end = _times(every, grammar), every.end()
    limit = Limit(start, start, end, "cycle", recurs=Recurrence(period))
    within = _within_cycle(folded, end, period, grammar)
    if within:
        month, day, end = within
        limit = replace(limit, recurs=Recurrence(period, month, day), end=end, said=True)
    days = grammar.days_of_cycle.match(text, end)
    if days:  # 每月前5个工作日: which days those are only a calendar of working days tells
        end = days.end()
        limit = replace(limit, end=end, said=True)
    after = grammar.after_cycle.match(text, end)
    duration = grammar.duration.match(text, after.end()) if after else None
    if after and duration:
        return replace(limit, end=duration.end(), offset=offset_of(duration, grammar), bound=bool(duration["within"]), said=True)
    bound = grammar.bound.match(text, end)
    if bound and bound["bound"]:
        return replace(limit, end=bound.end(), bound=True, said=True)
    return limit


def _within_cycle(folded: Folded, place: int, period: str, grammar: Patterns) -> tuple[int | None, int | None, int] | None:
    """Return month, day and end of what follows 每年, 每季度, 每月 or 每周, or None when nothing of the kind does."""
    text = folded.text
    if period == "P1Y":
        shift = 1 if text[place : place + 1] == "的" else 0
        found = grammar.undated.match(text, place + shift) or grammar.dated.match(text, place + shift)
        loose = None if found else grammar.first.match(text, place + shift)
        to = grammar.to.match(text, (found or loose).end()) if found or loose else None  # type: ignore[union-attr]
        found = to and grammar.undated.match(text, to.end()) or found
        if found:
            point = worded_point(found, grammar)
            return point.month, point.last_day_of_any_year(), found.end()
        edge = re.compile("[底末]").match(text, place)
        return (12, 31, edge.end()) if edge else None
    if period in ("P3M", "P6M"):
        quarter = grammar.in_quarter.match(text, place)
        if quarter:
            month = grammar.words["month_of_cycle"][quarter["m"]]
            edge_month = 6 if period == "P6M" and quarter["m"] in ("底", "末") else month
            return edge_month, int(number(quarter["d"])) if quarter["d"] else None, quarter.end()
        return None
    if period == "P1M":
        day = grammar.in_month.match(text, place)
        if day:
            last = grammar.words["parts_of_month"].get(day["part"], 0)
            return None, int(number(day["d2"] or day["d"])) if day["d"] else last or None, day.end()
        return None
    week = grammar.in_week.match(text, place) if period == "P1W" else None
    return (None, None, week.end()) if week else None


def _times(found: re.Match[str], grammar: Patterns) -> str:
    period = str(grammar.words["cycles"][found["u"] or found.groupdict()["per"]])
    if found["n"] is None:
        return period
    if found["n"] == "半":
        return {"P1Y": "P6M", "P1M": "P15D"}.get(period, period)
    return f"P{max(1, int(number(found['n']) * int(period[1:-1])))}{period[-1]}"


def read_duration(folded: Folded, start: int, floor: int, grammar: Patterns, cell: bool) -> Limit | None:
    text = folded.text
    found = grammar.duration.match(text, start)
    if not found or (found["u"] in grammar.words["counted"] and not found["ge"] and found["n"] != "半"):
        return None
    if found["u"] == "年" and number(found["n"]) >= 1000:
        return None
    if found["u"] in ("年", "日", "周") and text.startswith(("度", "期", "例", "记", "报"), found.end()):
        return None
    window = text[max(floor, start - WINDOW) : start]
    trigger = trigger_before(folded, start, floor, grammar)
    if grammar.forbidden.match(text, found.end()) or (not trigger and grammar.looking_back.search(window)):
        return None
    within = bool(found["within"])
    limit = Limit(start, start, found.end(), "duration", offset=offset_of(found, grammar), bound=within, said=within)
    before, working = text[max(floor, start - 12) : start], grammar.words["units"][found["u"]][2]
    at_most = grammar.before.search(before) if cell or working or trigger else None
    if at_most and at_most["not_later"]:
        limit = replace(limit, start=start - len(at_most[0]), bound=True, said=True)
    elif working and not within:
        cut = grammar.cut_to.search(before)
        limit = replace(limit, bound=bool(cut or grammar.done_in.match(text, found.end())))
    if found["before"]:  # 会议召开5个工作日前
        begin, event = event_before(folded, start, floor, grammar)
        return replace(limit, start=begin, triggers=event, bound=bool(event), said=bool(event))
    return replace(limit, start=trigger[0], triggers=trigger[1], said=True) if trigger else limit


def offset_of(found: re.Match[str], grammar: Patterns) -> Offset:
    letter, times, working = grammar.words["units"][found["u"]]
    amount = number(found["n"])
    if working and (found["n"] == "半" or found["half"]):
        return Offset(f"P{'0' if found['n'] == '半' else _plain(amount)}.5D", working_days=True)
    if found["n"] == "半" or found["half"]:
        half = str(grammar.words["halves"].get(found["u"], "P15D"))
        whole = "" if found["n"] == "半" else f"{_plain(amount)}{letter[-1]}"
        return Offset(half if not whole else ("PT" if half.startswith("PT") and "D" not in whole else "P") + whole + half.lstrip("PT"))
    return Offset(f"P{letter[:-1]}{_plain(amount * times)}{letter[-1]}", working_days=bool(working or found["legal"]))


def _plain(amount: object) -> str:
    words = f"{amount:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words

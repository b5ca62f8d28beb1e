"""What a time limit needs from outside its own words: the year, the trigger, 前 or 内 that only the measure says.

Everything taken from outside is named in ``inferred`` with the rule that took it and how sure that rule is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from loaders.deadlines.patterns import any_of, patterns
from loaders.deadlines.points import Point
from loaders.deadlines.text import fold
from loaders.records import Deadline, FoundDeadline, Inferred, Metadata


@dataclass(frozen=True, slots=True)
class OwnYear:
    """A year a document gives to all it plans, and the rule that says so."""

    year: int
    rule: str


@dataclass(frozen=True)
class DeadlineContext:
    """What is known around a time limit: the document's date (ISO), the row's measure, the years of the rows near it,
    and the year the document gives to all it plans (2024年重点工作任务).
    """

    written_on: str | None = None
    measure: str = ""
    neighbour_years: tuple[int, ...] = ()
    own_year: OwnYear | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A point with its year found, or not: ``year`` None. ``month`` replaces the point's own for 本月."""

    year: int | None
    month: int | None
    inferred: tuple[Inferred, ...] = ()


def year_of(point: Point, context: DeadlineContext, siblings: Sequence[Dated] = (), *, following: Dated | None = None) -> Dated:
    """Return the year of a point: its own, else that of the same cell, the title (or 文号), the neighbours, the document, in this order."""
    month = point.month
    if point.year is not None:
        return Dated(point.year, month)
    written = written_date(context)
    if point.days_on is not None or point.months_on is not None or point.years_on is not None:
        return _counted(point, written, context)
    if siblings:
        before = siblings[-1]
        later = bool(before.month and month and month < before.month)
        return _guess((before.year or 0) + later, month, "year-from-same-cell", 0.6 if later else 0.95)
    if following and following.year:
        return _guess(following.year, month, "year-from-same-cell", 0.8)
    if context.own_year:
        return _guess(context.own_year.year, month, context.own_year.rule, 0.9)
    if context.neighbour_years:
        return _guess(_commonest(context.neighbour_years, written), month, "year-from-neighbours", 0.8)
    if not written:
        return Dated(None, month)
    months_past = written.month - (month or 12)
    if months_past <= 0:
        return _guess(written.year, month, "year-from-document", 0.9)
    # A plan issued in April may list what was due in March; one issued in December means next June.
    next_year, sure = (False, 0.5) if months_past <= 3 else (True, 0.7)
    return _guess(written.year + next_year, month, "year-from-document", sure)


def with_measure(deadline: Deadline, context: DeadlineContext, find: Callable[[str], Sequence[FoundDeadline]]) -> Deadline:
    """Return the deadline with what the row's measure says about the same time and the cell leaves out."""
    if not context.measure:
        return _implied(deadline)
    same: dict[object, FoundDeadline] = {}
    for found in find(context.measure):
        for key in _keys(found.deadline):
            same.setdefault(key, found)
    if deadline.parts:
        return replace(deadline, parts=tuple(_completed(part, same, context.measure) for part in deadline.parts))
    return _completed(deadline, same, context.measure)


def _completed(deadline: Deadline, same: Mapping[object, FoundDeadline], measure: str) -> Deadline:
    found = next((same[key] for key in _keys(deadline) if key in same), None)
    if not found:
        return _implied(deadline)
    said = found.deadline
    inferred = list(deadline.inferred)
    if deadline.offset and not deadline.triggers:
        triggers, sure = (said.triggers, 0.95) if said.triggers else (_circumstance(measure, found.start), 0.6)
        if triggers:
            deadline = replace(deadline, triggers=triggers)
            inferred.append(Inferred("triggers", "trigger-from-measure", sure))
    if not deadline.boundary and said.boundary:
        deadline = replace(deadline, boundary=said.boundary)
        inferred.append(Inferred("boundary", "boundary-from-measure", 0.95))
    if deadline.kind in ("end-of-period", "fixed-date") and not deadline.then_ongoing and _goes_on(measure, found.end):
        deadline = replace(deadline, then_ongoing=True)
        inferred.append(Inferred("then_ongoing", "ongoing-from-measure", 0.8))
    return _implied(replace(deadline, inferred=tuple(inferred)))


def _implied(deadline: Deadline) -> Deadline:
    """文件公开后5个工作日: a duration after a trigger sets a last moment although 内 is not written."""
    if deadline.parts:
        return replace(deadline, parts=tuple(_implied(part) for part in deadline.parts))
    if deadline.kind != "relative-duration" or deadline.boundary:
        return deadline
    return replace(deadline, boundary="notLaterThan", inferred=(*deadline.inferred, Inferred("boundary", "boundary-implied", 0.9)))


def _keys(deadline: Deadline) -> list[object]:
    keys: list[object] = []
    if deadline.offset:
        keys.append(deadline.offset)
    if deadline.recurs and deadline.recurs.month:
        keys.append(deadline.recurs)
    if deadline.date:
        keys.append(deadline.date)
    return keys


def _circumstance(measure: str, place: int) -> tuple[str, ...]:
    """Return the circumstance a sentence opens with (涉及…的, 对于…), for a time limit further on in it."""
    words = patterns().words["circumstances"]
    start = max(measure.rfind(mark, 0, place) for mark in "。；;！!\n") + 1
    first = re.split("[，,：:]", measure[start:place], maxsplit=1)
    opening = re.match(any_of(words), first[0].strip()) if len(first) > 1 else None
    if not opening:
        return ()
    clause = first[0].strip()
    return (clause[opening.end() :] if words[opening[0]] == "drop" else clause,)


def _goes_on(measure: str, place: int) -> bool:
    """Return whether the sentence goes on with 并持续…, 并动态更新."""
    rest = fold(re.split("[。；;！!]", measure[place : place + 400], maxsplit=1)[0]).text
    words = patterns().words["ongoing"]
    return bool(re.search(rf"(?:并|且|,)(?:{any_of(words['ties'])})?(?:{any_of([*words['strong'], '动态', '不断完善', '滚动'])})", rest))


def _counted(point: Point, written: date | None, context: DeadlineContext) -> Dated:
    """Return the year of 今年, 明年, 本月 and 即日, which count from the document's own date."""
    if written is None:
        if point.years_on == 0 and context.neighbour_years:
            return _guess(_commonest(context.neighbour_years, None), point.month, "year-from-neighbours", 0.6)
        return Dated(None, point.month)
    if point.years_on is not None:
        return _guess(written.year + point.years_on, point.month, "year-from-document", 0.95)
    months = written.year * 12 + written.month - 1 + (point.months_on or 0)
    if point.unit == "quarter":
        months += 2 - months % 3
    return _guess(months // 12, months % 12 + 1, "month-from-document", 0.9)


def _guess(year: int, month: int | None, rule: str, sure: float) -> Dated:
    return Dated(year, month, (Inferred("date", rule, sure),))


def _commonest(years: Sequence[int], written: date | None) -> int:
    counts = Counter(years)
    most = max(counts.values())
    candidates = [year for year in counts if counts[year] == most]
    return min(candidates, key=lambda year: (abs(year - written.year) if written else 0, year))


def document_context(meta: Metadata) -> DeadlineContext:
    """Return what a document as a whole gives to its time limits: its day (of writing, else of publication) and its own year."""
    day = meta.written_on or meta.published_on
    return DeadlineContext(day, own_year=own_year(meta.title, meta.number, day))


def own_year(title: str, number: str | None, written_on: str | None) -> OwnYear | None:
    """Return the year a document gives to all it plans: the one year of its title, else, where it is undated, that of its 文号.

    A title of several years gives none, nor one the document cannot be a plan for (written in neither that year nor the one before).

    >>> own_year("某市2024年工作要点", None, "2023-12-28"), own_year("2021—2025年规划", None, None)
    (OwnYear(year=2024, rule='year-from-title'), None)
    >>> own_year("落实2016年会议精神的通知", None, "2017-05-01"), own_year("分工意见", "国发〔2020〕6号", None)
    (None, OwnYear(year=2020, rule='year-from-number'))
    """
    years = {int(year) for year in re.findall(r"(?<![\d〔(（\[])((?:19|20)\d{2})\s*年", title)}
    written = written_date(DeadlineContext(written_on))
    if len(years) == 1 and not re.search(r"\d{4}\s*年?\s*[-—－–~～至到]+\s*(?:19|20)\d{2}", title):
        (year,) = years
        if written is None or written.year <= year <= written.year + 1:
            return OwnYear(year, "year-from-title")
    of_number = re.search(r"〔((?:19|20)\d{2})〕", number or "")
    return OwnYear(int(of_number[1]), "year-from-number") if of_number and written is None else None


def written_date(context: DeadlineContext) -> date | None:
    found = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", context.written_on or "", re.ASCII)
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None

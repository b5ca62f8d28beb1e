"""Reads a cell in which dates or durations stand: whose they are, what is due, what goes on afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.deadlines.build import Years, build, listed
from loaders.deadlines.cell_words import MARKS, clauses, is_ongoing, read_words, reference_of
from loaders.deadlines.context import DeadlineContext
from loaders.deadlines.grammar import scan
from loaders.deadlines.limits import Limit
from loaders.deadlines.patterns import Patterns, patterns
from loaders.deadlines.phrases import phrases
from loaders.deadlines.text import Folded
from loaders.records import Deadline

_GAP_MARKS = frozenset(MARKS + "、:()/")
_EDGES = "".join(sorted(_GAP_MARKS)) + "，；：（）。"
_COUNT = re.compile(r"(?:至少|不少于)?[0-9一两二三四]+[次轮期场]")
_DATED = ("fixed-date", "end-of-period", "relative-duration", "relative-calendar", "duration-without-trigger")
_STARTS = frozenset(("启动", "开始", "执行", "实施", "施行", "开始执行", "开始实施", "开始施行", "启动实施"))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A limit with its surroundings: from ``start``, its level and other words before it, to ``stop``, what is due."""

    start: int
    limit: Limit
    stop: int
    level: str | None
    label: tuple[int, int]


def read_cell(folded: Folded, context: DeadlineContext) -> Deadline:
    """Return the time limit of a whole cell; ``not-a-deadline`` when it holds none."""
    grammar = patterns()
    limits = listed(folded, _joined(_accepted(folded, scan(folded, cell=True), grammar)))
    if not limits:
        return read_words(folded)
    years = Years(limits, context)
    stretches = _stretches(folded, limits, grammar)
    parts: list[Deadline] = []
    reference, ahead = _ahead(folded, stretches[0])
    parts += ahead
    for stretch in stretches:
        part, more = _part(folded, stretch, years, grammar)
        if part.kind == "start-then-ongoing" and part.then_ongoing and parts and parts[-1].kind in (*_DATED[:2], "milestone-then-ongoing"):
            parts[-1] = replace(parts[-1], kind="milestone-then-ongoing", then_ongoing=True)  # 9月底前（10月起常态化）
        else:
            parts.append(part)
        parts += more
    raw = folded.raw.strip()
    if len(parts) == 1:
        return replace(parts[0], raw=raw, reference=reference)
    return Deadline(raw, "composite", reference=reference, parts=tuple(parts))


def _accepted(folded: Folded, limits: Sequence[Limit], grammar: Patterns) -> list[Limit]:
    kept: list[Limit] = []
    for index, limit in enumerate(limits):
        floor = kept[-1].end if kept else 0
        following = limits[index + 1].start if index + 1 < len(limits) else -1
        if _stands(folded, limit, floor, following, grammar, first=not kept):
            kept.append(limit)
    return kept


def _stands(folded: Folded, limit: Limit, floor: int, following: int, grammar: Patterns, *, first: bool) -> bool:
    """Return whether an expression of time is a time limit here and not part of a name or of what is due."""
    text = folded.text
    lead = _bare_lead(text[max(floor, limit.start - 40) : limit.start], grammar)
    marked = not lead or lead[-1] in _GAP_MARKS or folded.breaks_at(limit.start)
    if _names_a_year(limit) and grammar.named.match(text, limit.end):
        return False
    if text[limit.start : limit.end] == "全年" and (is_ongoing(text[limit.end : limit.end + 12]) or lead.endswith("贯穿")):
        return False
    if limit.said or limit.triggers:
        return True
    if not first and not marked:
        return False
    after = text[limit.end : limit.end + 12]
    ended = not after or after[0] in _GAP_MARKS or limit.end == following or folded.breaks_at(limit.end)
    duty = ended or bool(grammar.duty.match(after)) or is_ongoing(after) or bool(grammar.level_start.match(after))
    if limit.shape == "point" and limit.point and (limit.begins or limit.point.unit not in ("year", "plan")):
        return marked and not after.startswith(("的", "印发的", "发布的", "出台的"))
    if limit.shape == "cycle":
        return marked or (len(lead) <= 6 and len(text) <= 40)
    return duty and (marked or (first and len(lead) <= 6))


def _names_a_year(limit: Limit) -> bool:
    """Return whether a limit is a year alone (2016年度), which a noun after it makes part of a name (2016年度计划)."""
    point = limit.point
    if point is None or limit.bound or limit.until or point.unit not in ("year", "plan"):
        return False
    return not point.edge or point.years_on is not None


def _joined(limits: list[Limit]) -> list[Limit]:
    """Make one limit of 2024年每月: what comes again until the period is over."""
    joined: list[Limit] = []
    for limit in limits:
        last = joined[-1] if joined else None
        if limit.shape == "cycle" and last and last.shape == "point" and last.end == limit.start and not last.bound:
            until, since = (None, last.point) if last.begins else (last.point, last.since)
            joined[-1] = replace(limit, start=last.start, core=last.core, point=until, since=since)
        else:
            joined.append(limit)
    return joined


def _stretches(folded: Folded, limits: Sequence[Limit], grammar: Patterns) -> list[Stretch]:
    text = folded.text
    opened = []
    for index, limit in enumerate(limits):
        floor = limits[index - 1].end if index else 0
        lead = _bare_lead(text[floor : limit.start], grammar, levels=False)
        found = grammar.level_end.search(lead[-24:])
        begin = floor + len(lead) - (len(found[0]) if found else 0)
        label = begin
        if not found:
            label = floor + max((place for place in range(len(lead)) if lead[place] in _GAP_MARKS), default=-1) + 1
            label = max(label, folded.break_between(floor, limit.start))
            if index and label == floor and lead:
                label = begin  # nothing parts it from what is due before
        opened.append((min(label, begin), limit, _level(found), (min(label, begin), begin)))
    stops = [start for start, *_ in opened[1:]] + [len(text)]
    pairs = zip(opened, stops, strict=True)
    return [Stretch(start, limit, max(stop, limit.end), level, label) for (start, limit, level, label), stop in pairs]


def _bare_lead(lead: str, grammar: Patterns, *, levels: bool = True) -> str:
    """Return what stands before a limit without prepositions, labels and (unless asked to keep it) the level it is for."""
    lead = grammar.fillers.sub("", lead[-40:]) if len(lead) <= 40 else lead[:-40] + grammar.fillers.sub("", lead[-40:])
    return grammar.level_end.sub("", lead) if levels else lead


def _level(found: re.Match[str] | None) -> str | None:
    return next((level for level, value in found.groupdict().items() if value), None) if found else None


def _ahead(folded: Folded, first: Stretch) -> tuple[str | None, list[Deadline]]:
    """Return what stands in clauses before the first limit: a reference, and phrases that are time limits themselves."""
    reference, parts = None, []
    for start, end, _ in clauses(folded, 0, first.start, marks=MARKS + "/、"):
        named = reference_of(folded, start, end)
        if named:
            reference = named[0]
        elif is_ongoing(folded.text[start:end]):
            parts.append(Deadline(folded.words(start, end).strip(_EDGES), "ongoing"))
        elif folded.text[end - 1] != "(" and phrases().discretionary.match(folded.text, start, end):
            parts.append(Deadline(folded.words(start, end).strip(_EDGES), "discretionary"))
    return reference, parts


def _part(folded: Folded, stretch: Stretch, years: Years, grammar: Patterns) -> tuple[Deadline, list[Deadline]]:
    """Return the time limit of one stretch, and further ones that follow it without a date."""
    text, limit = folded.text, stretch.limit
    begin, level = limit.end, stretch.level
    owner = grammar.level_start.match(text, begin, stretch.stop)
    if owner and not level and grammar.duty.match(text, owner.end()):
        begin, level = owner.end(), _level(owner)
    due: list[int] = []
    goes_on = False
    more: list[Deadline] = []
    for start, end, mark in clauses(folded, begin, stretch.stop, marks=MARKS + "()"):
        clause = text[start:end]
        tied = start > limit.end or limit.begins or clause[0] in "并且" or folded.breaks_at(start)
        if tied and is_ongoing(clause):
            if mark == ";" and clause[0] not in "并且":
                more.append(Deadline(folded.words(start, end), "ongoing"))
            else:
                goes_on = True
            continue
        if mark == ";" and phrases().discretionary.match(clause):
            more.append(Deadline(folded.words(start, end), "discretionary"))
            continue
        named = reference_of(folded, start, end) if mark == ";" else None
        if named:
            more.append(Deadline(folded.words(start, end), "by-reference", reference=named[0]))
            continue
        also = phrases().and_ongoing.search(clause)
        if also:
            goes_on = True
            end = start + also.start()
        if end > start:
            due = [due[0] if due else start, end]
    stop = due[1] if due else limit.end
    raw = folded.words(stretch.start, stop if not goes_on else stretch.stop).strip(_EDGES).lstrip("和与及或并且")
    part = build(limit, raw, years)
    outcome = _due(folded, due or list(stretch.label), part, goes_on)
    kind = "milestone-then-ongoing" if goes_on and part.kind in _DATED else part.kind
    return replace(part, kind=kind, level=level, outcome=outcome, then_ongoing=goes_on), more


def _due(folded: Folded, span: list[int], part: Deadline, goes_on: bool) -> str | None:
    start, end = span
    if folded.text.count("(", start, end) > folded.text.count(")", start, end) and folded.text.startswith(")", end):
        end += 1
    words = folded.words(start, end).strip(" 、，；：。,;:.")
    dull = words in _STARTS if part.kind == "start-then-ongoing" else (words == "完成" and not goes_on) or _COUNT.fullmatch(words)
    return None if dull or not re.search(r"\w", words) else words

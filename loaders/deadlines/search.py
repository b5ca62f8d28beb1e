"""Finds time limits inside running text, where most dates and numbers are not time limits.

Precision comes first: a date counts when the words make it one (前, 底前, 内, 到…), a duration when 内 closes it.
"""

from __future__ import annotations

from loaders.deadlines.build import Years, build, listed
from loaders.deadlines.context import DeadlineContext
from loaders.deadlines.grammar import scan
from loaders.deadlines.limits import Limit
from loaders.deadlines.patterns import Patterns, patterns
from loaders.deadlines.text import Folded, fold
from loaders.records import FoundDeadline

_ENDS = "。;!?"


def find_in(text: str, context: DeadlineContext) -> tuple[FoundDeadline, ...]:
    """Return the time limits of a text; ``text[start:end] == deadline.raw``."""
    folded = fold(text)
    grammar = patterns()
    found: list[FoundDeadline] = []
    sentence: list[Limit] = []
    for limit in listed(folded, [limit for limit in scan(folded) if _states_a_limit(folded, limit, grammar)]):
        if sentence and any(mark in folded.text[sentence[-1].end : limit.start] for mark in _ENDS):
            found += _built(folded, sentence, context)
            sentence = []
        sentence.append(limit)
    return (*found, *_built(folded, sentence, context))


def _built(folded: Folded, sentence: list[Limit], context: DeadlineContext) -> list[FoundDeadline]:
    years = Years(sentence, context)
    found = []
    for limit in sentence:
        start, end = folded.span(limit.start, limit.end)
        deadline = build(limit, folded.raw[start:end], years)
        past = limit.until and deadline.date and context.written_on and deadline.date < context.written_on
        if not past:
            found.append(FoundDeadline(start, end, deadline))
    return found


def _states_a_limit(folded: Folded, limit: Limit, grammar: Patterns) -> bool:
    text = folded.text
    after = text[limit.end : limit.end + 8]
    if grammar.told.match(after) or text[limit.start : limit.end] == "全年":  # 全年新增…, 全年目标: a stretch, no end
        return False
    if grammar.of_things.search(text, 0, limit.start) and "的" in text[limit.end :].split("。")[0]:
        return False
    if limit.shape == "duration":
        return limit.bound and text[max(0, limit.start - 1) : limit.start] != '"'
    if limit.shape == "next":
        return limit.bound and limit.said
    if limit.shape == "cycle":
        return limit.said and (limit.bound or limit.recurs is not None and (limit.recurs.day or limit.offset) is not None)
    point = limit.point
    if point is None or limit.begins:
        return False
    if limit.since is not None:
        return limit.bound or limit.end > 0 and text[limit.end - 2 : limit.end] == "期间" and bool(grammar.duty.match(after))
    if limit.bound:
        narrative = text[limit.start : limit.start + 1] == "截" and (not after or after[0] in ",。")
        return not narrative and (point.year is not None or point.unit != "year" or point.edge)
    if limit.until:
        return not text.startswith("从", max(0, limit.start - 1)) and not grammar.named.match(after)
    if point.unit == "plan":
        return point.edge and text[limit.end - 1] in "间末" and after[:1] not in ("的",)
    return point.edge and not point.loose and (point.year is not None or point.month is not None) and bool(grammar.duty.match(after))

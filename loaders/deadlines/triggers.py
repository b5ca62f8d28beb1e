"""Finds what a duration counts from: 自作出之日起30日内, 文件公开后5个工作日, 会议召开5个工作日前."""

from __future__ import annotations

import re

from loaders.deadlines.patterns import Patterns
from loaders.deadlines.text import Folded

WINDOW = 60  # how far back, in characters, a trigger is looked for


def trigger_before(folded: Folded, start: int, floor: int, grammar: Patterns) -> tuple[int, tuple[str, ...]] | None:
    """Return where the trigger before ``start`` begins, and the trigger (two for A或B)."""
    window_start = max(floor, start - WINDOW, folded.paragraph(start))
    window = folded.text[window_start:start]
    joined = grammar.join.search(window)
    if not joined:
        clause = _clause_start(window)
        has_verb = grammar.trigger_verb.search if folded.cell else grammar.trigger_verb.match
        if not has_verb(window, clause) and not grammar.trigger_end.search(window, clause):
            return None
        return window_start + clause, _alternatives(folded.words(window_start + clause, start))
    begin, verb = _opened(window[: joined.start()], grammar)
    words = folded.words(window_start + verb, window_start + joined.start())
    if not words or words in ("此", "之", "今", "其", "然", "随", "事"):
        words = folded.words(window_start + verb, window_start + joined.end("join")) if words not in ("", "之") else ""
    if not words:
        return None
    if joined["join"] in ("前", "召开前") or len(words) == 1:
        words = folded.words(window_start + verb, window_start + joined.end("join"))
    return window_start + begin, _alternatives(words)


def event_before(folded: Folded, start: int, floor: int, grammar: Patterns) -> tuple[int, tuple[str, ...]]:
    window_start = max(floor, start - WINDOW, folded.paragraph(start))
    begin, verb = _opened(folded.text[window_start:start], grammar)
    words = folded.words(window_start + verb, start).rstrip("的")
    return (window_start + begin, (words + "前",)) if len(words) > 1 else (start, ())


def _opened(window: str, grammar: Patterns) -> tuple[int, int]:
    """Return where a trigger phrase at the end of ``window`` begins: with its 自/从, and without it."""
    clause = _clause_start(window)
    last = None
    for opener in grammar.opener.finditer(window, clause):
        last = opener
    if last is None:
        return clause, clause
    return (last.start() if last[0] in ("自", "从") else last.end()), last.end()


def _clause_start(window: str) -> int:
    """Return where the last clause begins; a bracket closed within it belongs to it: 信息形成（变更）之日起."""
    depth = 0
    for place in range(len(window) - 1, -1, -1):
        letter = window[place]
        if letter == ")":
            depth += 1
        elif letter == "(" and depth:
            depth -= 1
        elif letter in ",;:。!?(|…":
            return place + 1
    return 0


def _alternatives(words: str) -> tuple[str, ...]:
    """Split 届满或终结 and, giving both the object they share, 制定或修改相关标准."""
    parts = [part for part in re.split("或者|或", words) if part]
    if len(parts) < 2 or words.count("(") != words.count(")") or re.search(r"[（(][^）)]*或[^）)]*[）)]", words):
        return (words,)
    rest = parts[-1][2:]
    if rest and len(parts[-1]) > 3 and all(len(part) == 2 for part in parts[:-1]):
        return tuple(part + rest for part in parts[:-1]) + (parts[-1],)
    if parts[-1].endswith(("之日", "之时")):
        return tuple(part if part.endswith(("之日", "之时")) else part + parts[-1][-2:] for part in parts)
    return tuple(parts)

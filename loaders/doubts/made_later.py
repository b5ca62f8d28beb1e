"""What others must follow is made after they must have followed it: 总局2019年底前修订目录，各级2018年底前按照目录完成.

``words/doubts.yaml`` (``made_later``) says which words make a thing, which follow it, and what such things are called. Looked for inside
one sentence, and between sentences or rows that call the thing by its whole name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from loaders.doubts.dated import Piece, earliest, latest, sentences
from loaders.doubts.telling import Said, at_cell, own
from loaders.records import Deadline, Extraction, Finding, Severity, TaskRow
from loaders.words import words

NAMED = 4  # characters of a thing's name that another sentence may be held against
MOST = 300  # makings and followings; every pair is looked at


@dataclass(frozen=True, slots=True)
class _Event:
    """Something made or followed: its name without the noun, the noun, by when."""

    piece: Piece
    core: str
    noun: str
    limits: tuple[Deadline, ...]


def made_later_doubts(document: Extraction) -> Iterator[Finding]:
    makings: list[_Event] = []
    followings: list[_Event] = []
    for pieces in sentences(document):
        made = list(_events(pieces, "makes"))
        followed = list(_events(pieces, "follows"))
        for making, following in product(made, followed):
            if making.noun == following.noun and _is_same(making, following):
                yield from _judged(document, making, following, here=True)
        makings += made
        followings += followed
    for making, following in product(makings[:MOST], followings[:MOST]):
        if making.piece.unit is not following.piece.unit and _is_named(making, following):
            yield from _judged(document, making, following, here=False)


def _events(pieces: Sequence[Piece], kind: str) -> Iterator[_Event]:
    any_event = [_pattern("makes").search(piece.text) or _pattern("follows").search(piece.text) for piece in pieces]
    for at, piece in enumerate(pieces):
        for hit in _pattern(kind).finditer(piece.text):
            limits = piece.limits or _around(pieces, at, any_event, past_events=kind == "follows")
            yield _Event(piece, re.sub("[《》“”〈〉]|^(?:的|了)", "", hit["core"]), hit["noun"], limits)


def _around(pieces: Sequence[Piece], at: int, events: Sequence[object], *, past_events: bool) -> tuple[Deadline, ...]:
    """Return the limit of what comes next (按照目录，2018年底前完成), else of what stands before; else the row's own."""
    for piece, event in zip(pieces[at + 1 :], events[at + 1 :], strict=True):
        if event and not past_events:
            break
        if piece.limits:
            return piece.limits
    for piece, event in zip(reversed(pieces[:at]), reversed(events[:at]), strict=True):
        if event:
            break
        if piece.limits:
            return piece.limits
    unit = pieces[at].unit
    return (unit.deadline,) if isinstance(unit, TaskRow) and unit.deadline else ()


def _is_same(making: _Event, following: _Event) -> bool:
    """Inside one sentence: 目录 alone, 税务总局发布的目录 of the 税务总局 that makes it, or a name with the same words."""
    by = re.fullmatch(words("doubts")["made_later"]["issued"], following.core)
    if by:
        return by[1] in making.piece.text
    return not following.core or bool(making.core) and (making.core in following.core or following.core in making.core)


def _is_named(making: _Event, following: _Event) -> bool:
    """Between sentences the whole name is asked for (数据资源目录)."""
    if making.noun != following.noun or len(making.core + making.noun) < NAMED or len(making.core) < 2:
        return False
    return following.core.endswith(making.core) or len(following.core) >= 2 and making.core.endswith(following.core)


def _judged(document: Extraction, making: _Event, following: _Event, *, here: bool) -> Iterator[Finding]:
    ready, used = latest(making.limits), earliest(following.limits)
    width = min(len(ready), len(used))
    if not width or ready[:width] <= used[:width]:
        return
    again = re.search(words("doubts")["made_later"]["again"], making.piece.text)  # the plan in force is followed until then
    thing = making.core + making.noun
    zh = f"“{thing}”{ready}才完成，而按照它办理的{used}就到期。"
    en = f"{thing} is due only on {ready}, but what must follow it on {used}."
    yield _told(document, making, "warning" if here or not again else "info", (zh, en), following)
    if not here:
        yield _told(document, following, "info", (zh, en), making)


def _told(document: Extraction, event: _Event, severity: Severity, said: Said, other: _Event) -> Finding:
    """Tell the words, or the row's deadline where that is the limit."""
    unit, related = event.piece.unit, [other.piece.place] if other.piece.unit is not event.piece.unit else []
    if isinstance(unit, TaskRow) and event.limits == (unit.deadline,) and own(unit, "deadline"):
        return at_cell("step-order", severity, unit, "deadline", said, None, related)
    return event.piece.tell(document, "step-order", severity, said, related)


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    rule = words("doubts")["made_later"]
    return re.compile(rf"{rule[kind]}(?P<core>[^，,；;。]{{0,24}}?)(?P<noun>{rule['things']})")

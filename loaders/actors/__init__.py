"""Who acts: split a role cell, or the list inside a note, into actors written as in the source.

Choices: a name is whole or not by its last word (loaders.actors.names), so 征管和科技发展处 stays one and
政策法规处和办公室 are two. "A或B" is one actor with ``alternatives``; it counts as named when any alternative is named.
"A、B等部门" gives the generic actor 等部门 besides A and B; a mere 等 without a noun names nobody and gives none.
A head said once for several (市教育、公安、民政等部门) stays one actor, as written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from loaders.actors.flat_text import FlatText, flatten
from loaders.actors.names import is_whole, kind_of, name_words
from loaders.actors.note_words import note_words
from loaders.actors.pieces import known_mask, name_end, runs, whole_at
from loaders.deadlines import read_deadline
from loaders.records import Actor
from zhengmai.settings import WORKSPACE_VARIABLE

_EDGE = "、，,；;。.．：:|｜/\\!！?？*＊•·●■◆◇□★☆▲△※#▪►\u200b\ufeff"
_SHORT = 120
_DASHES = "-－—–~～_＿"


def split_actors(text: str, *, known: frozenset[str] = frozenset()) -> tuple[Actor, ...]:
    """Return the actors a cell or list names, in order, each with its offsets in ``text``.

    :param known: whole names met elsewhere in the document; where one stands whole, it is not split.

    ``[a.name for a in split_actors("政策法规处及其他相关处室")] == ["政策法规处", "其他相关处室"]``
    """
    if len(text) <= _SHORT:
        return _remembered(text, known, os.environ.get(WORKSPACE_VARIABLE))
    return _split(text, known)


@lru_cache(maxsize=16384)
def _remembered(text: str, known: frozenset[str], workspace: str | None) -> tuple[Actor, ...]:
    """The same few cells stand in thousands of rows."""
    return _split(text, known)


def _split(text: str, known: frozenset[str]) -> tuple[Actor, ...]:
    flat = flatten(text)
    if not flat.text:
        return ()
    if shell := _shell(flat):
        first, beyond = flat.source_span(shell, len(flat.text) - shell)
        inner = _split(text[first:beyond], known) if first < beyond else ()
        return tuple(replace(actor, start=actor.start + first, end=actor.end + first) for actor in inner)
    known = frozenset("".join(name.split()) for name in known)
    mask = known_mask(flat, known)
    found: list[Actor] = []
    for run in runs(flat, mask, known):
        for name in _joined(flat, mask, run, known):
            for part in _with_rest(flat, name, known):
                if actor := _actor(flat, mask, part, known):
                    found.append(actor)
    return tuple(found)


def _shell(flat: FlatText) -> int:
    """Return how many brackets are around the whole."""
    depth = 0
    while flat.opening.get(len(flat.text) - depth) == depth and flat.text[depth] in "（(":
        depth += 1
    return depth


def actors_json(actors: Iterable[Actor]) -> list[dict[str, str]]:
    """Return the actors in the shape of ``zhengmai parse actors``."""
    return [{"actor": actor.name, "kind": actor.kind} for actor in actors]


def _joined(flat: FlatText, mask: bytes, run: tuple[int, int], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield the names of a run that 及/和/与 join; only between two whole names."""
    listed, text, (left, end) = name_words(), flat.text, run
    right_whole = whole_at(flat, left, end, known) or bool(listed.rest.search(text[max(left, end - 40) : end]))
    for found in listed.conjunction.finditer(text, left, end):
        if mask[found.start()] or found.start() <= left or found.end() >= end:
            continue
        if not (right_whole or text.startswith(listed.residual, found.end(), end)) or not whole_at(flat, left, found.start(), known):
            continue
        if _two_names(flat, (left, found.start()), (found.end(), end)):
            yield (left, found.start())
            left = found.end()
    yield from _each_each(flat, (left, end), known)


def _two_names(flat: FlatText, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two whole names stand beside each other, and not one (各级党委和政府, 各区政府及其部门, 各省和计划单列市税务局)."""
    listed, text = name_words(), flat.text
    if text.startswith(listed.residual, *right):
        return True
    core = text[right[0] : min(name_end(flat, *right), right[0] + 60)]
    if core.startswith(("其", "计划单列市")) or core in listed.bare or len(core) < 2:
        return False
    opened = text[left[0] : min(left[1], left[0] + 60)]
    if listed.levels_only.match(core):
        return "各" not in opened and len(core) > 3
    left_end = name_end(flat, *left)
    if text.endswith(listed.places, left[0], left_end) and "各" not in opened:
        return text.endswith(listed.places, right[0], right[1]) or any(mark in core for mark in ("各", *listed.contextual))
    return True


def _each_each(flat: FlatText, run: tuple[int, int], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield 各地区 | 各有关部门 of 各地区各有关部门, where no mark stands between."""
    left, end = run
    for found in re.finditer("各(?!级|类|自|项|部位)", flat.text[left:end]):
        cut = run[0] + found.start()
        if cut > left and not flat.inside[cut] and "各" in flat.text[max(left, cut - 30) : cut] and whole_at(flat, left, cut, known):
            yield (left, cut)
            left = cut
    yield (left, end)


def _with_rest(flat: FlatText, name: tuple[int, int], known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield A and 等部门 of "A等部门"."""
    listed, (start, end) = name_words(), name
    tail_at = max(start, end - 40)
    rest = listed.rest.search(flat.text, tail_at, end)
    if rest and rest.start() > start and not flat.text.endswith(listed.rest_not_after, start, rest.start()):
        head = (start, rest.start())
        if whole_at(flat, *head, known) or "、" not in flat.text[head[0] : head[1]] and head[1] - head[0] > 4:
            yield head
            yield (rest.start(), end)
            return
    yield name


def _actor(flat: FlatText, mask: bytes, part: tuple[int, int], known: frozenset[str]) -> Actor | None:
    start, end = _trimmed(flat, *part)
    name = flat.text[start:end]
    if not name or name in name_words().nobody or not any(char.isalnum() for char in name):
        return None
    source = flat.source_span(start, end)
    alternatives = _alternatives(flat, mask, (start, end), known)
    kinds = [kind_of(alternative) for alternative in alternatives] or [kind_of(name)]
    kind, generic = next((found for found in kinds if found[0] == "named"), kinds[0])
    return Actor(name, kind, generic, alternatives, *source)


def _trimmed(flat: FlatText, start: int, end: int) -> tuple[int, int]:
    """Leave off marks, numbering, a leading 及, an open 等, a role in brackets, and a bracket around the whole."""
    text, listed = flat.text, name_words()
    before = (-1, -1)
    while start < end and (start, end) != before:
        before = (start, end)
        while start < end and (text[start] in _EDGE + _DASHES or text[start] in "）)】]" or start + 1 == end and text[start] in "（(等"):
            start += 1
        while end > start and (text[end - 1] in _EDGE + _DASHES or text[end - 1] in "（(【["):
            end -= 1
        opened = flat.opening.get(end)
        if opened == start and end - start > 2 and text[start] in "（(":
            start, end = start + 1, end - 1
        elif opened is not None and opened > start and _no_name(text, opened, end):
            end = opened
        elif end - start > 1 and text[end - 1] == "等":
            end -= 1
        elif joined := listed.conjunction.match(text, start, end):
            start = joined.end() if end - joined.end() > 1 and not text.startswith("其下", joined.end()) else start
    return start, end


def _no_name(text: str, start: int, end: int) -> bool:
    """Whether a bracket behind a name says the role or the time limit it has: （牵头）, （6月底前）."""
    listed = note_words()
    if listed.annotation.fullmatch(text, start, end):
        return True
    limit = read_deadline(text[start + 1 : end - 1]) if listed.deadline.fullmatch(text, start + 1, end - 1) else None
    return limit is not None and limit.kind != "not-a-deadline"


def _alternatives(flat: FlatText, mask: bytes, span: tuple[int, int], known: frozenset[str]) -> tuple[str, ...]:
    """Return the names of "A或B", or nothing when 或 stands inside one name (制定或修改标准的部门)."""
    start, end = span
    cuts = [found for found in name_words().alternative.finditer(flat.text, start, end) if not mask[found.start()]]
    if not cuts:
        return ()
    edges = [start, *(edge for found in cuts for edge in found.span()), end]
    names = [flat.text[a:b].strip(_EDGE) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return tuple(names) if all(is_whole(re.sub(r"[（(][^（()）]*[）)]$", "", name), known) for name in names) else ()

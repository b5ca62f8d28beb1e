"""Which sentences a task's words were copied from: each piece of text is claimed by the sentence that explains most of it.

For one task the candidate sentences compete: the one that covers most weight not yet claimed takes its pieces, then the next, so
that a row made of two sentences gets both and common phrases (方便社会公众查阅) do not make a third. What is too thin to stand alone
stands only under a matching heading, and last the sentences and tasks left over under one heading are paired (row 1 and 二(一)).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress
from operator import and_, gt

from lineage.overlap import Index, Weighted, covered, runs, share, weight_of
from lineage.shared import Shared
from lineage.units import Piece, Unit

CANDIDATES, LONG = 10, 30.0
CLAIM = 0.65
LEAST_CHARS = 8
OWN = 0.25
LEAST_ALONE = 4


@dataclass(frozen=True, slots=True)
class Match:
    """One task and one sentence: what of each is shared. Shares are weighted, 0 to 1.

    ``confidence`` supposes that the documents are related, ``doubted`` does not (see ``lineage.model``).
    """

    lower: int
    upper: int
    lower_runs: tuple[tuple[int, int], ...]
    upper_runs: tuple[tuple[int, int], ...]
    chars: int
    longest: int
    of_pieces: float
    of_task: float
    of_sentence: float
    heading: float
    order: float
    numbers: float
    pieces: tuple[tuple[int, int], ...] = ()
    residual: bool = False
    confidence: float = 0.0
    doubted: float = 0.0
    measures: tuple[float, ...] = ()

    @property
    def strength(self) -> float:
        """How much of the claimed pieces, or of the sentence, is the same words."""
        return max(self.of_pieces, self.of_sentence)

    @property
    def claim(self) -> float:
        """How strong the claim is, 0 to 1 (numbers set by hand): one of the measures the model weighs, no probability."""
        length = min(1.0, math.log(1 + self.longest) / math.log(25))
        x = -5.2 + 5.0 * self.strength + 2.4 * length + 2.2 * self.heading + 0.6 * self.numbers + 0.8 * self.order - 0.7 * self.residual
        return round(1 / (1 + math.exp(-x)), 3)


@dataclass(frozen=True, slots=True)
class Sides:
    """Both documents, weighed, with which heading groups of the lower side equal which parts of the upper."""

    index: Index
    lowers: tuple[Weighted, ...]
    clause_of_group: dict[str, frozenset[str]]
    section_of_group: dict[str, frozenset[str]]
    level: str | None = None


def match_all(sides: Sides, down: Sequence[Shared]) -> list[Match]:
    """Return what each task may have been copied from; ``down`` are the tasks held against the sentences. Nothing is a link yet."""
    found: list[Match] = []
    for at, lower in enumerate(sides.lowers):
        found += _claim(sides, at, lower, _most_shared(sides, down[at]))
    found += _left_over(sides, found)
    return sorted(found, key=lambda m: (m.lower, m.upper))


def heading_score(sides: Sides, lower: Unit, upper: Unit) -> float:
    """1 under equal clause headings, .5 under equal section headings, .9 when the task's own words hold the clause's heading."""
    if upper.clause in sides.clause_of_group.get(lower.headings[-1] if lower.headings else "", frozenset()):
        return 1.0
    own = upper.headings[-1] if upper.headings else ""
    if len(own) >= 6 and own in lower.folded.chars:
        return 0.9
    if lower.headings and upper.section in sides.section_of_group.get(lower.headings[0], frozenset()):
        return 0.5
    return 0.0


def _most_shared(sides: Sides, lower: Shared) -> list[int]:
    """Return the sentences that share most weight with a task, best first; a long one must share more."""
    import numpy as np

    scores = lower.in_all / np.sqrt([upper.total + LONG for upper in sides.index.uppers])
    return [int(at) for at in np.argsort(-scores, kind="stable")[:CANDIDATES] if scores[at] > 0]


def _claim(sides: Sides, at: int, lower: Weighted, candidates: Sequence[int]) -> list[Match]:
    chosen = dict.fromkeys(candidates)
    for number, upper in enumerate(sides.index.uppers):
        if heading_score(sides, lower.unit, upper.unit) >= 0.9:
            chosen.setdefault(number)
    flags = {number: covered(lower, sides.index.uppers[number].grams) for number in chosen}
    rivals = dict(flags)
    headings = {number: heading_score(sides, lower.unit, sides.index.uppers[number].unit) for number in chosen}
    free = [True] * len(lower.unit.folded)
    found: list[Match] = []
    while flags:
        number = max(flags, key=lambda n: (weight_of(lower, _both(flags[n], free)) * (1 + 0.3 * headings[n]), -n))
        others = [rivals[n] for n in rivals if n != number]
        match = _match(sides, at, number, lower, flags.pop(number), free, headings[number], others)
        if match is None:
            continue
        found.append(match)
    return found


def _both(one: Sequence[bool], other: Sequence[bool]) -> list[bool]:
    return list(map(and_, one, other))


def _match(
    sides: Sides, at: int, number: int, lower: Weighted, flags: list[bool], free: list[bool], heading: float, rivals: Sequence[list[bool]]
) -> Match | None:
    """Let one sentence claim its pieces; None (and nothing claimed) when what it would claim is too thin."""
    mine = _both(flags, free)
    pieces = [p for p in lower.unit.pieces if _claims(lower, flags, mine, p) and not _outdone(lower, flags, p, rivals)]
    if not pieces:
        return None
    span = [False] * len(free)
    for p in pieces:
        span[p.begin : p.end] = [True] * (p.end - p.begin)
    got = _both(flags, span)
    upper = sides.index.uppers[number]
    claimed = frozenset(g for begin, end in runs(got, gap=0) for g in _grams_in(lower, begin, end))
    upper_flags = covered(upper, claimed)
    of_pieces = weight_of(lower, got) / (sum(compress(lower.weights, span)) or 1.0)
    of_sentence = share(upper, upper_flags)
    chars = sum(got)
    longest = max((end - begin for begin, end in runs(got, gap=0)), default=0)
    if not _thick_enough(chars, longest, of_pieces, of_sentence, heading):
        return None
    for p in pieces:
        if share(lower, flags, p.begin, p.end) >= CLAIM and not any(_alone(lower, rival, flags, p) >= OWN for rival in rivals):
            free[p.begin : p.end] = [False] * (p.end - p.begin)
    for i, flag in enumerate(got):
        free[i] = free[i] and not flag
    return as_match(sides, at, number, got, upper_flags, of_pieces, heading, [(p.begin, p.end) for p in pieces])


def _claims(lower: Weighted, flags: Sequence[bool], mine: Sequence[bool], p: Piece) -> bool:
    """A piece is claimed for a third of its weight; for a fifth where two sentences were fused into it."""
    free = share(lower, mine, p.begin, p.end)
    return free >= 0.35 or (free >= 0.2 and share(lower, flags, p.begin, p.end) >= 0.6)


def _alone(lower: Weighted, flags: Sequence[bool], other: Sequence[bool], p: Piece) -> float:
    """Weighted share of a piece that one sentence covers and another does not; a few characters (对于) count for nothing."""
    only = list(map(gt, flags, other))
    return share(lower, only, p.begin, p.end) if sum(only[p.begin : p.end]) >= LEAST_ALONE else 0.0


def _outdone(lower: Weighted, flags: Sequence[bool], p: Piece, rivals: Sequence[list[bool]]) -> bool:
    """Does another sentence cover a piece better, with nothing much left that only this one covers?"""
    own = _fit(lower, flags, p)
    return any(_fit(lower, rival, p) > own + 0.02 and _alone(lower, flags, rival, p) < OWN for rival in rivals)


def _fit(lower: Weighted, flags: Sequence[bool], p: Piece) -> float:
    """How well a sentence explains a piece; between equals the one that explains more of the lower sentence round it."""
    around = [q for q in lower.unit.pieces if q.sentence == p.sentence]
    return share(lower, flags, p.begin, p.end) + 0.2 * share(lower, flags, around[0].begin, around[-1].end)


def _thick_enough(chars: int, longest: int, of_pieces: float, of_sentence: float, heading: float) -> bool:
    """Thin evidence needs a heading; a match of a few common words is none."""
    if heading >= 0.9:
        return chars >= 5 and max(of_pieces, of_sentence) >= 0.3 and longest >= 4
    if heading >= 0.5:
        return chars >= LEAST_CHARS and longest >= 6 and max(of_pieces, of_sentence) >= 0.5
    return chars >= 10 and longest >= 8 and (of_pieces >= 0.75 or of_sentence >= 0.6)


def _grams_in(one: Weighted, begin: int, end: int) -> list[str]:
    chars = one.unit.folded.chars
    return [chars[i : i + 3] for i in range(begin, end - 2)]


def as_match(
    sides: Sides,
    at: int,
    number: int,
    got: Sequence[bool],
    upper_flags: Sequence[bool],
    of_pieces: float,
    heading: float,
    pieces: Sequence[tuple[int, int]],
    residual: bool = False,
) -> Match:
    lower, upper = sides.lowers[at], sides.index.uppers[number]
    lower_runs, upper_runs = runs(got), runs(upper_flags)
    return Match(
        lower=at,
        upper=number,
        lower_runs=tuple(r for r in lower_runs if r[1] - r[0] >= 3) or tuple(lower_runs),
        upper_runs=tuple(r for r in upper_runs if r[1] - r[0] >= 3) or tuple(upper_runs),
        chars=sum(got),
        longest=max((end - begin for begin, end in runs(got, gap=0)), default=0),
        of_pieces=of_pieces,
        of_task=share(lower, got),
        of_sentence=share(upper, upper_flags),
        heading=heading,
        order=_order(sides, at, number),
        numbers=_numbers(lower, upper),
        pieces=tuple(pieces),
        residual=residual,
    )


def _order(sides: Sides, at: int, number: int) -> float:
    """How near the two stand in their documents, 1 at the same relative place: a weak signal, sections may be re-ordered."""
    return round(1 - abs(at / max(1, len(sides.lowers) - 1) - number / max(1, len(sides.index.uppers) - 1)), 3)


def _numbers(lower: Weighted, upper: Weighted) -> float:
    """Share of the sentence's figures (7, 20%, 12366) the task repeats; 0 when it has none."""
    theirs = set(re.findall(r"\d+%?", upper.unit.folded.chars))
    return len(theirs & set(re.findall(r"\d+%?", lower.unit.folded.chars))) / len(theirs) if theirs else 0.0


def _left_over(sides: Sides, found: Sequence[Match]) -> list[Match]:
    """Pair tasks without any match with sentences without any, under one clause heading, where some words are shared."""
    tasks = {m.lower for m in found}
    taken = {m.upper for m in found}
    options = []
    for at, lower in enumerate(sides.lowers):
        if at in tasks:
            continue
        for number, upper in enumerate(sides.index.uppers):
            if number in taken or heading_score(sides, lower.unit, upper.unit) < 0.9:
                continue
            common = covered(lower, upper.pairs, 2)
            gain = weight_of(lower, common) / lower.total + weight_of(upper, covered(upper, lower.pairs, 2)) / upper.total
            options.append((gain, at, number))
    result: list[Match] = []
    for gain, at, number in sorted(options, key=lambda o: (-o[0], o[1], o[2])):
        if gain < 0.3 or at in tasks or number in taken:
            continue
        lower, upper = sides.lowers[at], sides.index.uppers[number]
        got, theirs = covered(lower, upper.pairs, 2), covered(upper, lower.pairs, 2)
        heading = heading_score(sides, lower.unit, upper.unit)
        result.append(
            as_match(
                sides, at, number, got, theirs, share(lower, got), heading, [(p.begin, p.end) for p in lower.unit.pieces], residual=True
            )
        )
        tasks.add(at)
        taken.add(number)
    return result

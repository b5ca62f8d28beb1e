"""All links of a pair together: what was copied (claims), what was rewritten, and which of them stand when the whole pair is looked at.

Every task is measured against every sentence, and the model says how likely the two belong together by what they share; what each task
may have been copied from (``lineage.matching``) is one of the measures, and decides nothing by itself. Then the pair is looked at as a
whole: the set of links that explains most of both sides (``lineage.cover``), what each link brings to it, its neighbours. From both comes
the confidence; a link that brings nothing to the set, copied or not, is kept only as a candidate that was turned down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from lineage.common_words import commonness
from lineage.context import CONTEXT, context
from lineage.cover import Parts, choose, parts_of
from lineage.headings import heading_keys
from lineage.matching import Match, Sides, as_match, heading_score, match_all
from lineage.measures import NAMES, measure
from lineage.model import Logistic, Model
from lineage.overlap import Index, share
from lineage.shared import LEAST_WON, Shared, shared_with, won_pieces
from lineage.units import Unit

if TYPE_CHECKING:
    from lineage.shared import Flags, Floats

# All 486 such copies in the pairs read by people and their variants were links, and all have their place in the whole; of words claimed
# elsewhere none.
COPIED, COPIED_SURE, CLAIMED, TURNED_DOWN, MOST_SURE = 16, 0.99, 0.85, 0.3, 0.995
STRONG, WHOLE, NO_WORD, NO_WORD_SURE = 0.97, 0.98, 1.0, 0.1
FLOOR = 0.02
"""Below this a pair is not even kept as a candidate that was turned down, but for the nearest of a sentence that has no other."""
LIKENESS, LEAST_SURE = 0.16, 0.0005
"""A nearest candidate has this share of the sentence's pairs of characters, and a confidence that is not naught when it is printed."""


class Measured(NamedTuple):
    """A pair of documents, measured: (tasks, sentences, measures), the claims, each unit held against the other side, and its pieces."""

    measures: Floats
    claims: dict[tuple[int, int], Match]
    down: list[Shared]
    up: list[Shared]
    tasks: list[Parts]
    sentences: list[Parts]


def assign(sides: Sides, fitted: Model) -> list[Match]:
    """Return every task–sentence pair that is at all likely, with its confidence and measures, in the order of the documents."""
    import numpy as np

    if not sides.lowers or not sides.index.uppers:
        return []
    pair = measured(sides)
    alone, doubted = fitted.alone.probability(pair.measures), fitted.doubt.probability(pair.measures)
    beside, likely, chosen = weighed(sides, pair, alone, fitted.link)
    found = []
    for i, j in [(int(at), int(number)) for at, number in zip(*np.nonzero(likely >= FLOOR), strict=True)] + _nearest(sides, alone, likely):
        match = pair.claims.get((i, j)) or _rewritten(sides, i, j, pair.down[i], pair.up[j])
        values = tuple(round(float(v), 3) for v in (*pair.measures[i, j], *beside[i, j]))
        sure = _bounded(float(likely[i, j]), bool(chosen[i, j]), dict(zip((*NAMES, *CONTEXT), values, strict=True)))
        found.append(replace(match, confidence=round(sure, 3), doubted=round(float(doubted[i, j]), 3), measures=values))
    return sorted(found, key=lambda m: (m.lower, m.upper))


def _nearest(sides: Sides, alone: Floats, likely: Floats) -> list[tuple[int, int]]:
    """Return, for each sentence no task is likely for, the likeliest of the tasks that share some of its words: the one turned down."""
    found = []
    for j, upper in enumerate(sides.index.uppers):
        if upper.pairs and likely[:, j].max() < FLOOR:
            alike = [i for i, lower in enumerate(sides.lowers) if len(lower.pairs & upper.pairs) >= LIKENESS * len(upper.pairs)]
            best = max(alike, key=lambda i: alone[i, j], default=None)
            if best is not None and alone[best, j] >= LEAST_SURE:
                found.append((best, j))
    return found


def weighed(sides: Sides, pair: Measured, alone: Floats, link: Logistic) -> tuple[Floats, Floats, Flags]:
    """Return the measures of CONTEXT, how likely each link is beside the rest, and which links explain the pair best together."""
    import numpy as np

    beside = beside_the_rest(sides, pair, alone)
    likely = np.where(alone >= FLOOR, link.probability(beside), np.minimum(alone, FLOOR / 2))
    likely = np.where(copied(pair), np.maximum(likely, COPIED_SURE), likely)
    return beside, likely, choose(likely, pair.tasks, pair.sentences)


def copied(pair: Measured) -> Flags:
    """Return which claims are a sentence or long run copied word for word: what these are worth is no guess."""
    import numpy as np

    flags = np.zeros(pair.measures.shape[:2], dtype=bool)
    for (i, j), match in pair.claims.items():
        whole_piece = pair.measures[i, j, NAMES.index("best_piece_of_task")] >= WHOLE
        flags[i, j] = match.claim >= STRONG or (match.longest >= COPIED and whole_piece)
    return flags


def _bounded(likely: float, chosen: bool, measures: dict[str, float]) -> float:
    """Three things outweigh the rest: no place in the whole; words that other sentences claimed; and hardly a word shared (of the links
    read by people 98 in 100 share ten times as much).
    """
    if not chosen or (not measures["claim"] and measures["claimed_elsewhere"] >= CLAIMED):
        likely = min(likely, TURNED_DOWN)
    return min(likely, NO_WORD_SURE if measures["shared"] < NO_WORD else MOST_SURE)


def measured(sides: Sides, common: dict[str, float] | None = None) -> Measured:
    """Return a pair measured. ``common`` is how common pairs of characters are (``common_words``), as the fit gives it."""
    import numpy as np

    lowers, uppers = sides.lowers, sides.index.uppers
    down, up = shared_with(lowers, uppers), shared_with(uppers, lowers)
    claims = {(m.lower, m.upper): m for m in match_all(sides, down)}
    measures = measure(lowers, uppers, down, up, _given(sides, claims, down), commonness() if common is None else common)
    claimed = [_claimed_pieces(i, weighted.unit, claims, len(uppers)) for i, weighted in enumerate(lowers)]
    typical = float(np.median([s.total for s in up]))
    tasks = [parts_of(s.by_piece, s.piece_totals, LEAST_WON, typical, flags) for s, flags in zip(down, claimed, strict=True)]
    sentences = [parts_of(s.by_piece, s.piece_totals, LEAST_WON, typical) for s in up]
    return Measured(measures, claims, down, up, tasks, sentences)


def beside_the_rest(sides: Sides, pair: Measured, alone: Floats) -> Floats:
    """Return the measures of CONTEXT, given how likely each link is alone."""
    return context(alone, [w.unit for w in sides.lowers], [w.unit for w in sides.index.uppers], pair.tasks, pair.sentences)


def sides_of(uppers: Sequence[Unit], lowers: Sequence[Unit], level: str | None = None) -> Sides:
    """Return both documents weighed, with the headings that are equal. ``level`` is the lower document's."""
    index = Index(uppers, lowers)
    clauses, sections = heading_keys(lowers, uppers)
    return Sides(index, tuple(index.weigh(unit) for unit in lowers), clauses, sections, level)


def _given(sides: Sides, claims: dict[tuple[int, int], Match], down: Sequence[Shared]) -> list[Floats]:
    """Return, per task and sentence, the measures that come from headings, claims and addressees, in the order ``measure`` takes them."""
    import numpy as np

    uppers = sides.index.uppers
    headings, strength, copied, others = (np.zeros((len(sides.lowers), len(uppers))) for _ in range(4))
    for i, lower in enumerate(sides.lowers):
        headings[i] = [heading_score(sides, lower.unit, upper.unit) for upper in uppers]
    for (i, j), match in claims.items():
        strength[i, j], copied[i, j] = match.claim, match.longest
    others[:] = [bool(u.unit.levels) and "all" not in u.unit.levels and sides.level not in u.unit.levels for u in uppers]
    elsewhere = np.stack([_claimed_elsewhere(i, shared, claims) for i, shared in enumerate(down)])
    return [headings, strength, copied, others, elsewhere]


def _claimed_pieces(at: int, unit: Unit, claims: dict[tuple[int, int], Match], sentences: int) -> Flags:
    """Return which sentences claimed which pieces of a task."""
    import numpy as np

    flags = np.zeros((max(1, len(unit.pieces)), sentences), dtype=bool)
    numbers = {(p.begin, p.end): number for number, p in enumerate(unit.pieces)}
    for (i, j), match in claims.items():
        if i == at:
            flags[[numbers[piece] for piece in match.pieces if piece in numbers], j] = True
    return flags


def _claimed_elsewhere(at: int, shared: Shared, claims: dict[tuple[int, int], Match]) -> Floats:
    """Return, for each sentence, the share of what a task shares with it that stands in the claims of other sentences."""
    import numpy as np

    own = {j: m for (i, j), m in claims.items() if i == at}
    common = shared.weights[:, None] * shared.pairs
    counts = np.zeros(len(shared.weights))
    masks = {j: _mask(m, len(counts)) for j, m in own.items()}
    for mask in masks.values():
        counts += mask
    taken = np.repeat((counts > 0)[:, None], common.shape[1], axis=1)
    for j, mask in masks.items():
        taken[:, j] = (counts - mask) > 0
    return (common * taken).sum(axis=0) / (common.sum(axis=0) + 1e-9)  # type: ignore[no-any-return]


def _mask(match: Match, length: int) -> Floats:
    import numpy as np

    mask = np.zeros(length)
    for begin, end in match.lower_runs:
        mask[begin:end] = 1
    return mask


def _rewritten(sides: Sides, at: int, number: int, down: Shared, up: Shared) -> Match:
    """What a task and a sentence share where nothing was claimed: the runs in the pieces this sentence explains best."""
    lower, upper = sides.lowers[at], sides.index.uppers[number]
    pieces = [lower.unit.pieces[p] for p in won_pieces(down, number) if p < len(lower.unit.pieces)]
    inside = [any(p.begin <= i < p.end for p in pieces) for i in range(len(lower.unit.folded))]
    got = [flag and within for flag, within in zip(_list(down, number), inside, strict=True)] if pieces else _list(down, number)
    theirs = _list(up, at)
    heading = heading_score(sides, lower.unit, upper.unit)
    return as_match(sides, at, number, got, theirs, share(lower, got), heading, [(p.begin, p.end) for p in pieces])


def _list(shared: Shared, other: int) -> list[bool]:
    """Return which characters stand on the other side, in runs or in a word of one meaning."""
    return [bool(flag) for flag in shared.pairs[:, other] | shared.meant[:, other]]

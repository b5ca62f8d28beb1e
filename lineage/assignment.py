"""All links of a pair together: what was copied (claims) and what was rewritten, each with the model's probability.

Claims find copied words and share them out exactly. What was rewritten shares only runs of two or three characters; there every task is
measured against every sentence, and the model says how likely the two belong together. Both get their confidence from the model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lineage.headings import heading_keys
from lineage.matching import Match, Sides, as_match, heading_score, match_all
from lineage.measures import NAMES, Shared, measure, shared_with, won_pieces
from lineage.model import Model
from lineage.overlap import Index, share
from lineage.units import Unit

if TYPE_CHECKING:
    from lineage.measures import Floats

# Of the 108 copies of 16 characters and more in the pairs read by people all were links, of words claimed elsewhere none.
COPIED, COPIED_SURE, CLAIMED, CLAIMED_SURE, MOST_SURE = 16, 0.97, 0.85, 0.3, 0.995
FLOOR = 0.02
"""Below this a pair is not even kept as a candidate that was turned down."""


def assign(sides: Sides, fitted: Model) -> list[Match]:
    """Return every task–sentence pair that is at all likely, with its confidence and measures, in the order of the documents."""
    import numpy as np

    if not sides.lowers or not sides.index.uppers:
        return []
    measures, claims, down, up = measures_of(sides)
    likely, doubted = fitted.link.probability(measures), fitted.doubt.probability(measures)
    found = []
    for at, number in zip(*np.nonzero(likely >= FLOOR), strict=True):
        i, j = int(at), int(number)
        match = claims.get((i, j)) or _rewritten(sides, i, j, down[i], up[j])
        values = tuple(round(float(v), 3) for v in measures[i, j])
        sure = _bounded(float(likely[i, j]), match, dict(zip(NAMES, values, strict=True)))
        found.append(replace(match, confidence=round(sure, 3), doubted=round(float(doubted[i, j]), 3), measures=values))
    return found


def _bounded(likely: float, match: Match, measures: dict[str, float]) -> float:
    """Two things outweigh the rest: a long run copied word for word, and words that other sentences claimed. Nothing is certain."""
    if measures["claim"] and match.longest >= COPIED and measures["best_piece_of_task"] >= 0.98:
        likely = max(likely, COPIED_SURE)
    if not measures["claim"] and measures["claimed_elsewhere"] >= CLAIMED:
        likely = min(likely, CLAIMED_SURE)
    return min(likely, MOST_SURE)


def measures_of(sides: Sides) -> tuple[Floats, dict[tuple[int, int], Match], list[Shared], list[Shared]]:
    """Return the measures of every task and sentence, the claims, and each unit held against the other side."""
    lowers, uppers = sides.lowers, sides.index.uppers
    down, up = shared_with(lowers, uppers), shared_with(uppers, lowers)
    claims = {(m.lower, m.upper): m for m in match_all(sides)}
    return measure(lowers, uppers, down, up, _given(sides, claims, down)), claims, down, up


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
    got = [bool(flag) and within for flag, within in zip(down.pairs[:, number], inside, strict=True)] if pieces else _list(down, number)
    theirs = _list(up, at)
    heading = heading_score(sides, lower.unit, upper.unit)
    return as_match(sides, at, number, got, theirs, share(lower, got), heading, [(p.begin, p.end) for p in pieces])


def _list(shared: Shared, other: int) -> list[bool]:
    return [bool(flag) for flag in shared.pairs[:, other]]

"""How much of a heading's words the other side holds: headings are often re-worded, seldom wholly."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lineage.overlap import Weighted
from lineage.units import Unit

if TYPE_CHECKING:
    from lineage.shared import Floats


def heading_words(lowers: Sequence[Weighted], uppers: Sequence[Weighted]) -> tuple[Floats, Floats]:
    """Return how much of the clause's heading stands in the task and its headings, and of the task's heading in the sentence and its."""
    import numpy as np

    around_lower, around_upper = [_around(w.unit) for w in lowers], [_around(w.unit) for w in uppers]
    weights = _pair_weights((*around_lower, *around_upper))
    in_task, in_clause = np.zeros((len(lowers), len(uppers))), np.zeros((len(lowers), len(uppers)))
    for number, heading in _last_headings(uppers).items():
        columns = [j for j, w in enumerate(uppers) if w.unit.headings[-1:] == (number,)]
        in_task[:, columns] = np.array([_share(heading, words, weights) for words in around_lower])[:, None]
    for number, heading in _last_headings(lowers).items():
        at = [i for i, w in enumerate(lowers) if w.unit.headings[-1:] == (number,)]
        in_clause[at, :] = np.array([_share(heading, words, weights) for words in around_upper])[None, :]
    return in_task, in_clause


def _last_headings(units: Sequence[Weighted]) -> dict[str, frozenset[str]]:
    return {h: _pairs(h) for w in units for h in w.unit.headings[-1:] if len(h) >= 4}


def _around(unit: Unit) -> frozenset[str]:
    return _pairs(unit.folded.chars).union(*(_pairs(h) for h in unit.headings))


def _pairs(chars: str) -> frozenset[str]:
    return frozenset(chars[i : i + 2] for i in range(len(chars) - 1))


def _pair_weights(units: Sequence[frozenset[str]]) -> dict[str, float]:
    counts = Counter(pair for pairs in units for pair in pairs)
    return {pair: math.log(1 + len(units) / count) for pair, count in counts.items()}


def _share(heading: frozenset[str], words: frozenset[str], weights: dict[str, float]) -> float:
    whole = sum(weights[p] for p in heading)
    return sum(weights[p] for p in heading & words) / whole if whole else 0.0

"""What a task and a sentence share, as numbers the model weighs: every task against every sentence of a pair.

Words are compared as runs of two and three characters, weighted by rarity in the two documents, so that 市人民政府 counts little and
用地清单制 much. A task is held against a sentence as a whole and piece by piece (between commas), and the other way; what counts most is
whether a piece is best explained by this sentence and this sentence best taken up by this task. All arrays are (tasks, sentences).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lineage.overlap import Weighted
from lineage.units import Unit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

NAMES = (
    "of_task",
    "of_sentence",
    "best_piece_of_task",
    "best_piece_of_sentence",
    "shared",
    "won",
    "won_share",
    "longest_run",
    "heading",
    "clause_heading_in_task",
    "task_heading_in_clause",
    "rank_for_task",
    "rank_for_sentence",
    "claim",
    "copied",
    "other_level",
    "claimed_elsewhere",
)
LIGHT_PIECE, LEAST_WON, MOST_RANK, RANK_FROM, COPIED_FROM = 8.0, 2.0, 2.5, 0.005, 8


@dataclass(frozen=True, slots=True)
class Shared:
    """One unit held against all units of the other side, over its folded characters.

    ``pairs`` and ``triples`` flag, per character and other unit, whether a run of two or three it belongs to stands there.
    """

    pairs: Flags
    triples: Flags
    weights: Floats
    by_piece: Floats
    piece_totals: Floats
    total: float

    @property
    def in_all(self) -> Floats:
        """Return the weight shared with each unit of the other side."""
        return self.by_piece.sum(axis=0)  # type: ignore[no-any-return]

    @property
    def longest(self) -> Floats:
        """Return the weight of the longest run shared with each unit of the other side."""
        import numpy as np

        sums = np.cumsum(self.weights)[:, None]
        before = np.maximum.accumulate(np.where(self.triples, 0.0, sums), axis=0)
        return (sums - before).max(axis=0)  # type: ignore[no-any-return]


def shared_with(ones: Sequence[Weighted], others: Sequence[Weighted]) -> list[Shared]:
    """Return each unit of ``ones`` held against all of ``others``."""
    import numpy as np

    twos, threes = _presence(others, 2), _presence(others, 3)
    found = []
    for one in ones:
        chars, weights = one.unit.folded.chars, np.asarray(one.weights, dtype=float)
        pairs, triples = _flags(chars, 2, *twos), _flags(chars, 3, *threes)
        common = weights[:, None] * (0.5 * pairs + 0.5 * triples)
        starts = [p.begin for p in one.unit.pieces]
        if chars and starts:
            by_piece, totals = np.add.reduceat(common, starts, axis=0), np.add.reduceat(weights, starts)
        else:
            by_piece, totals = np.zeros((1, len(others))), np.ones(1)
        found.append(Shared(pairs, triples, weights, by_piece, totals, one.total))
    return found


def measure(
    lowers: Sequence[Weighted], uppers: Sequence[Weighted], down: Sequence[Shared], up: Sequence[Shared], given: Sequence[Floats]
) -> Floats:
    """Return the measures of NAMES for every task and sentence: shape (tasks, sentences, measures).

    ``down`` are the tasks held against the sentences, ``up`` the reverse; ``given`` are, per task and sentence, how well headings agree,
    how strong a claim is, the characters copied in one run, whether the sentence addresses other levels only, and how much of what they
    share other sentences claimed.
    """
    import numpy as np

    headings, claims, copied, other_level, elsewhere = given
    of_lower = np.array([s.in_all for s in down])
    of_upper = np.array([s.in_all for s in up]).T
    common = (of_lower + of_upper) / 2
    total_lower, total_upper = np.array([s.total for s in down]), np.array([s.total for s in up])
    score = common / np.sqrt((total_lower[:, None] + 30) * (total_upper[None, :] + 30))
    won = np.array([_won(s) for s in down])
    in_task, in_clause = _heading_words(lowers, uppers)
    columns = (
        of_lower / total_lower[:, None],
        of_upper / total_upper[None, :],
        np.array([_best_piece(s) for s in down]),
        np.array([_best_piece(s) for s in up]).T,
        np.log1p(common),
        np.log1p(won),
        won / total_lower[:, None],
        np.log1p(np.array([s.longest for s in down])),
        np.where(headings >= 1, 1.0, np.where(headings == 0.5, 0.5, 0.0)),
        in_task,
        in_clause,
        _rank(score, 1),
        _rank(score, 0),
        claims,
        np.log1p(np.maximum(copied - COPIED_FROM, 0)),
        other_level,
        elsewhere,
    )
    return np.stack(columns, axis=2)


def won_pieces(one: Shared, other: int) -> list[int]:
    """Return the pieces of a unit that this unit of the other side explains best; else those it explains at all."""
    by = one.by_piece
    best = [p for p in range(len(by)) if by[p, other] > LEAST_WON and by[p, other] >= by[p].max() - 1e-9]
    return best or [p for p in range(len(by)) if by[p, other] > LEAST_WON]


def _won(one: Shared) -> Floats:
    by = one.by_piece
    best = by >= by.max(axis=1, keepdims=True) - 1e-9
    return (by * best * (by > LEAST_WON)).sum(axis=0)  # type: ignore[no-any-return]


def _best_piece(one: Shared) -> Floats:
    heavy = one.piece_totals[:, None] > LIGHT_PIECE
    return ((one.by_piece / one.piece_totals[:, None]) * heavy).max(axis=0)  # type: ignore[no-any-return]


def _rank(score: Floats, axis: int) -> Floats:
    """Return how a score stands to the best other one in its row or column: above 1 it is the best."""
    import numpy as np

    ordered = np.sort(score, axis=axis)
    first = np.take(ordered, [-1], axis=axis)
    second = np.take(ordered, [-2], axis=axis) if score.shape[axis] > 1 else np.zeros_like(first)
    return np.clip(score / (np.where(score >= first, second, first) + RANK_FROM), 0, MOST_RANK)


def _presence(units: Sequence[Weighted], size: int) -> tuple[dict[str, int], Flags]:
    """Return the rows of a matrix by n-gram, and the matrix: which unit holds which; its last row is empty."""
    import numpy as np

    rows: dict[str, int] = {}
    at: list[int] = []
    columns: list[int] = []
    for column, weighted in enumerate(units):
        for gram in weighted.pairs if size == 2 else weighted.grams:
            at.append(rows.setdefault(gram, len(rows)))
            columns.append(column)
    matrix = np.zeros((len(rows) + 1, len(units)), dtype=bool)
    matrix[at, columns] = True
    return rows, matrix


def _flags(chars: str, size: int, rows: dict[str, int], matrix: Flags) -> Flags:
    import numpy as np

    flags = np.zeros((len(chars), matrix.shape[1]), dtype=bool)
    number = len(chars) - size + 1
    if number > 0:
        present = matrix[[rows.get(chars[i : i + size], -1) for i in range(number)]]
        for shift in range(size):
            flags[shift : number + shift] |= present
    return flags


def _heading_words(lowers: Sequence[Weighted], uppers: Sequence[Weighted]) -> tuple[Floats, Floats]:
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
    import math
    from collections import Counter

    counts = Counter(pair for pairs in units for pair in pairs)
    return {pair: math.log(1 + len(units) / count) for pair, count in counts.items()}


def _share(heading: frozenset[str], words: frozenset[str], weights: dict[str, float]) -> float:
    whole = sum(weights[p] for p in heading)
    return sum(weights[p] for p in heading & words) / whole if whole else 0.0

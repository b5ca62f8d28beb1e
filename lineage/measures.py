"""What a task and a sentence share, as numbers the model weighs: every task against every sentence of a pair.

Words are compared as runs of two and three characters, weighted by rarity in the two documents, so that 市人民政府 counts little and
用地清单制 much. A task is held against a sentence as a whole and piece by piece (between commas), and the other way; what counts most is
whether a piece is best explained by this sentence and this sentence best taken up by this task. All arrays are (tasks, sentences).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lineage.concepts import concepts
from lineage.facts import FACTS, shared_facts
from lineage.heading_words import heading_words
from lineage.overlap import Weighted
from lineage.shared import Shared, best_piece, won

if TYPE_CHECKING:
    from lineage.shared import Floats

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
    "rare_words",
    "rare_rank_for_task",
    "rare_rank_for_sentence",
    *FACTS,
)
MOST_RANK, RANK_FROM, RARE_FROM, COPIED_FROM = 2.5, 0.005, 1.0, 8
GROUP = 0.7
"""What a group of words of one meaning counts beside a pair of characters that is rare everywhere."""


def measure(
    lowers: Sequence[Weighted],
    uppers: Sequence[Weighted],
    down: Sequence[Shared],
    up: Sequence[Shared],
    given: Sequence[Floats],
    common: dict[str, float],
) -> Floats:
    """Return the measures of NAMES for every task and sentence: shape (tasks, sentences, measures).

    ``down`` are the tasks held against the sentences, ``up`` the reverse; ``given`` are, per task and sentence, how well headings agree,
    how strong a claim is, the characters copied in one run, whether the sentence addresses other levels only, and how much of what they
    share other sentences claimed. ``common`` is how common pairs of characters are (``lineage.common_words``).
    """
    import numpy as np

    headings, claims, copied, other_level, elsewhere = given
    of_lower = np.array([s.in_all for s in down])
    of_upper = np.array([s.in_all for s in up]).T
    shared = (of_lower + of_upper) / 2
    total_lower, total_upper = np.array([s.total for s in down]), np.array([s.total for s in up])
    score = shared / np.sqrt((total_lower[:, None] + 30) * (total_upper[None, :] + 30))
    most = np.array([won(s) for s in down])
    rare = _rare(lowers, uppers, common)
    in_task, in_clause = heading_words(lowers, uppers)
    columns = (
        of_lower / total_lower[:, None],
        of_upper / total_upper[None, :],
        np.array([best_piece(s) for s in down]),
        np.array([best_piece(s) for s in up]).T,
        np.log1p(shared),
        np.log1p(most),
        most / total_lower[:, None],
        np.log1p(np.array([s.longest for s in down])),
        np.where(headings >= 1, 1.0, np.where(headings == 0.5, 0.5, 0.0)),
        in_task,
        in_clause,
        np.maximum(_rank(score, 1), _rank_for_a_sentence(lowers, down, total_upper)),
        _rank(score, 0),
        claims,
        np.log1p(np.maximum(copied - COPIED_FROM, 0)),
        other_level,
        elsewhere,
        np.log1p(rare),
        _rank(rare, 1, RARE_FROM),
        _rank(rare, 0, RARE_FROM),
        *shared_facts([w.unit for w in lowers], [w.unit for w in uppers]),
    )
    return np.stack(columns, axis=2)


def _rare(lowers: Sequence[Weighted], uppers: Sequence[Weighted], common: dict[str, float]) -> Floats:
    """Return the pairs of characters both have, each counting by how few units of either side and how few policy texts have it, and the
    groups of words of one meaning both have, each counting by how few units have it.
    """
    pairs = _rare_shared([w.pairs for w in lowers], [w.pairs for w in uppers], lambda pair: (1 - common.get(pair, 0.0)) ** 2)
    groups = [[frozenset(str(group) for group, _ in concepts(w.unit.folded.chars)) for w in side] for side in (lowers, uppers)]
    return pairs + _rare_shared(groups[0], groups[1], lambda group: GROUP)


def _rare_shared(lowers: Sequence[frozenset[str]], uppers: Sequence[frozenset[str]], worth: Callable[[str], float]) -> Floats:
    """Return what each of both sides has of the same, everything at its worth and by how few units of either side have it."""
    import numpy as np

    def incidence(units: Sequence[frozenset[str]]) -> Floats:
        matrix = np.zeros((len(units), len(rows)))
        for at, own in enumerate(units):
            matrix[at, [rows[name] for name in own if name in rows]] = 1
        return matrix

    held = [frozenset[str]().union(*side) for side in (lowers, uppers)]
    rows = {name: at for at, name in enumerate(sorted(held[0] & held[1]))}
    if not rows:
        return np.zeros((len(lowers), len(uppers)))
    down, up = incidence(lowers), incidence(uppers)
    weight = np.array([worth(name) for name in rows]) / np.sqrt(down.sum(axis=0) * up.sum(axis=0))
    return (down * weight) @ up.T  # type: ignore[no-any-return]


def _rank_for_a_sentence(lowers: Sequence[Weighted], down: Sequence[Shared], total_upper: Floats) -> Floats:
    """Return how an upper sentence stands to the best other one for any one sentence of a task: the second of two is none the worse."""
    import numpy as np

    found = np.zeros((len(lowers), len(total_upper)))
    for at, (lower, shared) in enumerate(zip(lowers, down, strict=True)):
        if pieces := lower.unit.pieces:
            starts = [n for n, p in enumerate(pieces) if not n or p.sentence != pieces[n - 1].sentence]
            own, totals = (np.add.reduceat(values, starts, axis=0) for values in (shared.by_piece, shared.piece_totals))
            found[at] = _rank(own / np.sqrt((totals[:, None] + 30) * (total_upper[None, :] + 30)), 1).max(axis=0)
    return found


def _rank(score: Floats, axis: int, floor: float = RANK_FROM) -> Floats:
    """Return how a score stands to the best other one in its row or column: above 1 it is the best."""
    import numpy as np

    ordered = np.sort(score, axis=axis)
    first = np.take(ordered, [-1], axis=axis)
    second = np.take(ordered, [-2], axis=axis) if score.shape[axis] > 1 else np.zeros_like(first)
    return np.clip(score / (np.where(score >= first, second, first) + floor), 0, MOST_RANK)

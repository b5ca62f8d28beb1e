"""Which links a pair of documents has, decided for the whole pair at once: a set of links that explains most text of both sides.

The value of a set of links is what it explains of every task (each piece between commas counts once, for the sentence of the set that
explains it best) and of every sentence (each piece for the task that takes it up best), each weighed by how likely the link is, less
``COST`` for every link. So a sentence of several tasks and a task of several sentences are kept where each link brings words of its own,
and two near-equal sentences go one to each of two tasks that would both prefer the first.

The value is a monotone submodular function less a sum. Links are added while any gains (the best first), then dropped or exchanged for
another of the same task or sentence while that gains. No link that could be added gains at the end, from which follows that the value is
at most ``COST`` for each chosen link that the best set lacks below the best set's (sum the gains of the best set's missing links).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lineage.shared import Flags, Floats

COST, LEAST_LIKELY, NOT_CLAIMED, ROUNDS = 0.2, 0.3, 0.3, 20


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of one unit that anything explains: what each weighs (in sum 1, more in a long one), and how well each of the other side
    explains it.
    """

    weights: Floats
    explained: Floats


def parts_of(by_piece: Floats, totals: Floats, least: float, typical: float, claimed: Flags | None = None) -> Parts:
    """Return a unit's pieces; one explains a piece as well as the words shared, against the best one's. ``least`` is noise.

    A unit longer than a ``typical`` one is worth as much more: a row made of six sentences has six to give. ``claimed`` (pieces, units of
    the other side) says whose words a piece was copied from; another that has the same words explains it less.
    """
    import numpy as np

    if claimed is not None:
        by_piece = by_piece * np.where(claimed.any(axis=1, keepdims=True) & ~claimed, NOT_CLAIMED, 1.0)
    best = by_piece.max(axis=1)
    counted = best > least
    if not counted.any():
        return Parts(np.ones(1), np.ones((1, by_piece.shape[1])))
    explained = np.where(by_piece > least, by_piece, 0.0)[counted] / best[counted][:, None]
    weights = totals[counted] / min(totals[counted].sum(), typical)
    return Parts(weights, explained)


class _Side:
    """One side's units with the links chosen so far: what a further link would gain, what a chosen one brings."""

    def __init__(self, parts: Sequence[Parts], likely: Floats) -> None:
        self.values = [p.weights[:, None] * p.explained * row[None, :] for p, row in zip(parts, likely, strict=True)]
        self.chosen: list[list[int]] = [[] for _ in parts]

    def worth(self, at: int, others: Sequence[int]) -> float:
        return float(self.values[at][:, others].max(axis=1).sum()) if others else 0.0


def choose(likely: Floats, tasks: Sequence[Parts], sentences: Sequence[Parts], cost: float = COST) -> Flags:
    """Return which of (tasks, sentences) are links. Only pairs at least ``LEAST_LIKELY`` likely are looked at."""
    import numpy as np

    down, up = _Side(tasks, likely), _Side(sentences, likely.T)
    options = sorted(zip(*np.nonzero(likely >= LEAST_LIKELY), strict=True), key=lambda o: (-likely[o], o))
    chosen: dict[tuple[int, int], None] = {}

    def gain(i: int, j: int, without: tuple[int, int] | None = None) -> float:
        """What adding (i, j) brings, with ``without`` taken out first (its own loss not counted)."""
        own = [x for x in down.chosen[i] if (i, x) != without]
        theirs = [x for x in up.chosen[j] if (x, j) != without]
        return down.worth(i, [*own, j]) - down.worth(i, own) + up.worth(j, [*theirs, i]) - up.worth(j, theirs)

    def put(i: int, j: int) -> None:
        chosen[i, j] = None
        down.chosen[i].append(j)
        up.chosen[j].append(i)

    def take(i: int, j: int) -> None:
        del chosen[i, j]
        down.chosen[i].remove(j)
        up.chosen[j].remove(i)

    def add_all() -> bool:
        gains = {(int(i), int(j)): gain(int(i), int(j)) for i, j in options if (i, j) not in chosen}
        changed = False
        while gains:
            best = max(gains, key=lambda o: (gains[o], -o[0], -o[1]))
            if gains[best] <= cost + 1e-9:
                break
            put(*best)
            changed = True
            del gains[best]
            for other in gains:
                if other[0] == best[0] or other[1] == best[1]:
                    gains[other] = gain(*other)
        return changed

    def exchange() -> bool:
        changed = False
        for link in list(chosen):
            take(*link)
            lost = gain(*link)
            if lost <= cost - 1e-9:
                changed = True
                continue
            rivals = [(int(i), int(j)) for i, j in options if (i, j) not in chosen and (i, j) != link and (i == link[0] or j == link[1])]
            best = max(rivals, key=lambda o: (gain(*o), -o[0], -o[1]), default=None)
            if best is not None and gain(*best) > lost + 1e-9:
                put(*best)
                changed = True
            else:
                put(*link)
        return changed

    for _ in range(ROUNDS):
        added = add_all()
        if not exchange() and not added:
            break
    add_all()
    result = np.zeros(likely.shape, dtype=bool)
    for i, j in chosen:
        result[i, j] = True
    return result


def gains(likely: Floats, chosen: Flags, tasks: Sequence[Parts], sentences: Sequence[Parts]) -> tuple[Floats, Floats]:
    """Return how much of its task and of its sentence each pair explains beyond what the other chosen links explain, 0 to 1."""
    return _gains(likely, chosen, tasks), _gains(likely.T, chosen.T, sentences).T


def _gains(likely: Floats, chosen: Flags, parts: Sequence[Parts]) -> Floats:
    import numpy as np

    found = np.zeros(likely.shape)
    for at, part in enumerate(parts):
        values = part.weights[:, None] * part.explained
        taken = np.where(chosen[at], values * likely[at], 0.0)
        best = taken.max(axis=1, keepdims=True)
        second = np.sort(taken, axis=1)[:, -2:-1] if taken.shape[1] > 1 else np.zeros_like(best)
        by_others = np.where(taken >= best, second, best)
        found[at] = np.minimum(np.maximum(values - by_others, 0.0).sum(axis=0), 1.0)
    return found

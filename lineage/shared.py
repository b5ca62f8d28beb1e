"""One unit's characters held against all units of the other side: which stand there too, as such or in a word of one meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lineage.concepts import concept_words, credit
from lineage.overlap import Weighted, rarity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

LIGHT_PIECE, LEAST_WON = 8.0, 2.0


@dataclass(frozen=True, slots=True)
class Shared:
    """One unit held against all units of the other side, over its folded characters.

    ``pairs`` and ``triples`` flag, per character and other unit, whether a run of two or three it belongs to stands there; ``meant``
    whether it is part of a word for which another of the same meaning stands there (婚检 for 婚前医学检查).
    """

    pairs: Flags
    triples: Flags
    meant: Flags
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
    groups, worth = _groups(others), _worth((*ones, *others))
    found = []
    for one in ones:
        chars, weights = one.unit.folded.chars, np.asarray(one.weights, dtype=float)
        pairs, triples = _flags(chars, 2, *twos), _flags(chars, 3, *threes)
        meant = _meant(chars, groups, worth, len(others))
        common = np.maximum(weights[:, None] * (0.5 * pairs + 0.5 * triples), np.minimum(weights[:, None], meant))
        starts = [p.begin for p in one.unit.pieces]
        if chars and starts:
            by_piece, totals = np.add.reduceat(common, starts, axis=0), np.add.reduceat(weights, starts)
        else:
            by_piece, totals = np.zeros((1, len(others))), np.ones(1)
        found.append(Shared(pairs, triples, meant > 0, weights, by_piece, totals, one.total))
    return found


def won_pieces(one: Shared, other: int) -> list[int]:
    """Return the pieces of a unit that this unit of the other side explains best; else those it explains at all."""
    by = one.by_piece
    best = [p for p in range(len(by)) if by[p, other] > LEAST_WON and by[p, other] >= by[p].max() - 1e-9]
    return best or [p for p in range(len(by)) if by[p, other] > LEAST_WON]


def won(one: Shared) -> Floats:
    by = one.by_piece
    best = by >= by.max(axis=1, keepdims=True) - 1e-9
    return (by * best * (by > LEAST_WON)).sum(axis=0)  # type: ignore[no-any-return]


def best_piece(one: Shared) -> Floats:
    heavy = one.piece_totals[:, None] > LIGHT_PIECE
    return ((one.by_piece / one.piece_totals[:, None]) * heavy).max(axis=0)  # type: ignore[no-any-return]


def _groups(units: Sequence[Weighted]) -> dict[int, list[int]]:
    """Return, for each group of words of one meaning, the units that hold one of them."""
    found: dict[int, list[int]] = {}
    for at, weighted in enumerate(units):
        for group in _held(weighted):
            found.setdefault(group, []).append(at)
    return found


def _worth(units: Iterable[Weighted]) -> dict[int, float]:
    """Return what a character of a group's words is worth: a part of what a pair of characters weighs that is met as often as the group."""
    held = [_held(weighted) for weighted in units]
    counts = Counter(group for groups in held for group in groups)
    return {group: credit(group) * rarity(count, len(held)) for group, count in counts.items()}


def _held(weighted: Weighted) -> frozenset[int]:
    return frozenset(group for _, _, groups in concept_words(weighted.unit.folded.chars) for group in groups)


def _meant(chars: str, units: dict[int, list[int]], worth: dict[int, float], others: int) -> Floats:
    """Return what each character is worth at most as part of a word of a group that each unit of the other side holds, 0 for none."""
    import numpy as np

    found = np.zeros((len(chars), others))
    for begin, end, groups in concept_words(chars):
        for group in groups:
            if group in units:
                own = found[begin:end, units[group]]
                found[begin:end, units[group]] = np.maximum(own, worth[group])
    return found


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

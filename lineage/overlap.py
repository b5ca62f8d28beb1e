"""How much of one text's words stand in another, counted by character n-grams weighted by rarity.

Three-character runs carry the match (two-character Chinese words are too common to be evidence); what they cover is weighted by the
squared inverse document frequency of character pairs, so that what both documents speak of all the time (税务机关, 养老服务) counts next
to nothing and 自助办税 much. Order inside a sentence does not
matter, so clauses that were moved about still match.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress

from lineage.fold import fold_plain
from lineage.units import Unit
from loaders.words import words

GRAM = 3
PLAIN = 4.0
"""The squared frequency is put on the scale of the plain one, at which a pair of characters of one sentence in fifty weighs 4."""


@dataclass(frozen=True, slots=True)
class Weighted:
    """A unit with the weight of each folded character and its n-grams."""

    unit: Unit
    weights: tuple[float, ...]
    grams: frozenset[str]
    pairs: frozenset[str]
    total: float


class Index:
    """How rare each pair of characters is in both documents, and the upper sentences so weighed."""

    def __init__(self, uppers: Sequence[Unit], lowers: Sequence[Unit]) -> None:
        counts: Counter[str] = Counter()
        for unit in (*uppers, *lowers):
            counts.update(_grams(unit.folded.chars, 2))
        number = len(uppers) + len(lowers)
        self._idf = {pair: rarity(count, number) for pair, count in counts.items()}
        self.uppers = [self.weigh(unit) for unit in uppers]

    def weigh(self, unit: Unit) -> Weighted:
        chars = unit.folded.chars
        pair_weights = [self._idf.get(chars[i : i + 2], 1.0) for i in range(len(chars) - 1)]
        weights = tuple(
            ((sum(near) / len(near)) if (near := pair_weights[max(0, i - 1) : i + 1]) else 1.0) * part
            for i, part in enumerate(stock_parts(chars))
        )
        return Weighted(unit, weights, _grams(chars, GRAM), _grams(chars, 2), sum(weights) or 1.0)


def rarity(count: int, number: int) -> float:
    """Return what is met in ``count`` of ``number`` units weighs."""
    return math.log(1 + number / count) ** 2 / PLAIN


def stock_parts(chars: str) -> list[float]:
    """Return, for each character, how much of its weight counts: little in stock words and dates (stock.yaml), else 1."""
    parts = [1.0] * len(chars)
    for hit in _stock().finditer(chars):
        parts[hit.start() : hit.end()] = [words("stock")["weight"]] * (hit.end() - hit.start())
    return parts


@cache
def _stock() -> re.Pattern[str]:
    rules = words("stock")
    return re.compile("|".join((*sorted((fold_plain(p) for p in rules["phrases"]), key=len, reverse=True), rules["dates"])))


def _grams(chars: str, size: int) -> frozenset[str]:
    return frozenset(chars[i : i + size] for i in range(len(chars) - size + 1))


def covered(one: Weighted, grams: frozenset[str], size: int = GRAM) -> list[bool]:
    """Return, for each folded character of ``one``, whether a run of ``size`` it belongs to is among ``grams``."""
    chars = one.unit.folded.chars
    found = [False] * len(chars)
    for i in range(len(chars) - size + 1):
        if chars[i : i + size] in grams:
            found[i : i + size] = [True] * size
    return found


def weight_of(one: Weighted, flags: Sequence[bool], begin: int = 0, end: int | None = None) -> float:
    stop = len(flags) if end is None else end
    return sum(compress(one.weights[begin:stop], flags[begin:stop]))


def share(one: Weighted, flags: Sequence[bool], begin: int = 0, end: int | None = None) -> float:
    """Return the weighted share of a stretch that is flagged, 0 to 1."""
    stop = len(flags) if end is None else end
    whole = sum(one.weights[begin:stop])
    return weight_of(one, flags, begin, stop) / whole if whole else 0.0


def runs(flags: Sequence[bool], *, gap: int = 2) -> list[tuple[int, int]]:
    """Return the flagged runs as (begin, end), those at most ``gap`` apart joined."""
    found: list[tuple[int, int]] = []
    for i, flag in enumerate(flags):
        if not flag:
            continue
        if found and i - found[-1][1] <= gap:
            found[-1] = (found[-1][0], i + 1)
        else:
            found.append((i, i + 1))
    return found

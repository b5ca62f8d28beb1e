"""Do two documents speak of the same things? The words each uses over and over are looked for in the other.

Two laws share whole sentences (任何单位和个人有权举报, 依法给予处分), but never what each is about: 噪声 stands in every article of one and
nowhere in the other. A table that carries out an opinion uses at least half of its most frequent words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lineage.common_words import commonness
from lineage.overlap import stock_parts
from lineage.units import Unit

MOST, OFTEN = 10, 0.25


def same_subject(uppers: Sequence[Unit], lowers: Sequence[Unit]) -> float:
    """Return how much of each side's most frequent words the other uses too, 0 to 1; a quarter as often is as well as ever."""
    one, other = _words(uppers), _words(lowers)
    return (_used(one, other) + _used(other, one)) / 2


def _words(units: Sequence[Unit]) -> dict[str, float]:
    """Return pairs of characters with how often they stand there, those common in policy texts counting less, stock words not at all."""
    counts: Counter[str] = Counter()
    for unit in units:
        chars, parts = unit.folded.chars, stock_parts(unit.folded.chars)
        counts.update(chars[i : i + 2] for i in range(len(chars) - 1) if parts[i] == parts[i + 1] == 1)
    common = commonness()
    return {pair: count * (1 - common.get(pair, 0.0)) ** 2 for pair, count in counts.items()}


def _used(one: dict[str, float], other: dict[str, float]) -> float:
    most = sorted(one.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    whole = sum(weight for _, weight in most)
    return sum(min(weight, other.get(pair, 0.0) / OFTEN) for pair, weight in most) / whole if whole else 0.0

"""The figures of a review, as the literature defines them: shares with their interval, and agreement beyond chance.

Small functions of our own: the packages that have them (statsmodels, scikit-learn, krippendorff) cost more to load than everything else
here, and bootstrapping goes over counts of equal units and not over units, so that fifty thousand decisions take no longer than fifty.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from math import sqrt
from typing import TypeVar

Z95 = 1.959963984540054
Interval = tuple[float, float]
T = TypeVar("T", bound=Hashable)


def wilson(right: float, of: float, z: float = Z95) -> Interval:
    """Return the score interval of a share without continuity correction; (0, 1) when nothing was counted.

    >>> [round(x, 4) for x in wilson(81, 263)]
    [0.2553, 0.3662]

    :source: Wilson 1927; Newcombe 1998, Statistics in Medicine 17:857, method 3 and its table of examples.
    """
    if of <= 0:
        return 0.0, 1.0
    share, spread = right / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def cohens_kappa(pairs: Mapping[tuple[str, str], float]) -> float | None:
    """Return the agreement of two reviewers beyond chance; None when chance alone would agree on everything.

    :param pairs: how many units the first put into one category and the second into the other.
    :source: Cohen 1960, Educational and Psychological Measurement 20:37.
    """
    total = sum(pairs.values())
    if not total:
        return None
    agreed = sum(count for (one, other), count in pairs.items() if one == other) / total
    first: Counter[str] = Counter()
    second: Counter[str] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count  # type: ignore[assignment]
        second[other] += count  # type: ignore[assignment]
    by_chance = sum(first[c] * second[c] for c in first) / total**2
    return None if by_chance >= 1 else (agreed - by_chance) / (1 - by_chance)


def krippendorffs_alpha(units: Mapping[tuple[str, ...], float]) -> float | None:
    """Return the agreement of any number of reviewers on nominal categories, units coded by some of them included.

    :param units: how many units have these values (sorted); a unit with fewer than two says nothing about agreement.
    :returns: None when there is nothing to compare, or all values are the same.
    :source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, sections A to C.
    """
    marginal: Counter[str] = Counter()
    differing = 0.0
    for values, times in units.items():
        size = len(values)
        if size < 2:
            continue
        counts = Counter(values)
        for value, count in counts.items():
            marginal[value] += count * times  # type: ignore[assignment]
        differing += times * (size * size - sum(c * c for c in counts.values())) / (size - 1)
    total = sum(marginal.values())
    expected = total * total - sum(c * c for c in marginal.values())
    return None if expected <= 0 else 1 - (total - 1) * differing / expected


def bootstrap(
    units: Mapping[T, int], figure: Callable[[Mapping[T, float]], float | None], *, seed: int, times: int = 1000, share: float = 0.95
) -> Interval | None:
    """Return the percentile interval of a figure over units drawn again with replacement; the same seed gives the same interval.

    :returns: None when the figure could be computed in fewer than half of the draws.
    :source: Efron 1979; for κ and α see Zapf et al. 2016, BMC Medical Research Methodology 16:93.
    """
    kinds = sorted(units, key=repr)
    total = sum(units.values())
    if not total:
        return None
    chance = random.Random(seed)
    found = []
    for _ in range(times):
        drawn = _multinomial(chance, total, [units[kind] for kind in kinds])
        value = figure({kind: count for kind, count in zip(kinds, drawn, strict=True) if count})
        if value is not None:
            found.append(value)
    if len(found) < times / 2:
        return None
    found.sort()
    cut = (1 - share) / 2
    return _quantile(found, cut), _quantile(found, 1 - cut)


def _quantile(values: Sequence[float], at: float) -> float:
    place = at * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def _multinomial(chance: random.Random, total: int, weights: Sequence[int]) -> list[int]:
    """Draw ``total`` units with replacement and count each kind: one binomial a kind, given those before it."""
    drawn, left, weight = [], total, sum(weights)
    for own in weights:
        count = binomial(chance, left, own / weight) if weight > own else left
        drawn.append(count)
        left -= count
        weight -= own
    return drawn


def binomial(chance: random.Random, of: int, share: float) -> int:
    """Return how many of some draws succeed, exactly distributed, in a number of steps that grows with the logarithm of ``of``.

    :source: Devroye 1986, Non-Uniform Random Variate Generation, X.4.3 (recursive, by order statistics). Python has it from 3.12 on.
    """
    got = 0
    while of > 30:
        if share <= 0 or share >= 1:
            return got + (of if share >= 1 else 0)
        middle = of // 2 + 1
        cut = chance.betavariate(middle, of + 1 - middle)
        if cut <= share:
            got, of, share = got + middle, of - middle, (share - cut) / (1 - cut)
        else:
            of, share = middle - 1, share / cut
    return got + sum(chance.random() < share for _ in range(of))

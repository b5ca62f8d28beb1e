"""The figures are those of the literature's own examples."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lineage.review.statistics import binomial, bootstrap, cohens_kappa, krippendorffs_alpha, wilson


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [  # Newcombe 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_s_interval(right: int, of: int, low: float, high: float) -> None:
    assert wilson(right, of) == pytest.approx((low, high), abs=5e-5)


def test_an_interval_of_nothing_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("both", "first", "second", "neither", "kappa"),
    [(20, 5, 10, 15, 0.4), (45, 15, 25, 15, 0.1304), (25, 35, 5, 35, 0.2593), (10, 0, 0, 10, 1.0), (0, 10, 10, 0, -1.0)],
)
def test_cohen_s_kappa(both: int, first: int, second: int, neither: int, kappa: float) -> None:
    pairs = {("y", "y"): both, ("y", "n"): first, ("n", "y"): second, ("n", "n"): neither}
    assert cohens_kappa(pairs) == pytest.approx(kappa, abs=5e-5)


def test_kappa_says_nothing_where_chance_agrees_on_all() -> None:
    assert cohens_kappa({("y", "y"): 10}) is None
    assert cohens_kappa({}) is None


def units(*rows: str) -> Counter[tuple[str, ...]]:
    """Columns of a table of codings, one row a reviewer; a dot is no coding."""
    return Counter(tuple(sorted(v for v in column if v != ".")) for column in zip(*rows, strict=True))


@pytest.mark.parametrize(
    ("rows", "alpha"),
    [  # Krippendorff 2011, sections A (binary, two observers), B (nominal, two) and C (four observers, some missing)
        (("0100000000", "1110010010"), 0.095),
        (("aabbdcccedda", "babbbccceddd"), 0.692),
        (("123321412...", "1233224125.3", ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_krippendorff_s_alpha(rows: tuple[str, ...], alpha: float) -> None:
    assert krippendorffs_alpha(units(*rows)) == pytest.approx(alpha, abs=5e-4)


def test_alpha_says_nothing_without_variation_or_second_codings() -> None:
    assert krippendorffs_alpha(units("aaaa", "aaaa")) is None
    assert krippendorffs_alpha(units("abab", "....")) is None


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=60))
def test_alpha_is_one_only_where_all_agree(codings: list[tuple[str, str]]) -> None:
    alpha = krippendorffs_alpha(Counter(tuple(sorted(pair)) for pair in codings))
    agree = all(one == other for one, other in codings)
    assert alpha is None or (alpha == pytest.approx(1.0)) == agree
    kappa = cohens_kappa(Counter(codings))
    assert kappa is None or (kappa == pytest.approx(1.0)) == agree


def test_a_bootstrap_is_the_same_for_the_same_seed_and_holds_the_figure() -> None:
    pairs = {("y", "y"): 40, ("y", "n"): 6, ("n", "y"): 4, ("n", "n"): 50}
    kappa = cohens_kappa(pairs)
    one, again, other = (bootstrap(pairs, cohens_kappa, seed=seed) for seed in (7, 7, 8))
    assert one == again != other
    assert one is not None and kappa is not None and one[0] < kappa < one[1]
    # the large-sample standard error of this kappa is 0.060 (Fleiss, Cohen and Everitt 1969): the interval is about 0.80 ± 0.118
    assert one == pytest.approx((0.68, 0.92), abs=0.03)


def test_a_bootstrap_of_fifty_thousand_units_counts_them_all() -> None:
    seen: list[float] = []

    def total(counts: object) -> float:
        assert isinstance(counts, dict)
        seen.append(sum(counts.values()))
        return counts.get("a", 0) / sum(counts.values())

    low, high = bootstrap({"a": 30_000, "b": 20_000}, total, seed=1) or (0, 0)
    assert set(seen) == {50_000}
    assert (low, high) == pytest.approx((0.5957, 0.6043), abs=0.001)  # 0.6 ± 1.96 √(0.24 / 50,000)


@pytest.mark.parametrize(("of", "share"), [(10, 0.3), (1000, 0.3), (1000, 0.97), (50, 0.0), (50, 1.0)])
def test_binomial_draws_have_the_mean_and_spread_they_should(of: int, share: float) -> None:
    chance = random.Random(5)
    drawn = [binomial(chance, of, share) for _ in range(4000)]
    mean = sum(drawn) / len(drawn)
    spread = sum((d - mean) ** 2 for d in drawn) / len(drawn)
    assert mean == pytest.approx(of * share, abs=4 * (of * share * (1 - share) / 4000) ** 0.5 + 1e-9)
    assert spread == pytest.approx(of * share * (1 - share), rel=0.12, abs=1e-9)

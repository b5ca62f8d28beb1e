"""How common a pair of characters is in policy texts at large: 建立 stands in nearly all, 叶酸 in one.

The counts are data (``common_pairs.json``, written by ``benchmarks/fit_alignment.py``): in how many of so many domains a pair of characters
stands, counted in the documents the aligner was fitted on; pairs of fewer than ``LEAST`` domains are not listed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "common_pairs.json"
LEAST = 3


@cache
def commonness() -> dict[str, float]:
    """Return the share of domains that hold a pair of characters, for the pairs that are at all common."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    return {pair: int(number) / data["domains"] for number, pairs in data["pairs"].items() for pair in pairs.split()}


def shares(domains: Iterable[Collection[str]]) -> dict[str, float]:
    """Return the same for the pairs of characters of some domains."""
    held = list(domains)
    return {pair: number / len(held) for pair, number in Counter(p for pairs in held for p in pairs).items() if number >= LEAST}

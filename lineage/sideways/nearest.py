"""Which documents of a corpus are worth comparing: those that share wording which no document they rest on explains.

All pairs of a nation's documents cannot be compared. Runs of ten folded characters are held against each other by their checksums, in a
large corpus every sixteenth of them; what a document took from above and what very many have is left out, and each document keeps its
nearest few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from itertools import combinations
from zlib import crc32

from lineage.sideways.compare import LEAST_CHARS
from lineage.sideways.units import units_of
from loaders.records import Extraction

SMALL_CORPUS = 50  # documents; up to there every run is looked at
EVERY = 16
MOST_HOLDERS = 20  # documents with the same run before it counts as a phrase of the kind
NEAREST = 8

Runs = frozenset[int]


def runs_of(document: Extraction) -> Runs:
    """Return the checksums of a document's runs of ten folded characters, within its units."""
    found: set[int] = set()
    for unit in units_of(document):
        data = unit.folded.chars
        found.update(crc32(data[at : at + LEAST_CHARS].encode()) for at in range(len(data) - LEAST_CHARS + 1))
    return frozenset(found)


def worth_comparing(runs: Mapping[str, Runs], bases: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """Return pairs of documents by slug, sorted; ``bases`` are the documents each rests on, which it is not compared with."""
    every = EVERY if len(runs) > SMALL_CORPUS else 1
    holders: defaultdict[int, list[str]] = defaultdict(list)
    for slug in sorted(runs):
        own = runs[slug].difference(*(runs[base] for base in bases.get(slug, ())))
        for run in own:
            if run % every == 0:
                holders[run].append(slug)
    counts: Counter[tuple[str, str]] = Counter()
    for slugs in holders.values():
        if 1 < len(slugs) <= MOST_HOLDERS:
            counts.update(combinations(slugs, 2))
    rests = {(slug, base) for slug, found in bases.items() for base in found}
    near: defaultdict[str, list[tuple[int, tuple[str, str]]]] = defaultdict(list)
    for pair, count in counts.items():
        if pair not in rests and pair[::-1] not in rests:
            for slug in pair:
                near[slug].append((-count, pair))
    return sorted({pair for found in near.values() for _, pair in sorted(found)[:NEAREST]})

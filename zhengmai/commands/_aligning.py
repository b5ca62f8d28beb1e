"""The part of a build that puts documents beside each other: aligned once, with what people decided, level by level, and as N-Quads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from lineage.align import align
from lineage.basis import carried_out
from lineage.chains import Corpus, chains_of
from lineage.describe import describe_pair
from lineage.describe_chains import change_words, describe_chains, describe_restored
from lineage.describe_coverage import describe_basis_gaps, nearest_of
from lineage.functions import Counterparts
from lineage.levels import LevelChange, Pairs, level_by_level
from lineage.pair_nodes import Pair
from lineage.records import PairResult
from lineage.review.apply import apply_decisions
from lineage.review.describe import describe_decisions
from lineage.review.pairs import ReviewPair, keep_only, review_pair, write_pair
from lineage.review.records import Record
from lineage.review.settle import settle
from lineage.review.whole import decided_basis
from lineage.upper_rows import UpperViews
from lineage.worth_aligning import worth_aligning
from zhengmai.commands._kept import Cache, key_of
from zhengmai.commands._sharing import shared_text
from zhengmai.progress import say

Name = tuple[str, str]  # upper slug, lower slug


@dataclass(frozen=True)
class Aligning:
    """What is aligned: documents by slug with their levels and content keys, what people said, and who answers to whom."""

    corpus: Corpus
    levels: Mapping[str, str | None]
    keys: Mapping[str, str]
    records: Sequence[Record]
    counterparts: Counterparts
    titles: Mapping[str, str]
    dates: Mapping[str, str | None]


def align_all(cache: Cache, given: Aligning) -> tuple[list[str], int]:
    """Return the lines of every pair and chain, and how many pairs there are; what became of direct links is told."""
    said: defaultdict[Name, list[Record]] = defaultdict(list)
    for record in given.records:
        said[record.upper, record.lower].append(record)
    direct = {name: _machine(cache, given, *name, said[name]) for name in pairs_to_align(given)}
    first = {name: _settled(given, *name, result, said[name]) if said[name] else result for name, result in direct.items()}
    uppers = UpperViews(given.corpus)
    judged = {name for name, result in direct.items() if result.basis.decided_by != "rule"}
    alone = {name: _machine(cache, given, *name, ()) for name in judged}
    machine, changes = level_by_level(
        direct, uppers, given.levels, first if any(said.values()) else None, {**direct, **alone} if alone else None
    )
    lines: list[str] = []
    decided: Pairs = {}
    back = {(change.upper, change.lower): change for change in changes}
    for name, result in machine.items():
        decided[name], described = _described_once(cache, given, *name, result, said[name], back.get(name))
        lines += described
    lines += _without_basis(given, decided)
    keep_only(cache.built, {f"{lower}--{upper}" for upper, lower in machine})
    lines += shared_text(cache, given.corpus, decided, given.keys, given.dates)
    lines += describe_chains(chains_of(decided, uppers), given.corpus, changes)
    for zh, en in change_words(changes, given.titles):
        say(zh, en)
    return lines, len(machine)


def pairs_to_align(given: Aligning) -> list[Name]:
    """Every document from a higher level is held against every one of a lower level, in a large store against those worth it.

    So is every pair that people spoke about, and, within one level or where a level is not known, a document and the one it says it
    carries out (an office's list of tasks under its own 实施意见).
    """
    order = ("national", "provincial", "city", "county", "township")
    rank = {slug: order.index(level) for slug, level in given.levels.items() if level in order}
    chosen = {(record.upper, record.lower) for record in given.records if record.kind == "pair"}
    asked = chosen | {(u, v) for u, v in carried_out(given.corpus) if rank.get(u) == rank.get(v) or u not in rank or v not in rank}
    pairs = [
        (upper, lower)
        for upper, lower in permutations(given.corpus, 2)
        if (given.corpus[upper].provisions or given.corpus[upper].rows)
        and ((upper, lower) in asked or (upper in rank and lower in rank and rank[upper] < rank[lower]))
    ]
    worth = {*worth_aligning(given.corpus, pairs), *asked}
    if passed := sum(name not in worth for name in pairs):
        say(
            f"文件较多：{len(pairs)} 对中 {passed} 对几无共同文字，未逐句比对。",
            f"A large store: {passed} of {len(pairs)} pairs share hardly any words and were not aligned.",
        )
    return [name for name in pairs if name in worth]


def _machine(cache: Cache, given: Aligning, upper: str, lower: str, said: Sequence[Record]) -> PairResult:
    """Return what the aligner says about a pair, aligned once; people's word on the pair as a whole goes before the rule's."""
    above, below = given.corpus[upper], given.corpus[lower]
    decided = decided_basis(said, above, upper, below, lower)
    key = key_of(given.keys[upper], given.keys[lower], repr(sorted(map(sorted, given.counterparts))), repr(decided))
    name = f"align-{lower}--{upper}" + ("--decided" if decided else "")
    result: PairResult = cache.keep(name, key, lambda: align(above, below, counterparts=given.counterparts, decided=decided))
    return result


def _settled(given: Aligning, upper: str, lower: str, result: PairResult, said: Sequence[Record]) -> PairResult:
    above, below = given.corpus[upper], given.corpus[lower]
    return apply_decisions(result, settle(review_pair(result, above, upper, below, lower), said), above, below)


def _without_basis(given: Aligning, decided: Pairs) -> list[str]:
    """Return the tasks of every document that rests on nothing held, each against the upper document that comes nearest."""
    by_lower: defaultdict[str, list[tuple[str, PairResult]]] = defaultdict(list)
    for (upper, lower), result in decided.items():
        by_lower[lower].append((upper, result))
    lines: list[str] = []
    for lower, results in by_lower.items():
        if all(result.basis.verdict == "no" for _, result in results):
            upper = nearest_of(results)
            lines += describe_basis_gaps(decided[upper, lower], Pair(given.corpus[upper], upper, given.corpus[lower], lower))
    return lines


def _described_once(
    cache: Cache, given: Aligning, upper: str, lower: str, result: PairResult, said: Sequence[Record], change: LevelChange | None
) -> tuple[PairResult, list[str]]:
    """Return a pair's result with what people decided, and its lines; the machine's own word is kept for review."""
    pair = Pair(given.corpus[upper], upper, given.corpus[lower], lower)
    for_review = review_pair(result, pair.upper, upper, pair.lower, lower)
    write_pair(cache.built, for_review)
    links = [(link.task, link.sentence, link.status) for link in result.links]
    restored = change.restored if change else ()
    key = key_of(given.keys[upper], given.keys[lower], repr(list(said)), repr((result.basis, links, restored)))
    found: tuple[PairResult, list[str]] = cache.keep(f"pair-{pair.name}", key, lambda: _described(result, for_review, said, pair, change))
    return found


def _described(
    result: PairResult, for_review: ReviewPair, said: Sequence[Record], pair: Pair, change: LevelChange | None
) -> tuple[PairResult, list[str]]:
    settled = settle(for_review, said)
    decided = apply_decisions(result, settled, pair.upper, pair.lower)
    lines = {*describe_pair(decided, pair), *describe_decisions(settled, decided, pair), *(describe_restored(change) if change else ())}
    return decided, sorted(lines)

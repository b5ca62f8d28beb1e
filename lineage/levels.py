"""Links made level by level: where a document between two others is held, the way over it takes the place of the direct links.

A pair that skips a level (越级对照) is held against each other only because nothing between is held. Once a document between is there,
based on the upper one and the lower one based on it, a direct link that the way over it reaches as well goes; one it does not reach stays,
as proposed: its words stand in both, and not in the document between. Where people reject a link of the way (or that a document of it
is based on the other), the way is gone and the direct link is back as the aligner left it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from lineage.chains import Corpus, Step, Ways
from lineage.divergence import divergences_of
from lineage.records import Basis, Link, PairResult
from lineage.upper_rows import UpperViews
from loaders.words import words

Pairs: TypeAlias = "dict[tuple[str, str], PairResult]"  # by (upper slug, lower slug)
Key: TypeAlias = "tuple[str, str]"  # task, sentence


@dataclass(frozen=True, slots=True)
class Rejected:
    """What people rejected on a way: a link between two documents by slug, or (``task`` "") that the lower is based on the upper."""

    upper: str
    lower: str
    task: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """What became of a pair's direct links: ``replaced`` are reached over ``through``, ``left`` are not and await review.

    ``restored`` were reached by what the aligner found, and are back because of what people rejected.
    """

    upper: str
    lower: str
    through: tuple[str, ...]
    replaced: tuple[Key, ...]
    left: tuple[Key, ...]
    restored: tuple[tuple[Key, tuple[Rejected, ...]], ...] = ()


def level_by_level(
    pairs: Pairs, corpus: Corpus, levels: Mapping[str, str | None], decided: Pairs | None = None, alone: Pairs | None = None
) -> tuple[Pairs, tuple[LevelChange, ...]]:
    """Return the pairs with direct links replaced where a document between is held, and what changed, in the order of the pairs.

    ``levels`` are the documents' levels by slug; ``decided`` the same pairs with what people said, which decides what stands between;
    ``alone`` what the aligner would have found without them, where they said that a pair is, or is not, based.
    """
    corpus = corpus if isinstance(corpus, UpperViews) else UpperViews(corpus)
    said = pairs if decided is None else decided
    alone = pairs if alone is None else alone
    stand, stood = _Between(said, corpus, levels), _Between(alone, corpus, levels)
    changed: Pairs = dict(pairs)
    told: list[LevelChange] = []
    for (upper, lower), result in pairs.items():
        if result.basis.verdict == "no":
            continue
        middles = stand.middles(upper, lower)
        once = stood.middles(upper, lower) if decided is not None else middles
        if not middles and not once:
            continue
        reached = stand.reached(upper, lower, middles)
        back = _restored(stood, said, (upper, lower), once, set(reached)) if decided is not None else {}
        change = _change(said[upper, lower], upper, lower, middles, set(reached), back)
        if middles or change.restored:
            told.append(change)
        if middles:
            kept = tuple(link for link in result.links if _stays(link, change))
            links = tuple(link if _key(link) in back or _by_people(said[upper, lower], link) else _left(link) for link in kept)
            still = tuple(level for level in result.basis.missing_levels if level not in {levels.get(m) for m in middles})
            changed[upper, lower] = replace(
                result,
                basis=replace(result.basis, missing_levels=still, skips_level=True, through=middles),
                links=links,
                divergences=divergences_of(corpus[upper], corpus[lower], links, result.counterparts),
            )
    return changed, tuple(told)


class _Between:
    """What stands between documents by some pairs' results: documents that rest on one and that the other rests on, and ways over them."""

    def __init__(self, pairs: Pairs, corpus: Corpus, levels: Mapping[str, str | None]) -> None:
        self._pairs, self._corpus = pairs, corpus
        self._ways: Ways | None = None  # found when first asked for
        ladder = {level: at for at, level in enumerate(words("levels")["ladder"])}
        self._rank = {slug: ladder[level] for slug, level in levels.items() if level in ladder}
        self._bases: defaultdict[str, set[str]] = defaultdict(set)
        for (upper, lower), result in pairs.items():
            if _rests(result.basis):
                self._bases[lower].add(upper)

    def middles(self, upper: str, lower: str) -> tuple[str, ...]:
        """Return the documents of a level between that come from the upper one and that the lower one comes from."""
        if upper not in self._rank or lower not in self._rank:
            return ()
        between = (m for m in self._bases[lower] if m in self._rank and self._rank[upper] < self._rank[m] < self._rank[lower])
        return tuple(sorted(m for m in between if upper in self._bases[m]))

    def reached(self, upper: str, lower: str, middles: Iterable[str]) -> dict[Key, list[tuple[Step, ...]]]:
        """Return the ways up to a document over others, by their two ends."""
        found: dict[Key, list[tuple[Step, ...]]] = {}
        for middle in middles:
            self._ways = self._ways or Ways(self._pairs, self._corpus)
            for way in self._ways.up(lower, through=middle):
                if way[-1].upper == upper:
                    found.setdefault((way[0].task, way[-1].sentence or ""), []).append(way)
        return found


def _rests(basis: Basis) -> bool:
    """Is the lower document based on the upper one? Where people have not settled it, what the rule said holds until they do."""
    return basis.verdict == "yes" or (basis.verdict == "unclear" and basis.decided_by != "rule" and basis.by_rule == "yes")


def _restored(
    stood: _Between, said: Pairs, pair: tuple[str, str], once: Iterable[str], reached: set[Key]
) -> dict[Key, tuple[Rejected, ...]]:
    """Return the direct links whose every way people cut, with what they rejected on those ways."""
    direct = {_key(link) for link in said[pair].links if link.sentence}
    ways = stood.reached(*pair, once) if direct else {}
    found = {}
    for ends in ways:
        cuts = {cut: None for way in ways[ends] for step in way if (cut := _cut(step, said)) is not None}
        if ends in direct and ends not in reached and cuts:
            found[ends] = tuple(cuts)
    return found


def _cut(step: Step, said: Pairs) -> Rejected | None:
    """Return what people rejected of a step of a way, None where it still stands."""
    result = said.get((step.upper, step.lower))
    if result is None or result.basis.verdict == "no":
        return Rejected(step.upper, step.lower)
    stands = any(link.status != "rejected" for link in result.links if _key(link) == (step.task, step.sentence))
    return None if stands else Rejected(step.upper, step.lower, step.task, step.sentence or "")


def _change(
    said: PairResult, upper: str, lower: str, middles: tuple[str, ...], reached: set[Key], back: Mapping[Key, tuple[Rejected, ...]]
) -> LevelChange:
    direct = [(link, _key(link)) for link in said.links if link.sentence and link.status != "rejected"]
    over = tuple(key for link, key in direct if key in reached and link.decided_by == "rule")
    left = tuple(key for link, key in direct if middles and key not in reached and key not in back)
    return LevelChange(upper, lower, middles, over, left, tuple((key, back[key]) for _, key in direct if key in back))


def _key(link: Link) -> Key:
    return link.task, link.sentence or ""


def _stays(link: Link, change: LevelChange) -> bool:
    return link.sentence is not None and _key(link) not in change.replaced


def _by_people(said: PairResult, link: Link) -> bool:
    return any(_key(one) == _key(link) and one.decided_by != "rule" for one in said.links)


def _left(link: Link) -> Link:
    """A rule does not accept over a document that is held; what people decided stays."""
    return replace(link, status="proposed") if link.status == "accepted" and link.decided_by == "rule" else link

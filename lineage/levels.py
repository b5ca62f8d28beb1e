"""Links made level by level: where a document between two others is held, the way over it takes the place of the direct links.

A pair that skips a level (越级对照) is held against each other only because nothing between is held. Once a document between is there,
based on the upper one and the lower one based on it, a direct link that the way over it reaches as well goes; one it does not reach stays,
as proposed: its words stand in both, and not in the document between.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from lineage.chains import Corpus, ways_up
from lineage.divergence import divergences_of
from lineage.records import Link, PairResult
from loaders.words import words

Pairs: TypeAlias = "dict[tuple[str, str], PairResult]"  # by (upper slug, lower slug)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """What became of a pair's direct links: ``replaced`` are reached over ``through``, ``left`` are not and await review."""

    upper: str
    lower: str
    through: tuple[str, ...]
    replaced: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]


def level_by_level(pairs: Pairs, corpus: Corpus, levels: Mapping[str, str | None]) -> tuple[Pairs, tuple[LevelChange, ...]]:
    """Return the pairs with direct links replaced where a document between is held, and what changed, in the order of the pairs.

    ``levels`` are the documents' levels by slug.
    """
    changed: Pairs = dict(pairs)
    told: list[LevelChange] = []
    for (upper, lower), result in pairs.items():
        middles = _between(pairs, upper, lower, levels)
        if not middles or result.basis.verdict == "no":
            continue
        reached = {
            (way[0].task, way[-1].sentence or "")
            for middle in middles
            for way in ways_up(pairs, corpus, lower, through=middle)
            if way[-1].upper == upper
        }
        told.append(_change(upper, lower, middles, result.links, reached))
        kept = tuple(_left(link) for link in result.links if link.sentence and (link.task, link.sentence) not in reached)
        still = tuple(level for level in result.basis.missing_levels if level not in {levels.get(m) for m in middles})
        changed[upper, lower] = replace(
            result,
            basis=replace(result.basis, missing_levels=still, skips_level=True, through=middles),
            links=kept,
            divergences=divergences_of(corpus[upper], corpus[lower], kept, result.counterparts),
        )
    return changed, tuple(told)


def _between(pairs: Pairs, upper: str, lower: str, levels: Mapping[str, str | None]) -> tuple[str, ...]:
    """Documents of a level between that come from the upper one and that the lower one comes from."""
    rank = {level: at for at, level in enumerate(words("levels")["ladder"])}
    top, bottom = (rank.get(levels.get(slug) or "") for slug in (upper, lower))
    if top is None or bottom is None:
        return ()
    found = []
    for slug, level in levels.items():
        at = rank.get(level or "")
        if at is not None and top < at < bottom and _is_based(pairs, upper, slug) and _is_based(pairs, slug, lower):
            found.append(slug)
    return tuple(sorted(found))


def _is_based(pairs: Pairs, upper: str, lower: str) -> bool:
    result = pairs.get((upper, lower))
    return result is not None and result.basis.verdict == "yes"


def _change(upper: str, lower: str, middles: tuple[str, ...], links: Sequence[Link], reached: set[tuple[str, str]]) -> LevelChange:
    direct = [(link.task, link.sentence) for link in links if link.sentence]
    return LevelChange(
        upper,
        lower,
        middles,
        tuple(pair for pair in direct if pair in reached),
        tuple(pair for pair in direct if pair not in reached),
    )


def _left(link: Link) -> Link:
    """A rule does not accept over a document that is held; what people decided stays."""
    return replace(link, status="proposed") if link.status == "accepted" and link.decided_by == "rule" else link

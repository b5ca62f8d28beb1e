"""A random sample to judge the machine by: links, and what it says there is no link for.

Links are drawn in strata (relation, band of confidence, document), each with its share and at least one. What was *not* linked is drawn
too, else nobody would learn what was missed: sentences without a task, tasks without a basis, and for each linked task the nearest
sentence that was turned down. Every item carries its stratum, how large that is and how many were drawn of it, into the decisions file.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from lineage.fold import fold_plain
from lineage.review.pairs import ReviewPair, read_pairs
from lineage.review.records import Item, item_id
from zhengmai.errors import UsageError
from zhengmai.workspace import Workspace

FIELDS = ("relation", "confidence", "document")
BANDS = (0.0, 0.5, 0.75, 0.9)
NON_LINKS = 0.5
NEAR = "near"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of what could be drawn: ``kind`` link, gap, no-basis or near; ``name`` its relation, band and document; ``of`` the
    number of all links, or of everything else."""

    kind: str
    name: str
    size: int
    drawn: int
    of: int
    seed: int

    def __str__(self) -> str:
        return f"seed={self.seed} kind={self.kind} stratum={self.name or '-'} size={self.size} drawn={self.drawn} of={self.of}"

    @staticmethod
    def read(text: str) -> Stratum | None:
        """Return the stratum a record names; None when it names none."""
        said = dict(part.split("=", 1) for part in text.split() if "=" in part)
        try:
            return Stratum(said["kind"], said["stratum"], int(said["size"]), int(said["drawn"]), int(said["of"]), int(said["seed"]))
        except (KeyError, ValueError):
            return None


def draw_sample(
    workspace: Workspace, *, n: int, by: Sequence[str] = FIELDS, seed: int, pair: tuple[str, str] | None = None
) -> dict[str, Stratum]:
    """Return the items drawn, by id, with the stratum of each. The same graph and seed give the same sample.

    Half of ``n`` goes to links and half to what was not linked; where one side has fewer, the other gets the rest.

    :raises UsageError: for a field to stratify by that there is none of, or when nothing was built yet.
    """
    strange = [field for field in by if field not in FIELDS]
    if strange:
        raise UsageError(
            where="--by",
            found=strange[0],
            expected=", ".join(FIELDS),
            fix="choose among these, joined by commas",
            zh=f"--by 可选：{'、'.join(FIELDS)}。",
        )
    links: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    others: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for p in read_pairs(workspace):
        if pair in (None, (p.lower, p.upper)):
            document = f"{p.lower}--{p.upper}" if "document" in by else ""
            for item in (i for i in p.items.values() if i.kind != "pair"):  # few, and judged one by one
                part = (item.kind, "/".join(_parts(item, by, document)))
                (links if item.kind == "link" else others)[part].append(item.id)
            others[NEAR, document] += near_non_links(p)
    there = [sum(map(len, strata.values())) for strata in (links, others)]
    want = min(there[1], max(round(n * NON_LINKS), n - there[0]))
    return {**_draw(links, min(there[0], n - want), seed), **_draw(others, want, seed)}


def _parts(item: Item, by: Sequence[str], document: str) -> Iterable[str]:
    if item.kind == "link" and "relation" in by:
        yield item.relation
    if item.kind == "link" and "confidence" in by:
        yield band(item.confidence)
    if document:
        yield document


def band(confidence: float | None) -> str:
    """Return the band of a confidence, as from-to.

    >>> band(0.8), band(1.0), band(0.5)
    ('0.75-0.9', '0.9-1', '0.5-0.75')
    """
    edges = (*BANDS, 1.0)
    at = max((i for i, low in enumerate(BANDS) if (confidence or 0.0) >= low), default=0)
    return f"{edges[at]:g}-{edges[at + 1]:g}"


def _draw(strata: dict[tuple[str, str], list[str]], n: int, seed: int) -> dict[str, Stratum]:
    filled = {name: sorted(items) for name, items in sorted(strata.items()) if items}
    shares = allot({name: len(items) for name, items in filled.items()}, n)
    total = sum(map(len, filled.values()))
    drawn: dict[str, Stratum] = {}
    for name, items in filled.items():
        chosen = random.Random(f"{seed} {name}").sample(items, shares[name])
        drawn |= {item: Stratum(*name, len(items), shares[name], total, seed) for item in sorted(chosen, key=items.index)}
    return drawn


def allot(sizes: dict[tuple[str, str], int], n: int) -> dict[tuple[str, str], int]:
    """Return how many to draw of each stratum: at least one while there are enough, else in proportion, the largest rests first."""
    total = sum(sizes.values())
    n = min(n, total)
    if n < len(sizes):
        largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:n]
        return {name: int(name in largest) for name in sizes}
    shares = {name: max(1, n * size // total) for name, size in sizes.items()}
    while (over := sum(shares.values()) - n) != 0:
        step = -1 if over > 0 else 1
        rest = {name: n * sizes[name] / total - shares[name] for name in sizes if 1 <= shares[name] + step <= sizes[name]}
        shares[max(rest, key=lambda name: (step * rest[name], name))] += step
    return shares


def near_non_links(pair: ReviewPair) -> list[str]:
    """Return for each task that has links the nearest sentence that has links too, and not one of this task's.

    Sentences and tasks without any link are drawn as such. Nearness is shared pairs of characters, the rarer the heavier.
    """
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for item in pair.items.values():
        if item.kind == "link":
            linked[item.task].add(item.provision)
    sentences = {own: _bigrams(pair.provisions[own].words) for own in sorted({s for found in linked.values() for s in found})}
    holders: defaultdict[str, list[str]] = defaultdict(list)
    for own, bigrams in sentences.items():
        for bigram in bigrams:
            holders[bigram].append(own)
    found = []
    for task, own_sentences in linked.items():
        score: Counter[str] = Counter()
        for bigram in sorted(_bigrams(pair.tasks[task].words)):
            weight = log(1 + len(sentences) / max(1, len(holders[bigram])))
            for sentence in holders[bigram]:
                if sentence not in own_sentences:
                    score[sentence] += weight  # type: ignore[assignment]
        if score:
            best = max(score, key=lambda s: (score[s] / (20 + len(sentences[s])), s))
            found.append(item_id("link", pair.lower, task, pair.upper, best))
    return found


def _bigrams(words: str) -> set[str]:
    folded = fold_plain(words)
    return {folded[at : at + 2] for at in range(len(folded) - 1)}

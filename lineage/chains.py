"""Ways from a task over documents between to an upper sentence: three and more levels, as sure as their weakest link.

A link's lower end in running text is a clause; a way goes on from the sentence it reached, where the next link's evidence lies in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lineage.records import Link, PairResult
from lineage.upper_rows import as_upper, row_of
from loaders.records import Extraction

Corpus: TypeAlias = "Mapping[str, Extraction]"  # by slug
MOST_STEPS = 6  # there are five levels


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a way, between two documents by slug."""

    lower: str
    upper: str
    link: Link

    @property
    def task(self) -> str:
        return self.link.task

    @property
    def sentence(self) -> str | None:
        return self.link.sentence


@dataclass(frozen=True, slots=True)
class Chain:
    """A way of two and more links, lowest first. Its confidence is the least of its links'."""

    steps: tuple[Step, ...]

    @property
    def weakest(self) -> Step:
        return min(self.steps, key=lambda step: step.link.confidence)

    @property
    def by_people(self) -> int:
        """How many links people decided."""
        return sum(step.link.decided_by != "rule" for step in self.steps)

    @property
    def proposed(self) -> int:
        return sum(step.link.status == "proposed" for step in self.steps)


def chains_of(pairs: Mapping[tuple[str, str], PairResult], corpus: Corpus) -> tuple[Chain, ...]:
    """Return every way of two and more links, each as far up as it goes, in the order of the documents and tasks. Keys: (upper, lower)."""
    lowers = dict.fromkeys(lower for _, lower in sorted(pairs, key=lambda pair: (pair[1], pair[0])))
    found = [Chain(way) for lower in lowers for way in ways_up(pairs, corpus, lower)]
    return tuple(chain for chain in found if len(chain.steps) > 1)


def ways_up(
    pairs: Mapping[tuple[str, str], PairResult], corpus: Corpus, lower: str, *, through: str | None = None
) -> Iterator[tuple[Step, ...]]:
    """Yield the ways up from a document's tasks, of two and more links and every part of a longer one; ``through`` names the first stop."""
    ups = _by_task(pairs)
    corpus = {slug: as_upper(document) for slug, document in corpus.items()}
    for step in sorted(_first(ups, lower), key=lambda s: (s.upper, s.task, s.sentence or "")):
        if through is None or step.upper == through:
            yield from _on((step,), ups, corpus)


def _first(ups: Mapping[tuple[str, str], list[Step]], lower: str) -> list[Step]:
    return [step for (slug, _), steps in ups.items() if slug == lower for step in steps]


def _on(way: tuple[Step, ...], ups: Mapping[tuple[str, str], list[Step]], corpus: Corpus) -> Iterator[tuple[Step, ...]]:
    last = way[-1]
    if len(way) > 1:
        yield way
    if len(way) >= MOST_STEPS:
        return
    document = corpus[last.upper]
    sentence = next((p for p in document.provisions if p.id == last.sentence), None)
    if sentence is None or sentence.parent is None:
        return
    start, end = sentence.place.start or 0, sentence.place.end or 0
    for step in ups.get((last.upper, row_of(sentence.parent)), ()):
        seen = {s.lower for s in way}
        if step.upper not in seen and any(q.start < end and start < q.end for q in step.link.task_evidence):
            yield from _on((*way, step), ups, corpus)


def _by_task(pairs: Mapping[tuple[str, str], PairResult]) -> dict[tuple[str, str], list[Step]]:
    """Return the links that stand, by the lower document and its task."""
    found: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for (upper, lower), result in sorted(pairs.items(), key=lambda item: item[0]):
        for link in result.links:
            if link.sentence and link.status != "rejected":
                found[lower, link.task].append(Step(lower, upper, link))
    return found

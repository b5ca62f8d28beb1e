"""Ways from a task over documents between to an upper sentence: three and more levels, as sure as their weakest link.

A link's lower end in running text is a clause; a way goes on from the sentence it reached, where the next link's evidence lies in it.
An opinion that shares its work out in a table of its own has its links upwards from the table's rows: there a way goes on from the rows
whose evidence says what the sentence says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from lineage.fold import fold_plain
from lineage.records import Link, PairResult
from lineage.upper_rows import UpperViews, row_of
from loaders.records import Extraction, Provision

Corpus: TypeAlias = "Mapping[str, Extraction]"  # by slug
MOST_STEPS = 6  # there are five levels
RUN, LEAST_WORDS, REPEATED = 3, 8, 0.6


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
    ways = Ways(pairs, corpus)
    return tuple(Chain(way) for lower in lowers for way in ways.up(lower))


class Ways:
    """The links that stand between some documents, walked upwards. ``pairs`` are by (upper slug, lower slug)."""

    def __init__(self, pairs: Mapping[tuple[str, str], PairResult], corpus: Corpus) -> None:
        self._corpus = corpus if isinstance(corpus, UpperViews) else UpperViews(corpus)
        self._by_task: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
        self._by_lower: defaultdict[str, list[Step]] = defaultdict(list)
        self._sentences: dict[str, dict[str, Provision]] = {}
        for (upper, lower), result in sorted(pairs.items(), key=lambda item: item[0]):
            for link in result.links:
                if link.sentence and link.status != "rejected":
                    step = Step(lower, upper, link)
                    self._by_task[lower, link.task].append(step)
                    self._by_lower[lower].append(step)

    def up(self, lower: str, *, through: str | None = None) -> Iterator[tuple[Step, ...]]:
        """Yield the ways up from a document's tasks, of two and more links and every part of a longer one; ``through``: the first stop."""
        for step in sorted(self._by_lower[lower], key=lambda s: (s.upper, s.task, s.sentence or "")):
            if through is None or step.upper == through:
                yield from self._on((step,))

    def _on(self, way: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
        last = way[-1]
        if len(way) > 1:
            yield way
        if len(way) >= MOST_STEPS or last.upper not in self._by_lower:
            return
        sentence = self._sentence(last)
        if sentence is None or sentence.parent is None:
            return
        start, end = sentence.place.start or 0, sentence.place.end or 0
        seen = {step.lower for step in way}
        for step in self._by_task.get((last.upper, row_of(sentence.parent)), ()):
            if step.upper not in seen and any(q.start < end and start < q.end for q in step.link.task_evidence):
                yield from self._on((*way, step))
        for step in self._of_own_table(last.upper, sentence):
            if step.upper not in seen:
                yield from self._on((*way, step))

    def _of_own_table(self, slug: str, sentence: Provision) -> Iterator[Step]:
        """Yield the links of the rows that repeat a sentence of the running text above them."""
        document = self._corpus[slug]
        if not document.rows or any(p.level == "task" for p in document.provisions):
            return  # rows that are provisions themselves are reached as such
        said = fold_plain(sentence.text)
        for step in self._by_lower[slug]:
            if _repeats("".join(fold_plain(q.quote) for q in step.link.task_evidence), said):
                yield step

    def _sentence(self, step: Step) -> Provision | None:
        if step.upper not in self._sentences:
            provisions = self._corpus[step.upper].provisions
            self._sentences[step.upper] = {p.id: p for p in provisions if p.level == "sentence"}
        return self._sentences[step.upper].get(step.sentence or "")


def _repeats(words: str, said: str) -> bool:
    """Are most of a row's words, in runs of three characters, those of the sentence?"""
    runs = {words[at : at + RUN] for at in range(len(words) - RUN + 1)}
    return len(words) >= LEAST_WORDS and sum(run in said for run in runs) >= REPEATED * len(runs)

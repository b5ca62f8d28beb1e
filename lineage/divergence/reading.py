"""A pair of documents with its links, laid out so that one task can be held against the sentences it is linked to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lineage.records import Link, Quote
from loaders.actors.levels import level_of
from loaders.outline.sentences import split_sentences
from loaders.records import Extraction, Place, Provision, TaskRow

_MEASURES = ("measure", "sub_measure")


class Reading:
    """Both documents and the links between their words; links that rest on headings alone, and rejected ones, are left out."""

    def __init__(self, upper: Extraction, lower: Extraction, links: Sequence[Link]) -> None:
        self.upper, self.lower = upper, lower
        self.level = level_of(lower)
        self.links = [link for link in links if link.sentence and link.status != "rejected"]
        self.provisions = {p.id: p for p in upper.provisions}
        self.lower_provisions = {p.id: p for p in lower.provisions}
        self.rows = {row.row: row for row in lower.rows}
        self.by_task: defaultdict[str, list[Link]] = defaultdict(list)
        self.by_sentence: defaultdict[str, list[Link]] = defaultdict(list)
        for link in self.links:
            self.by_task[link.task].append(link)
            self.by_sentence[link.sentence or ""].append(link)
        self._children: defaultdict[str | None, list[Provision]] = defaultdict(list)
        for p in lower.provisions:
            if p.level == "sentence":
                self._children[p.parent].append(p)

    def sentence(self, link: Link) -> Provision:
        return self.provisions[link.sentence or ""]

    def noted(self, sentence: Provision) -> Provision | None:
        """Return the nearest part an upper sentence stands in whose note sets a time limit (完成时限：…), None where none does."""
        return _noted(self.provisions, sentence.parent)

    def lower_noted(self, task: str) -> Provision | None:
        """Return the same for a task in running text, itself before what it stands in; None for a row."""
        return None if task in self.rows else _noted(self.lower_provisions, task)

    def row(self, link: Link) -> TaskRow | None:
        return self.rows.get(link.task)

    def stretches(self, task: str) -> list[tuple[int, int]]:
        """Return the sentences of a task's own words as stretches of the lower text."""
        row = self.rows.get(task)
        if row is None:
            return [_span(p.place) for p in self._children[task]]
        cells = [_span(row.cells[name].place) for name in _MEASURES if row.text(name)]
        if not cells and row.text("task"):
            cells = [_span(row.cells["task"].place)]
        return [(start + a, start + b) for start, end in cells for a, b in split_sentences(self.lower.text[start:end])]

    def lower_sentences(self, task: str) -> list[Provision]:
        """Return the sentences of a task in running text; [] for a row."""
        return [] if task in self.rows else self._children[task]

    def homes(self, link: Link) -> list[tuple[int, int]]:
        """Return the lower sentences that hold words of a link."""
        return [s for s in self.stretches(link.task) if any(q.start < s[1] and s[0] < q.end for q in link.task_evidence)]

    def carries(self, link: Link, start: int, end: int) -> bool:
        """Is no other task's part of the sentence nearer to a stretch of the upper text than this one's?"""

        def distance(other: Link) -> int:
            return min((max(0, q.start - end, start - q.end) for q in other.provision_evidence), default=10**6)

        return distance(link) <= min(distance(other) for other in self.by_sentence[link.sentence or ""])

    def upper_quote(self, start: int, end: int) -> Quote:
        return Quote(start, end, self.upper.text[start:end])

    def lower_quote(self, start: int, end: int) -> Quote:
        return Quote(start, end, self.lower.text[start:end])

    def strongest(self, task: str) -> Link:
        """Return the link of a task that more words carry than any other."""
        return max(self.by_task[task], key=lambda link: (sum(q.end - q.start for q in link.task_evidence), link.confidence))


def _noted(provisions: dict[str, Provision], own: str | None) -> Provision | None:
    while own in provisions:
        if provisions[own].level not in ("task", "group") and provisions[own].deadlines:
            return provisions[own]
        own = provisions[own].parent
    return None


def overlap(quote: Quote, quotes: Sequence[Quote]) -> int:
    """Return how many characters of a quote lie in some others."""
    return sum(max(0, min(quote.end, q.end) - max(quote.start, q.start)) for q in quotes)


def _span(place: Place) -> tuple[int, int]:
    return place.start or 0, place.end or 0

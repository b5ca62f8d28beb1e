"""上下级条款对照表: every sentence of an upper document beside the tasks whose words correspond to it, and what is different.

One row is one correspondence of a sentence and a task, or one sentence no task was found for, or one task without a sentence.

    >>> table = concordance(store, "sat-20170427-openness", ["gz-stb-openness-tasks"])   # doctest: +SKIP
    >>> table.rows[0].upper.id, table.rows[0].lower.id, table.rows[0].relation          # doctest: +SKIP
    ('2.1.s1', '1', 'adapted')
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lineage.tables.marks import Run, marked
from lineage.tables.reading import DOCUMENT, Held, Part, ask, held, provisions, span_of, tasks
from queries.ids import code

if TYPE_CHECKING:
    from queries.meant import Asks

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """How a task compares with its sentence in one respect; agreement is a result too. ``verdict`` is a code of difference, for the
    lead of lead-match; ``upper`` and ``lower`` are the words compared."""

    aspect: str
    verdict: str
    direction: str
    upper: tuple[str, ...]
    lower: tuple[str, ...]
    reason: dict[str, str]

    @property
    def agrees(self) -> bool:
        return self.verdict in ("same", "match", "shared")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    ``kind`` is ``link`` (both sides), ``gap`` (no ``lower``; ``reason`` and the ``nearest`` task that was turned down) or ``unmatched``
    (no ``upper``). Codes are those of the graph. ``upper_runs`` and ``lower_runs`` are the two texts cut where they differ.
    ``link`` is the IRI of the alignment. A lead is compared once for each clause and task, so ``lead`` is the same on all their rows.
    """

    kind: str
    document: Held
    upper: Part | None = None
    clause: Part | None = None
    lower: Part | None = None
    link: str = ""
    relation: str = ""
    structure: str = ""
    confidence: float | None = None
    status: str = ""
    decided_by: str = ""
    method: str = ""
    upper_runs: tuple[Run, ...] = ()
    lower_runs: tuple[Run, ...] = ()
    differences: tuple[Difference, ...] = ()
    lead: Difference | None = None
    reason: str = ""
    nearest: Part | None = None
    nearest_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """An upper and a lower document: was the one judged to rest on the other, and is a level between not held?"""

    upper: Held
    lower: Held
    verdict: str
    skips_level: bool
    missing_levels: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concordance:
    """The table of one upper document and one or several lower ones."""

    upper: Held
    pairs: tuple[Pair, ...]
    rows: tuple[Row, ...]
    rejected: int
    graph_version: str

    @property
    def skips_level(self) -> bool:
        return any(pair.skips_level for pair in self.pairs)

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return how many links are confirmed by ``rule``, by ``person``, ``proposed``; sentences ``gap``; tasks ``unmatched``."""
        tally = Counter(decided(row) or row.kind for row in self.rows)
        return {name: tally[name] for name in ("rule", "person", "proposed", "gap", "unmatched")}


def decided(row: Row) -> str:
    """Say how a link was decided, for 规则确认 x · 人工确认 y · 待复核 z; "" for what is no link."""
    if row.kind != "link":
        return ""
    return "proposed" if row.status == "proposed" else "rule" if row.decided_by == "rule" else "person"


def pairs(store: Asks) -> tuple[Pair, ...]:
    """Return the pairs that were held against each other, those where the lower rests on the upper first."""
    documents, order = held(store), ("yes", "unclear", "no")
    found = [
        Pair(upper, lower, code(row["verdict"]), row["skips"] == "true")
        for row in ask(store, "pairs")
        if (upper := documents.get(row["upper"].removeprefix(DOCUMENT))) and (lower := documents.get(row["lower"].removeprefix(DOCUMENT)))
    ]
    return tuple(sorted(found, key=lambda pair: (order.index(pair.verdict), pair.upper.slug, pair.lower.slug)))


def concordance(store: Asks, upper: str, lowers: Sequence[str] = ()) -> Concordance:
    """Return the table of an upper document and some lower ones (by slug; all that rest on it when none is named).

    A lower document that was judged not to rest on the upper one adds no rows: its pair says why.
    """
    known = [pair for pair in pairs(store) if pair.upper.slug == upper]
    chosen = [p for slug in lowers for p in known if p.lower.slug == slug] if lowers else [p for p in known if p.verdict == "yes"]
    chosen = [_explained(store, pair) for pair in chosen]
    parts = provisions(store, upper)
    sides = [_Side(store, pair, parts) for pair in chosen if pair.verdict != "no"]
    rows = [row for part in parts.values() for side in sides for row in side.rows_of(part)]
    rows += [row for side in sides for row in side.without_upper()]
    return Concordance(held(store)[upper], tuple(chosen), tuple(rows), sum(side.rejected for side in sides), store.version)


def _explained(store: Asks, pair: Pair) -> Pair:
    rows = ask(store, "reasons", upper=pair.upper.iri, lower=pair.lower.iri)
    levels = tuple(code(row["level"]) for row in rows if row["level"])
    reasons = tuple(row["reason"] for row in rows if row["reason"])
    return Pair(pair.upper, pair.lower, pair.verdict, pair.skips_level, levels, reasons)


@dataclass
class _Side:
    """The links and gaps of one lower document."""

    store: Asks
    pair: Pair
    parts: Mapping[str, Part]
    rejected: int = 0
    _links: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        terms = {"upper": self.pair.upper.iri, "lower": self.pair.lower.iri}
        self._tasks = tasks(self.store, self.pair.lower.slug)
        self._order = {iri: at for at, iri in enumerate(self._tasks)}
        self._gaps = {row["sentence"]: row for row in ask(self.store, "gaps", **terms)}
        self._of_task: dict[str, list[str]] = defaultdict(list)
        self._spans: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
        for row in ask(self.store, "links", **terms):
            if code(row["status"]) == "rejected":
                self.rejected += 1
            elif row["task"] in self._tasks:
                self._links[row["provision"]].append(row)
                self._of_task[row["task"]].append(row["link"])
        for row in ask(self.store, "evidence", **terms):
            document = row["span"].split("/id/source/", 1)[-1].partition("/")[0]
            self._spans[row["link"]][document].append(span_of(row["span"]))

        self._differences = _differences(ask(self.store, "divergences", **terms))

    def rows_of(self, part: Part) -> list[Row]:
        """Return the rows of one provision: its links in the order of the tasks, or its gap."""
        links = sorted(self._links.get(part.iri, ()), key=lambda row: (self._order[row["task"]], row["link"]))
        if links:
            return [self._link(part, row, [other["link"] for other in links]) for row in links]
        gap = self._gaps.get(part.iri)
        if not gap:
            return []
        return [
            Row(
                kind="gap",
                document=self.pair.lower,
                upper=part,
                clause=self.parts.get(part.parent),
                upper_runs=(Run(part.text),),
                reason=code(gap["reason"]),
                nearest=self._tasks.get(gap["nearest"]),
                nearest_confidence=float(gap["confidence"]) if gap["confidence"] else None,
            )
        ]

    def without_upper(self) -> list[Row]:
        """Return the tasks no sentence corresponds to."""
        return [
            Row(kind="unmatched", document=self.pair.lower, lower=task, lower_runs=(Run(task.text),))
            for iri, task in self._tasks.items()
            if iri not in self._of_task
        ]

    def _link(self, part: Part, row: Mapping[str, str], siblings: Sequence[str]) -> Row:
        task, link = self._tasks[row["task"]], row["link"]
        clause = self.parts.get(part.parent, part) if part.level == "sentence" else part
        return Row(
            kind="link",
            document=self.pair.lower,
            upper=part,
            clause=clause,
            lower=task,
            link=link,
            relation=code(row["relation"]),
            structure=code(row["structure"]),
            confidence=float(row["confidence"]) if row["confidence"] else None,
            status=code(row["status"]),
            decided_by=code(row["decided"]),
            method=code(row["method"]),
            upper_runs=marked(part.words, self._of(link, self.pair.upper), self._of_all(siblings, self.pair.upper), "dropped"),
            lower_runs=marked(task.words, self._of(link, self.pair.lower), self._of_all(self._of_task[task.iri], self.pair.lower), "added"),
            differences=tuple(one for one in self._differences.get(link, ()) if one.aspect != "lead"),
            lead=self._lead(clause, task),
        )

    def _lead(self, clause: Part, task: Part) -> Difference | None:
        links = [
            row["link"] for part in self.parts.values() if clause.iri in (part.iri, part.parent) for row in self._links.get(part.iri, ())
        ]
        mine = [link for link in self._of_task[task.iri] if link in links]
        return next((one for link in mine for one in self._differences.get(link, ()) if one.aspect == "lead"), None)

    def _of(self, link: str, side: Held) -> Spans:
        return tuple(self._spans[link][side.slug])

    def _of_all(self, links: Sequence[str], side: Held) -> Spans:
        return tuple(span for link in links for span in self._of(link, side))


def _differences(rows: Sequence[Mapping[str, str]]) -> dict[str, list[Difference]]:
    """Return the comparisons of each link; several quotes of one comparison come as several solutions."""
    nodes: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        nodes[row["node"]].append(row)
    found: dict[str, list[Difference]] = defaultdict(list)
    for same in nodes.values():
        first = same[0]
        found[first["link"]].append(
            Difference(
                aspect=code(first["aspect"]),
                verdict=code(first["difference"] or first["lead"]),
                direction=code(first["direction"]),
                upper=tuple(dict.fromkeys(row["upper_words"] for row in same if row["upper_words"])),
                lower=tuple(dict.fromkeys(row["lower_words"] for row in same if row["lower_words"])),
                reason={"zh": first["zh"], "en": first["en"]},
            )
        )
    return found

"""Compare documents of any level two by two: the longest stretches that a unit of one shares with a unit of the other."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from lineage.fold import fold_plain
from lineage.records import Quote
from lineage.sideways.records import Origin, Part, Shared, Sharing
from lineage.sideways.units import Words, units_of
from loaders.records import Extraction

LEAST_CHARS = 10  # folded characters; fewer are phrases that any two documents of a kind share
GRAM = 6
MOST_PLACES = 200  # where a run of six characters may stand in the other document before it counts as a phrase
LONGEST_ALTERATION = 12
LEAST_OWN = 4  # folded characters at the edge of a run that the upper text lacks; fewer are particles
_NUMBER = re.compile(r"\d+")
_TITLE = re.compile(r"《[^《》]{2,80}》")


@dataclass(frozen=True, slots=True)
class Run:
    """``size`` folded characters from ``at`` in a unit of one document and from ``there`` in unit ``unit`` of another."""

    at: int
    size: int
    unit: int
    there: int


class Index:
    """A document's units by their runs of six characters."""

    def __init__(self, units: Sequence[Words]) -> None:
        self.units = units
        self._places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, unit in enumerate(units):
            chars = unit.folded.chars
            for at in range(len(chars) - GRAM + 1):
                self._places[chars[at : at + GRAM]].append((number, at))

    def longest(self, chars: str, at: int) -> Run | None:
        """Return the longest run from a place of a text that stands in a unit here."""
        best: Run | None = None
        for unit, there in self._places.get(chars[at : at + GRAM], ())[:MOST_PLACES]:
            other, size = self.units[unit].folded.chars, GRAM
            while at + size < len(chars) and there + size < len(other) and chars[at + size] == other[there + size]:
                size += 1
            if best is None or size > best.size:
                best = Run(at, size, unit, there)
        return best

    def has(self, chars: str) -> list[bool]:
        """Return for each character whether a run of six with it stands in the document."""
        found = [False] * len(chars)
        for at in range(len(chars) - GRAM + 1):
            if chars[at : at + GRAM] in self._places:
                found[at : at + GRAM] = [True] * GRAM
        return found


def compare_documents(documents: Sequence[Extraction], upper: Extraction | None = None, *, least: int = LEAST_CHARS) -> list[Sharing]:
    """Return what each two of the documents share, in the order given; ``least`` is the fewest folded characters that count."""
    indexes = [Index(units_of(document)) for document in documents]
    above = Index(units_of(upper)) if upper else None
    found = [_compare(documents, indexes, pair, above, upper, least) for pair in combinations(range(len(documents)), 2)]
    texts = [fold_plain(document.text) for document in documents]
    return [replace(sharing, shared=tuple(_also(shared, sharing, texts) for shared in sharing.shared)) for sharing in found]


def _compare(
    documents: Sequence[Extraction],
    indexes: Sequence[Index],
    pair: tuple[int, int],
    above: Index | None,
    upper: Extraction | None,
    least: int,
) -> Sharing:
    one, other = (documents[number] for number in pair)
    mine, theirs = (indexes[number] for number in pair)
    shared: list[Shared] = []
    covered: tuple[set[int], set[int]] = (set(), set())
    for unit in mine.units:
        by_unit: defaultdict[int, list[Run]] = defaultdict(list)
        for run in _runs(unit.folded.chars, theirs, least):
            by_unit[run.unit].append(run)
            covered[0].update(unit.folded.at[run.at : run.at + run.size])
            covered[1].update(theirs.units[run.unit].folded.at[run.there : run.there + run.size])
        for number, runs in sorted(by_unit.items(), key=lambda item: item[1][0].at):
            shared.append(_shared(unit, theirs.units[number], runs, one, other, above, upper))
    dates = (_date(one), _date(other))
    earlier = None if not all(dates) or dates[0] == dates[1] else pair[0] if (dates[0] or "") < (dates[1] or "") else pair[1]
    return Sharing(
        one=pair[0],
        other=pair[1],
        earlier=earlier,
        dates=dates,
        identical=fold_plain(one.text) == fold_plain(other.text),
        shared=tuple(shared),
        share_of_one=_share(covered[0], mine.units),
        share_of_other=_share(covered[1], theirs.units),
    )


def _runs(chars: str, other: Index, least: int) -> list[Run]:
    """Return the longest shared runs of a text that do not overlap, in order."""
    found = [run for at in range(len(chars) - GRAM + 1) if (run := other.longest(chars, at)) and run.size >= least]
    taken = [False] * len(chars)
    chosen = []
    for run in sorted(found, key=lambda r: (-r.size, r.at)):
        if not any(taken[run.at : run.at + run.size]):
            taken[run.at : run.at + run.size] = [True] * run.size
            chosen.append(run)
    return sorted(chosen, key=lambda r: r.at)


def _shared(
    unit: Words, there: Words, runs: Sequence[Run], one: Extraction, other: Extraction, above: Index | None, upper: Extraction | None
) -> Shared:
    known = above.has(unit.folded.chars) if above else None
    parts = [part for run in runs for part in _parts(unit, there, run, one.text, other.text, known)]
    nearest = _nearest(unit, runs, above) if above and any(p.origin == "from-upper" for p in parts) else None
    quote = Quote(nearest.start, nearest.end, upper.text[nearest.start : nearest.end]) if nearest and upper else None
    return Shared(unit.id, there.id, tuple(parts), nearest.id if nearest else None, quote)


def _parts(unit: Words, there: Words, run: Run, text: str, other: str, known: Sequence[bool] | None) -> list[Part]:
    """Cut a run where it passes from words the upper text has to words it has not."""
    titles = [hit.span() for hit in _TITLE.finditer(text, unit.start, unit.end)]
    first, last = unit.folded.at[run.at], unit.folded.at[run.at + run.size - 1]
    if any(start <= first and last < end for start, end in titles):
        return [_part("title", unit, there, run, 0, run.size, text, other)]
    if known is None:
        return [_part("shared", unit, there, run, 0, run.size, text, other)]
    flags = list(known[run.at : run.at + run.size])
    for hit in _NUMBER.finditer(unit.folded.chars, run.at, run.at + run.size):  # 30 in place of 20, never 3 in place of 2
        if not all(flags[hit.start() - run.at : hit.end() - run.at]):
            flags[hit.start() - run.at : hit.end() - run.at] = [False] * len(hit[0])
    cuts = [0, *(i for i in range(1, run.size) if flags[i] != flags[i - 1]), run.size]
    found: list[Part] = []
    for begin, end in zip(cuts, cuts[1:], strict=False):
        inside = begin > 0 and end < run.size
        origin: Origin = "from-upper" if flags[begin] else "altered-alike" if inside and end - begin <= LONGEST_ALTERATION else "only-these"
        if origin != "only-these" or end - begin >= LEAST_OWN:
            found.append(_part(origin, unit, there, run, begin, end, text, other))
    return found


def _part(origin: Origin, unit: Words, there: Words, run: Run, begin: int, end: int, text: str, other: str) -> Part:
    one, two = unit.folded.at, there.folded.at
    a, b = one[run.at + begin], one[run.at + end - 1] + 1
    c, d = two[run.there + begin], two[run.there + end - 1] + 1
    return Part(origin, Quote(a, b, text[a:b]), Quote(c, d, other[c:d]))


def _nearest(unit: Words, runs: Sequence[Run], above: Index) -> Words | None:
    """The unit of the upper text that holds most of the shared words."""
    counts: Counter[int] = Counter()
    for run in runs:
        chars = unit.folded.chars[run.at : run.at + run.size]
        for at in range(len(chars) - GRAM + 1):
            hit = above.longest(chars, at)
            if hit:
                counts[hit.unit] += 1
    best = max(counts, key=lambda n: (counts[n], -n), default=None)
    return above.units[best] if best is not None else None


def _also(shared: Shared, sharing: Sharing, texts: Sequence[str]) -> Shared:
    """Name the other documents that have all the shared words too."""
    words = [fold_plain(p.one.quote) for p in shared.parts]
    third = [n for n, text in enumerate(texts) if n not in (sharing.one, sharing.other) and all(w in text for w in words)]
    return replace(shared, also_in=tuple(third))


def _date(document: Extraction) -> str | None:
    return document.meta.written_on or document.meta.published_on


def _share(covered: set[int], units: Sequence[Words]) -> float:
    whole = len({at for unit in units for at in unit.folded.at})
    return round(len(covered) / whole, 3) if whole else 0.0

"""What shows that a document went by another one in between that is not held (越级对照): citations, and bodies that its tasks name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lineage.records import Quote
from loaders.actors.levels import level_of_name
from loaders.records import Extraction

PREAMBLE = "0.0"
_NAMES_OF = {
    "provincial": r"(?:省|自治区)(?:国税局|地税局|税务局|局|政府|委|厅|级)",
    "city": r"(?:地?市)(?:国税局|地税局|税务局|局|政府|委|级)",
    "national": r"(?:国务院|中央|总局)",
    "county": r"(?:县|区)(?:税务局|政府|局|委|级)",
}


def skip_evidence(lower: Extraction, missing: Sequence[str]) -> tuple[tuple[str, Quote], ...]:
    """What names a level in between: a document of it that this one cites, and tasks that name a body of it.

    Those went by a document that is not held. Each with the row or provision it stands in, once for each of them.
    """
    found: dict[str, Quote] = {}
    for start, end, own in _said(lower):
        for level in missing:
            if hit := re.search(_NAMES_OF.get(level, r"(?!)"), lower.text[start:end]):
                found.setdefault(own, Quote(start + hit.start(), start + hit.end(), hit[0]))
    for cite in lower.meta.cites:
        if cite.relation != "mentions" and level_of_name(cite.title) in missing and cite.place.start is not None:
            at, end = cite.place.start, cite.place.end or 0
            found[_holder(lower, at)] = Quote(at, end, lower.text[at:end])
    return tuple(sorted(found.items(), key=lambda one: one[1].start))


def _said(lower: Extraction) -> Iterator[tuple[int, int, str]]:
    """Yield where the own words of each task stand: a row's cells, else the sentences of running text."""
    for row in lower.rows:
        cells = [row.cells[name] for name in ("measure", "sub_measure", "deadline") if name in row.cells and not row.is_given(name)]
        yield from ((cell.place.start or 0, cell.place.end or 0, row.row) for cell in cells)
    if not lower.rows:
        held = [p for p in lower.provisions if p.level == "sentence" and p.parent and p.parent != "0.0"]
        yield from ((p.place.start or 0, p.place.end or 0, p.parent or "") for p in held)


def _holder(lower: Extraction, at: int) -> str:
    """The provision a place stands in, the preamble where it is before them all."""
    return next((p.id for p in reversed(lower.provisions) if (p.place.start or 0) <= at < (p.place.end or 0)), PREAMBLE)

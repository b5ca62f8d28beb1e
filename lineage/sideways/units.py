"""The units whose words are compared: cells of rows, headings and sentences of running text; else the lines of a document."""

from __future__ import annotations

from dataclasses import dataclass

from lineage.fold import Folded, fold_stretches
from loaders.records import Extraction, Place

_MEASURES = ("task", "group", "measure", "sub_measure")


@dataclass(frozen=True, slots=True)
class Words:
    """A unit's id, where it stands, and its folded words."""

    id: str
    start: int
    end: int
    folded: Folded


def units_of(document: Extraction) -> list[Words]:
    """Return what can be compared, in the order of the text; a cell that several rows share is compared once."""
    stretches: dict[tuple[int, int], str] = {}
    for p in document.provisions:
        if p.level == "sentence":
            stretches.setdefault(_span(p.place), p.id)
        elif p.heading and (at := document.text.find(p.heading, *_span(p.place))) >= 0:
            stretches.setdefault((at, at + len(p.heading)), p.id)
    for row in document.rows:
        for name in _MEASURES:
            cell = row.cells.get(name)
            if cell and cell.value and not row.is_given(name):
                stretches.setdefault(_span(cell.place), row.row)
    if not stretches:
        at = 0
        for number, line in enumerate(document.text.split("\n"), 1):
            if line.strip():
                stretches[at, at + len(line)] = f"line-{number}"
            at += len(line) + 1
    return [Words(own, start, end, fold_stretches(document.text, ((start, end),))) for (start, end), own in sorted(stretches.items())]


def _span(place: Place) -> tuple[int, int]:
    return place.start or 0, place.end or 0

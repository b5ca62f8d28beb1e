"""Pieces of running text with the limit each is under: what stands between commas, in the sentences of a text or in a row's measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from loaders.deadlines import find_deadlines
from loaders.doubts.telling import Said, at_cell, at_text, own
from loaders.records import Deadline, Extraction, Finding, FoundDeadline, Place, Provision, Severity, TaskRow

_PIECE = re.compile(r"[^，,；;。！？\n]+")

_SINCE = re.compile(r"([12]\d{3})年(\d{1,2})月(?:(\d{1,2})日)?(?=起|开始)")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words between two marks; ``unit`` is the sentence or row they stand in, ``limits`` the limits inside them."""

    text: str
    unit: Provision | TaskRow
    field: str
    start: int
    limits: tuple[Deadline, ...]

    @property
    def place(self) -> Place:
        return self.unit.cells[self.field].place if isinstance(self.unit, TaskRow) else self.unit.place

    @property
    def name(self) -> tuple[str, str]:
        """What the unit is called, in Chinese and English: 第3项, row 3; 本句."""
        if isinstance(self.unit, TaskRow):
            return f"第{self.unit.row}项", f"row {self.unit.row}"
        return f"“{self.text[:20]}”", self.text[:20]

    def tell(self, document: Extraction, code: str, severity: Severity, said: Said, related: Sequence[Place] = ()) -> Finding:
        """Return the finding at these words."""
        if isinstance(self.unit, TaskRow):
            return at_cell(code, severity, self.unit, self.field, said, self.text, related)
        start = (self.unit.place.start or 0) + self.start
        return at_text(code, severity, document, start, start + len(self.text), said, related)


def sentences(document: Extraction) -> Iterator[list[Piece]]:
    """Yield the pieces of each sentence of a text, and of each row's measure."""
    for provision in document.provisions:
        if provision.level == "sentence" and provision.place.start is not None:
            yield list(_pieces(provision.text, provision, "", provision.deadlines))
    for row in document.rows:
        for field in ("measure", "sub_measure"):
            if words := own(row, field):
                yield list(_pieces(words, row, field, find_deadlines(words)))


def _pieces(text: str, unit: Provision | TaskRow, field: str, found: Sequence[FoundDeadline]) -> Iterator[Piece]:
    for hit in _PIECE.finditer(text):
        limits = tuple(one.deadline for one in found if hit.start() <= one.start < hit.end())
        words = hit[0].strip()
        yield Piece(words, unit, field, hit.start() + len(hit[0]) - len(hit[0].lstrip()), limits)


def begins(piece: Piece) -> str:
    """Return the first day the words speak of, also one from which something goes on (2019年6月起), "" when they name none."""
    since = [f"{hit[1]}-{int(hit[2]):02}" + (f"-{int(hit[3]):02}" if hit[3] else "") for hit in _SINCE.finditer(piece.text)]
    return min(filter(None, (*since, earliest(piece.limits))), default="")


def latest(deadlines: Sequence[Deadline]) -> str:
    """Return the last day any of the limits names, "" when none names one."""
    return max((max(one.date or "", latest(one.parts)) for one in deadlines), default="")


def earliest(deadlines: Sequence[Deadline]) -> str:
    """Return the first day by which any of the limits asks for something, "" when none names one."""
    found = [day for one in deadlines for day in (one.start or one.date, earliest(one.parts)) if day]
    return min(found, default="")

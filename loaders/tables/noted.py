"""Tables without a column for those who act, whose words end in a note that says it: 推进改革。（卫健局牵头，医保局配合，11月底前完成）."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from loaders.actors.note_words import note_words
from loaders.actors.notes import find_notes, note_limits, read_note
from loaders.records import CellText, RoleMention

_BRACKET = re.compile(r"[（(]([^（()）]{2,24})[)）]")
_TEXTS = ("measure", "sub_measure", "task")
_FIELD = {"lead": "lead", "supporting": "supporting", "addressee": "unit"}


@dataclass(frozen=True, slots=True)
class Noted:
    """Who the notes in a row's own words name, each note's words as a cell by field, and the one time limit they set."""

    roles: tuple[RoleMention, ...]
    cells: dict[str, CellText]
    limit: CellText | None


def noted(cells: Mapping[str, CellText], known: frozenset[str]) -> Noted:
    """Return what the notes inside a row's words say."""
    roles: dict[str, RoleMention] = {}
    found: dict[str, CellText] = {}
    limits: list[CellText] = []
    for note in _notes(cells):
        for mention in read_note(note.value, known=known):
            roles.setdefault(mention.actor.name, mention)
            found.setdefault(_FIELD.get(mention.role, "responsible"), note)
        limits += [_part(note, start, end) for start, end in note_limits(note.value)]
    return Noted(tuple(roles.values()), found, limits[0] if len(limits) == 1 else None)


def limit_among_names(cells: Mapping[str, CellText]) -> CellText | None:
    """Return the one time limit that stands among the names of those who act (责任单位及时限 | 市教育局 6月底前), None without one."""
    found: list[CellText] = []
    for cell in filter(None, (_raw(cells.get(field)) for field in ("lead", "responsible"))):
        inside = [hit.span(1) for hit in _BRACKET.finditer(cell.value) if note_words().deadline.fullmatch("".join(hit[1].split()))]
        found += [_part(cell, *span) for span in (*note_limits(cell.value), *inside)]
    return found[0] if len(found) == 1 else None


def _raw(cell: CellText | None) -> CellText | None:
    """A cell with its words as published, and where they begin."""
    if cell is None:
        return None
    lead = len(cell.raw) - len(cell.raw.lstrip())
    return CellText(cell.raw, cell.raw, replace(cell.place, start=(cell.place.start or 0) - lead))


def _notes(cells: Mapping[str, CellText]) -> Iterator[CellText]:
    for field in _TEXTS:
        if whole := _raw(cells.get(field)):
            yield from (_part(whole, start, end) for _, start, end, _ in find_notes(whole.value))


def _part(cell: CellText, start: int, end: int) -> CellText:
    """A stretch of a cell's words, with its place."""
    words, at = cell.value[start:end], cell.place.start or 0
    return CellText(words, words, replace(cell.place, start=at + start, end=at + end))

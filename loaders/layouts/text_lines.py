"""Lines of a text with their offsets, and how wide they look: a Chinese character takes two places."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import RawBlock, RawCell, RawTable
from loaders.tables.columns import is_actor_cell


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    start: int

    @property
    def blank(self) -> bool:
        return not self.text.strip(" \t\u3000\xa0\ufeff")


@dataclass(frozen=True, slots=True)
class Found:
    """A table found in lines[first:last], as blocks (a title or note among its lines is a paragraph)."""

    first: int
    last: int
    blocks: tuple[RawBlock, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words on one line, from one place to another (places as they look), with their offset in the file."""

    text: str
    begin: int
    end: int
    start: int


def lines_of(text: str) -> list[Line]:
    found, at = [], 0
    for line in text.split("\n"):
        found.append(Line(line, at))
        at += len(line) + 1
    return found


def width(text: str) -> int:
    """Return how many places a text takes.

    >>> width("序号 1")
    6
    """
    return sum(places(character) for character in text)


def places(character: str) -> int:
    if character < "\u0300":
        return 1
    return 0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WFA" else 1


def as_table(rows: Sequence[Sequence[tuple[str, int | None]]], *, spans_known: bool = False) -> RawTable:
    """Return rows of (words, offset) as a table, a row as wide as its cells."""
    return RawTable(
        tuple(
            tuple(RawCell(text, number, column, raw_start=start) for column, (text, start) in enumerate(row, 1))
            for number, row in enumerate(rows, 1)
        ),
        spans_known=spans_known,
    )


def joined(pieces: Sequence[Piece], full: int, *, actors: bool = False) -> tuple[str, int | None]:
    """Join the lines of one cell: a line that fills its column goes on in the next, a shorter one ends (a list of names).

    Under ``actors`` a line that is a whole name ends there too, when the next is one.
    """
    if not pieces:
        return "", None
    if len(pieces) == 1:
        return pieces[0].text, pieces[0].start
    text = pieces[0].text
    for before, piece in zip(pieces, pieces[1:], strict=False):
        wraps = width(before.text) >= full - 2 or before.text[-1:] in "、，,；;（(“《"
        if actors and is_actor_cell(before.text) and is_actor_cell(piece.text):
            wraps = before.text[-1] in "、，,；;"
        text += ("" if wraps else "\n") + piece.text
    return text, None

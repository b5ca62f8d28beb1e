"""A table for a terminal that knows how wide Chinese is; what does not fit side by side is written row under row."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

GAP = "  "
NARROWEST = 20  # a text column with less room than ten Chinese characters cannot be read


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes: two for a wide character, none for one that joins another.

    >>> width("五(二)"), width("ab"), width("e\\u0301")
    (6, 2, 1)
    """
    return sum(_cells(character) for character in text)


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, room: int) -> list[str]:
    """Cut a text into lines of at most ``room`` columns, at its own line breaks, else anywhere, as Chinese is; never empty.

    A line does not start with a closing mark when the one before can give up a character for it.
    """
    lines = []
    for line in text.split("\n"):
        taken, used = "", 0
        for character in line:
            cells = _cells(character)
            if used + cells > room and taken:
                keep = taken
                if character in "，。；：、！？）》”’,.;:!?)" and len(taken) > 1:
                    keep, character = taken[:-1], taken[-1] + character
                lines.append(keep)
                taken, used = character, width(character)
            else:
                taken, used = taken + character, used + cells
        lines.append(taken)
    return lines


def grid(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> list[str]:
    """Return the lines of a table; a table too wide for ``room`` becomes one block a row, ``heading: value``."""
    natural = [max(width(line) for text in column for line in text.split("\n")) for column in zip(headings, *rows, strict=True)]
    widths = _fit(natural, room - len(GAP) * (len(natural) - 1))
    if widths is None:
        return list(_blocks(headings, rows, room))
    rule = GAP.join("─" * wide for wide in widths)
    lines = [*_row(headings, widths), rule]
    for row in rows:
        lines += _row(row, widths)
    return lines


def _fit(natural: list[int], room: int) -> list[int] | None:
    """Give narrow columns what they need and share the rest among the wide ones; None when those would be too narrow."""
    if sum(natural) <= room:
        return natural
    narrow = sum(wide for wide in natural if wide <= NARROWEST)
    wide_ones = [wide for wide in natural if wide > NARROWEST]
    share = (room - narrow) // len(wide_ones) if wide_ones else 0
    if share < NARROWEST:
        return None
    return [wide if wide <= NARROWEST else min(wide, share) for wide in natural]


def _row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [wrap(cell, room) for cell, room in zip(cells, widths, strict=True)]
    for at in range(max(map(len, wrapped))):
        parts = [lines[at] if at < len(lines) else "" for lines in wrapped]
        yield GAP.join(part + " " * (room - width(part)) for part, room in zip(parts, widths, strict=True)).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """Write each row as a block, leaving out what is empty."""
    indent = max(map(width, headings)) + 2
    for number, row in enumerate(rows, 1):
        yield f"── {number} " + "─" * max(0, min(room, 60) - 4 - len(str(number)))
        for heading, text in zip(headings, row, strict=True):
            if not text:
                continue
            first, *others = wrap(text, max(room - indent, NARROWEST))
            yield heading + " " * (indent - width(heading)) + first
            yield from (" " * indent + other for other in others)

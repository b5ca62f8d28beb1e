"""Seed tables written as Markdown and in the layouts people put tables into plain text with."""

from __future__ import annotations

from seed_tables import SeedTable

from loaders.layouts.text_lines import width

WIDTHS = {7: [4, 12, 16, 40, 16, 20, 16], 10: [4, 12, 12, 30, 20, 12, 12, 12, 12, 16]}


def as_markdown(table: SeedTable) -> str:
    rows = [[cell.strip().replace("|", "\\|").replace("\n", "<br>") for cell in row] for row in table.lines()]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * table.columns)
    return "\n".join([*(f"# {line}\n" for line in table.before), *lines, "", *table.after])


def as_tabbed(table: SeedTable, *, quoted: bool) -> str:
    """Rows with TABs; a cell of several lines in quotes, or just as it is."""
    rows = ["\t".join(f'"{cell}"' if quoted and "\n" in cell else cell for cell in row) for row in table.lines()]
    return "\n".join([*table.before, *rows, *table.after])


def as_lines(table: SeedTable, *, blanks: bool) -> str:
    """Each cell on a line of its own; a blank cell is a blank line, or is missing."""
    header, *rows = table.lines()
    cells = [cell.replace("\n", "" if at in (1, 2) else "、").strip("、 ") for row in rows for at, cell in enumerate(row)]
    return "\n".join([*table.before, *filter(None, header), *(cell for cell in cells if cell or blanks), *table.after])


def as_columns(table: SeedTable) -> str:
    """Columns kept apart by blanks, long cells wrapped."""
    widths = WIDTHS[table.columns]
    lines = ["  ".join(pieces).rstrip() for row in table.lines() for pieces in _wrapped(row, widths)]
    return "\n".join([*table.before, *lines, *table.after])


def as_box(table: SeedTable, bar: str = "│", flat: str = "─", joints: str = "├┼┤") -> str:
    """A table drawn with lines, each row between rules."""
    widths = WIDTHS[table.columns]
    rule = joints[0] + joints[1].join(flat * ((w + 2) // width(flat)) for w in widths) + joints[2]
    lines = [rule]
    for row in table.lines():
        lines += [bar + bar.join(f" {piece} " for piece in pieces) + bar for pieces in _wrapped(row, widths)] + [rule]
    return "\n".join([*table.before, *lines, *table.after])


def _wrapped(row: list[str], widths: list[int]) -> list[list[str]]:
    columns = [_wrap(cell, w) for cell, w in zip(row, widths, strict=True)]
    height = max(map(len, columns))
    return [[_pad(c[at] if at < len(c) else "", w) for c, w in zip(columns, widths, strict=True)] for at in range(height)]


def _wrap(text: str, places: int) -> list[str]:
    found = []
    for line in filter(None, text.split("\n")):
        piece = ""
        for character in line:
            if width(piece + character) > places:
                found.append(piece)
                piece = ""
            piece += character
        found.append(piece)
    return found or [""]


def _pad(text: str, places: int) -> str:
    return text + " " * (places - width(text))

"""Rows with a single blank between their cells, one row a line, as copied from a page or a PDF: 1 落实责任 每季度研究。 区食安办 全年.

A blank may also stand inside a cell, so a table is found only where every word of the header is a header's and the lines below it come
in as many pieces; a numbered line may have fewer, then its cells are laid on the columns they fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.layouts.text_lines import Found, Line, as_table
from loaders.tables.columns import assign, header_role, header_roles, is_header, looks_like

_LEAST_COLUMNS, _LEAST_ROWS, _MOST_OF = 4, 2, 0.6
_LONGEST = 2_000
_PIECE = re.compile(r"\S+")


def find(lines: Sequence[Line]) -> Found | None:
    """Return the first table whose lines come in as many pieces as its header."""
    for first, line in enumerate(lines):
        header = [text for text, _ in _pieces(line)]
        if len(header) >= _LEAST_COLUMNS and all(map(header_role, header)) and is_header(header):
            rows = list(_rows(lines[first + 1 :], len(header), numbered=header_role(header[0]) == "number"))
            whole = sum(len(row) == len(header) for row in rows)
            if len(rows) >= _LEAST_ROWS and whole >= _MOST_OF * len(rows):
                roles = header_roles(header)
                return Found(first, first + 1 + len(rows), (as_table([_pieces(line), *(_laid(row, roles) for row in rows)]),))
    return None


def _rows(lines: Sequence[Line], width: int, *, numbered: bool) -> Iterator[list[tuple[str, int | None]]]:
    for line in lines:
        row = _pieces(line)
        begins = not numbered or (bool(row) and looks_like("number", row[0][0]) > 1)
        if not begins or len(row) > width or (len(row) < width and not (numbered and len(row) >= width - 2)):
            return
        yield row


def _laid(row: list[tuple[str, int | None]], roles: Sequence[str | None]) -> list[tuple[str, int | None]]:
    """Lay the pieces of a line that has fewer on the columns they fit; the others are blank, merged with the cells above."""
    laid = assign([text for text, _ in row], roles)
    return [row[laid.index(at)] if at in laid else ("", None) for at in range(len(roles))] if None not in laid else row


def _pieces(line: Line) -> list[tuple[str, int | None]]:
    if len(line.text) > _LONGEST or "\t" in line.text:
        return []
    return [(hit[0], line.start + hit.start()) for hit in _PIECE.finditer(line.text)]

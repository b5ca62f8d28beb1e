"""Delimited text cut into rows so that a bad row stays one row.

The csv module lets a quote that somebody forgot to close swallow every row after it. Here a quote opens a cell only at its start, closes it
only before a delimiter or a line's end, and is an ordinary character otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator


def split_rows(body: str, delimiter: str, line: int = 1) -> Iterator[tuple[int, list[str]]]:
    """Yield (number of its first line, cells) of each row; ``line`` is the number of the first.

    >>> list(split_rows('a,"b ""c"', ",")), list(split_rows('a,"b', ","))
    ([(1, ['a', 'b "c'])], [(1, ['a', '"b'])])
    """
    quoted = re.compile(rf'"((?:[^"]|"")*+)"(?={re.escape(delimiter)}|\n|\Z)')
    at = 0
    while at < len(body):
        end = body.find("\n", at)
        end = len(body) if end < 0 else end
        row = body[at:end]
        if '"' in row:
            cells, end = _quoted_row(body, at, delimiter, quoted)
        else:
            cells = row.split(delimiter)
        yield line, cells
        line += body.count("\n", at, end + 1)
        at = end + 1


def _quoted_row(body: str, at: int, delimiter: str, quoted: re.Pattern[str]) -> tuple[list[str], int]:
    cells: list[str] = []
    while True:
        hit = quoted.match(body, at) if body.startswith('"', at) else None
        if hit:
            cells.append(hit[1].replace('""', '"'))
            at = hit.end()
        else:
            stops = [stop for mark in (delimiter, "\n") if (stop := body.find(mark, at)) >= 0]
            end = min(stops, default=len(body))
            cells.append(body[at:end])
            at = end
        if at >= len(body) or body[at] == "\n":
            return cells, at
        at += 1

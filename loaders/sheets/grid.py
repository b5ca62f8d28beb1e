"""From the cells of a sheet to blocks: titles above a table and notes below it are paragraphs, the rest is a table.

Shared by the spreadsheets and by CSV. Rows and columns without any word are left out, so that a format laid over the whole sheet, or a
merge over it, costs nothing; a cell's name (B7) says where it stood.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable
from loaders.tables.columns import fold, is_header, looks_like

MOST_POSITIONS = 3_000_000
MOST_MERGES = 100_000
MOST_MERGED_ROWS = 3_000_000
_BLANK = " \t\n\u3000\xa0\ufeff"

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell."""


@dataclass(frozen=True, slots=True)
class Written:
    """The words of one cell. ``start`` is their offset in a text file."""

    text: str
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet's words by (row, column), from 1, as far as they are words; ``merges`` is None when the format cannot say."""

    words: Mapping[tuple[int, int], Written]
    merges: Sequence[Area] | None = None
    name: str | None = None


class TooWide(Exception):
    """The words of a sheet are strewn over more positions than MOST_POSITIONS."""


def sheet_blocks(sheet: Sheet) -> list[RawBlock]:
    """Return a sheet's paragraphs and tables in order.

    :raises TooWide: when a table would have more than MOST_POSITIONS cells.
    """
    rows = _rows_of(sheet.words)
    merges = [m for m in (sheet.merges or ())[:MOST_MERGES] if m[2] > m[0] or m[3] > m[1]]
    found: list[RawBlock] = []
    for part in _parts(rows):
        found += _part_blocks(sheet, merges, rows, part)
    return found


def _rows_of(words: Mapping[tuple[int, int], Written]) -> dict[int, dict[int, Written]]:
    rows: dict[int, dict[int, Written]] = {}
    for (row, column), written in sorted(words.items()):
        if written.text.strip(_BLANK):
            rows.setdefault(row, {})[column] = written
    return rows


def _parts(rows: Mapping[int, Mapping[int, Written]]) -> Iterator[list[int]]:
    """Cut where another table begins: at a header with other words than the last, with the title lines right above it."""
    part: list[int] = []
    header: list[str] | None = None
    header_at = 0
    for at, (number, cells) in enumerate(rows.items()):
        texts = [written.text for written in cells.values()]
        folded = [fold(text) for text in texts]
        if len(texts) > 2 and is_header(texts):
            if header is not None and folded != header and at - header_at > 2:
                cut = len(part)
                while cut > 0 and len(rows[part[cut - 1]]) == 1 and not _is_number(next(iter(rows[part[cut - 1]].values())).text):
                    cut -= 1
                yield part[:cut]
                part = part[cut:]
            if header is None or folded != header:
                header, header_at = folded, at
        part.append(number)
    if part:
        yield part


def _part_blocks(sheet: Sheet, merges: Sequence[Area], rows: Mapping[int, Mapping[int, Written]], part: Sequence[int]) -> list[RawBlock]:
    first, last = 0, len(part)
    columns = sorted({column for number in part for column in rows[number]})
    while first < last and len(rows[part[first]]) == 1:
        first += 1
    while last > first and _is_note_row(rows[part[last - 1]], part[last - 1], columns, merges):
        last -= 1
    found: list[RawBlock] = [_paragraph(rows[number]) for number in part[:first]]
    if first < last:
        found.append(_table(sheet, merges, {number: rows[number] for number in part[first:last]}))
    return found + [_paragraph(rows[number]) for number in part[last:]]


def _paragraph(cells: Mapping[int, Written]) -> RawParagraph:
    (written,) = cells.values()
    text = written.text.strip(_BLANK)
    return RawParagraph(text, None if written.start is None else written.start + written.text.index(text))


def _is_note_row(cells: Mapping[int, Written], number: int, columns: Sequence[int], merges: Sequence[Area]) -> bool:
    """A last row of one cell that starts the line, or is merged over half of it, and under no merged cell from above."""
    if len(cells) != 1:
        return False
    column, written = next(iter(cells.items()))
    if any(top < number <= bottom for top, _, bottom, _ in merges) or _is_number(written.text):
        return False
    width = next((right - left + 1 for top, left, _, right in merges if (top, left) == (number, column)), 1)
    return column == columns[0] or 2 * width >= len(columns)


def _is_number(text: str) -> bool:
    return looks_like("number", text) == 2.0


def _table(sheet: Sheet, merges: Sequence[Area], rows: Mapping[int, Mapping[int, Written]]) -> RawTable:
    numbers = list(rows)
    columns = sorted({column for cells in rows.values() for column in cells})
    if len(numbers) * len(columns) > MOST_POSITIONS:
        raise TooWide(f"{len(numbers)} rows and {len(columns)} columns")
    covered = [bytearray(len(columns)) for _ in numbers]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    looked_at = 0
    for top, left, bottom, right in merges:
        above, below = bisect_left(numbers, top), bisect_right(numbers, bottom)
        begin, end = bisect_left(columns, left), bisect_right(columns, right)
        if above >= below or begin >= end or (below - above, end - begin) == (1, 1):
            continue
        looked_at += below - above
        if looked_at > MOST_MERGED_ROWS:
            break
        if any(any(covered[at][begin:end]) for at in range(above, below)) or _holds_more(
            rows, numbers[above:below], columns[begin:end], (top, left)
        ):
            continue
        for at in range(above, below):
            covered[at][begin:end] = b"\1" * (end - begin)
        covered[above][begin] = 0
        spans[above, begin] = (below - above, end - begin)
    found = []
    for at, number in enumerate(numbers):
        cells = []
        for place, column in enumerate(columns):
            if covered[at][place]:
                continue
            written = rows[number].get(column, _NOTHING)
            down, across = spans.get((at, place), (1, 1))
            name = f"{letters(column)}{number}" if sheet.merges is not None else None
            cells.append(RawCell(written.text, at + 1, place + 1, down, across, raw_start=written.start, name=name))
        found.append(tuple(cells))
    return RawTable(tuple(found), spans_known=sheet.merges is not None, sheet=sheet.name)


_NOTHING = Written("")


def _holds_more(rows: Mapping[int, Mapping[int, Written]], numbers: Sequence[int], columns: Sequence[int], anchor: tuple[int, int]) -> bool:
    """Words under a merged cell other than its own: such a merge is not followed, so that no word is lost."""
    inside = set(columns)
    return any((number, column) != anchor for number in numbers for column in rows[number] if column in inside)


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    text = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text

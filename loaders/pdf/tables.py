"""Ruled tables of a PDF over its pages: parts joined, cells broken by a page put together, each cell on the table's columns."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.blocks import RawCell, RawTable
from loaders.outline.numbering import read_mark
from loaders.pdf.page import PdfCell, PdfLine, PdfTable, cluster
from loaders.tables.columns import fold, header_role, is_actor_cell

_NEAR = 4.0
_MOST_PADDING = 7.0
_LEAST_CELLS = 4
_LABELS = ("task", "group", "measure")
_ENDED = ("。", "！", "？", "；", ";")
_NUMBER = re.compile(r"[（(]?\d{1,4}[)）.．、]?")


def continues(upper: PdfTable, lower: PdfTable) -> bool:
    """Say whether a table at the top of a page goes on with the one at the bottom of the page before: same sides, same columns."""
    if lower.page != _last_page(upper) + 1 or abs(upper.x0 - lower.x0) > _NEAR or abs(upper.x1 - lower.x1) > _NEAR:
        return False
    above, below = (cluster([x for c in t.cells for x in (c.x0, c.x1)], 2.5) for t in (upper, lower))
    few, many = sorted((above, below), key=len)
    return len(few) > 2 and all(any(abs(x - y) <= _NEAR for y in many) for x in few)


def _last_page(table: PdfTable) -> int:
    """The page a table has come to, that of a row cut by two pages included."""
    return max(page for cell in table.cells for page in (cell.page, *(line.page for line in cell.lines)))


def join(upper: PdfTable, lower: PdfTable) -> tuple[int, bool]:
    """Put a part below the table it goes on with; return how many repeated header rows were left out, and whether a row was broken."""
    repeated = _repeated(upper, lower)
    cells = [cell for cell in lower.cells if cell.row >= repeated]
    first = [cell for cell in cells if cell.row == repeated]
    above = {id(cell): _above(upper, cell) for cell in first}
    broken = _is_broken(upper, first, above)
    shift = upper.height - repeated - (1 if broken else 0)
    for cell in cells:
        over = above.get(id(cell))
        if over is not None and (broken or _goes_on(upper, over, cell)):
            over.lines += cell.lines
            over.rowspan += cell.rowspan - (1 if broken else 0)
        else:
            cell.row += shift
            upper.cells.append(cell)
    upper.height, upper.bottom = lower.height + shift, lower.bottom
    return repeated, broken


def raw_table(table: PdfTable) -> RawTable:
    """Return the table with each cell on the columns it covers, its wrapped lines joined; a place without a cell gets an empty one."""
    starts = cluster([cell.x0 for cell in table.cells], _NEAR)
    padding = _paddings(table.cells)
    placed: dict[tuple[int, int], RawCell] = {}
    covered: set[tuple[int, int]] = set()
    for cell in sorted(table.cells, key=lambda c: (c.row, c.x0)):
        column = min(range(len(starts)), key=lambda at: abs(starts[at] - cell.x0))
        width = max(1, sum(1 for x in starts if cell.x0 - _NEAR <= x < cell.x1 - _NEAR))
        text = cell_text(cell.lines, cell.x1 - cell.x0 - 2 * padding[_band(cell)])
        placed[cell.row, column] = RawCell(text, cell.row + 1, column + 1, cell.rowspan, width, page=cell.page)
        covered |= {(r, c) for r in range(cell.row, cell.row + cell.rowspan) for c in range(column, column + width)}
    for row in range(table.height):
        for column in range(len(starts)):
            if (row, column) not in covered:
                placed[row, column] = RawCell("", row + 1, column + 1, page=table.page)
    rows = [tuple(placed[at] for at in sorted(placed) if at[0] == row) for row in range(table.height)]
    return RawTable(tuple(row for row in rows if row), spans_known=True)


def cell_text(lines: Sequence[PdfLine], width: float) -> str:
    """Join the lines of a cell: a line that had no room for the next one's first piece was wrapped, any other ends a paragraph.

    Where names fill a narrow column exactly, two whole names stay two lines (征管部门 / 稽查部门).
    """
    done: list[str] = []
    text = ""
    for at, line in enumerate(lines):
        text = join_words(text, line.text) if text else line.text
        if at + 1 < len(lines) and _wraps(line, lines[at + 1], width) and not _ends(text, lines[at + 1 :]):
            continue
        done.append(text)
        text = ""
    return "\n".join(done)


def _ends(text: str, rest: Sequence[PdfLine]) -> bool:
    """Does a paragraph end with a full line? When a number or, after a whole name, another whole name begins."""
    if text.endswith(_ENDED) and read_mark(rest[0].text):
        return True
    if not _is_name(text):
        return False
    words = ""
    for line in rest[:4]:
        words += line.text
        if _is_name(words):
            return True
    return False


def join_words(before: str, after: str) -> str:
    """Join two pieces of one line: a blank between Latin words, none between Chinese ones."""
    return f"{before} {after}" if re.search(r"[A-Za-z,]$", before) and re.match(r"[A-Za-z]", after) else before + after


def _wraps(line: PdfLine, after: PdfLine, width: float) -> bool:
    return line.x1 - line.x0 + after.head > width - 0.1 * line.size


def _is_name(text: str) -> bool:
    return 3 <= len(text) <= 20 and not re.search(r"[、，,；;及和或]", text) and is_actor_cell(text)


def _paddings(cells: Sequence[PdfCell]) -> dict[tuple[int, int], float]:
    """How far from the rule the words of each column begin; cells are padded alike left and right."""
    found: dict[tuple[int, int], float] = {}
    for cell in cells:
        gaps = [line.x0 - cell.x0 for line in cell.lines]  # marks may hang out on the right
        found[_band(cell)] = max(0.0, min([found.get(_band(cell), _MOST_PADDING), *gaps]))
    return found


def _band(cell: PdfCell) -> tuple[int, int]:
    return round(cell.x0 / 3), round(cell.x1 / 3)


def _row(table: PdfTable, row: int) -> list[tuple[int, str, int]]:
    cells = sorted((c for c in table.cells if c.row == row), key=lambda c: c.x0)
    return [(round((c.x0 - table.x0) / 8), fold(c.text), c.rowspan) for c in cells]


def _repeated(upper: PdfTable, lower: PdfTable) -> int:
    """Count the rows at the top of a part that are the table's own first rows again, word for word."""
    count = 0
    while (
        count < min(upper.height, lower.height - 1)
        and any(text for _, text, _ in _row(lower, count))
        and _row(upper, count) == _row(lower, count)
    ):
        count += 1
    return count


def _above(table: PdfTable, cell: PdfCell) -> PdfCell | None:
    same = [c for c in table.cells if abs(c.x0 - cell.x0) <= _NEAR and abs(c.x1 - cell.x1) <= _NEAR and c.row + c.rowspan == table.height]
    return same[0] if same else None


def _role(table: PdfTable, cell: PdfCell) -> str | None:
    """The role of the header above a cell."""
    heads = [c for c in table.cells if c.row + c.rowspan <= 4 and c.x0 - _NEAR <= cell.x0 and cell.x1 <= c.x1 + _NEAR and c.lines]
    return next((role for head in sorted(heads, key=lambda c: c.row) if (role := header_role(head.text))), None)


def _goes_on(table: PdfTable, above: PdfCell, cell: PdfCell) -> bool:
    """A merged cell cut by the page: its lower part is empty (or its upper, where the words stand in the middle), or its words go on."""
    role = _role(table, cell)
    merged = above.rowspan > 1 or cell.rowspan > 1 or role in _LABELS
    if not cell.lines:
        return merged and (bool(above.lines) or role != "number")
    if not above.lines:
        return merged and role != "number"
    return (
        role in _LABELS
        and (above.rowspan > 1 or cell.rowspan > 1)
        and _is_cut(above, cell)
        and table.bottom - above.lines[-1].bottom < 2.5 * above.lines[-1].size
    )


def _is_broken(table: PdfTable, first: Sequence[PdfCell], above: dict[int, PdfCell | None]) -> bool:
    """A row cut by the page: no number in its column, and the words go on with words above that reach down to the rule."""
    pairs = [(over, cell) for cell in first if cell.lines and (over := above[id(cell)]) is not None]
    if not pairs or any(above[id(cell)] is None for cell in first) or any(not over.lines or over.text == cell.text for over, cell in pairs):
        return False
    number = next((cell for cell in first if _role(table, cell) == "number"), None)
    label = fold(over_.text) if number is not None and (over_ := above[id(number)]) is not None else ""
    if number is not None and (number.lines or (label and not _NUMBER.fullmatch(label))):
        return False
    if label and all(_role(table, cell) in _LABELS for _, cell in pairs) and len(first) >= _LEAST_CELLS and _numbers_every_row(table):
        return True  # nothing but words at the top of the page, in a table whose every row has its number
    few = len(pairs) * 2 <= len(first)
    if any(over.rowspan == 1 and not _reaches_down(table, over, 2.2 if few else 0.7) for over, _ in pairs):
        return False
    if not label:  # no number to tell rows apart by
        return few and all(_is_cut(over, cell) for over, cell in pairs)
    if not few:
        return any(_is_cut(over, cell) for over, cell in pairs)
    text = [(over, cell) for over, cell in pairs if _role(table, cell) in _LABELS]
    return all(not over.text.endswith(_ENDED) for over, _ in text) if text else any(not over.text.endswith(_ENDED) for over, _ in pairs)


def _numbers_every_row(table: PdfTable) -> bool:
    """Has every row below the header a number of its own?"""
    cells = [c for c in table.cells if c.row and _role(table, c) == "number"]
    return len(cells) >= 1 and all(c.lines and c.rowspan == 1 for c in cells) and len(cells) >= table.height - 2


def _reaches_down(table: PdfTable, cell: PdfCell, letters: float) -> bool:
    """Do a cell's words go as far down as any in the table's last row, but for some letters' height?"""
    lowest = max(
        (
            c.lines[-1].bottom
            for c in table.cells
            if c.lines and c.row + c.rowspan == table.height and c.lines[-1].page == cell.lines[-1].page
        ),
        default=0.0,
    )
    return lowest - cell.lines[-1].bottom < letters * cell.lines[-1].size


def _is_cut(above: PdfCell, cell: PdfCell) -> bool:
    """Did the last line above have no room for the first piece below?"""
    if len(above.lines) > 1 and all(len(line.text) == 1 for line in (*above.lines, cell.lines[0])):
        return True  # a label written downwards
    padding = max(0.0, min(_MOST_PADDING, *(line.x0 - above.x0 for line in above.lines)))
    return not above.text.endswith(_ENDED) and _wraps(above.lines[-1], cell.lines[0], above.x1 - above.x0 - 2 * padding)

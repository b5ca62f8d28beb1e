"""Plain text, and the text dump of a Word table that many sites offer instead of the table.

In such a dump a line that starts with TAB starts a cell, any other line goes on with the cell before, and a blank line usually ends
a row. "Usually" is the trouble: cells hold blank lines, and a row can come in several blocks. So the dump is first cut into blocks of
cells, then the cheapest way to join blocks into rows is looked for (:func:`_join_blocks`): rows about as wide as most rows, that
start with a number where the table numbers its rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable, ReadResult, Remark
from loaders.layouts import text_blocks
from loaders.layouts.source import decode_text
from loaders.layouts.tabs import is_rows
from loaders.outline.numbering import read_mark
from loaders.tables.columns import header_role

ORDER = 90
NUMBER = re.compile(r"[\s(（]*(?:\d{1,4}|[一二三四五六七八九十]{1,4})[\s)）.．、]*")
_DAY = r"(?:[12]\d{3}|[二一][〇零○一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,2}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
_SIGNER = r"[^\n\t，。；：]{4,40}(?:政府|党委|委员会|办公厅|办公室|总局|局|厅|部|委|办|署|院|会|中心)"
_SIGNED = rf"(?:{_SIGNER}[ \u3000]*\n\s*){{1,4}}[（(]?{_DAY}[）)]?\s*\Z"
_HEADED = r"附\s*件\s*[\d一二三四五六七八九十]*\s*[:：]?\s*$|备\s*注\s*[:：]|注\s*[:：]|抄\s*送\s*[:：]"
TAIL = re.compile(rf"(?m)(?<=\n)\n[ \u3000]*(?={_HEADED}|{_SIGNED})")
NOTE = re.compile(r"\s*(?:备\s*注|附?\s*注|说\s*明)\s*[:：]")
_MOST_BLOCKS_A_ROW = 24
_HEADER_LINES = 40
_PARTS = ("part", "chapter", "article", "section", "clause")

_REBUILT = Remark(
    "table-rebuilt-from-text",
    "info",
    "表格由纯文本的排版重建，请核对。",
    "A table was rebuilt from the layout of plain text; please compare it.",
)

Piece = tuple[str, int]
"""Text and its offset in the file."""


def accepts(name: str, head: bytes) -> bool:
    """Take any text; binary formats have readers of their own that are asked first."""
    return True


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of a text file."""
    text, encoding = decode_text(data, where)
    if len(re.findall(r"^\t", text, re.M)) >= 6 and not is_rows(text) and not _is_indented(text):
        return ReadResult("text", encoding, tuple(dump_blocks(text)), len(text))
    blocks = text_blocks(text)
    return ReadResult(
        "text", encoding, tuple(blocks), len(text), remarks=(_REBUILT,) if any(isinstance(b, RawTable) for b in blocks) else ()
    )


def _is_indented(text: str) -> bool:
    """Whether TABs only indent paragraphs: numbered parts or whole sentences stand behind most, no header's words below each other."""
    lines = [line.strip("\t \u3000") for line in re.findall(r"^\t+[^\t\n]+$", text, re.M)]
    told = [line for line in lines if line.endswith(("。", "；", "：")) or (mark := read_mark(line)) and mark.depth in _PARTS]
    if len(lines) < 6 or 2 * len(told) < len(lines) or all(len(line) <= 20 for line in lines):
        return False
    return sum(header_role(line) is not None for line in lines[:_HEADER_LINES] if len(line) <= 8) < 2


def _paragraphs(text: str, at: int) -> list[RawBlock]:
    """Cut at line ends; blank lines are no paragraphs, blanks round a line are layout."""
    found: list[RawBlock] = []
    for line in text.split("\n"):
        stripped = line.strip(" \t\u3000\xa0\ufeff")
        if stripped:
            found.append(RawParagraph(stripped, at + line.index(stripped)))
        at += len(line) + 1
    return found


def dump_blocks(text: str) -> list[RawBlock]:
    """Return the paragraphs and the table of a TAB dump, in order.

    >>> [type(b).__name__ for b in dump_blocks("t\\n\\tno\\n\\ttask\\n\\n\\t1\\n\\ta\\n\\n\\t2\\n\\tb\\n")]
    ['RawParagraph', 'RawTable']
    """
    table, tail, tail_at = _without_tail(text)
    head, blocks = _cell_blocks(table)
    rows = _join_blocks(blocks)
    wide = [at for at, row in enumerate(rows) if len(row) > 1]
    first, last = (wide[0], wide[-1]) if wide else (len(rows), len(rows) - 1)
    found = _paragraphs(head, 0)
    for row in rows[:first]:
        found += [p for cell, at in row for p in _paragraphs(cell, at)]
    if wide:
        found.append(RawTable(tuple(_table_row(row, number) for number, row in enumerate(rows[first : last + 1], 1)), spans_known=False))
    for row in rows[last + 1 :]:
        found += [p for cell, at in row for p in _paragraphs(cell, at)]
    return [*found, *_paragraphs(tail, tail_at)]


def _without_tail(text: str) -> tuple[str, str, int]:
    """Cut what plainly follows the table off the last cell: an attachment's head, a note, where to send copies, who signed and when."""
    last = text.rfind("\n\t") + 1
    hit = TAIL.search(text, last)
    return (text[: hit.start()], text[hit.start() :], hit.start()) if hit else (text, "", len(text))


def _table_row(row: Sequence[Piece], number: int) -> tuple[RawCell, ...]:
    return tuple(RawCell(text, number, column, raw_start=at) for column, (text, at) in enumerate(row, 1))


def _cell_blocks(text: str) -> tuple[str, list[list[Piece]]]:
    """Return the text before the first cell, and the blocks of cells between blank lines."""
    start = 0 if text.startswith("\t") else text.index("\n\t") + 1
    blocks: list[list[Piece]] = [[]]
    at = start
    for cell in re.split(r"(?m)^(?=\t)", text[start:]):
        if not cell:
            continue
        for text_, offset in _same_line_cells(cell, at):
            body = text_.rstrip("\n")
            blocks[-1].append((body, offset))
            if text_.count("\n", len(body)) > 1:
                blocks.append([])
        at += len(cell)
    return text[:start], [block for block in blocks if block]


def _same_line_cells(cell: str, at: int) -> list[Piece]:
    """A line may hold several TABs: each starts a cell."""
    found, offset = [], at
    for part in cell.split("\t")[1:]:
        found.append((part, offset + 1))
        offset += len(part) + 1
    return found


def _join_blocks(blocks: Sequence[Sequence[Piece]]) -> list[list[Piece]]:
    """Join blocks into rows at the least cost.

    Costs (small whole parts of one cell too many or too few = 1): a row that starts with no number in a numbered table 1.5 (2.5 with
    words in that cell), a number inside a row 10, each joint 0.1; a block of one cell may stand alone as a paragraph for 1.2, and
    must, at no cost, before the first row or when it is a note (备注：…).
    """
    if not blocks:
        return []
    starts = [bool(NUMBER.fullmatch(block[0][0])) for block in blocks]
    numbered = sum(starts) >= max(2, len(blocks) // 3)
    widths = Counter(len(block) for block, starts_row in zip(blocks, starts, strict=True) if starts_row or not numbered)
    usual = max(widths, key=lambda width: (widths[width] * width, width))
    lead = next((at for at, block in enumerate(blocks) if len(block) > 2), 0)
    alone = [at < lead or (len(block) == 1 and bool(NOTE.match(block[0][0]))) for at, block in enumerate(blocks)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(blocks) + 1):
        width, options = 0, []
        for begin in range(end - 1, max(-1, end - 1 - _MOST_BLOCKS_A_ROW), -1):
            block = blocks[begin]
            width += len(block)
            inner = sum(starts[begin + 1 : end]) if numbered else 0
            cost = abs(width - usual) + 10 * inner + 0.1 * (end - begin - 1)
            if numbered and not starts[begin]:
                cost += 2.5 if block[0][0].strip() else 1.5
            if end - begin > 1 and any(alone[begin:end]):
                break
            if width == 1:
                cost = 0.0 if alone[begin] else min(cost, 1.2)
            options.append((best[begin][0] + cost, begin))
            if width > usual + 4:
                break
        best.append(min(options))
    rows: list[list[Piece]] = []
    end = len(blocks)
    while end > 0:
        begin = best[end][1]
        rows.append([cell for block in blocks[begin:end] for cell in block])
        end = begin
    return rows[::-1]

"""What every reader hands over, and the one text that all offsets count in.

A reader of a format turns bytes into :class:`RawBlock` values: paragraphs and tables of cells, in reading order, as published.
:func:`assemble` joins them into the *normalised text* (cells by TAB, rows and paragraphs by LF, certain noise taken out, nothing
else changed) and gives every block its place in it. Adding a format is adding a reader; nothing here knows any format.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as published. ``row``/``column`` count from 1 in the physical grid; ``raw_start`` is its offset in a text file, else None."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    raw_start: int | None = None
    name: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class RawTable:
    """Rows of cells. ``spans_known`` is False when the format cannot say which cells are merged (text dumps, CSV)."""

    rows: tuple[tuple[RawCell, ...], ...]
    spans_known: bool
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """``runs`` say where the stretches of a paragraph joined from several lines stand: (start in it, start in the file, length)."""

    text: str
    raw_start: int | None = None
    page: int | None = None
    runs: tuple[tuple[int, int, int], ...] = ()


RawBlock = RawParagraph | RawTable


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader noticed and a person should know (hidden rows read, tracked changes accepted, macros left alone)."""

    code: str
    severity: Literal["violation", "warning", "info"]
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reader found: the format's name, the encoding (text formats), the blocks.

    ``facts`` are what a page's own metadata block says, under the keys of the document's JSON: index_no, issuer, number, title,
    written_on, published_on, effective_on, status, addressees. They are checked against the text, never put above it.
    """

    format: str
    encoding: str
    blocks: tuple[RawBlock, ...]
    raw_length: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    start: int
    number: int
    page: int | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    start: int
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    name: str | None = None
    page: int | None = None

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Table:
    number: int
    rows: tuple[tuple[Cell, ...], ...]
    spans_known: bool
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Blocks:
    """A document's blocks with places. ``raw_runs`` are (normalised start, raw start, length) in order, for text formats."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...]
    order: tuple[Paragraph | Table, ...]
    raw_runs: tuple[tuple[int, int, int], ...] = ()
    stripped: tuple[tuple[int, str], ...] = field(default=())


Strip = Callable[[str], list[tuple[int, int]]]


def keep_all(text: str) -> list[tuple[int, int]]:
    """Return the kept stretches of a text that holds no noise: all of it."""
    return [(0, len(text))]


def assemble(raw: Sequence[RawBlock], strip: Strip = keep_all) -> Blocks:
    """Join blocks into one normalised text. ``strip`` says which stretches of a piece stay (the rest is noise)."""
    sheet = _Sheet(strip)
    order: list[Paragraph | Table] = []
    tables = paragraphs = 0
    for block in raw:
        if isinstance(block, RawParagraph):
            paragraphs += 1
            order.append(Paragraph(*sheet.add(block.text, block.raw_start, "\n", block.runs), number=paragraphs, page=block.page))
            continue
        tables += 1
        rows = tuple(
            tuple(
                Cell(
                    *sheet.add(cell.text, cell.raw_start, "\n" if at == 0 else "\t"),
                    row=cell.row,
                    column=cell.column,
                    rowspan=cell.rowspan,
                    colspan=cell.colspan,
                    name=cell.name,
                    page=cell.page,
                )
                for at, cell in enumerate(row)
            )
            for row in block.rows
        )
        order.append(Table(tables, rows, block.spans_known, block.sheet))
    return Blocks(
        text="".join(sheet.parts),
        paragraphs=tuple(b for b in order if isinstance(b, Paragraph)),
        tables=tuple(b for b in order if isinstance(b, Table)),
        order=tuple(order),
        raw_runs=tuple(sheet.runs),
        stripped=tuple(sheet.stripped),
    )


def raw_offset(raw_runs: Sequence[tuple[int, int, int]], at: int) -> int | None:
    """Return where a character of the normalised text stands in the raw file, None for a separator we added.

    >>> raw_offset([(0, 0, 2), (2, 4, 3)], 3)
    5
    """
    from bisect import bisect_right

    index = bisect_right(raw_runs, (at, float("inf"), 0)) - 1
    if index < 0:
        return None
    start, raw, length = raw_runs[index]
    return raw + at - start if at < start + length else None


class _Sheet:
    """The text being written, with what was left out of it."""

    def __init__(self, strip: Strip) -> None:
        self.strip = strip
        self.parts: list[str] = []
        self.length = 0
        self.runs: list[tuple[int, int, int]] = []
        self.stripped: list[tuple[int, str]] = []

    def add(self, text: str, raw_start: int | None, separator: str, runs: Sequence[tuple[int, int, int]] = ()) -> tuple[str, int]:
        """Write a piece after its separator (none at the very beginning); return its kept text and its start."""
        if self.parts:
            self._write(separator)
        start, kept, at = self.length, [], 0
        for begin, end in self.strip(text):
            if begin > at:
                self.stripped.append((self.length, text[at:begin]))
            for first, raw, length in runs or ([(0, raw_start, len(text))] if raw_start is not None else []):
                low, high = max(begin, first), min(end, first + length)
                if high > low:
                    self.runs.append((self.length + low - begin, raw + low - first, high - low))
            kept.append(text[begin:end])
            self._write(text[begin:end])
            at = end
        if at < len(text):
            self.stripped.append((self.length, text[at:]))
        if not self.parts:
            self.parts.append("")
        return "".join(kept), start

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

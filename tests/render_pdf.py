"""The seeds as PDF: ruled tables with true merges over several A4 pages, header repeated on each, cells broken by a page, page numbers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from merged_seeds import GridCell, merged_rows, words_around

SIZE, LEADING, PADDING = 9.0, 12.0, 5.0
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 842.0, 595.0, 50.0, 60.0, 60.0
WIDTHS = {7: (28, 80, 80, 320, 72, 92, 70), 10: (28, 60, 48, 130, 90, 76, 76, 76, 76, 82)}


def seed_pdf(name: str, *, running: str = "") -> bytes:
    """Return a seed's table as a PDF."""
    above, below = words_around(name)
    rows = merged_rows(name)
    return table_pdf(rows, WIDTHS[max(c.column + c.colspan - 1 for c in rows[0])], above=above, below=below, running=running)


def table_pdf(
    rows: Sequence[Sequence[GridCell]], widths: Sequence[float], *, above: Sequence[str] = (), below: Sequence[str] = (), running: str = ""
) -> bytes:
    """Lay a grid over pages as an office program does: rows cut where the page ends, every part ruled, the header repeated."""
    sheet = _Sheet(running)
    for line in above:
        sheet.text(line, LEFT, sheet.y, SIZE + 3)
        sheet.y += 2 * LEADING
    edges = [LEFT]
    for width in widths:
        edges.append(edges[-1] + width)
    lines = {
        id(cell): _wrap(cell.text, edges[cell.column + cell.colspan - 1] - edges[cell.column - 1] - 2 * PADDING)
        for row in rows
        for cell in row
    }
    heights = [max([1, *(len(lines[id(c)]) for c in row if c.rowspan == 1)]) for row in rows]
    for row in rows:
        for cell in row:
            short = len(lines[id(cell)]) - sum(heights[cell.row - 1 : cell.row - 1 + cell.rowspan])
            if short > 0:
                heights[cell.row + cell.rowspan - 2] += short
    printed: dict[int, int] = {}
    open_: list[GridCell] = []
    at, done = 0, 0  # row, lines of it printed
    while at < len(rows):
        if sheet.fresh and at:
            _band(sheet, rows[0], edges, lines, {}, heights[0])
        parts: list[tuple[int, int, int]] = []
        room = int((HEIGHT - BOTTOM - sheet.y - 2 * PADDING) // LEADING)
        top = sheet.y
        start = at
        y = top
        while at < len(rows) and room >= min(2, heights[at] - done):
            take = min(heights[at] - done, room)
            parts.append((at, done, take))
            room -= take + 1
            y += take * LEADING + 6
            done = done + take if done + take < heights[at] else 0
            if done:
                break
            at += 1
        if not parts:
            sheet.page()
            continue
        bands = [top]
        for _, _, take in parts:
            bands.append(bands[-1] + take * LEADING + 6)
        shown = {c.row - 1 for c in open_} | set(range(start, parts[-1][0] + 1))
        cells = [c for r in sorted(shown) for c in rows[r] if c.row - 1 <= parts[-1][0] and c.row + c.rowspan - 2 >= start]
        for cell in cells:
            first = next(k for k, (row, _, _) in enumerate(parts) if row >= cell.row - 1)
            last = max(k for k, (row, _, _) in enumerate(parts) if row <= cell.row + cell.rowspan - 2)
            x0, x1, y0, y1 = edges[cell.column - 1], edges[cell.column + cell.colspan - 1], bands[first], bands[last + 1]
            sheet.box(x0, y0, x1, y1)
            fits = sum(take for _, _, take in parts[first : last + 1])
            already = printed.get(id(cell), 0)
            for k, line in enumerate(lines[id(cell)][already : already + fits]):
                sheet.text(line, x0 + PADDING, y0 + 3 + k * LEADING, SIZE)
            printed[id(cell)] = already + fits
        open_ = [c for r in rows[: at + 1] for c in r if c.row - 1 <= parts[-1][0] < c.row + c.rowspan - 1 or (done and c.row - 1 == at)]
        open_ = [c for c in open_ if c.row + c.rowspan - 1 > at]
        sheet.y = bands[-1]
        sheet.fresh = False
        if at < len(rows):
            sheet.page()
    sheet.y += LEADING
    for line in below:
        for piece in _wrap(line, WIDTH - 2 * LEFT):
            sheet.text(piece, LEFT, sheet.y, SIZE)
            sheet.y += LEADING
    return sheet.done()


def text_pdf(paragraphs: Sequence[str], *, size: float = 14.0, encrypt: str = "", columns: int = 1) -> bytes:
    """Return running text on A4: first lines two letters in, wrapped without blanks, titles centred, page numbers below."""
    sheet = _Sheet("", width=595.0, height=842.0, encrypt=encrypt)
    left, measure = 80.0, 435.0
    for paragraph in paragraphs:
        centred = paragraph.startswith("*")
        words = paragraph.lstrip("*")
        lines = _wrap(words, measure - (0 if centred else 0), size * (1.4 if centred else 1), indent=0 if centred else 2)
        for at, line in enumerate(lines):
            if sheet.y + size > sheet.height - 80:
                sheet.page()
            own = size * (1.4 if centred else 1)
            x = (595.0 - _width(line, own)) / 2 if centred else left + (2 * size if at == 0 else 0)
            sheet.text(line, x, sheet.y, own)
            sheet.y += 1.7 * own
    return sheet.done()


def picture_pdf() -> bytes:
    """Return a scan: a page that is one picture."""
    from reportlab.lib.utils import ImageReader

    picture = b"P6 60 80 255\n" + bytes(range(256)) * 56 + bytes(64)
    sheet = _Sheet("", numbers=False)
    sheet.canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, WIDTH, HEIGHT)
    return sheet.done()


class _Sheet:
    """A canvas that counts down the page."""

    def __init__(self, running: str, *, width: float = WIDTH, height: float = HEIGHT, encrypt: str = "", numbers: bool = True) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.buffer = io.BytesIO()
        self.width, self.height, self.running, self.numbers = width, height, running, numbers
        self.canvas: Any = Canvas(self.buffer, pagesize=(width, height), invariant=1, encrypt=encrypt or None)
        self.number = 0
        self.page(first=True)

    def page(self, *, first: bool = False) -> None:
        if not first:
            self.canvas.showPage()
        self.number += 1
        self.y, self.fresh = TOP, True
        if self.numbers:
            self.text(f"— {self.number} —", self.width / 2, self.height - 35, 9)
        if self.running:
            self.text(self.running, 60, 25, 8)

    def text(self, words: str, x: float, top: float, size: float) -> None:
        self.canvas.setFont("STSong-Light", size)
        self.canvas.drawString(x, self.height - top - 0.88 * size, words)

    def box(self, x0: float, top: float, x1: float, bottom: float) -> None:
        self.canvas.setLineWidth(0.5)
        for a, b, c, d in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            self.canvas.line(a, self.height - b, c, self.height - d)

    def done(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self.buffer.getvalue()


def _band(
    sheet: _Sheet, row: Sequence[GridCell], edges: Sequence[float], lines: dict[int, list[str]], _: dict[int, int], height: int
) -> None:
    bottom = sheet.y + height * LEADING + 6
    for cell in row:
        x0, x1 = edges[cell.column - 1], edges[cell.column + cell.colspan - 1]
        sheet.box(x0, sheet.y, x1, bottom)
        for k, line in enumerate(lines[id(cell)]):
            sheet.text(line, x0 + PADDING, sheet.y + 3 + k * LEADING, SIZE)
    sheet.y = bottom


def _wrap(text: str, measure: float, size: float = SIZE, indent: int = 0) -> list[str]:
    """Break lines as a Chinese typesetter does: anywhere, but no closing mark begins a line."""
    found: list[str] = []
    for paragraph in [p.strip() for p in text.split("\n") if p.strip()]:
        line, room = "", measure - indent * size
        for char in paragraph:
            if _width(line + char, size) > room and char not in "，。；：、！？）”》":
                found.append(line)
                line, room = "", measure
            line += char
        found.append(line)
    return found


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "STSong-Light", size))

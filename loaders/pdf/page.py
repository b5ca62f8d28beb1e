"""One page of a PDF as it looks: its lines of text, and its ruled tables with the lines in each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

MOST_CHARS_A_PAGE = 60_000
MOST_EDGES_A_PAGE = 12_000
_THIN = 3.0
_SNAP = 2.5
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f\u2018-\u201d\u2014\u2026]")
_OPENING, _CLOSING = "（(《〈“‘【〔[「『", "，。；：、！？）)》〉”’】〕]」』％%…"


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line: where it stands (points from the top left), the size of its letters, and the width its first unbreakable piece takes."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    page: int
    head: float = 0.0
    split: bool = False


@dataclass(slots=True)
class PdfCell:
    """A cell: its columns' edges, its first row in the table (from 0), its height in rows."""

    x0: float
    x1: float
    row: int
    rowspan: int
    page: int
    lines: list[PdfLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


@dataclass(slots=True)
class PdfTable:
    cells: list[PdfCell]
    height: int
    top: float
    bottom: float
    page: int

    @property
    def x0(self) -> float:
        return min(cell.x0 for cell in self.cells)

    @property
    def x1(self) -> float:
        return max(cell.x1 for cell in self.cells)


@dataclass(frozen=True, slots=True)
class PdfPage:
    number: int
    width: float
    height: float
    items: tuple[PdfLine | PdfTable, ...]
    chars: int
    unmapped: int
    pictures: int


def read_page(page: Any, number: int) -> PdfPage:
    """Return a page's lines and tables from top to bottom; ``page`` is pdfplumber's."""
    chars = [c for c in page.chars[: MOST_CHARS_A_PAGE + 1] if c["text"]]
    unmapped = sum(c["text"].startswith("(cid:") for c in chars)
    inside, tables = _tables(page, number)
    loose: list[dict[str, Any]] = []
    held: dict[int, list[dict[str, Any]]] = {}
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        at = next((k for k, (a, t, b, u) in enumerate(inside) if a <= x <= b and t <= y <= u), None)
        if at is None:
            loose.append(char)
        else:
            held.setdefault(at, []).append(char)
    cells = [cell for table in tables for cell in table.cells]
    for at, listed in held.items():
        cells[at].lines = _lines(listed, number)
    items: list[PdfLine | PdfTable] = [*_lines(loose, number)]
    for table in tables:
        if len(table.cells) == 1:
            items += table.cells[0].lines
        elif any(cell.lines for cell in table.cells):
            items.append(table)
    items.sort(key=lambda item: (round(item.top, 1), item.x0))
    return PdfPage(number, float(page.width), float(page.height), tuple(items), len(chars) - unmapped, unmapped, len(page.images))


def _tables(page: Any, number: int) -> tuple[list[tuple[float, float, float, float]], list[PdfTable]]:
    """Return the cells' boxes, in the order of the tables' cells, and the tables."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    edges = _edges(page)
    if not edges or len(edges) > MOST_EDGES_A_PAGE:
        return [], []
    edges = merge_edges(edges, _SNAP, _SNAP, _SNAP, _SNAP)
    edges += _open_sides(edges)
    boxes: list[tuple[float, float, float, float]] = []
    tables: list[PdfTable] = []
    for group in cells_to_tables(intersections_to_cells(edges_to_intersections(edges, _SNAP, _SNAP))):
        tops = cluster([cell[1] for cell in group] + [cell[3] for cell in group], _SNAP)
        listed = sorted(group, key=lambda cell: (_rank(cell[1], tops), cell[0]))
        cells = [
            PdfCell(x0, x1, _rank(top, tops), max(1, _rank(bottom, tops) - _rank(top, tops)), number) for x0, top, x1, bottom in listed
        ]
        boxes += listed
        tables.append(PdfTable(cells, len(tops) - 1, tops[0], tops[-1], number))
    return boxes, tables


def _edges(page: Any) -> list[dict[str, Any]]:
    """Return the ruling: lines, thin filled boxes, and the four sides of boxes drawn with a stroke (shading is no ruling)."""
    found: list[dict[str, Any]] = []
    for shape in (*page.lines, *page.rects, *page.curves):
        x0, x1, top, bottom = (float(shape[key]) for key in ("x0", "x1", "top", "bottom"))
        if x1 - x0 <= _THIN < bottom - top:
            found.append(_edge("v", (x0 + x1) / 2, (x0 + x1) / 2, top, bottom))
        elif bottom - top <= _THIN < x1 - x0:
            found.append(_edge("h", x0, x1, (top + bottom) / 2, (top + bottom) / 2))
        elif shape["object_type"] == "rect" and shape.get("stroke") and x1 - x0 > _THIN:
            found += [_edge("h", x0, x1, y, y) for y in (top, bottom)] + [_edge("v", x, x, top, bottom) for x in (x0, x1)]
        if len(found) > MOST_EDGES_A_PAGE:
            break
    return found


def _edge(orientation: str, x0: float, x1: float, top: float, bottom: float) -> dict[str, Any]:
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": orientation,
        "object_type": "line",
    }


def _open_sides(edges: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Many official tables have no rule at their left and right: where three rules or more begin or end together, one is supposed."""
    across = [e for e in edges if e["orientation"] == "h"]
    down = [e for e in edges if e["orientation"] == "v"]
    found = []
    for side in ("x0", "x1"):
        for x in cluster([e[side] for e in across], _SNAP):
            ends = sorted((e for e in across if abs(e[side] - x) <= _SNAP), key=lambda e: e["top"])
            if len(ends) < 3 or any(abs(v["x0"] - x) <= 2 * _SNAP for v in down):
                continue
            top, bottom = ends[0]["top"], ends[-1]["top"]
            crossing = [v for v in down if ends[0]["x0"] < v["x0"] < ends[0]["x1"] and v["top"] < bottom and v["bottom"] > top]
            if crossing:
                found.append(_edge("v", x, x, top, bottom))
    return found


def cluster(values: Sequence[float], tolerance: float) -> list[float]:
    """Return the middles of groups of values that lie within a tolerance of their neighbour."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _rank(value: float, clusters: Sequence[float]) -> int:
    return min(range(len(clusters)), key=lambda at: abs(clusters[at] - value))


def _lines(chars: Sequence[dict[str, Any]], number: int) -> list[PdfLine]:
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and rows[-1][0]["top"] - 1 <= middle <= rows[-1][0]["bottom"] - 0.15 * rows[-1][0]["size"]:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [line for row in rows if (line := _line(row, number))]


def _line(row: list[dict[str, Any]], number: int) -> PdfLine | None:
    """Join a row's characters; bold made by printing twice counts once, and a gap of a letter or more is a blank."""
    row.sort(key=lambda c: c["x0"])
    kept: list[dict[str, Any]] = []
    for char in row:
        near = [k for k in kept[-3:] if k["text"] == char["text"] and abs(k["x0"] - char["x0"]) < 0.3 * char["size"]]
        if not near or char["text"].isspace():
            kept.append(char)
    solid = [c for c in kept if not c["text"].isspace()]
    if not solid:
        return None
    size = sorted(c["size"] for c in solid)[len(solid) // 2] or 1.0
    parts: list[str] = []
    before: dict[str, Any] | None = None
    split = False
    for char in kept:
        if before is not None and not char["text"].isspace() and not before["text"].isspace():
            gap = char["x0"] - before["x1"]
            wide = bool(_WIDE.match(char["text"]) or _WIDE.match(before["text"]))
            if gap > (0.8 if wide else 0.22) * size:
                parts.append("  " if gap > 2.2 * size else " ")
            split = split or gap > 1.5 * size
        parts.append(char["text"])
        before = char
    text = re.sub(r"[ \t\xa0\u3000\r\n]{3,}", "  ", "".join(parts)).strip(" \t\xa0\u3000\r\n")
    if not text:
        return None
    return PdfLine(
        text,
        solid[0]["x0"],
        solid[-1]["x1"],
        min(c["top"] for c in solid),
        max(c["bottom"] for c in solid),
        size,
        number,
        _head(solid),
        split,
    )


def _head(chars: Sequence[dict[str, Any]]) -> float:
    """The width the line's first piece would have needed on the line above: a letter, or a word or number, with its marks."""
    end = 0
    while end < len(chars) - 1 and _holds_together(chars[end], chars[end + 1]):
        end += 1
    return float(chars[end]["x1"] - chars[0]["x0"])


def _holds_together(one: dict[str, Any], two: dict[str, Any]) -> bool:
    if one["text"] in _OPENING or two["text"] in _CLOSING:
        return True
    if two["text"] in ".%％" and _latin(one) or one["text"] == "." and _latin(two):
        return True  # 2.5%
    return _latin(two) and (_latin(one) or one["text"] in _CLOSING[8:])  # 〔2016〕8


def _latin(char: dict[str, Any]) -> bool:
    return bool(char["text"].isascii() and char["text"].isalnum())

"""A document drawn as published: tables with their merges, text with its lines; what was taken from elsewhere or looks wrong is marked.

Everything is drawn from the records of the document (places count code points of its normalised text), as escaped HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

from loaders.records import Extraction, Finding, Place, TaskRow
from zhengmai.masking import mask

CELL = "border:1px solid rgba(128,128,128,.55);padding:.25rem .4rem;vertical-align:top;min-width:3rem"
# Each mark differs in its line, not in colour alone.
LOOKS = {
    "inherited": "background:repeating-linear-gradient(135deg,rgba(0,114,178,.16) 0 4px,transparent 4px 9px)",
    "doubtful": "outline:2px dashed #B35C00;outline-offset:-3px",
    "corrected": "outline:3px double #007A5A;outline-offset:-3px",
    "finding": "border-left:5px solid #B35C00",
    "chosen": "box-shadow:inset 0 0 0 2px #0072B2",
    "cell": "box-shadow:inset 0 0 0 4px #0072B2",
}
FAULT = '<mark style="background:#ffe08a;color:#1a1a1a;border-bottom:2px solid #B35C00" title="{}">'
CHOSEN = '<mark style="background:rgba(0,114,178,.18);color:inherit;border-left:4px solid #0072B2;padding-left:2px">'


@dataclass(frozen=True, slots=True)
class Chosen:
    """What to show: the unit's id and its span in the normalised text; ``row`` is True for a row of a table.

    ``field`` is the one cell of the row that is meant, "" for all of it.
    """

    id: str
    start: int
    end: int
    row: bool
    field: str = ""


def chosen_unit(extraction: Extraction, at: str | None, field: str = "") -> Chosen | None:
    """Return the row (and the cell of it that ``field`` names) or provision with an id; None when the document has none."""
    for row in extraction.rows:
        if row.row == at:
            return Chosen(row.row, row.place.start or 0, row.place.end or 0, True, field if field in row.cells else "")
    for provision in extraction.provisions:
        if provision.id == at:
            return Chosen(provision.id, provision.place.start or 0, provision.place.end or 0, False)
    return None


def narrowed(chosen: Chosen | None, span: str | None) -> Chosen | None:
    """Return a chosen provision narrowed to the words of ``span`` (start-end); as it was where that is no span inside it."""
    hit = re.fullmatch(r"(\d{1,9})-(\d{1,9})", span or "")
    if chosen is None or chosen.row or hit is None:
        return chosen
    start, end = int(hit[1]), int(hit[2])
    return replace(chosen, start=start, end=end) if chosen.start <= start < end <= chosen.end else chosen


def table_html(extraction: Extraction, rows: Sequence[TaskRow], chosen: Chosen | None = None, words: dict[str, str] | None = None) -> str:
    """Return rows of one task table as published, merged cells over all the rows they hold for. ``words`` names the marks in tooltips."""
    roles = {header: role for header, role in extraction.ingest.columns if role}
    headers = list(dict.fromkeys(header for row in rows for header in row.columns))
    masked = _masked_text(extraction)
    head = "".join(f'<th scope="col" style="{CELL};text-align:left">{escape(header)}</th>' for header in headers)
    body = []
    spans = {header: _spans(rows, roles.get(header)) for header in headers}

    def is_chosen(at: int, header: str) -> bool:
        return chosen is not None and roles.get(header) == chosen.field != "" and _is_chosen(rows, at, chosen)

    for at, row in enumerate(rows):
        cells = "".join(
            _cell(extraction, row, header, roles.get(header), spans[header][at], masked, words or {}, is_chosen(at, header))
            for header in headers
            if spans[header][at]
        )
        style = f' style="{LOOKS["chosen"]}"' if chosen and row.row == chosen.id and not chosen.field else ""
        body.append(f"<tr{style}>{cells}</tr>")
    return (
        '<div style="overflow-x:auto" tabindex="0" role="region">'
        '<table style="border-collapse:collapse;min-width:32rem;font-size:.85rem;line-height:1.5">'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def text_html(extraction: Extraction, lines: Iterable[tuple[int, int]], chosen: Chosen | None) -> str:
    """Return lines of the normalised text (their spans), findings and the chosen unit marked."""
    text = _masked_text(extraction)
    faults = [f for f in extraction.findings if f.place.start is not None and f.place.end is not None and f.place.end - f.place.start < 400]
    out = []
    for start, end in lines:
        cuts = {start, end}
        for low, high in [(f.place.start or 0, f.place.end or 0) for f in faults] + ([(chosen.start, chosen.end)] if chosen else []):
            cuts |= {min(max(low, start), end), min(max(high, start), end)}
        edges = sorted(cuts)
        pieces = "".join(_piece(text, a, b, faults, chosen) for a, b in zip(edges, edges[1:], strict=False))
        out.append(f'<p style="margin:.15rem 0;overflow-wrap:anywhere">{pieces}</p>')
    return f'<div style="line-height:1.8;font-size:.92rem">{"".join(out)}</div>'


def text_lines(extraction: Extraction) -> list[tuple[int, int]]:
    """Return the spans of the lines of the text that belong to no row of a task table, empty ones left out."""
    tables = sorted((row.place.start or 0, row.place.end or 0) for row in extraction.rows)
    found, start = [], 0
    for line in extraction.text.split("\n"):
        end = start + len(line)
        if line.strip() and not any(low < end and start < high for low, high in tables):
            found.append((start, end))
        start = end + 1
    return found


def row_findings(extraction: Extraction, row: TaskRow) -> list[Finding]:
    """Return the findings that stand in a row."""
    low, high = row.place.start or 0, row.place.end or 0
    return [f for f in extraction.findings if _in_row(f.place, row, low, high)]


def masked_words(extraction: Extraction, start: int | None, end: int | None) -> str:
    """Return the words of a span with certainly foreign ones as ▇."""
    return _masked_text(extraction)[start or 0 : end or 0]


def _in_row(place: Place, row: TaskRow, low: int, high: int) -> bool:
    if place.table is not None and place.row is not None:
        return (place.table, place.row) == (row.place.table, row.place.row)
    return place.start is not None and low <= place.start < high


def _spans(rows: Sequence[TaskRow], role: str | None) -> list[int]:
    """Return how many rows each row's cell of a column holds for; 0 where the cell above holds for this one too."""
    keys = [_cell_key(row, role) for row in rows]
    spans = [0] * len(rows)
    first = 0
    for at, key in enumerate(keys):
        if at == 0 or key is None or key != keys[first]:
            first = at
        spans[first] += 1
    return spans


def _cell_key(row: TaskRow, role: str | None) -> tuple[int | None, int | None, int | None] | None:
    cell = row.cells.get(role or "")
    return (cell.place.table, cell.place.row, cell.place.column) if cell and cell.place.row is not None else None


def _is_chosen(rows: Sequence[TaskRow], at: int, chosen: Chosen) -> bool:
    """Say whether the cell drawn at a row is the one that was chosen; a merged cell is chosen for any row it holds for."""
    key = _cell_key(rows[at], chosen.field)
    own = next((n for n, row in enumerate(rows) if row.row == chosen.id), None)
    return own is not None and (own == at or (key is not None and _cell_key(rows[own], chosen.field) == key))


def _cell(
    extraction: Extraction, row: TaskRow, header: str, role: str | None, span: int, masked: str, words: dict[str, str], chosen: bool
) -> str:
    marks = [name for name in ("inherited", "doubtful", "corrected") if role in getattr(row, name)] if role else []
    cell = row.cells.get(role or "")
    found = [f for f in row_findings(extraction, row) if cell and _in_cell(f.place, cell.place)]
    if found:
        marks.append("finding")
    if chosen:
        marks.append("cell")
    said = row.columns.get(header, "")
    if cell and cell.place.start is not None and cell.place.end is not None and "corrected" not in marks:
        said = masked[cell.place.start : cell.place.end]
    elif cell:
        said = cell.raw
    style = ";".join([CELL, *(LOOKS[mark] for mark in marks)])
    tips = [words[mark] for mark in marks if mark in words] + [f.message.zh for f in found]
    title = f' title="{escape("；".join(tips), quote=True)}"' if tips else ""
    over = f' rowspan="{span}"' if span > 1 else ""
    return f'<td{over}{title} style="{style}">{escape(said).replace(chr(10), "<br>")}</td>'


def _in_cell(place: Place, cell: Place) -> bool:
    if place.column is not None and cell.column is not None:
        return place.column == cell.column
    return place.start is not None and cell.start is not None and cell.end is not None and cell.start <= place.start < cell.end


def _piece(text: str, start: int, end: int, faults: Sequence[Finding], chosen: Chosen | None) -> str:
    said = escape(text[start:end]).replace("\t", " · ")
    fault = next((f for f in faults if (f.place.start or 0) <= start and end <= (f.place.end or 0)), None)
    if fault:
        said = f"{FAULT.format(escape(fault.message.zh, quote=True))}{said}</mark>"
    if chosen and not chosen.row and chosen.start <= start and end <= chosen.end:
        said = f"{CHOSEN}{said}</mark>"
    return said


def _masked_text(extraction: Extraction) -> str:
    return mask(extraction.text, extraction.masked) if extraction.masked else extraction.text

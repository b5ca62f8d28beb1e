"""Tables drawn with lines: │ ├─┼─┤ or | +---+. What the lines show of merged cells is taken as published.

A rule that crosses the whole table ends a row; one that leaves out a column shows a cell merged downwards; a missing bar shows one merged
sideways. Without rules between the rows every line is a row, and merges are not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import RawCell, RawTable
from loaders.layouts.text_lines import Found, Line, Piece, as_table, joined, places
from loaders.tables.columns import ACTOR_ROLES, header_role, looks_like

_BARS = "|│┃║｜┆┇┊┋╎╏"
_FLAT = "-─━═=—┄┅┈┉╌╍"
_JOINTS = "+┌┬┐├┼┤└┴┘┏┳┓┣╋┫┗┻┛╔╦╗╠╬╣╚╩╝┝┿┥┠╂┨┯┷┰┸┍┑┕┙┎┒┖┚╒╤╕╞╪╡╘╧╛╓╥╖╟╫╢╙╨╜╭╮╯╰"
_RULE = re.compile(rf"[\s{re.escape(_BARS + _FLAT + _JOINTS)}]+")
_CUT = re.compile(rf"[{re.escape(_BARS)}]")
_CUT_AT_JOINTS = re.compile(rf"[{re.escape(_BARS + _JOINTS)}]")
_MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class _Segment:
    """What stands between two bars; ``rule`` when it is a stretch of a horizontal line."""

    piece: Piece
    rule: bool


def find(lines: Sequence[Line]) -> Found | None:
    """Return the first table drawn with lines."""
    first = 0
    while first < len(lines):
        if not _is_drawn(lines[first].text):
            first += 1
            continue
        last = first
        while last < len(lines) and _is_drawn(lines[last].text):
            last += 1
        table = _table(lines[first:last])
        if table:
            return Found(first, last, (table,))
        first = last
    return None


def _is_drawn(text: str) -> bool:
    return _is_rule(text) or len(_CUT.findall(text)) >= 2


def _is_rule(text: str) -> bool:
    plain = text.strip()
    return (
        bool(plain)
        and bool(_RULE.fullmatch(plain))
        and sum(mark in _FLAT for mark in plain) >= 3
        and any(mark in _JOINTS + _BARS for mark in plain)
    )


def _table(lines: Sequence[Line]) -> RawTable | None:
    rules = sum(_is_rule(line.text) for line in lines)
    if len(lines) - rules < 2 or not (rules or any(mark in line.text for line in lines for mark in _BARS[1:])):
        return None
    for ambiguous in (2, 1):
        laid = _lay([_segments(line, ambiguous) for line in lines])
        if laid:
            edges, rows = laid
            between = _rules_between(rows)
            return _ruled(edges, rows) if between else _unruled(edges, rows)
    return None


def _segments(line: Line, ambiguous: int) -> list[_Segment]:
    """Cut a line at its bars; in a rule, or where a part of a rule runs, at the joints too."""
    text = line.text.rstrip()
    cut = _CUT_AT_JOINTS if _is_rule(text) or re.search(rf"[{re.escape(_JOINTS[1:])}]|\+[-=]{{2}}", text) else _CUT
    marks = [0]
    for character in text:
        marks.append(marks[-1] + (ambiguous if ambiguous == 1 and _is_ambiguous(character) else places(character)))
    found, begin = [], 0
    for end in [*(hit.start() for hit in cut.finditer(text)), len(text)]:
        part = text[begin:end]
        words = part.strip(" \t\u3000\xa0")
        lead = part.index(words) if words else 0
        rule = bool(words) and all(mark in _FLAT for mark in words) and len(words) >= 2
        found.append(_Segment(Piece(words, marks[begin], marks[end], line.start + begin + lead), rule))
        begin = end + 1
    if found and not found[0].piece.text:
        found = found[1:]
    if found and not found[-1].piece.text and len(found) > 1:
        found = found[:-1]
    return found


def _is_ambiguous(character: str) -> bool:
    import unicodedata

    return unicodedata.east_asian_width(character) == "A"


_Row = list[tuple[int, int, _Segment]]
"""One line's segments with the first and last column (from 0) they stand over."""


def _lay(lines: Sequence[Sequence[_Segment]]) -> tuple[int, list[_Row]] | None:
    """Return the number of columns and every line laid on them: by count when all lines have as many, else by place."""
    most = max(len(line) for line in lines)
    if not 2 <= most <= _MOST_COLUMNS:
        return None
    if all(len(line) == most for line in lines):
        return most, [[(at, at, segment) for at, segment in enumerate(line)] for line in lines]
    widest = next(line for line in lines if len(line) == most)
    begins = [segment.piece.begin for segment in widest]
    rows: list[_Row] = []
    for line in lines:
        row: _Row = []
        for at, segment in enumerate(line):
            first = _nearest(begins, segment.piece.begin)
            after = _nearest(begins, line[at + 1].piece.begin) if at + 1 < len(line) else most
            if first is None or after is None or after <= first:
                return None
            row.append((first, after - 1, segment))
        if not row or row[0][0] != 0:
            return None
        rows.append(row)
    return most, rows


def _nearest(begins: Sequence[int], begin: int) -> int | None:
    return next((at for at, place in enumerate(begins) if abs(place - begin) <= 1), None)


def _rules_between(rows: Sequence[_Row]) -> bool:
    """Return whether rules divide the rows: more of them than the three of a frame with a header."""
    inner = [at for at, row in enumerate(rows) if any(segment.rule for _, _, segment in row) and 0 < at < len(rows) - 1]
    texts = sum(not any(segment.rule for _, _, segment in row) for row in rows)
    return len(inner) >= 2 or (len(inner) == 1 and texts == 2)


def _ruled(columns: int, rows: Sequence[_Row]) -> RawTable:
    """Cells grow downwards until a rule crosses their columns. Where no cell is seen to be merged, a blank one may still stand for it."""
    cells: list[list[int]] = []
    pieces: list[list[Piece]] = []
    open_: dict[int, int] = {}
    band = 0
    fresh = True
    for row in rows:
        ruled = {column for first, last, segment in row if segment.rule for column in range(first, last + 1)}
        if ruled and not fresh:
            band += 1
            fresh = True
        for column in ruled:
            open_.pop(column, None)
        for first, last, segment in row:
            if segment.rule:
                continue
            own = open_.get(first)
            if own is None:
                if ruled and not segment.piece.text:
                    continue
                own = len(cells)
                cells.append([band, first, band, last])
                pieces.append([])
                open_.update(dict.fromkeys(range(first, last + 1), own))
            cells[own][2] = max(cells[own][2], band)
            if segment.piece.text:
                pieces[own].append(segment.piece)
            fresh = fresh and bool(ruled)
    full = _column_widths(columns, rows)
    actors = _actor_columns(rows)
    grid: dict[int, list[RawCell]] = {}
    for (top, left, bottom, right), held in sorted(zip(cells, pieces, strict=True), key=lambda both: both[0]):
        text, start = joined(held, sum(full[left : right + 1]), actors=left in actors)
        grid.setdefault(top, []).append(RawCell(text, top + 1, left + 1, bottom - top + 1, right - left + 1, raw_start=start))
    merged = any(bottom > top or right > left for top, left, bottom, right in cells)
    return RawTable(tuple(tuple(grid[top]) for top in sorted(grid)), spans_known=merged)


def _actor_columns(rows: Sequence[_Row]) -> set[int]:
    """Return the columns under headers that name actors (the first lines of words)."""
    texts = [row for row in rows if not any(segment.rule for _, _, segment in row)][:4]
    return {first for row in texts for first, _, segment in row if header_role(segment.piece.text) in ACTOR_ROLES}


def _column_widths(columns: int, rows: Sequence[_Row]) -> list[int]:
    full = [0] * columns
    for row in rows:
        for first, last, segment in row:
            if first == last and not segment.rule:
                full[first] = max(full[first], segment.piece.end - segment.piece.begin - 3)
    return full


def _unruled(columns: int, rows: Sequence[_Row]) -> RawTable:
    """Every line is a row, but for one without a number, and few words, that goes on with the numbered row above."""
    full = _column_widths(columns, rows)
    texts = [row for row in rows if not any(segment.rule for _, _, segment in row)]
    number = next((first for first, _, segment in texts[0] if header_role(segment.piece.text) == "number"), None)
    numbered = number is not None and sum(looks_like("number", _words(row, number)) == 2.0 for row in texts[1:]) >= 2
    held: list[list[list[Piece]]] = []
    for row in texts:
        goes_on = (
            numbered
            and held
            and number is not None
            and not _words(row, number)
            and 2 * sum(bool(s.piece.text) for _, _, s in row) < columns
        )
        if not goes_on:
            held.append([[] for _ in range(columns)])
        for first, _, segment in row:
            if segment.piece.text:
                held[-1][first].append(segment.piece)
    actors = _actor_columns(rows)
    return as_table([[joined(cell, full[at], actors=at in actors) for at, cell in enumerate(row)] for row in held])


def _words(row: _Row, column: int) -> str:
    return next((segment.piece.text for first, _, segment in row if first == column), "")

"""Columns kept apart by blanks: two or more, or a full-width one, in the same place on every line.

The table begins at a header and goes on as long as the blanks between its columns stay free. Words under a column that start no row go on
with the cell above.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layouts.text_lines import Found, Line, Piece, as_table, joined, places
from loaders.tables.columns import ACTOR_ROLES, header_role, header_roles, is_header, looks_like

_GAPS = (re.compile(r" {2,}|\u3000{2,}|[ \u3000]{3,}"), re.compile(r"[ \u3000\xa0]{2,}|\u3000"))
_NOTE = re.compile(r"\s*(?:备\s*注|附?\s*注|说\s*明|附\s*件)\s*[:：\d]")
_LEAST_COLUMNS, _LEAST_ROWS = 3, 2
_MOST_TRIES = 8
_LONGEST = 2_000
_BLANK = " \t\u3000\xa0"

Columns = list[tuple[int, int]]


def find(lines: Sequence[Line]) -> Found | None:
    """Return the first table whose columns are kept apart by blanks."""
    tries = 0
    for first, line in enumerate(lines):
        if len(line.text) > _LONGEST or "\t" in line.text:
            continue
        for gap in _GAPS:
            names = [name for name in gap.split(line.text.strip(_BLANK)) if name.strip()]
            if len(names) >= _LEAST_COLUMNS and is_header(names):
                tries += 1
                found = _table(lines, first, len(names))
                if found or tries > _MOST_TRIES:
                    return found
    return None


def _table(lines: Sequence[Line], first: int, names: int) -> Found | None:
    last, columns = _extent(lines, first, names)
    if len(columns) < names or last - first < 1 + _LEAST_ROWS:
        return None
    cut = [_cut(line, columns) for line in lines[first:last]]
    full = [max((places_of(row[at]) for row in cut if row[at]), default=0) for at in range(len(columns))]
    rows = _rows(cut, full)
    header = ["\n".join(piece.text for piece in pieces) for pieces in rows[0]]
    actors = [role in ACTOR_ROLES for role in header_roles(header)]
    cells = [[joined(pieces, full[at], actors=actors[at]) for at, pieces in enumerate(row)] for row in rows]
    if not _is_sound([[text for text, _ in row] for row in cells]):
        return None
    return Found(first, last, (as_table(cells),))


def _extent(lines: Sequence[Line], first: int, names: int) -> tuple[int, Columns]:
    """Follow the lines as long as as many columns stay apart; return the end and the columns."""
    taken = _mask(lines[first].text)
    last, columns = first + 1, _columns(taken)
    blanks = 0
    for at in range(first + 1, len(lines)):
        text = lines[at].text
        if lines[at].blank:
            blanks += 1
            if blanks > 1:
                break
            continue
        after = _columns(taken | _mask(text)) if len(text) <= _LONGEST and "\t" not in text and not _NOTE.match(text) else []
        if len(after) < names or (blanks and sum(piece is not None for piece in _cut(lines[at], after)) < 2):
            break
        taken, columns, last, blanks = taken | _mask(text), after, at + 1, 0
    return last, columns


def _mask(text: str) -> int:
    """Return the places a line's words take, as bits; a single blank between words is taken too."""
    bits, at = 0, 0
    for character in text.rstrip(_BLANK):
        wide = places(character)
        if character not in _BLANK:
            bits |= ((1 << wide) - 1) << at
        at += wide
    return bits | ((bits << 1) & (bits >> 1))


def _columns(taken: int) -> Columns:
    found: Columns = []
    for hit in re.finditer("1(?:1|0(?=1))*", f"{taken:b}"[::-1]):
        found.append((hit.start(), hit.end()))
    return found


def _cut(line: Line, columns: Columns) -> list[Piece | None]:
    """Return the words of a line under each column."""
    found: list[Piece | None] = [None] * len(columns)
    if line.blank:
        return found
    places_at = [0]
    for character in line.text:
        places_at.append(places_at[-1] + places(character))
    for at, (begin, end) in enumerate(columns):
        inside = [index for index, place in enumerate(places_at[:-1]) if begin <= place < end]
        if inside:
            part = line.text[inside[0] : inside[-1] + 1]
            words = part.strip(_BLANK)
            if words:
                lead = inside[0] + part.index(words)
                found[at] = Piece(words, places_at[lead], places_at[lead + len(words)], line.start + lead)
    return found


def places_of(piece: Piece | None) -> int:
    return piece.end - piece.begin if piece else 0


def _rows(cut: Sequence[Sequence[Piece | None]], full: Sequence[int]) -> list[list[list[Piece]]]:
    """Join lines into rows.

    A row starts at a number where the table numbers its rows, or where all that the row above says of who and when is said again; in
    another table after a blank line, where there are any; else at a line that fills half its columns.
    """
    roles = [header_role(piece.text) if piece else None for piece in cut[0]]
    number = roles.index("number") if "number" in roles else None
    numbered = number is not None and sum(_is_number(line[number]) for line in cut[1:]) >= 2
    apart = any(not any(line) for line in cut[2:])
    rows: list[list[list[Piece]]] = []
    after_blank = True
    for line in cut:
        if not any(line):
            after_blank = True
            continue
        half = 2 * sum(piece is not None for piece in line) >= len(line)
        if not rows or (number is not None and numbered and _is_number(line[number])):
            begins = True
        elif numbered:
            begins = len(rows) > 1 and _says_all_again(line, rows[-1], roles, full)
        else:
            begins = half and (after_blank or not apart)
        if begins:
            rows.append([[] for _ in line])
        for at, piece in enumerate(line):
            if piece:
                rows[-1][at].append(piece)
        after_blank = False
    return rows


def _says_all_again(line: Sequence[Piece | None], row: Sequence[Sequence[Piece]], roles: Sequence[str | None], full: Sequence[int]) -> bool:
    """A line without a number starts a row when its actors and time limit are whole, and those above were finished."""
    listed = [at for at, role in enumerate(roles) if role in (*ACTOR_ROLES, "deadline") and row[at]]
    if len(listed) < 2 or not any(line[at] for at, role in enumerate(roles) if role not in (*ACTOR_ROLES, "deadline", "number")):
        return False
    for at in listed:
        piece = line[at]
        if piece is None or looks_like(roles[at], piece.text) <= 0 or places_of(row[at][-1]) >= full[at]:
            return False
    return True


def _is_number(piece: Piece | None) -> bool:
    return piece is not None and looks_like("number", piece.text) == 2.0


def _is_sound(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether most cells fit their headers: actors under the actors, time limits under theirs."""
    if len(rows) < 1 + _LEAST_ROWS or not is_header(rows[0]):
        return False
    roles = header_roles(rows[0])
    fits = [
        looks_like(role, row[at]) > 0 for row in rows[1:] for at, role in enumerate(roles) if role in (*ACTOR_ROLES, "deadline") and row[at]
    ]
    wide = sum(sum(bool(cell) for cell in row) >= 2 for row in rows[1:])
    return len(fits) >= _LEAST_ROWS and sum(fits) >= 0.7 * len(fits) and wide >= 0.7 * (len(rows) - 1)

"""A table with each cell on a line of its own: the header's names one below the other, then the cells in the same order.

Where empty cells left empty lines, every row has as many lines. Else each line is laid on the columns at the least cost: what its words
look like, which columns may be empty, and where the numbers 1, 2, 3 … start rows. When names of several departments could be shared out
over the columns in more than one way, or the cells do not fit their headers, the lines stay paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.layouts.text_lines import Found, Line, as_table
from loaders.tables.columns import ACTOR_ROLES, TEXT_ROLES, fold, header_role, header_roles, is_header, looks_like

_NOTE = re.compile(r"\s*(?:备\s*注|附?\s*注|说\s*明|附\s*件)\s*[:：\d]")
_INT = re.compile(r"[（(]?(\d{1,4})[)）]?[.．、]?")
_BARS = ("|", "｜")  # pages copied as text leave the lines between their cells
_BLANK = " \t\u3000\xa0\ufeff"
_LONGEST_NAME, _MOST_COLUMNS, _MOST_CELLS = 16, 14, 20_000
_WORST = -1e9
_NOWHERE = -1
_SKIP = {
    "task": 0.4,
    "group": 0.6,
    "sub_measure": 0.3,
    "measure": 2.5,
    "supporting": 0.6,
    "remark": 0.1,
    "basis": 0.5,
    "number": 3.0,
    None: 0.5,
}
_JOINT: dict[str | None, float] = {"lead": 0.5, "unit": 0.5, "responsible": 0.3, "supporting": 0.3}
_LISTED = frozenset((*ACTOR_ROLES, "deadline"))

Spot = tuple[str, int | None]
"""Words and their offset in the file, None for words of several lines."""


def find(lines: Sequence[Line]) -> Found | None:
    """Return the first table of one cell a line."""
    full = [at for at, line in enumerate(lines) if not line.blank and line.text.strip() not in _BARS]
    at = 0
    while at < len(full):
        names = _header(lines, full, at)
        if names:
            found = _table(lines, full, at, names)
            if found:
                return found
            at += names
        else:
            at += 1
    return None


def _header(lines: Sequence[Line], full: Sequence[int], at: int) -> int:
    """Return how many lines from here on are a header's names, 0 for none."""
    names: list[str] = []
    known = 0
    for index in full[at : at + _MOST_COLUMNS]:
        name = lines[index].text.strip(_BLANK)
        if len(fold(name)) > _LONGEST_NAME or re.search(r"[，。；,;]|\d", name):
            break
        role = header_role(name)
        if role is None and (not names or len(names) > known):
            break
        names.append(name)
        known += role is not None
    while names and header_role(names[-1]) is None:
        names.pop()
    return len(names) if len(names) >= 3 and known >= 3 and len(set(names)) == len(names) and is_header(names) else 0


def _table(lines: Sequence[Line], full: Sequence[int], at: int, names: int) -> Found | None:
    header = [_spot(lines[index]) for index in full[at : at + names]]
    begin, end = full[at + names - 1] + 1, _end(lines, full, at + names)
    roles = header_roles([text for text, _ in header])
    unnamed = _unnamed_numbers([lines[index].text for index in full[at + names :] if index < end], roles)
    if unnamed is not None:
        header.insert(unnamed, ("", None))
        roles.insert(unnamed, "number")
    gap = full[at + 1] - full[at] - 1
    even = gap <= 1 and all(full[i + 1] - full[i] - 1 == gap for i in range(at, at + names - 1))
    laid = _by_count(lines[begin:end], roles, gap) if even else None
    cells = [[index] for index in full[at + names :] if index < end]
    if even and gap:
        cells = _apart(cells)
    rows, used = laid or _by_fit([_cell(lines, cell) for cell in cells], roles)
    if not rows or not _is_sound(rows, roles if len(rows[0]) == len(roles) else []):
        return None
    last = begin + used if laid else cells[used - 1][-1] + 1
    return Found(full[at], last, (as_table([header, *rows]),))


def _unnamed_numbers(texts: Sequence[str], roles: Sequence[str | None]) -> int | None:
    """Return where a column of numbers stands that the header does not name (its first cell spans two columns), None without one."""
    numbers = [(at, own) for at, text in enumerate(texts) if (own := _number(text)) is not None]
    if (
        "number" in roles
        or len(numbers) < 2
        or numbers[0][0] > len(roles)
        or [own for _, own in numbers] != list(range(1, len(numbers) + 1))
    ):
        return None
    return numbers[0][0]


def _apart(cells: Sequence[Sequence[int]]) -> list[list[int]]:
    """Where a blank line stands between cells, lines without one between them are the lines of one cell."""
    found: list[list[int]] = []
    for (index,) in cells:
        if found and index == found[-1][-1] + 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _cell(lines: Sequence[Line], cell: Sequence[int]) -> Line:
    return lines[cell[0]] if len(cell) == 1 else Line("\n".join(lines[index].text.strip(_BLANK) for index in cell), _NOWHERE)


def _spot(line: Line) -> Spot:
    text = line.text.strip(_BLANK)
    return text, None if line.start == _NOWHERE else line.start + line.text.index(text)


def _end(lines: Sequence[Line], full: Sequence[int], at: int) -> int:
    """A note, an attachment or the next header ends the table."""
    for place in range(at, len(full)):
        if _NOTE.match(lines[full[place]].text) or (header_role(lines[full[place]].text) and _header(lines, full, place)):
            return full[place]
    return len(lines)


def _by_count(lines: Sequence[Line], roles: Sequence[str | None], gap: int) -> tuple[list[list[Spot]], int] | None:
    """Read rows of as many lines each, an empty line being an empty cell; only where the table numbers its rows."""
    if "number" not in roles[:1]:
        return None
    first = next((at for at, line in enumerate(lines) if not line.blank), 0)
    if first > gap:
        return None
    cells = lines[first :: gap + 1]
    if any(not line.blank for at, line in enumerate(lines[first:]) if at % (gap + 1)):
        return None
    for width in range(len(roles), len(roles) + 3):
        rows: list[list[Spot]] = []
        expected = None
        for at in range(0, len(cells) - width + 1, width):
            own = _number(cells[at].text)
            if not (cells[at].blank and rows) and (own is None or (expected is not None and own != expected)):
                break
            expected = own + 1 if own is not None else expected
            rows.append([_spot(cell) if not cell.blank else ("", cell.start) for cell in cells[at : at + width]])
        while rows and not any(text for text, _ in rows[-1]):
            rows.pop()
        left = [cell for cell in cells[len(rows) * width :] if _number(cell.text) is not None]
        if len(rows) >= 2 and not left:
            return rows, min(len(lines), first + len(rows) * width * (gap + 1))
    return None


def _number(text: str) -> int | None:
    hit = _INT.fullmatch(fold(text))
    return int(hit[1]) if hit else None


def _by_fit(lines: Sequence[Line], roles: Sequence[str | None]) -> tuple[list[list[Spot]], int]:
    """Lay every line on a column at the least cost; return the rows and how many lines they took.

    A header often names the measures once for two columns, the group and the measure: that is tried too.
    """
    starts = _starts(lines) if roles[0] == "number" else frozenset()
    if not lines or len(lines) > _MOST_CELLS or (roles[0] == "number" and len(starts) < 2):
        return [], 0
    texts = [line.text.strip(_BLANK) for line in lines]
    columns = _cheapest(texts, roles, starts)
    if "measure" in roles and "group" not in roles:
        at = roles.index("measure")
        wider = [*roles[:at], "group", *roles[at:]]
        laid = _cheapest(texts, wider, starts)
        if _joints(texts, columns, roles) >= max(2, 2 * _joints(texts, laid, wider)):
            columns, roles = laid, wider
    rows: list[list[list[Spot]]] = []
    before = len(roles)
    used = 0
    for line, (column, fresh) in zip(lines, columns, strict=True):
        if column < 0:
            break
        if fresh or column < before:
            rows.append([[] for _ in roles])
        rows[-1][column].append(_spot(line))
        before, used = column, used + 1
    return ([] if _is_unsure(rows, roles) else [[_one(cell) for cell in row] for row in rows]), used


def _joints(texts: Sequence[str], columns: Sequence[tuple[int, bool]], roles: Sequence[str | None]) -> int:
    """Return how many lines had to be joined to the line above in a column of words (single characters of a vertical label aside)."""
    found = 0
    for (text, above), (column, fresh), (before, _) in zip(zip(texts[1:], texts, strict=False), columns[1:], columns, strict=False):
        found += column == before >= 0 and not fresh and roles[column] in TEXT_ROLES and min(len(text), len(above)) >= 4
    return found


def _one(cell: Sequence[Spot]) -> Spot:
    return ("\n".join(text for text, _ in cell), cell[0][1] if len(cell) == 1 else None) if cell else ("", None)


def _starts(lines: Sequence[Line]) -> frozenset[int]:
    """Return the lines that are the numbers 1, 2, 3 … of the rows."""
    found: list[int] = []
    expected: int | None = None
    for at, line in enumerate(lines):
        own = _number(line.text)
        if own is not None and (own == expected or (expected is None and at == 0)):
            found.append(at)
            expected = own + 1
    return frozenset(found)


def _cheapest(texts: Sequence[str], roles: Sequence[str | None], starts: frozenset[int]) -> list[tuple[int, bool]]:
    """Return for each line its column and whether it starts a row; column -1 from the line on that is after the table."""
    count = len(roles)
    outside = count
    numbered = bool(starts)
    last_start = max(starts, default=-1)
    skipped = [0.0]
    for role in roles:
        skipped.append(skipped[-1] + _SKIP.get(role, 1.2))
    score = [_WORST] * (count + 1)
    back: list[list[tuple[int, bool]]] = []
    for at, text in enumerate(texts):
        now = [_WORST] * (count + 1)
        came = [(0, False)] * (count + 1)
        for column in range(count):
            if (column == 0 and numbered) != (at in starts):
                continue
            fit = looks_like(roles[column], text)
            if at == 0:
                now[column], came[column] = fit - skipped[column], (column, True)
                continue
            for other in range(count):
                if score[other] == _WORST:
                    continue
                wrapped = score[other] - (skipped[count] - skipped[other + 1]) - skipped[column]
                options = [(wrapped, True)] if column == 0 or not numbered else [(wrapped - 1.0, True)]
                if other < column:
                    options.append((score[other] - (skipped[column] - skipped[other + 1]), False))
                if other == column and not (column == 0 and numbered):
                    options.append((score[other] - _JOINT.get(roles[column], 0.7), False))
                for value, fresh in options:
                    if value + fit > now[column] + 1e-9:
                        now[column], came[column] = value + fit, (other, fresh)
        if at > last_start:
            for other in range(count + 1):
                left = skipped[count] - skipped[other + 1] if other < count else 0.0
                if score[other] > _WORST and score[other] - left > now[outside] + 1e-9:
                    now[outside], came[outside] = score[other] - left, (other, False)
        score = now
        back.append(came)
    final = [score[c] - (skipped[count] - skipped[c + 1] if c < count else 0.0) for c in range(count + 1)]
    column = max(range(count + 1), key=final.__getitem__)
    found: list[tuple[int, bool]] = []
    for came in reversed(back):
        other, fresh = came[column]
        found.append((-1 if column == outside else column, fresh))
        column = other
    return found[::-1]


def _is_unsure(rows: Sequence[Sequence[Sequence[Spot]]], roles: Sequence[str | None]) -> bool:
    """More lines of actors than columns of actors, or fewer (but for the supporting), can be shared out in more than one way."""
    actors = [at for at, role in enumerate(roles) if role in ACTOR_ROLES]
    texts = [at for at, role in enumerate(roles) if role in TEXT_ROLES]
    missing = several = blurred = 0
    for row in rows:
        empty = [at for at in actors if not row[at]]
        missing += len(actors) > len(empty) > sum(roles[at] == "supporting" for at in empty)
        several += len(actors) > 1 and any(len(row[at]) > 1 for at in actors)
        blurred += sum(len(row[at]) for at in texts) > len(texts) + 6
    return missing > 0.1 * len(rows) or several > 0.34 * len(rows) or blurred > 0.2 * len(rows)


def _is_sound(rows: Sequence[Sequence[Spot]], roles: Sequence[str | None]) -> bool:
    """Return whether the cells fit their headers. Rows wider than the header are held by their numbers alone."""
    if len(rows) < 2:
        return False
    fits = [looks_like(role, row[at][0]) > 0 for row in rows for at, role in enumerate(roles) if role in _LISTED and row[at][0]]
    wide = sum(sum(bool(text) for text, _ in row) >= 3 for row in rows)
    return (not roles or (len(fits) >= len(rows) and sum(fits) >= 0.85 * len(fits))) and wide >= 0.8 * len(rows)

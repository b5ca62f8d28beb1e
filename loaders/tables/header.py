"""A task table's header: where it is, over how many rows and columns it goes, and which role each column plays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from loaders.actors import split_actors
from loaders.blocks import Cell, Table
from loaders.tables.columns import TEXT_ROLES, fold, header_role, header_roles, is_aside, is_header, looks_like
from loaders.tables.unmet import counts_up, settle

_SAMPLE = 60
_DEEPEST = 3
_LONGEST_PART = 8
_FIRST_ROWS = 15
_CAPTION = re.compile(r"[:：]\s*\S|[12]\d{3}\s*年\s*\d{1,2}\s*月")  # 填报单位：某局 （2021年3月） above the headings is no heading


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role (None for a column we keep but do not use), its header as published, whether its cells alone gave the role."""

    role: str | None
    header: str
    by_content: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The header's first row (index in the table), how many rows it takes, and the columns under it."""

    at: int
    depth: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Heading:
    """One heading over ``width`` columns: its words, and the words it is looked up by."""

    name: str
    role_words: str
    width: int


def read_header(table: Table) -> Header | None:
    """Return the header of a task table, None when no row near the top is one."""
    for at in range(min(_FIRST_ROWS, len(table.rows))):
        for depth in _depths(table, at):
            headings = _headings(table, at, depth)
            if is_header([h.role_words for h in headings]):
                return Header(at, depth, _columns(headings, list(table.rows[at + depth :]), table.spans_known))
    return None


def _depths(table: Table, at: int) -> Sequence[int]:
    """A header is as deep as its tallest cell; a cell over several columns may have its parts in the next row."""
    if not table.spans_known:
        return (2, 1) if _parts_below(table, at) else (1,)
    row = table.rows[at]
    if not row:
        return ()
    tall = min(_DEEPEST, max((cell.rowspan for cell in row if cell.rowspan < len(table.rows)), default=1))
    if any(_CAPTION.search(cell.text) for cell in row):
        return (tall,)
    parted = any(cell.colspan > 1 and cell.text.strip() for cell in row)
    return (tall,) if tall > 1 else (2, 1) if parted and _names_parts(table, at) else (1,)


def _names_parts(table: Table, at: int) -> bool:
    """Does the next row hold nothing but headings?"""
    if at + 1 >= len(table.rows):
        return False
    below = [cell.text for cell in table.rows[at + 1] if cell.text.strip()]
    return bool(below) and all(header_role(text) or len(fold(text)) <= 4 for text in below) and any(header_role(text) for text in below)


def _parts_below(table: Table, at: int) -> bool:
    """Where merges are not known: does the next row hold nothing but short words under headings that go on over blank cells?"""
    if at + 1 >= len(table.rows) or len(table.rows[at + 1]) != len(table.rows[at]):
        return False
    above, below = ([fold(cell.text) for cell in table.rows[number]] for number in (at, at + 1))
    parts = [number for number, text in enumerate(below) if text]
    wide = {number for number, text in enumerate(above) if not text or (number + 1 < len(above) and not above[number + 1])}
    short = all(len(below[number]) <= _LONGEST_PART and looks_like("number", below[number]) < 0 for number in parts)
    named = sum(header_role(text) is not None for text in above) >= 2
    return named and bool(above[0]) and any(not above[number] for number in parts) and short and set(parts) <= wide


def _headings(table: Table, at: int, depth: int) -> list[_Heading]:
    row = table.rows[at]
    if depth == 1:
        return _flat(row, table.spans_known)
    if not table.spans_known:
        return _parted(row, table.rows[at + 1])
    wide = max((cell.column + cell.colspan - 1 for r in table.rows[at : at + depth] for cell in r), default=0)
    stacks: list[list[str]] = [[] for _ in range(wide)]
    owners: list[tuple[int, ...]] = [() for _ in range(wide)]
    for number, cells in enumerate(table.rows[at : at + depth]):
        for where, cell in enumerate(cells):
            for column in range(cell.column - 1, min(wide, cell.column - 1 + cell.colspan)):
                if cell.text.strip():
                    stacks[column].append(" ".join(cell.text.split()))
                owners[column] = (*owners[column], number * 1000 + where)
    distinct = [at for at, owner in enumerate(owners) if not at or owner != owners[at - 1]]
    widths = [end - start for start, end in zip(distinct, [*distinct[1:], wide], strict=True)]
    return _stacked([stacks[at] for at in distinct], widths)


def _parted(above: Sequence[Cell], below: Sequence[Cell]) -> list[_Heading]:
    """Two rows of headings where merges are not known: a blank above a part goes on with the heading to its left."""
    stacks: list[list[str]] = []
    widths: list[int] = []
    parent = ""
    for upper, lower in zip(above, below, strict=True):
        own, part = (" ".join(cell.text.split()) for cell in (upper, lower))
        if not own and not part and stacks:
            widths[-1] += 1
            continue
        parent = own or parent
        stacks.append([words for words in (parent, part) if words])
        widths.append(1)
    return _stacked(stacks, widths)


def _stacked(stacks: Sequence[Sequence[str]], widths: Sequence[int]) -> list[_Heading]:
    """Headings over several rows: the lowest words name the role, else those above, unless another part has their role by its own words."""
    named = {header_role(stack[-1]) for stack in stacks if stack}
    found = []
    for stack, width in zip(stacks, widths, strict=True):
        lowest = stack[-1] if stack else ""
        above = lowest if is_aside(lowest) else next((text for text in reversed(stack) if header_role(text)), lowest)
        found.append(_Heading(" ".join(stack), lowest if header_role(above) in named else above, width))
    return found


def _flat(row: Sequence[Cell], spans_known: bool) -> list[_Heading]:
    """One row of headings; where merges are not known a blank cell goes on with the heading to its left."""
    found: list[_Heading] = []
    for cell in row:
        name = " ".join(cell.text.split())
        if not name and found and not spans_known:
            found[-1] = _Heading(found[-1].name, found[-1].role_words, found[-1].width + 1)
        else:
            found.append(_Heading(name, name, cell.colspan if spans_known else 1))
    return found


def _columns(headings: Sequence[_Heading], body: Sequence[Sequence[Cell]], spans_known: bool) -> tuple[Column, ...]:
    roles = header_roles([h.role_words for h in headings])
    widths = [h.width for h in headings]
    if spans_known:
        values = _by_position(body, sum(widths))
    else:
        usual = _usual_width(body, sum(widths))
        sample = [row for row in body if len(row) == usual]
        values = [[row[at].text for row in sample] for at in range(usual)]
        if usual != sum(widths):
            widths = _spread(roles, values)
    stretches = _stretches(values, widths)
    roles = _by_content(roles, headings, stretches)
    named, roles = roles, settle([h.role_words for h in headings], roles, stretches)
    columns: list[Column] = []
    for at, (heading, role, stretch) in enumerate(zip(headings, roles, stretches, strict=True)):
        own_roles = _text_roles(role, stretch, taken={c.role for c in columns} | set(roles))
        by_content = role != named[at] and header_role(heading.role_words) is None
        for inner, own in enumerate(own_roles):
            name = heading.name if own == role or len(own_roles) == 1 else f"{heading.name} #{inner + 1}"
            columns.append(Column(own, name, by_content and own == role))
    return tuple(columns)


def _stretches(values: Sequence[list[str]], widths: Sequence[int]) -> list[list[list[str]]]:
    at, found = 0, []
    for width in widths:
        found.append(list(values[at : at + width]))
        at += width
    return found


def _by_content(roles: Sequence[str | None], headings: Sequence[_Heading], stretches: Sequence[list[list[str]]]) -> list[str | None]:
    """责任单位 beside 责任部门: the one that holds classes of authorities (各级税务机关) is the addressee, whatever it is called."""
    found = list(roles)
    candidates = [at for at, h in enumerate(headings) if found[at] in ("unit", "responsible") or header_role(h.role_words) == "responsible"]
    if len(candidates) < 2 or not any(stretches[at] for at in candidates):
        return found
    shares = {at: _class_share([text for column in stretches[at] for text in column]) for at in candidates}
    best = max(candidates, key=lambda at: (shares[at], -at))
    if shares[best] >= 0.5:
        for at in candidates:
            if found[at] == "unit":
                found[at] = "responsible" if "responsible" not in found[:at] else None
        found[best] = "unit"
        rest = [at for at in candidates if at != best]
        if "responsible" not in found:
            found[rest[0]] = "responsible"
    elif "unit" in found and shares[found.index("unit")] == 0:
        at = found.index("unit")
        found[at] = None if "responsible" in found else "responsible"
    return found


def _class_share(texts: Sequence[str]) -> float:
    """How many of the filled cells name a class of authorities."""
    filled = [text for text in texts if text.strip()][:_SAMPLE]
    hits = sum(any(a.generic_kind == "authority-class" for a in split_actors(text)) for text in filled)
    return hits / len(filled) if filled else 0.0


def _usual_width(body: Sequence[Sequence[Cell]], least: int) -> int:
    widths = Counter(len(row) for row in body if len(row) >= min(least, 3))
    return max(widths, key=lambda width: (widths[width], width)) if widths else least


def _by_position(body: Sequence[Sequence[Cell]], width: int) -> list[list[str]]:
    """Return the words that start in each column (a merged cell counts once)."""
    values: list[list[str]] = [[] for _ in range(width)]
    for row in body:
        for cell in row:
            if 1 <= cell.column <= width:
                values[cell.column - 1].append(cell.text)
    return values


def _spread(roles: Sequence[str | None], values: Sequence[Sequence[str]]) -> list[int]:
    """Say how many columns each header cell stands over, so that contents fit best; where equal, the measure's spreads."""
    extra = len(values) - len(roles)
    if extra <= 0:
        return [1] * len(values) + [0] * (len(roles) - len(values))
    best: tuple[float, list[int]] | None = None
    for where in combinations_with_replacement(range(len(roles)), min(extra, 3)):
        widths = [1 + where.count(at) + (extra - 3 if extra > 3 and at == where[-1] else 0) for at in range(len(roles))]
        score, at = 0.0, 0
        for role, width in zip(roles, widths, strict=True):
            for column in values[at : at + width]:
                sample = column[:_SAMPLE]
                score += sum(looks_like(role, text) for text in sample) / max(1, len(sample))
            score -= (width - 1) * (0.0 if role == "measure" else 0.05 if role in TEXT_ROLES else 1.0)
            at += width
        if best is None or score > best[0] + 1e-9:
            best = (score, widths)
    return best[1] if best else [1] * len(roles)


def _text_roles(role: str | None, values: Sequence[Sequence[str]], taken: set[str | None]) -> list[str | None]:
    """Roles of the columns under one header cell: a sparse column before the measure is its group, one after it a sub-measure."""
    if len(values) <= 1 or role not in TEXT_ROLES:
        return [role, *[None] * (len(values) - 1)] if values else []
    numbers = next((at for at, column in enumerate(values) if counts_up(column)), None) if "number" not in taken else None
    if numbers is not None:
        rest = _text_roles(role, [*values[:numbers], *values[numbers + 1 :]], {*taken, "number"})
        return [*rest[:numbers], "number", *rest[numbers:]]
    if role != "measure":
        return [role, "group" if "group" not in taken else None, *[None] * (len(values) - 2)]
    fill = [sum(bool(v.strip()) for v in column) for column in values]
    main = max(at for at, count in enumerate(fill) if count >= 0.5 * max(fill))
    roles: list[str | None] = [None] * len(values)
    roles[main] = "measure"
    if main > 0:
        roles[main - 1] = "group" if "group" not in taken else None
    if main + 1 < len(values):
        roles[main + 1] = "sub_measure"
    return roles

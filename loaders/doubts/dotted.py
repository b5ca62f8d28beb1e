"""Numbers of two parts (3.4, 2-1) that leave one out, stand twice, go back, or stand in the group of another number.

Counted anew within each first part, so that rows may be numbered by group, by sheet or through the whole table.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from loaders.doubts.numbers import at_number, number_column
from loaders.doubts.telling import at_cell, own, tables
from loaders.outline.numbering import number_value
from loaders.records import Extraction, Finding, TaskRow

LEAST, MOST_OF = 6, 0.8  # rows numbered so; their share of the table
FEW = 4  # numbers left out; more are another count
ODD = 0.2  # share of rows that may disagree before the numbers follow another plan
_DOTTED = re.compile(r"(\d{1,3}(?:[.．]\d{1,3})*)[.．](\d{1,3})[.．]?|(\d{1,3})[-－—](\d{1,3})")
_HEADING = re.compile(r"\s*(?:第?([一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．]|部分|类)|[（(]([一二三四五六七八九十]{1,3}|\d{1,2})[）)])")


def dotted_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        numbered = [(row, parts) for row in rows if "number" not in row.inherited and (parts := _parts(row.number or ""))]
        if len(numbered) < LEAST or len(numbered) < MOST_OF * len(rows):
            continue
        column = number_column(document)
        found = [*_order(numbered, column), *_headings(numbered, column)]
        if len(found) <= max(3, ODD * len(numbered)):
            yield from found


def _parts(number: str) -> tuple[str, int] | None:
    hit = _DOTTED.fullmatch(number.strip())
    return ((hit[1] or hit[3]).replace("．", "."), int(hit[2] or hit[4])) if hit else None


def _order(numbered: Sequence[tuple[TaskRow, tuple[str, int]]], column: int | None) -> Iterator[Finding]:
    """Hold each number against the one before it with the same first part; a row among those of another part is told once."""
    standing = {parts for _, parts in numbered}
    last: dict[str, int] = {}
    now = ""
    for at, (row, (head, value)) in enumerate(numbered):
        before = last.get(head, 0)
        ahead, beyond = (*(parts[0] for _, parts in numbered[at + 1 : at + 3]), "", "")[:2]
        number = row.number or ""
        astray = bool(now) and head != now and (head in last or (ahead == now and beyond == now))  # 5.2, 3.4, 5.3, 5.4
        if astray:
            said = f"编号“{number}”排在“{now}”各项之间。", f"Number {number} stands among those of {now}."
            yield at_number("number-order", row, column, said)
        elif value <= before:
            how = ("重复", "stands twice") if value == before else (f"排在 {before} 之后", f"stands after {before}")
            code = "number-repeated" if value == before else "number-order"
            yield at_number(code, row, column, (f"编号“{number}”{how[0]}。", f"Number {number} {how[1]}."))
        elif before + 1 < value <= before + FEW and (head, value - 1) not in standing:
            said = f"编号“{number}”之前缺“{_like(number, value - 1)}”。", f"{_like(number, value - 1)} is missing before {number}."
            yield at_number("number-gap", row, column, said)
        if not (astray and ahead == now):
            now = head
        last[head] = max(before, value)


def _like(number: str, value: int) -> str:
    return re.sub(r"\d+([.．]?)$", str(value), number)


def _headings(numbered: Sequence[tuple[TaskRow, tuple[str, int]]], column: int | None) -> Iterator[Finding]:
    """3.4 below the heading （五）, in a table whose headings otherwise say the first part of their rows' numbers."""
    for field in ("group", "task"):
        said = [(row, parts[0], _heading(row.text(field))) for row, parts in numbered if parts[0].isdigit()]
        told = [(row, int(head), heading) for row, head, heading in said if heading]
        wrong = [(row, head, heading) for row, head, heading in told if head != heading]
        if len(told) < LEAST or not wrong or len(wrong) > max(2, ODD * len(told)):
            continue
        usual = Counter(head for _, head, _ in told)
        for row, head, _ in wrong:
            if usual[head] < 2:
                continue
            words = (
                f"编号“{row.number}”与所在的标题“{row.text(field)}”不符。",
                f"Number {row.number} does not belong below {row.text(field)}.",
            )
            yield at_number("number-order", row, column, words)
        return


def _heading(text: str) -> int:
    hit = _HEADING.match(text)
    return number_value(hit[1] or hit[2]) if hit else 0


def group_doubts(document: Extraction) -> Iterator[Finding]:
    """Headings of a table's groups （一）（二）（四）: a number left out or used again; each table begins anew."""
    for rows in tables(document):
        for field in ("group", "task"):
            labels = [(row, own(row, field)) for row in rows if own(row, field)]
            marked = [(row, label, value) for row, label in labels if (value := _heading(label))]
            if len({value for *_, value in marked}) < 3 or len(marked) < MOST_OF * len(labels):
                continue
            last, above = 0, ""
            for row, label, value in marked:
                if label != above and last and value not in (last + 1, 1) and not re.search("续", label):
                    yield from _group(row, field, label, value, last, [one for *_, one in marked])
                last, above = value, label


def _group(row: TaskRow, field: str, label: str, value: int, last: int, standing: list[int]) -> Iterator[Finding]:
    if value == last:
        yield at_cell("number-repeated", "warning", row, field, (f"标题序号重复：“{label}”。", f"This number stands above too: {label}."))
    elif last + 1 < value <= last + FEW and value - 1 not in standing:
        said = f"标题“{label}”之前缺号（上一个是第 {last}）。", f"A number is missing before {label}; the one above is {last}."
        yield at_cell("number-gap", "warning", row, field, said)

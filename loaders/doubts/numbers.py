"""Numbers of rows that go back, and numbers of sections and clauses that are left out, used twice or out of order.

A gap or a repeated number in a table is seen across rows by validation/checks (W02, V09).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.doubts.telling import at_cell, at_provision, at_row, own, tables
from loaders.outline.numbering import number_value, read_mark
from loaders.outline.sentences import split_sentences
from loaders.records import Extraction, Finding, Provision, TaskRow

FEW = 4  # numbers left out; more are another count
_HAN = re.compile("[一二三四五六七八九十百]{1,5}")


def number_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _rows(document)
    yield from _provisions(document)


def number_column(document: Extraction) -> int | None:
    """Return the column of the numbers, counted from 1."""
    roles = [role for _, role in document.ingest.columns]
    return roles.index("number") + 1 if "number" in roles else None


def _rows(document: Extraction) -> Iterator[Finding]:
    column = number_column(document)
    words_to = 0  # a table that runs on over the page
    for rows in tables(document):
        before: TaskRow | None = None
        last, whole = 0, sum(bool(re.fullmatch(r"[1-9]\d{0,3}", row.number or "")) for row in rows)
        if sum(bool(_HAN.fullmatch(row.number or "")) for row in rows) > len(rows) // 2:
            yield from _in_words(rows, column, words_to)
            words_to = max(number_value(row.number) for row in rows if row.number and _HAN.fullmatch(row.number))
            continue
        outliers = _out_of_line([(row, int(row.number or 0)) for row in rows if re.fullmatch(r"[1-9]\d{0,3}", row.number or "")])
        for row in rows:
            number = row.number or ""
            if not re.fullmatch(r"[1-9]\d{0,3}", number):
                if number and whole >= 9 * (len(rows) - whole):
                    said = f"序号“{number}”不是数字，同表 {whole} 行都是。", f"{number} is no number, as {whole} others of the table are."
                    yield at_number("number-order", row, column, said)
                continue
            value = int(number)
            if row.row in outliers:  # those around it run on, so this one is the wrong one
                zh = f"序号 {number} 排在 {last} 和 {last + 2} 之间，疑为 {last + 1}。"
                yield at_number(
                    "number-order", row, column, (zh, f"Number {number} stands between {last} and {last + 2}; probably {last + 1}.")
                )
                before, last = row, last + 1
                continue
            if value == last and "number" not in row.inherited:
                yield at_number("number-repeated", row, column, (f"序号 {number} 重复。", f"Number {number} stands twice."))
            if value > last + 1 and before and value <= last + FEW:
                yield from _run_into(before, last + 1)
            before = row
            if value < last and value != 1:
                zh = f"序号 {number} 排在 {last} 之后。"
                yield at_number("number-order", row, column, (zh, f"Number {number} stands after {last}."))
            last = value


def _out_of_line(numbered: Sequence[tuple[TaskRow, int]]) -> set[str]:
    """Return the rows whose number alone breaks a run (35, 63, 37)."""
    runs = zip(numbered, numbered[1:], numbered[2:], strict=False)
    return {row.row for (_, one), (row, value), (_, three) in runs if three == one + 2 and value not in (one, one + 1)}


def _run_into(row: TaskRow, missing: int) -> Iterator[Finding]:
    """A row of several sentences right before a gap: the one that is missing may have run into it."""
    field = "sub_measure" if own(row, "sub_measure") else "measure"
    if len(list(split_sentences(own(row, field)))) > 1:
        said = f"其后缺第{missing}项，核对是否并入本行。", f"Row {missing} is missing after this one; it may have run into it."
        yield at_cell("number-gap", "info", row, field, said)


def _in_words(rows: Sequence[TaskRow], column: int | None, last: int) -> Iterator[Finding]:
    """Rows numbered 一, 二, 三: gaps, repeats and steps back, which W02 and V09 see in figures only; the table above ran to ``last``."""
    for row in rows:
        number = row.number or ""
        value = number_value(number) if _HAN.fullmatch(number) else 0
        if value and value not in (1, last + 1) and "number" not in row.inherited:
            how = ("之前缺号", "has a gap before it") if value > last else ("重复或倒退", "is used again or goes back")
            yield at_number("number-order", row, column, (f"序号“{number}”{how[0]}。", f"The number {number} {how[1]}."))
        last = value or last


def at_number(code: str, row: TaskRow, column: int | None, said: tuple[str, str]) -> Finding:
    """Return the finding at a row's number."""
    found = at_row(code, "warning", row, said, row.number or "")
    start = row.place.start
    place = row.place if start is None else replace(row.place, end=start + len(found.quote))
    return replace(found, place=replace(place, column=column))


def _provisions(document: Extraction) -> Iterator[Finding]:
    """Numbers run on among the parts of one parent, or through the whole document (第一条 … in chapters)."""
    last: dict[tuple[str, str], tuple[int, str, str | None]] = {}
    ran_to: dict[tuple[str, str], int] = {}
    for provision in document.provisions:
        if provision.level not in ("section", "clause", "item") or not provision.number:
            continue
        mark = read_mark(provision.number if provision.level != "section" else f"{provision.number}、")
        if not mark or not mark.value or "之" in provision.number:
            continue
        prefix = provision.id.split(".")[0] if re.match(r"[at]\d", provision.id) else ""
        kind = (mark.depth, prefix)
        before, published, parent = last.get(kind, (0, "", None))
        last[kind] = (mark.value, provision.number, provision.parent)
        for depth in [key for key in last if key[0] != mark.depth and key[1] == prefix and _is_below(key[0], mark.depth)]:
            del last[depth]
        runs_on = mark.value == ran_to.get(kind, 0) + 1
        ran_to[kind] = mark.value
        if runs_on:
            continue
        yield from _judged(provision, mark.value, before, published, starts=parent is None or provision.parent != parent)


_ORDER = ("part", "chapter", "division", "section", "article", "clause", "item", "subitem", "circled")


def _is_below(depth: str, other: str) -> bool:
    """Articles run on through chapters and sections; everything else starts again in each part above it."""
    if depth not in _ORDER or other not in _ORDER or depth == "article":
        return False
    return _ORDER.index(depth) > _ORDER.index(other)


def _judged(provision: Provision, value: int, before: int, published: str, *, starts: bool) -> Iterator[Finding]:
    number = provision.number or ""
    if value == before + 1 or (value == 1 and (before == 0 or starts)):
        return
    if value == before:
        said = f"序号“{number}”重复。", f"The number {number} is used twice."
        yield at_provision("number-repeated", "warning", provision, said, number)
    elif value > before + 1:
        said = f"序号“{number}”之前缺号" + (f"（上一个是“{published}”）。" if published else "。"), f"Numbers are missing before {number}."
        yield at_provision("number-gap", "warning", provision, said, number)
    else:
        said = f"序号“{number}”排在“{published}”之后。", f"The number {number} stands after {published}."
        yield at_provision("number-order", "warning", provision, said, number)

"""Cells that are filled and say nothing of their own: 同上 in one part, a lone / where all others name somebody, 各街道办事处 in the lead.

And a body that the measure calls by another name than the row's own columns do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, TaskRow, Text2
from loaders.tables.columns import fold
from loaders.tables.own_columns import table_columns
from loaders.words import words

LEAST = 8  # rows
MOST_ODD = 2  # cells that hold only a mark, or leads without a name
SHORTEST = 3
_SAME = re.compile(r"同上|〃|″|同前|同左")
_MARK = re.compile(r"[/／\\—–－\-]{1,3}|无|暂无")
_BODY = re.compile(
    r"(?:自治区|(?<![全各我本])[省市县区])(?:委)?[一-鿿]{0,12}?(?:仲裁院|法院|检察院|研究院|中心|局|委|办|协会|联合会|支队|大队|集团|公司)"
)
_ROLES = {"lead": "牵头", "responsible": "责任", "supporting": "配合"}


def filler_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        columns = list(enumerate(table_columns(document.ingest.columns, rows), start=1))
        for at, (header, role) in columns:
            yield from _same_as_above(rows, at, header)
            if role in _ROLES:
                yield from _marks(rows, at, header)
        yield from _unnamed_leads(rows)
        for row in rows:
            yield from _otherwise(row)


def _same_as_above(rows: Sequence[TaskRow], at: int, header: str) -> Iterator[Finding]:
    """同上 in a column that elsewhere repeats its value, or leaves the cell to the one above."""
    same = [row for row in rows if _SAME.fullmatch(row.columns.get(header, "").strip())]
    if not header or not same or len(same) * 2 > len(rows):
        return
    for row in same:
        value = row.columns[header].strip()
        said = (
            f"“{value}”不是“{header}”的内容；同栏其他各行不这样写。",
            f"{value} is no value of the column {header}; the other rows do not write so.",
        )
        yield Finding("cell-blank", "info", replace(row.place, column=at), value, Text2(*said))


def _marks(rows: Sequence[TaskRow], at: int, header: str) -> Iterator[Finding]:
    values = [row.columns.get(header, "").strip() for row in rows]
    odd = [row for row, value in zip(rows, values, strict=True) if _MARK.fullmatch(value)]
    named = sum(bool(value) for value in values) - len(odd)
    for row in odd if len(rows) >= LEAST and len(odd) <= MOST_ODD and named * 5 >= len(rows) * 4 else ():
        value = row.columns[header].strip()
        said = (
            f"“{header}”一栏只有“{value}”，没有写单位，同表 {named} 行都有。",
            f"The column {header} holds only {value} here; {named} rows name somebody.",
        )
        yield Finding("cell-blank", "info", replace(row.place, column=at), value, Text2(*said))


def _unnamed_leads(rows: Sequence[TaskRow]) -> Iterator[Finding]:
    """One or two leads that are a class of bodies (各街道办事处), where everyone else who leads is named."""
    leads = [(row, [m.actor for m in row.roles if m.role == "lead"]) for row in rows if own(row, "lead")]
    odd = [(row, actors) for row, actors in leads if actors and all(re.search("^各|有关|相关", actor.name) for actor in actors)]
    for row, actors in odd if len(leads) >= LEAST and len(odd) <= MOST_ODD else ():
        names = "、".join(actor.name for actor in actors)
        said = f"牵头只写“{names}”，没有指定单位，同表其他各行都有。", f"Only {names} leads here; every other lead is named."
        yield at_cell("lead-unnamed", "info", row, "lead", said)


def _otherwise(row: TaskRow) -> Iterator[Finding]:
    """市仲裁院 in the measure, 市劳动人事争议仲裁院 in the same row's columns."""
    names = sorted({m.actor.name for m in row.roles if m.actor.kind == "named"})
    for field in ("measure", "sub_measure"):
        for hit in _BODY.finditer(fold(own(row, field))):
            short = hit[0]
            whole = next((name for name in names if _is_short_for(short, name)), "")
            if whole and short not in names:
                said = f"本行栏内写作“{whole}”，举措中写作“{short}”。", f"The columns of this row say {whole}, the measure {short}."
                yield at_cell("name-form", "info", row, field, said, short if short in row.cells[field].raw else None)


def _is_short_for(short: str, whole: str) -> bool:
    """The same place and the same end of two characters or more, with words left out before it."""
    kept = short[1:]
    if not SHORTEST <= len(short) < len(whole) or short[0] != whole[0] or not whole.endswith(kept):
        return False
    return not re.fullmatch(words("doubts")["ends_of_many"], kept)

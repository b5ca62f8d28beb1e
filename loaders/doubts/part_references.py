"""References from a row to rows of a part there are not: 与本部分第15项一并推进 in a part of 9, 见附表9, “保障制度”表第12项.

A part is where the numbers of a table begin anew, or where it has a label of its own; references.py holds the numbers of a whole table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.doubts.telling import at_cell, own, tables
from loaders.outline.numbering import number_value
from loaders.records import Extraction, Finding, TaskRow

CODE = "reference-nowhere"
LEAST = 2  # rows of a part
_N = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_HERE = re.compile(
    rf"(本(?:部分|章|节|板块|类别|大类|类|表|清单|附件|附表|页|工作表))[的中内]?第\s*{_N}\s*(?:项(?:任务|工作|措施)?|条(?:任务|措施)?|行|号)"
)
_OTHER = re.compile(rf"(?<!附件)第\s*{_N}\s*(?:部分|章|大项|大类|板块)[的中内]?第\s*{_N}\s*(?:项|条|行|号)")
_TABLE = re.compile(rf"(附表|附件|(?<![一-鿿])表|见表|详见表)\s*{_N}(?![级格述彰明示达情态面层象率册决\d年月日个.．])")
_SHEET = re.compile(rf"[“《「]?([一-鿿A-Za-z0-9]{{2,12}})[”》」]?(?:工作表|表|部分|清单|页|Sheet)[的中内]?第\s*{_N}\s*(?:项|条|行|号)")
_FIELDS = ("measure", "sub_measure", "remark", "task", "deadline")
WHOLE = ("本表", "本清单", "本附件", "本附表", "本页", "本工作表")


def part_reference_doubts(document: Extraction) -> Iterator[Finding]:
    parts = [part for rows in tables(document) for part in _parts(rows)]
    for rows in tables(document):
        for part in _parts(rows):
            for row in part:
                for field, text in _texts(row):
                    yield from _here(row, field, text, part, rows)
                    yield from _in_another(row, field, text, parts)
                    yield from _in_sheet(row, field, text, document)
                    yield from _of_tables(row, field, text, document)


def _texts(row: TaskRow) -> Iterator[tuple[str, str]]:
    for field in _FIELDS:
        if text := own(row, field):
            yield field, text


def _here(row: TaskRow, field: str, text: str, part: Sequence[TaskRow], rows: Sequence[TaskRow]) -> Iterator[Finding]:
    for hit in _HERE.finditer(text):
        among = rows if hit[1] in WHOLE else part if len(part) < len(rows) else _labelled(row, rows)
        yield from _told(row, field, hit, number_value(hit[2]), among, hit[1])


def _in_another(row: TaskRow, field: str, text: str, parts: Sequence[Sequence[TaskRow]]) -> Iterator[Finding]:
    for hit in _OTHER.finditer(text) if len(parts) > 1 else ():
        which = number_value(hit[1])
        if which > len(parts):
            said = f"本表只有 {len(parts)} 个部分，没有“{hit[0]}”。", f"There are {len(parts)} parts; {hit[0]} is none of them."
            yield at_cell(CODE, "warning", row, field, said, hit[0])
        else:
            yield from _told(row, field, hit, number_value(hit[2]), parts[which - 1], f"第{hit[1]}部分")


def _in_sheet(row: TaskRow, field: str, text: str, document: Extraction) -> Iterator[Finding]:
    sheets = sorted({one.place.sheet for one in document.rows if one.place.sheet}, key=lambda name: (-len(name), name))
    for hit in _SHEET.finditer(text) if len(sheets) > 1 else ():
        sheet = next((name for name in sheets if hit[1].endswith(name)), "")
        if sheet:
            yield from _told(
                row, field, hit, number_value(hit[2]), [one for one in document.rows if one.place.sheet == sheet], f"“{sheet}”"
            )


def _of_tables(row: TaskRow, field: str, text: str, document: Extraction) -> Iterator[Finding]:
    """附表3, 表3 where others are in the file and are called so, and none with this number."""
    for hit in _TABLE.finditer(text):
        kind = "附件" if hit[1] == "附件" else "附表" if hit[1] == "附表" else "表"
        heads = rf"(?m)^[\s　]*{kind}\s*{_N}(?=[\s　:：.．、]|$)"
        known = {number_value(found[1]) for found in re.finditer(heads, document.text)}
        known |= (
            {int(digits) for entry in document.meta.attachments if (digits := re.sub(r"\D", "", entry["id"]))} if kind == "附件" else set()
        )
        if known and number_value(hit[2]) not in known:
            said = f"本文件没有“{kind}{hit[2]}”。", f"There is no {kind}{hit[2]} in this file."
            yield at_cell(CODE, "info", row, field, said, hit[0])


def _told(row: TaskRow, field: str, hit: re.Match[str], number: int, among: Sequence[TaskRow], part: str) -> Iterator[Finding]:
    numbers = [value for one in among if (value := _value(one)) is not None]
    if len(numbers) < LEAST or number in numbers:
        return
    said = (
        f"{part}的序号为 {min(numbers)} 至 {max(numbers)}，没有“{hit[0]}”。",
        f"The numbers of this part are {min(numbers)} to {max(numbers)}; {hit[0]} is none of them.",
    )
    yield at_cell(CODE, "warning", row, field, said, hit[0])


def _labelled(row: TaskRow, rows: Sequence[TaskRow]) -> Sequence[TaskRow]:
    """Return the rows under the same label as this one."""
    label = row.text("group") or row.text("task")
    return [one for one in rows if label and (one.text("group") or one.text("task")) == label]


def _parts(rows: Sequence[TaskRow]) -> list[list[TaskRow]]:
    """Cut a table where its numbers begin at 1 again; one row that says 1 between its neighbours begins no part."""
    found: list[list[TaskRow]] = [[]]
    for at, row in enumerate(rows):
        again = _value(row) == 1 and found[-1] and (at + 1 == len(rows) or _value(rows[at + 1]) in (2, None))
        if again:
            found.append([])
        found[-1].append(row)
    return found


def _value(row: TaskRow) -> int | None:
    number = (row.number or "").strip("（）()、.． ")
    if not re.fullmatch(_N, number):
        return None
    return int(number) if number.isdigit() else number_value(number)

"""A limit before the document, where its date stands elsewhere than in a date line: in the title, in a line above the table.

With a date line the checks of validation tell it (W03); 东湖区2021年…清单 is of 2021, …（市政府办公室2020年6月印发） of June 2020.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_cell, own
from loaders.records import Deadline, Extraction, Finding

HEAD_LINE = 60  # characters of a line above the table that may tell its date
_YEAR, _MONTH = r"(?<!\d)((?:19|20)\d\d)\s*年", r"(\d{1,2})\s*月"
_ISSUED = re.compile(rf"{_YEAR}\s*{_MONTH}(?:\d{{1,2}}\s*日)?\s*(?:印发|制发|发布|公布|下发|制定|编制|修订|制表)")
_ALONE = re.compile(rf"(?:^|[\s：:，,（(]){_YEAR}\s*{_MONTH}(?:\s*\d{{1,2}}\s*日)?\s*[）)]?\s*$", re.MULTILINE)
_TITLE_YEAR = re.compile(rf"{_YEAR}(?:度|第|上半|下半)?(?![底末初前后内—至\-–~～])(?!{_MONTH})")


def told_date_doubts(document: Extraction) -> Iterator[Finding]:
    if document.meta.written_on or not document.rows:
        return
    since, where = _told(document)
    for row in document.rows if since else ():
        if not own(row, "deadline") or not row.deadline:
            continue
        early = next((date for date in _dates(row.deadline) if date[: len(since)] < since[: len(date)]), "")
        if early:
            said = (
                f"期限 {early} 早于本文件（“{where}”）。",
                f"The deadline {early} is before the document, which is of {since} ({where}).",
            )
            yield at_cell("date-far", "warning", row, "deadline", said)


def _told(document: Extraction) -> tuple[str, str]:
    """Return the month (2020-06) or year a document tells of itself and the words, ("", "") when it tells none."""
    begin = min((row.place.start for row in document.rows if row.place.start is not None), default=0)
    lines = [line.strip() for line in document.text[:begin].splitlines() if 0 < len(line.strip()) <= HEAD_LINE]
    for line in (document.meta.title, *lines):
        hit = _ISSUED.search(line) or (_ALONE.search(line) if "《" not in line else None)
        if hit and 1 <= int(hit[2]) <= 12:
            return f"{hit[1]}-{int(hit[2]):02}", hit[0].strip("（）() ：:，,")
    years = {hit[1] for hit in _TITLE_YEAR.finditer(re.sub("《[^》]*》|[（(][^）)]*[）)]", "", document.meta.title))}
    return (min(years), f"{min(years)}年") if len(years) == 1 else ("", "")


def _dates(deadline: Deadline) -> list[str]:
    guessed = any(entry.rule.startswith("year-from") for entry in deadline.inferred)
    return ([deadline.date] if deadline.date and not guessed else []) + [date for part in deadline.parts for date in _dates(part)]

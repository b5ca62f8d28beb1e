"""Dates that cannot be (2月30日, 13月), and dates years away from all others of the document."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from statistics import median

from loaders.doubts.telling import at_cell, at_text, own
from loaders.records import Deadline, Extraction, Finding

_DATE = re.compile(
    r"(?:((?:19|20|21)\d\d)\s*年\s*)?(?<![\d.])(\d{1,2})\s*月\s*(?:份)?(\d{1,2})\s*[日号](?!均)|(?<![\d.])(\d{1,2})月(?:份|底|末|前|以前|之前)"
)
FAR, VERY_FAR = 2, 10


def date_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _impossible(document)
    yield from _far(document)


def _impossible(document: Extraction) -> Iterator[Finding]:
    for hit in _DATE.finditer(document.text):
        month = int(hit[2] or hit[4])
        day = int(hit[3] or 1)
        year = int(hit[1]) if hit[1] else 2024  # without a year 29 February may be
        if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
            said = f"日历上没有“{hit[0].strip()}”这一天。", f"There is no such day: {hit[0].strip()}."
            yield at_text("date-impossible", "warning", document, *hit.span(), said)


def _far(document: Extraction) -> Iterator[Finding]:
    """A year far from the median of the table's dates, met once, is likely mistyped (warning) or worth a look (info)."""
    dated = [(row, date) for row in document.rows if own(row, "deadline") and row.deadline for date in _dates(row.deadline)]
    years = [int(date[:4]) for _, date in dated]
    written = document.meta.written_on
    if len(years) < 5 and not written:
        return
    usual = median(years) if len(years) >= 5 else int((written or "0")[:4])
    for row, date in dated:
        year = int(date[:4])
        if abs(year - usual) < FAR or years.count(year) > 1:
            continue
        severity = "warning" if abs(year - usual) >= VERY_FAR or year < usual - FAR else "info"
        zh = f"{year} 年与本表其他时限（多为 {int(usual)} 年前后）相距较远。"
        said = zh, f"The year {year} is far from the other deadlines of the table (about {int(usual)})."
        yield at_cell("date-far", severity, row, "deadline", said)  # type: ignore[arg-type]


def _dates(deadline: Deadline) -> list[str]:
    guessed = any(entry.field == "date" for entry in deadline.inferred)
    mine = [deadline.date] if deadline.date and not guessed else []
    return mine + [date for part in deadline.parts for date in _dates(part)]

"""A limit that comes after what the measure itself says in other words than a date: 国庆前, 上半年, 汛期前, 10月中旬前.

The words and the last day they stand for are data (``seasons`` of words/doubts.yaml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.deadlines import find_deadlines
from loaders.doubts.telling import at_cell, own
from loaders.records import Deadline, Extraction, Finding, Severity, TaskRow
from loaders.words import words

_THIRDS = re.compile(r"(\d{1,2})月(上旬|中旬|下旬|上中旬)(?:之?以?[前内]|末|底|完成)")
_LAST_DAY = {"上旬": 10, "上中旬": 20, "中旬": 20, "下旬": 31}
_SAID_YEAR = r"(?:((?:19|20)\d\d)年|(?:今年|当年|本年度?))?"


def season_doubts(document: Extraction) -> Iterator[Finding]:
    for row in document.rows:
        if own(row, "deadline") and row.deadline:
            yield from _row(row, row.deadline)


def _row(row: TaskRow, deadline: Deadline) -> Iterator[Finding]:
    dates = _dates(deadline)
    if not dates or deadline.recurs:
        return
    due = max(dates)
    for field in ("sub_measure", "measure"):
        text = row.text(field)
        if (
            not text
            or field in row.inherited
            or any(_dates(found.deadline) and not _told(found.deadline.raw) for found in find_deadlines(text))
        ):
            continue  # a date of the measure is compared by deadline_words
        said = list(_limits(text, due[:4]))
        if not said or any(due <= last for _, _, last in said):
            continue
        start, end, last = said[-1]
        rest = text[end:].strip("。；;")
        severity: Severity = "warning" if not re.search("[，,；;。]", rest) else "info"  # what follows may take longer
        words_ = (
            f"时限栏写“{deadline.raw.strip()}”，晚于举措中写的“{text[start:end]}”。",
            f"The column says {deadline.raw.strip()}, after what the measure says: {text[start:end]}.",
        )
        yield at_cell("deadline-differs", severity, row, "deadline", words_, None, [row.cells[field].place])
        other = f"与时限栏（{deadline.raw.strip()}）不一致。", f"Differs from the deadline column ({deadline.raw.strip()})."
        yield at_cell("deadline-differs", "info", row, field, other, text[start:end], [row.cells["deadline"].place])


def _limits(text: str, year: str) -> Iterator[tuple[int, int, str]]:
    """Yield each limit said in other words, with the last day (ISO) it stands for; without a year it is of the limit's own year."""
    for hit in _THIRDS.finditer(text):
        before = re.search(r"((?:19|20)\d\d)年$", text[: hit.start()])
        if 1 <= int(hit[1]) <= 12 and not re.search(r"每年$|自$|从$", text[: hit.start()]):
            yield hit.start(), hit.end(), f"{before[1] if before else year}-{int(hit[1]):02}-{_LAST_DAY[hit[2]]:02}"
    for pattern, last in words("doubts")["seasons"].items():
        for hit in re.finditer(f"(?<!每年)(?<!历年)(?<!往年){_SAID_YEAR}(?:{pattern})", text):
            yield hit.start(), hit.end(), f"{hit[1] or year}-{last}"


def _told(raw: str) -> bool:
    """Return whether a limit found in a measure is one of those said in other words."""
    return bool(_THIRDS.search(raw) or any(re.search(pattern, raw) for pattern in words("doubts")["seasons"]))


def _dates(deadline: Deadline) -> list[str]:
    mine = [deadline.date] if deadline.date and deadline.precision in ("day", "month", None) else []
    return mine + [date for part in deadline.parts for date in _dates(part)]

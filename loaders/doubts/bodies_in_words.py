"""A body named once in the measures of a table, one character away from one named often: 省地税局 where five rows say 省国税局.

And rows of a table that hold nothing at all, between rows that do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from loaders.doubts.telling import at_cell, own
from loaders.records import Extraction, Finding, Text2

OFTEN = 3  # times a body is named before one that differs by a character is worth a look
_BODY = re.compile(r"(?:自治区|[省市县区])(?:[一-鿿]{2,6}?局|[一-鿿]{1,6}?(?:委员会|厅)|人民政府)(?![面部限长])")
_FIELDS = ("measure", "sub_measure")


def body_doubts(document: Extraction) -> Iterator[Finding]:
    named = [(row, field, hit[0]) for row in document.rows for field in _FIELDS for hit in _BODY.finditer(own(row, field))]
    counts = Counter(name for _, _, name in named)
    for row, field, name in named:
        right = next((one for one in sorted(counts) if counts[name] == 1 and counts[one] >= OFTEN and _is_near(name, one)), "")
        if right:
            said = (
                f"“{name}”只此一处，同表 {counts[right]} 处写作“{right}”。",
                f"{name} stands here alone; {right} stands {counts[right]} times.",
            )
            yield at_cell("name-alike", "info", row, field, said, name)
    yield from _empty(document)


def _is_near(one: str, other: str) -> bool:
    return len(one) == len(other) >= 4 and one[0] == other[0] and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _empty(document: Extraction) -> Iterator[Finding]:
    kept: dict[int | None, list[int]] = {}
    for row in document.rows:
        kept.setdefault(row.place.table, []).append(row.place.row or 0)
    for skipped in document.ingest.skipped:
        place = skipped.place
        rows = kept.get(place.table, [])
        if skipped.reason == "blank" and place.row and rows and min(rows) < place.row < max(rows):
            yield Finding(
                "cell-blank",
                "info",
                place,
                "",
                Text2("整行空白，疑为漏填或多余的行。", "A row with nothing in it: left out, or one too many."),
            )

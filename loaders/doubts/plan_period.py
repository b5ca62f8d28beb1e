"""A limit after the years the document's own title is for: 2028年底前 in a plan of 2021—2025年."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.dated import latest
from loaders.doubts.telling import at_cell, at_text
from loaders.records import Extraction, Finding

_PERIOD = re.compile(r"((?:19|20)\d\d)\s*年?\s*[-—－–~～至到]{1,2}\s*((?:19|20)\d\d)\s*年?")
_FEW = 3  # more of them are meant: a plan may name what comes after it


def plan_period_doubts(document: Extraction) -> Iterator[Finding]:
    hit = _PERIOD.search(document.meta.title)
    if not hit or hit[2] <= hit[1]:
        return
    said = f"时限超出标题所写的 {hit[1]}—{hit[2]} 年。", f"This limit comes after the years of the title, {hit[1]}–{hit[2]}."
    rows = [row for row in document.rows if row.deadline and latest([row.deadline])[:4] > hit[2]]
    words = {  # a sentence's limits count from its own beginning, those of a note from the text's
        (at + found.start, at + found.end)
        for p in document.provisions
        for at in [(p.place.start or 0) if p.level == "sentence" else 0]
        for found in p.deadlines
        if latest([found.deadline])[:4] > hit[2]
    }
    if len(rows) + len(words) > _FEW:
        return
    for row in rows:
        yield at_cell("date-far", "info", row, "deadline", said)
    for start, end in sorted(words):
        yield at_text("date-far", "info", document, start, end, said)

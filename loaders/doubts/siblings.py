"""One row of a sub-heading led by another department than all its siblings: it may be right, and is worth a look.

Only where most sub-headings of the table have one lead; in the plan of a whole government each task has its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, TaskRow
from loaders.tables.columns import fold

LEAST = 3  # rows of a block


def sibling_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        groups = groupby(rows, key=lambda row: (fold(row.text("task")), fold(row.text("group"))))
        blocks = [[row for row in block if own(row, "lead")] for label, block in groups if any(label)]
        blocks = [block for block in blocks if len(block) >= LEAST]
        leads = [Counter(fold(own(row, "lead")) for row in block) for block in blocks]
        if sum(len(named) == 1 for named in leads) * 2 < len(blocks):
            continue
        for block, named in zip(blocks, leads, strict=True):
            if len(named) == 2 and min(named.values()) == 1:
                yield _told(block, named.most_common(1)[0][0])


def _told(block: Sequence[TaskRow], usual: str) -> Finding:
    row = next(row for row in block if fold(own(row, "lead")) != usual)
    others = [one.place for one in block if one is not row][:20]
    said = (
        f"同组其他 {len(others)} 项均由“{usual}”牵头，只有本项不同。",
        f"The {len(others)} other rows of this block are all led by {usual}.",
    )
    return at_cell("note-unlike", "info", row, "lead", said, None, others)

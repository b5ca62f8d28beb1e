"""Steps in the wrong order where both speak of one thing: 摸底、建立台账 due after 清理, 竣工 before 开工, 印发 before 征求意见.

``words/doubts.yaml`` lists the pairs. One thing is a row label both stand under, beside each other, or words both share that are rare
in the table. A hint at both rows: the earlier step may be meant in another sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import product

from loaders.doubts.dated import latest
from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, TaskRow
from loaders.words import words

CODE = "step-order"
NEAR = 3  # rows apart under one label
LONG = 4  # characters of words that both share
RARE = 3  # rows that hold shared words before they name no one thing
MOST_ROWS = 400


def step_pair_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        due = [(at, row, f"{own(row, 'measure')} {own(row, 'sub_measure')}", _day(row)) for at, row in enumerate(rows)]
        dated = [one for one in due if one[3] and len(rows) <= MOST_ROWS]
        told: set[tuple[str, str]] = set()
        for rule in words("doubts")["step_pairs"]:
            firsts = [one for one in dated if re.search(rule["first"], one[2]) and not re.search(rule["then"], one[2])]
            thens = [one for one in dated if re.search(rule["then"], one[2]) and not re.search(rule["first"], one[2])]
            for (at, first, said, ready), (place, then, needs, used) in product(firsts, thens):
                width = min(len(ready), len(used))
                if ready[:width] > used[:width] and (first.row, then.row) not in told and _one_thing(rows, at, place, said, needs):
                    told.add((first.row, then.row))
                    yield from _told(first, then, ready, used)


def _day(row: TaskRow) -> str:
    return latest([row.deadline]) if row.deadline and not row.deadline.recurs else ""


def _one_thing(rows: Sequence[TaskRow], at: int, place: int, said: str, needs: str) -> bool:
    one, other = rows[at], rows[place]
    label = one.text("task") or one.text("group")
    if label and label == (other.text("task") or other.text("group")) and 0 < place - at <= NEAR:
        return True
    shared = _shared(said, needs)
    return bool(shared) and sum(shared in f"{row.text('measure')} {row.text('sub_measure')}" for row in rows) <= RARE


def _shared(one: str, other: str) -> str:
    """Return the longest words that both hold, without those that name nothing; "" for fewer than four characters of them."""
    best = ""
    for run in re.findall("[一-鿿A-Za-z]+", one):
        for start in range(len(run)):
            end = start + max(LONG, len(best) + 1)
            while end <= len(run) and run[start:end] in other:
                if len(re.sub(words("doubts")["no_one_thing"], "", run[start:end])) >= LONG:
                    best = run[start:end]
                end += 1
    return best


def _told(first: TaskRow, then: TaskRow, ready: str, used: str) -> Iterator[Finding]:
    zh = f"第{then.row}项（{used}）以第{first.row}项（{ready}）为前提，后者却在其后到期。"
    en = f"Row {then.row} ({used}) rests on row {first.row}, which is due only on {ready}."
    yield at_cell(CODE, "info", then, "deadline", (zh, en), related=[first.place])
    yield at_cell(CODE, "info", first, "deadline", (zh, en), related=[then.place])

"""Steps whose order does not fit: recording starts before the recorders are due, training before the meeting that launches it.

``words/doubts.yaml`` lists pairs of steps: what must be there first, what needs it, and the thing both speak of. Rows of a table are held
against each other, and the dated pieces of a running text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from loaders.doubts.dated import Piece, begins, earliest, latest, sentences
from loaders.doubts.telling import at_cell, own, tables
from loaders.records import Extraction, Finding, Provision, TaskRow
from loaders.words import words


def step_doubts(document: Extraction) -> Iterator[Finding]:
    for rows in tables(document):
        texts = [(row, f"{own(row, 'measure')} {own(row, 'sub_measure')}") for row in rows if row.deadline]
        for rule in words("doubts")["steps"]:
            firsts = [(row, hit) for row, text in texts for hit in re.finditer(rule["first"], text)]
            thens = [(row, hit) for row, text in texts for hit in re.finditer(rule["then"], text)]
            told: set[tuple[str, str]] = set()
            for (first, done), (then, needs) in product(firsts, thens):
                about = "thing" not in done.groupdict() or done["thing"] in needs.string
                if first is not then and about and (first.row, then.row) not in told:
                    found = list(_judged(first, then, equal=rule.get("equal", False)))
                    told |= {(first.row, then.row)} if found else set()
                    yield from found
    yield from _in_text(document)


def _judged(first: TaskRow, then: TaskRow, *, equal: bool) -> Iterator[Finding]:
    assert first.deadline
    assert then.deadline
    ready, used = latest([first.deadline]), earliest([then.deadline])
    if not ready or not used:
        return
    ready, used = ready[: len(used)] if len(used) < len(ready) else ready, used
    if ready > used or (equal and ready == used):
        zh = f"第{then.row}项（{used}）以第{first.row}项为前提，而后者{'与其同日' if ready == used else ''}{ready}才到期。"
        en = f"Row {then.row} ({used}) needs row {first.row}, which is due only on {ready}."
        yield at_cell("step-order", "warning" if ready > used else "info", then, "deadline", (zh, en), related=[first.place])
        if ready == used:
            return
        zh = f"第{then.row}项（{used}）以本项为前提，本项{ready}才到期。"
        en = f"Row {then.row} ({used}) needs this one, which is due only on {ready}."
        yield at_cell("step-order", "info", first, "deadline", (zh, en), related=[then.place])  # either may be the wrong one


def _in_text(document: Extraction) -> Iterator[Finding]:
    """The same in sentences: 2019年底前配备音像记录设备 in one clause, 2019年6月起进行音像记录 in another."""
    pieces = [piece for found in sentences(document) for piece in found if isinstance(piece.unit, Provision) and begins(piece)]
    for rule in words("doubts")["steps"] if pieces else ():
        firsts = [(piece, hit) for piece in pieces for hit in re.finditer(rule["first"], piece.text)]
        thens = [(piece, hit) for piece in pieces for hit in re.finditer(rule["then"], piece.text)]
        for (first, done), (then, needs) in product(firsts, thens):
            about = "thing" not in done.groupdict() or done["thing"] in needs.string
            if first is not then and about:
                yield from _judged_text(document, first, then)


def _judged_text(document: Extraction, first: Piece, then: Piece) -> Iterator[Finding]:
    ready, used = latest(first.limits), begins(then)
    width = min(len(ready), len(used))
    if width and ready[:width] > used[:width]:
        zh = f"“{then.text}”（{used}）以“{first.text}”为前提，而后者{ready}才到期。"
        en = f"{then.text} ({used}) needs {first.text}, which is due only on {ready}."
        yield then.tell(document, "step-order", "warning", (zh, en), [first.place])
        yield first.tell(document, "step-order", "info", (zh, en), [then.place])

"""Reads Chinese time limits: a whole cell of a task table, or the time limits inside a sentence.

The grammar is general (calendar points, ranges, cycles, durations with their triggers, phrases without a date), its words
are data in ``words/deadlines.yaml``. Nothing is computed from working days: that needs each year's holidays.
"""

from __future__ import annotations

from loaders.deadlines.cells import read_cell
from loaders.deadlines.context import DeadlineContext, document_context, with_measure
from loaders.deadlines.frequencies import find_frequencies
from loaders.deadlines.search import find_in
from loaders.deadlines.text import fold
from loaders.deadlines.to_json import deadline_json
from loaders.records import Deadline, FoundDeadline

__all__ = ["DeadlineContext", "deadline_json", "document_context", "find_deadlines", "find_frequencies", "read_deadline"]

_LONGEST_CELL = 2000  # characters; more is a text, not a time limit
_NO_CONTEXT = DeadlineContext()


def read_deadline(text: str, context: DeadlineContext = _NO_CONTEXT) -> Deadline | None:
    """Return the time limit a deadline cell states; None for a blank cell, kind ``not-a-deadline`` for other words.

    >>> read_deadline("2018年底前").date
    '2018-12-31'
    """
    folded = fold(text, cell=True)
    if not folded.text:
        return None
    if len(folded.text) > _LONGEST_CELL:
        return Deadline(text.strip(), "not-a-deadline")
    return with_measure(read_cell(folded, context), context, lambda measure: find_in(measure, context))


def find_deadlines(text: str, context: DeadlineContext = _NO_CONTEXT) -> tuple[FoundDeadline, ...]:
    """Return the time limits inside running text, in order; names, cited documents and mere mentions of a year are none."""
    return find_in(text, context)

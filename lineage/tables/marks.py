"""A text cut into runs: what both sides say, what stands in another row, and what only this side says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from lineage.fold import fold_char
from lineage.tables.reading import Words

SAME, ELSEWHERE = "", "elsewhere"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words with one mark: "" (shared, or not compared), ``dropped``, ``added``, or ``elsewhere`` (carried by another row)."""

    text: str
    mark: str = SAME


def marked(words: Sequence[Words], shared: Sequence[tuple[int, int]], elsewhere: Sequence[tuple[int, int]], alone: str) -> tuple[Run, ...]:
    """Return the texts, a line each, cut where the mark changes.

    :param shared: spans (start, end exclusive, code points of the normalised text) that both sides of this link say.
    :param elsewhere: spans that other links account for.
    :param alone: the mark of what none accounts for.
    """
    runs: list[Run] = []
    for at, one in enumerate(words):
        if at:
            runs.append(Run("\n"))
        runs += _cut(one, shared, elsewhere, alone) if one.start >= 0 and (shared or elsewhere) else [Run(one.text)]
    return tuple(runs)


def _cut(words: Words, shared: Sequence[tuple[int, int]], elsewhere: Sequence[tuple[int, int]], alone: str) -> list[Run]:
    marks = [
        SAME if _in(at, shared) else ELSEWHERE if _in(at, elsewhere) else alone for at in range(words.start, words.start + len(words.text))
    ]
    _pass_over_marks(words.text, marks)
    return [Run("".join(words.text[i] for i in group), mark) for mark, group in groupby(range(len(marks)), key=marks.__getitem__)]


def _in(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _pass_over_marks(text: str, marks: list[str]) -> None:
    """Punctuation and blanks are not compared: each takes the mark of what stands before it."""
    for at, char in enumerate(text):
        if not fold_char(char):
            marks[at] = marks[at - 1] if at else SAME

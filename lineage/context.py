"""What the rest of the pair says about a link: its place among the others, and what it brings to the whole.

Read from how likely every link is on its own words. Order is a weak signal and counts as far as this pair keeps order: a task between two
tasks with sure sentences is looked for near those, however the sections were moved. All arrays are (tasks, sentences).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lineage.cover import Parts, choose, gains
from lineage.units import Unit

if TYPE_CHECKING:
    from lineage.shared import Floats

CONTEXT = ("likely", "order", "section", "rest_of_clause", "gain_of_task", "gain_of_sentence")
NEIGHBOURS = ((1, 1.0), (2, 0.7))
NEAR, SURE_FROM, COUNTED_FROM, MOST_SURE = 2.0, 0.5, 0.3, 8.0


def context(likely: Floats, lowers: Sequence[Unit], uppers: Sequence[Unit], tasks: Sequence[Parts], sentences: Sequence[Parts]) -> Floats:
    """Return the measures of CONTEXT for every task and sentence: shape (tasks, sentences, measures)."""
    import numpy as np

    bounded = np.clip(likely, 1e-9, 1 - 1e-9)
    gain_of_task, gain_of_sentence = gains(likely, choose(likely, tasks, sentences), tasks, sentences)
    columns = (
        np.clip(np.log(bounded / (1 - bounded)), -MOST_SURE, MOST_SURE),
        _order(likely),
        _section(likely, [u.headings[0] if u.headings else "" for u in lowers], [u.section for u in uppers]),
        _rest_of_clause(likely, [u.clause for u in uppers]),
        gain_of_task,
        gain_of_sentence,
    )
    return np.stack(columns, axis=2)


def _order(likely: Floats) -> Floats:
    """How near a sentence stands to those of the tasks before and after, times how far this pair keeps such order."""
    import numpy as np

    tasks, sentences = likely.shape
    best, sure = likely.argmax(axis=1), likely.max(axis=1)
    sure = np.where(sure >= SURE_FROM, sure, 0.0)
    both = (sure[:-1] > 0) & (sure[1:] > 0)
    kept = np.exp(-np.abs(best[1:] - best[:-1]) / NEAR)
    reliable = (kept[both].sum() + 0.3) / (both.sum() + 1)
    near = sure[:, None] * np.exp(-np.abs(np.arange(sentences)[None, :] - best[:, None]) / NEAR)
    found = np.zeros((tasks, sentences))
    for step, part in NEIGHBOURS:
        found[step:] = np.maximum(found[step:], part * near[:-step])
        found[:-step] = np.maximum(found[:-step], part * near[step:])
    return found * reliable  # type: ignore[no-any-return]


def _section(likely: Floats, headings: Sequence[str], sections: Sequence[str]) -> Floats:
    """Of what the other tasks under the same heading are linked to, the share that stands in the sentence's section."""
    import numpy as np

    names = list(dict.fromkeys(sections))
    at = np.array([names.index(s) for s in sections])
    counted = np.where(likely >= COUNTED_FROM, likely, 0.0)
    mass = np.stack([counted[:, at == number].max(axis=1) for number in range(len(names))], axis=1)
    found = np.zeros(likely.shape)
    for heading in dict.fromkeys(h for h in headings if h):
        own = [i for i, h in enumerate(headings) if h == heading]
        others = mass[own].sum(axis=0)[None, :] - mass[own]
        found[own] = (others / (others.sum(axis=1, keepdims=True) + 1))[:, at]
    return found


def _rest_of_clause(likely: Floats, clauses: Sequence[str]) -> Floats:
    """How likely the task is linked to another sentence of the same clause."""
    import numpy as np

    found = np.zeros(likely.shape)
    for clause in dict.fromkeys(clauses):
        own = [j for j, c in enumerate(clauses) if c == clause]
        for j in own if len(own) > 1 else ():
            found[:, j] = likely[:, [x for x in own if x != j]].max(axis=1)
    return found

"""Facts a task and a sentence share beside their words: figures, dates, cited documents, bodies, and what their actors do.

Each is told as a share of what the sentence has, weighed by how few sentences have it: 85% in one sentence says much, 2025年 in twenty
nothing. All arrays are (tasks, sentences), 0 to 1; 0 also where a sentence has none.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from lineage.functions import function_or_stem
from lineage.local_names import body_names
from lineage.units import Unit

if TYPE_CHECKING:
    from lineage.shared import Floats

_DATE = re.compile(r"[12]\d{3}年(?:\d{1,2}月)?(?:\d{1,2}日)?|十[三四五六]五")
_FIGURE = re.compile(r"\d+(?:[%‰]|[\u4e00-\u9fff])?")
FACTS = ("numbers", "dates", "documents", "bodies", "functions")


def figures(unit: Unit) -> frozenset[str]:
    """Return the figures of a text with the character after each (65%, 30万, 600人), dates left out."""
    return frozenset(_FIGURE.findall(_DATE.sub("，", unit.folded.chars)))


def dates(unit: Unit) -> frozenset[str]:
    """Return the years, months and days a text names, and its plan period."""
    return frozenset(_DATE.findall(unit.folded.chars))


def documents(unit: Unit) -> frozenset[str]:
    return frozenset(unit.cites)


def bodies(unit: Unit) -> frozenset[str]:
    """Return the names of bodies in a text, as they are written."""
    chars = unit.folded.chars
    return frozenset(chars[a:b] for a, b in body_names(chars) if b - a >= 3)


def functions(unit: Unit) -> frozenset[str]:
    """Return what the actors of a clause or row do: the function's code, or the name without place and rank."""
    return frozenset(function_or_stem(name) for name in unit.actors)


READ: dict[str, Callable[[Unit], frozenset[str]]] = dict(zip(FACTS, (figures, dates, documents, bodies, functions), strict=True))


def shared_facts(lowers: Sequence[Unit], uppers: Sequence[Unit]) -> list[Floats]:
    """Return one array for each of FACTS."""
    return [_shared([read(u) for u in lowers], [read(u) for u in uppers]) for read in READ.values()]


def _shared(lowers: Sequence[frozenset[str]], uppers: Sequence[frozenset[str]]) -> Floats:
    import numpy as np

    count = Counter(fact for facts in uppers for fact in facts)
    weight = {fact: math.log((1 + len(uppers)) / number) / math.log(1 + len(uppers)) for fact, number in count.items()}
    found = np.zeros((len(lowers), len(uppers)))
    for j, facts in enumerate(uppers):
        if facts:
            for i, own in enumerate(lowers):
                if common := facts & own:
                    found[i, j] = max(weight[f] for f in common) * sum(weight[f] for f in common) / sum(weight[f] for f in facts)
    return found

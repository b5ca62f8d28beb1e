"""Words of one meaning: 卫健 and 卫生健康, 吸纳 and 招用. A task rewritten in other words still names the same things.

The groups are data (loaders/words/synonyms.yaml; a workspace adds its own in rules/synonyms.yaml).
"""

from __future__ import annotations

import re
from functools import cache

from lineage.fold import fold_plain
from loaders.words import words


@cache
def concepts(chars: str) -> frozenset[tuple[int, str]]:
    """Return the (group, word) pairs a folded text holds, the longest word first."""
    pattern, groups = _words()
    return frozenset((groups[hit[0]], hit[0]) for hit in pattern.finditer(chars))


@cache
def _words() -> tuple[re.Pattern[str], dict[str, int]]:
    groups: dict[str, int] = {}
    for number, group in enumerate(words("synonyms")["groups"]):
        for word in group:
            groups.setdefault(fold_plain(word), number)
    return re.compile("|".join(map(re.escape, sorted(groups, key=lambda w: (-len(w), w))))), groups

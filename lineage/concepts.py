"""Words of one meaning: 卫健 and 卫生健康, 吸纳 and 招用. A task rewritten in other words still names the same things.

The groups are data (loaders/words/synonyms.yaml; a workspace adds its own in rules/synonyms.yaml).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from lineage.fold import fold_plain
from loaders.words import words

SAME, RELATED = 0.5, 0.25
"""What a character of such a word is worth beside one of a run that stands on both sides: as much as one of a run of two, or half."""


def concepts(chars: str) -> frozenset[tuple[int, str]]:
    """Return the (group, word) pairs a folded text holds."""
    return frozenset((group, chars[begin:end]) for begin, end, groups in concept_words(chars) for group in groups)


@cache
def concept_words(chars: str) -> tuple[tuple[int, int, tuple[int, ...]], ...]:
    """Return the listed words of a folded text with their groups, the longest where several begin: (begin, end, groups)."""
    pattern, groups, _ = _words()
    return tuple((hit.start(), hit.end(), groups[hit[0]]) for hit in pattern.finditer(chars))


def credit(group: int) -> float:
    """Return what words of a group are worth: SAME for words for one thing, RELATED for what goes together."""
    return SAME if group < _words()[2] else RELATED


@cache
def _words() -> tuple[re.Pattern[str], dict[str, tuple[int, ...]], int]:
    same, related = (words("synonyms")[name] for name in ("groups", "related"))
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for number, group in enumerate((*same, *related)):
        for word in dict.fromkeys(fold_plain(word) for word in group):
            groups[word].append(number)
    pattern = re.compile("|".join(map(re.escape, sorted(groups, key=lambda w: (-len(w), w)))))
    return pattern, {word: tuple(numbers) for word, numbers in groups.items()}, len(same)

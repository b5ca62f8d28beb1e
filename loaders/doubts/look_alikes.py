"""A character of an everyday word written as another that looks like it: 执法入员, 落买, 冶理.

The words and the groups of look-alikes are data (``words/confusables.yaml``). A hint only: nothing is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words

LONGEST = 400_000  # characters; a longer document is no task table and no policy


def look_alike_doubts(document: Extraction) -> Iterator[Finding]:
    text = document.text
    if len(text) > LONGEST:
        return
    right, wrong = _words()
    sizes = sorted({len(word) for word in right})
    told = -1
    for run in re.finditer(r"[一-鿿]{2,}", text):
        for start in range(run.start(), run.end() - 1):
            for size in sizes:
                found = wrong.get(text[start : start + size]) if start + size <= run.end() else None
                if found and start > told and not any(_is_covered(text, at, right, sizes) for at in range(start, start + size)):
                    told = start + size
                    said = f"疑似形近字，通常写作“{found[0]}”。", f"Probably a look-alike character, usually {found[0]}."
                    yield at_text("confusable-character", "info", document, start, start + size, said)


def _is_covered(text: str, at: int, right: frozenset[str], sizes: list[int]) -> bool:
    """Return whether the character is part of an everyday word as it stands."""
    return any(text[start : start + size] in right for size in sizes for start in range(max(0, at - size + 1), at + 1))


@cache
def _words() -> tuple[frozenset[str], dict[str, tuple[str, int]]]:
    """Return the everyday words, and for each way to miswrite one the word and where it differs."""
    rules = words("confusables")
    fields = (stem for stems in words("functions")["stems"].values() for stem in stems if len(stem) > 1)  # 体育, 医疗保障
    right = (
        frozenset(str(rules["common"]).split()) | frozenset(word for word in words("stock")["phrases"] if len(word) > 1) | frozenset(fields)
    )
    pairs = {frozenset(pair) for pair in str(rules["both_right"]).split()}
    like: dict[str, set[str]] = {}
    for group in str(rules["alike"]).split():
        for char in group:
            like.setdefault(char, set()).update(group.replace(char, ""))
    wrong: dict[str, tuple[str, int]] = {}
    for word in sorted(right):
        for at, char in enumerate(word):
            for other in sorted(like.get(char, ())):
                slip = word[:at] + other + word[at + 1 :]
                if slip not in right and frozenset((char, other)) not in pairs and other not in rules["common_alone"]:
                    wrong.setdefault(slip, (word, at))
    return right, wrong

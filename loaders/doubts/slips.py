"""Slips of the pen in running words, by the document's own usage: 征意求见 once where 征求意见 stands elsewhere, 公式 for 公示.

Four characters met once, and beside them in the same document four that differ by one character of the same sound, or by two in the
other order, met several times. Nothing is changed; words that are rightly written in two ways are data (``words/confusables.yaml``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from loaders.doubts.names import sound
from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words

SIZE = 4  # characters that are held against each other
SOUNDS, TURNED = 4, 3  # times the usual words stand in the document
LONGEST = 400_000  # characters; a longer document is no task table and no policy
_HAN = re.compile(r"[一-鿿]{4,}")


def slip_doubts(document: Extraction) -> Iterator[Finding]:
    if len(document.text) > LONGEST:
        return
    at: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for run in _HAN.finditer(document.text):
        for start in range(run.start(), run.end() - SIZE + 1):
            piece = document.text[start : start + SIZE]
            counts[piece] += 1
            at.setdefault(piece, start)
    told = -SIZE
    for start, right, zh, en in sorted((at[piece], *found) for piece, found in _found(counts)):
        if start >= told + SIZE:  # the pieces before and after hold the same character
            told = start
            said = f"疑似{zh}：文中 {counts[right]} 处写作“{right}”。", f"Probably {en}: {right} stands {counts[right]} times."
            yield at_text("typo-suspected", "warning", document, start, start + SIZE, said)


def _found(counts: Counter[str]) -> Iterator[tuple[str, tuple[str, str, str]]]:
    usual = defaultdict(list)
    for piece, count in counts.items():
        if count >= SOUNDS:
            for hole in range(SIZE):
                usual[hole, piece[:hole] + piece[hole + 1 :], sound(piece[hole])].append(piece)
    for piece, count in counts.items():
        if count > 1:
            continue
        turned = piece[0] + piece[2] + piece[1] + piece[3]
        if counts[turned] >= TURNED and piece[1] != piece[2] and _is_no_pair(piece):
            yield piece, (turned, "字序颠倒", "characters in another order")
            continue
        for hole in range(1, SIZE - 1):
            for right in usual.get((hole, piece[:hole] + piece[hole + 1 :], sound(piece[hole])), ()):
                if frozenset((piece[hole], right[hole])) not in _both_right():
                    yield piece, (right, "同音错字", "a wrong character of the same sound")
                    break


def _is_no_pair(piece: str) -> bool:
    """的和 and 和的 may both stand; words of meaning may not be torn."""
    return not re.search("[的和与及或等、在对为以各不一二三四五六七八九十]", piece)


@cache
def _both_right() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair) for pair in str(words("confusables")["both_right"]).split())

"""Where a sentence ends: after 。！？ and after every ；/; — outside brackets, quotes and 《》 (product.md, "Sentences").

A page may write . for 。: between Chinese words, or at the end, it ends a sentence too (二.总体要求 is a number).
"""

from __future__ import annotations

import re

END = frozenset("。！？；;")
OPEN = {"（": "）", "(": ")", "【": "】", "[": "]", "〔": "〕", "“": "”", "‘": "’", "「": "」", "『": "』", "《": "》", "〈": "〉"}
_CLOSERS = frozenset("”’」』）)》〉")
_LONGEST_INSERT = 400
DOT = r"(?<=[一-鿿”》])(?<![一二三四五六七八九十])\.(?=[一-鿿“《（(\s]|$)"
_STOP = re.compile(f"[{re.escape(''.join((*END, *OPEN)))}]|{DOT}")
_BRACKET = re.compile(f"[{re.escape(''.join((*OPEN, *OPEN.values())))}]")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each sentence, end mark included, blanks at the edges left out.

    >>> text = "做好公示（含撤销；更新）；按期报送。"
    >>> [text[a:b] for a, b in split_sentences(text)]
    ['做好公示（含撤销；更新）；', '按期报送。']
    """
    closed = _closed_spans(text)
    found, begin, at = [], 0, 0
    while hit := _STOP.search(text, at):
        if hit.start() in closed:
            at = closed[hit.start()]
            continue
        at = hit.end()
        if hit[0] in END or hit[0] == ".":
            while at < len(text) and (text[at] in END or text[at] in _CLOSERS):
                at += 1
            found.append(_trim(text, begin, at))
            begin = at
    found.append(_trim(text, begin, len(text)))
    return [(start, end) for start, end in found if any(c.isalnum() for c in text[start:end])]


def _closed_spans(text: str) -> dict[int, int]:
    """Return where each outermost bracketed stretch ends, keyed by its start; a bracket that never closes opens nothing."""
    spans: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for hit in _BRACKET.finditer(text):
        at, char = hit.start(), hit[0]
        if char in OPEN:
            stack.append((OPEN[char], at))
        elif any(char == closer for closer, _ in stack):
            while stack:
                closer, start = stack.pop()
                if closer == char:
                    if at - start <= _LONGEST_INSERT:
                        spans[start] = at + 1
                    break
    return spans


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

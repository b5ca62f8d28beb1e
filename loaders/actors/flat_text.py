"""A string without its blanks, each character still knowing where it stood, and the brackets and quotes found once.

Names and notes are broken over lines by the table they stand in ("办公室或\\n\\n其他相关部门"), so our grammar reads
the blank-free text; offsets lead back. All steps are linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_PAIRS = ("（）", "()", "【】", "[]", "［］", "《》", "〈〉", "“”", "‘’", "「」", "『』", "〔〕", "﹝﹞")
_SAME = {"）": ")", "】": "]", "］": "]"}  # widths are mixed in practice: (三）
OPENERS = {pair[0]: _SAME.get(pair[1], pair[1]) for pair in _PAIRS}
CLOSERS = {pair[1]: _SAME.get(pair[1], pair[1]) for pair in _PAIRS}
_BRACKET = re.compile(f"[{re.escape(''.join((*OPENERS, *CLOSERS)))}]")


@dataclass(frozen=True, slots=True)
class FlatText:
    """``offsets[i]`` is where ``text[i]`` stood; before each index in ``breaks`` there were blanks or line breaks.

    ``spans`` are the outermost balanced brackets and quotes as (start, end), ``opening`` leads from any span's end to its start.
    """

    text: str
    offsets: tuple[int, ...]
    breaks: frozenset[int]
    spans: tuple[tuple[int, int], ...]
    opening: dict[int, int]
    inside: bytes

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the string this was made of."""
        if start >= end:
            return (0, 0)
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=256)  # a note is looked at several times: is it one, who is in it, by when
def flatten(text: str) -> FlatText:
    """Return the text without blanks."""
    offsets: list[int] = []
    breaks: set[int] = set()
    for index, char in enumerate(text):
        if char.isspace():
            breaks.add(len(offsets))
        else:
            offsets.append(index)
    flat = "".join(text.split())
    spans, opening = bracket_spans(flat)
    inside = bytearray(len(flat))
    for start, end in spans:
        inside[start:end] = b"\x01" * (end - start)
    return FlatText(flat, tuple(offsets), frozenset(breaks - {0, len(flat)}), spans, opening, bytes(inside))


def bracket_spans(text: str) -> tuple[tuple[tuple[int, int], ...], dict[int, int]]:
    """Return the outermost balanced spans, and for every balanced span its end → start. Widths may be mixed; strays are passed over."""
    stack: list[tuple[str, int]] = []
    waiting: dict[str, int] = {}
    opening: dict[int, int] = {}
    for hit in _BRACKET.finditer(text):
        index, char = hit.start(), hit[0]
        if char in OPENERS:
            closer = OPENERS[char]
            stack.append((closer, index))
            waiting[closer] = waiting.get(closer, 0) + 1
        elif waiting.get(CLOSERS.get(char, ""), 0):
            while stack:
                closer, start = stack.pop()
                waiting[closer] -= 1
                if closer == CLOSERS[char]:
                    opening[index + 1] = start
                    break
    return _outermost(opening), opening


def _outermost(opening: dict[int, int]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for start, end in sorted((start, end) for end, start in opening.items()):
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
    return tuple(spans)

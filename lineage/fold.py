"""Texts made comparable: width folded, blanks and punctuation left out, and the way back to where each character stands."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from loaders.noise.encoding import comparable


@dataclass(frozen=True, slots=True)
class Folded:
    """``chars`` to compare; ``at[i]`` is where ``chars[i]`` stands in the text it was folded from."""

    chars: str
    at: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.chars)


@cache
def fold_char(char: str) -> str:
    """Return the comparable form of one character, "" for blanks and punctuation."""
    folded = unicodedata.normalize("NFKC", comparable(char)).lower()
    return "".join(c for c in folded if c.isalnum() or c in "%‰")


def fold_stretches(text: str, stretches: tuple[tuple[int, int], ...]) -> Folded:
    """Fold some stretches of a text, in order."""
    chars: list[str] = []
    at: list[int] = []
    for start, end in stretches:
        for position in range(start, end):
            for char in fold_char(text[position]):
                chars.append(char)
                at.append(position)
    return Folded("".join(chars), tuple(at))


def fold_plain(text: str) -> str:
    """Return the comparable form of a text.

    >>> fold_plain("(二)推进 公开，Ａ级。")
    '二推进公开a级'
    """
    return "".join(fold_char(c) for c in text)

"""▇ in place of words that must not be shown again: what was injected into a text, and what is personal.

One sign a character, so that every offset stays where it was. Injected words stay in the JSON and the graph and are masked where
people read them; personal data is masked before anything is made of the text (loaders/privacy.py).
"""

from __future__ import annotations

from collections.abc import Iterable

MASK = "▇"
_KEPT = "\n\t"  # what separates lines and cells is no part of any word
SHORTEST = 4  # of words masked wherever they stand: shorter ones could be meant elsewhere


def mask(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text of the same length with the spans (start, end exclusive) masked; what lies outside the text is ignored.

    >>> mask("推行“乐动安卓app”", [(3, 10)])
    '推行“▇▇▇▇▇▇▇”'
    """
    parts, at = [], 0
    for start, end in sorted(spans):
        start, end = max(start, at), min(end, len(text))
        if start < end:
            parts += [text[at:start], "".join(c if c in _KEPT else MASK for c in text[start:end])]
            at = end
    return "".join((*parts, text[at:]))


def mask_words(text: str, quotes: Iterable[str]) -> str:
    """Return a text with every occurrence of some quotes masked: for answers, where offsets are not at hand."""
    for quote in quotes:
        if len(quote) >= SHORTEST and quote in text:
            text = text.replace(quote, mask(quote, [(0, len(quote))]))
    return text

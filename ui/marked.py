"""Texts of documents on a page: whatever they hold, they are shown as text, with the shared words marked."""

from __future__ import annotations

import re
from html import escape

MARK = '<mark style="background:#ffe08a;color:#1a1a1a;padding:0 1px;border-bottom:2px solid #8a6100">'
# Shared words are filled and underlined, words of one side only are underlined in their own way: told apart without colour too.
SHARED = MARK
ONLY_UPPER = '<mark style="background:none;color:inherit;text-decoration:underline dotted 2px;text-underline-offset:3px">'
ONLY_LOWER = '<mark style="background:none;color:inherit;text-decoration:underline wavy 1px;text-underline-offset:3px">'
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return a text for a Markdown element, so that nothing in it is taken for Markdown, LaTeX or HTML."""
    return SPECIAL.sub(r"\\\1", text)


def both_marked(upper: str, upper_quotes: str, lower: str, lower_quotes: str) -> tuple[str, str]:
    """Return both texts as safe HTML: the shared words marked, and what only one of them has underlined in its own way."""
    return marked(upper, upper_quotes, rest=ONLY_UPPER), marked(lower, lower_quotes, rest=ONLY_LOWER)


def marked(text: str, quotes: str, *, rest: str = "") -> str:
    """Return a text as safe HTML, the pieces of ``quotes`` (divided by " … ") marked where they stand.

    >>> marked("公开<b>结果", "<b>")
    '公开<mark style="background:#ffe08a;color:#1a1a1a;padding:0 1px;border-bottom:2px solid #8a6100">&lt;b&gt;</mark>结果'
    """
    flags = [False] * len(text)
    at = 0
    for piece in filter(None, quotes.split(" … ")):
        found = text.find(piece, at)
        found = text.find(piece) if found < 0 else found
        if found >= 0:
            at = found + len(piece)
            flags[found:at] = [True] * len(piece)
    out, begin = [], 0
    for end in range(1, len(text) + 1):
        if end == len(text) or flags[end] != flags[begin]:
            stretch = escape(text[begin:end]).replace("\n", "<br>")
            tag = MARK if flags[begin] else rest if quotes else ""
            out.append(f"{tag}{stretch}</mark>" if tag else stretch)
            begin = end
    return "".join(out)


def side_by_side(*halves: tuple[str, str, str]) -> str:
    """Return texts beside each other, under each other on a phone: (heading, text as HTML, place) each."""
    return '<div style="display:flex;flex-wrap:wrap;gap:1.5rem">' + "".join(_half(*half) for half in halves) + "</div>"


def badges(words: list[str]) -> str:
    """Return short words in frames of their own, one after the other."""
    frame = "display:inline-block;border:1px solid currentColor;border-radius:4px;padding:0 .4rem;margin:0 .4rem .3rem 0;font-size:.85rem"
    return "".join(f'<span style="{frame}">{escape(said)}</span>' for said in words if said)


def _half(heading: str, body: str, place: str) -> str:
    return (
        f'<div style="flex:1 1 18rem;min-width:0;overflow-wrap:anywhere"><div style="font-weight:600">{escape(heading)}</div>'
        f'<div style="line-height:1.8">{body}</div><div style="font-size:.85rem;opacity:.75">{escape(place)}</div></div>'
    )

"""Texts of documents on a page: whatever they hold, they are shown as text, with the shared words marked."""

from __future__ import annotations

import re
from html import escape

MARK = '<mark style="background:#ffe08a;color:#1a1a1a;padding:0 1px;border-bottom:2px solid #8a6100">'
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&])")


def plain(text: str) -> str:
    """Return a text for a Markdown element, so that nothing in it is taken for Markdown, LaTeX or HTML."""
    return SPECIAL.sub(r"\\\1", text)


def marked(text: str, quotes: str) -> str:
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
            out.append(f"{MARK}{stretch}</mark>" if flags[begin] else stretch)
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

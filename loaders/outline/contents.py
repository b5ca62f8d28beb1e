"""The list of contents a document begins with: its lines are no provisions, though they carry the same numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.blocks import Paragraph
from loaders.outline.numbering import read_mark

_DOTTED = re.compile(r"[.·…⋯]{3,}\s*[-—]?\s*\d{1,3}\s*[-—]?\s*$")
_HEAD = re.compile(r"目\s*[录次]\s*[:：]?")
_PAGE = re.compile(r"[\s.·…⋯]*\d{0,3}\s*$")
_LONGEST_ENTRY = 60
_MOST_ENTRIES = 400


def contents_lines(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """Return the numbers of the paragraphs that only list the parts: those that end in dots and a page, and those under 目录."""
    dotted = {p.number for p in paragraphs if _DOTTED.search(p.text)}
    head = next((at for at, p in enumerate(paragraphs) if _HEAD.fullmatch(p.text.strip())), None)
    return frozenset(dotted | _under(paragraphs[head + 1 :]) if head is not None else dotted)


def _under(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Entries go on until the first of them is met again, as a heading; where it never is, there is no list."""
    if not paragraphs or read_mark(paragraphs[0].text) is None:
        return set()
    first = _plain(paragraphs[0].text)
    for at, paragraph in enumerate(paragraphs[1 : _MOST_ENTRIES + 1], 1):
        if len(paragraph.text) > _LONGEST_ENTRY or paragraph.text.rstrip().endswith(("。", "；")):
            return set()
        if _plain(paragraph.text) == first:
            return {p.number for p in paragraphs[:at]}
    return set()


def _plain(text: str) -> str:
    return re.sub(r"\s", "", _PAGE.sub("", text))

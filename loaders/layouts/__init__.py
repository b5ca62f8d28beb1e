"""Tables laid out in plain text, beside the TAB dump: found among the lines, rebuilt when that is certain, else left as paragraphs.

Each layout is a module with ``find(lines) -> Found | None``: the first table of that layout among the lines. They are tried in turn on
the whole text, then on what stands before and after the table that was found.
"""

from __future__ import annotations

from collections.abc import Sequence

from loaders.blocks import RawBlock, RawParagraph
from loaders.layouts.boxes import find as drawn
from loaders.layouts.lines import find as one_cell_a_line
from loaders.layouts.single_blanks import find as one_blank_apart
from loaders.layouts.spaces import find as kept_apart
from loaders.layouts.tabs import find as with_tabs
from loaders.layouts.text_lines import Line, lines_of
from loaders.layouts.wrapped import Page, joined, page_of

FINDERS = (drawn, with_tabs, kept_apart, one_cell_a_line, one_blank_apart)
MOST_LINES = 60_000
_MOST_TABLES = 40
_BLANK = " \t\u3000\xa0\ufeff"


def text_blocks(text: str) -> list[RawBlock]:
    """Return the paragraphs and tables of a text that is no TAB dump, in order."""
    lines = lines_of(text)
    page = page_of(lines)
    return _blocks(lines, [_MOST_TABLES], page) if len(lines) <= MOST_LINES else paragraphs(lines, page)


def _blocks(lines: Sequence[Line], left: list[int], page: Page | None) -> list[RawBlock]:
    if left[0] <= 0 or len(lines) < 3:
        return paragraphs(lines, page)
    for find in FINDERS:
        found = find(lines)
        if found:
            left[0] -= 1
            return [*_blocks(lines[: found.first], left, page), *found.blocks, *_blocks(lines[found.last :], left, page)]
    return paragraphs(lines, page)


def paragraphs(lines: Sequence[Line], page: Page | None = None) -> list[RawBlock]:
    """Every line is a paragraph, but where they were broken for a page; blank lines are none, blanks round a line are layout."""
    if page is not None:
        return list(joined(lines, page))
    found: list[RawBlock] = []
    for line in lines:
        text = line.text.strip(_BLANK)
        if text:
            found.append(RawParagraph(text, line.start + line.text.index(text)))
    return found

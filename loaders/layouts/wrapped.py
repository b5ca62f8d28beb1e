"""Texts broken at the edge of a page, as copied from a PDF or a mail: the lines of a paragraph put together again.

A text is such when many of its lines are about equally long and stop in the middle of a sentence. Then a full line goes on in the next,
unless that is indented as a paragraph's first line is, or begins with a number after the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import RawParagraph
from loaders.layouts.text_lines import Line, width
from loaders.outline.numbering import read_mark

_BLANK = " \t\u3000\xa0\ufeff"
_ENDED = ("。", "！", "？", "；", "：", ":", ".", ")", "）", "”", "》")
_NARROW, _WIDE = 40, 120  # places a page's line takes
_LEAST_FULL = 5  # lines
_MOSTLY = 0.65
_SAMPLE, _MOST_LINES = 4000, 200  # lines looked at, and lines of one paragraph
_WORD = re.compile(r"[0-9A-Za-z.,%％/〔〕\-]+")


@dataclass(frozen=True, slots=True)
class Page:
    """How wide a full line is, and whether paragraphs are indented."""

    width: int
    indented: bool


def page_of(lines: Sequence[Line]) -> Page | None:
    """Return the page a text was broken for, None when its lines are whole paragraphs."""
    shown = [line.text.rstrip(_BLANK) for line in lines[:_SAMPLE] if not line.blank]
    widths = sorted(width(text) for text in shown)
    if len(widths) < _LEAST_FULL or "\t" in "".join(text.lstrip(_BLANK) for text in shown):
        return None
    widest = widths[-1]
    if not _NARROW <= widest <= _WIDE:
        return None
    full = [text for text in shown if width(text) >= widest - 6]
    open_ = sum(not text.endswith(_ENDED) for text in full)
    if len(full) < max(_LEAST_FULL, 0.25 * len(shown)) or open_ < _MOSTLY * len(full):
        return None
    starts = [text for text in shown if read_mark(text.lstrip(_BLANK))]
    indented = [text for text in starts if text[0] in _BLANK]
    return Page(widest, bool(starts) and len(indented) >= _MOSTLY * len(starts))


def joined(lines: Sequence[Line], page: Page) -> list[RawParagraph]:
    """Return the paragraphs of lines broken for a page, each of its stretches with its place in the file."""
    found: list[list[Line]] = []
    before: Line | None = None
    for line in lines:
        if line.blank:
            before = None
            continue
        if before is not None and len(found[-1]) < _MOST_LINES and _goes_on(before, line, page):
            found[-1].append(line)
        else:
            found.append([line])
        before = line
    return [_paragraph(group) for group in found]


def _goes_on(before: Line, line: Line, page: Page) -> bool:
    text, above = line.text.lstrip(_BLANK), before.text.rstrip(_BLANK)
    word = _WORD.match(text)
    head = width(word[0] if word else text[:2])  # a mark may not begin a line, so that two letters may have gone over
    if width(above) + head <= page.width - 2:
        return False
    if page.indented:
        return line.text[0] not in _BLANK
    return not (read_mark(text) and above.endswith(_ENDED))


def _paragraph(lines: Sequence[Line]) -> RawParagraph:
    text, runs = "", []
    for line in lines:
        piece = line.text.strip(_BLANK)
        if re.match(r"[A-Za-z,]", text[-1:]) and re.match(r"[A-Za-z]", piece):
            text += " "
        runs.append((len(text), line.start + line.text.index(piece), len(piece)))
        text += piece
    return RawParagraph(text, runs[0][1]) if len(runs) == 1 else RawParagraph(text, runs=tuple(runs))

"""Lines of a PDF to paragraphs: page numbers and running heads left out, wrapped lines joined where a paragraph goes on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import RawParagraph
from loaders.outline.numbering import read_mark
from loaders.pdf.page import PdfLine, PdfPage, PdfTable
from loaders.pdf.tables import join_words
from loaders.words import words

_MARGIN = 0.12
_SET_RIGHT = 5  # letters: a paragraph's first line is not indented as far
_FULL = 0.6  # of the longest line: what is shorter is no full line
_PAGE_NUMBER = re.compile(
    r"[-—–－―•·\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*页?\s*(?:[,，/]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–－―•·\s]*|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?",
    re.I,
)
_CONTINUED = re.compile(r"[（(]?\s*(?:续\s*表|接上页|上接|转下页)\s*[\d一二三四五六七八九十]*\s*[)）]?")
_HANGING = ("，", "。", "、", "；", "：", ",", ".", ";", ":", "）", ")", "”", "》")
_ENDED = ("。", "！", "？", "；", "：", ":", "…")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where text of the ordinary size begins and ends, how large it is, and how far apart its lines stand."""

    left: float
    right: float
    size: float
    leading: float


def without_frame(pages: Sequence[PdfPage]) -> tuple[list[PdfLine | PdfTable], list[str]]:
    """Return all items in order without page numbers and running heads; and what was left out (page numbers are not told)."""
    running = _running(pages)
    kept: list[PdfLine | PdfTable] = []
    left_out: list[str] = []
    for page in pages:
        for item in page.items:
            if isinstance(item, PdfLine) and _in_margin(item, page):
                if _PAGE_NUMBER.fullmatch(item.text):
                    continue
                if _same(item) in running:
                    left_out.append(item.text)
                    continue
            if isinstance(item, PdfLine) and _CONTINUED.fullmatch(item.text):
                left_out.append(item.text)
                continue
            kept.append(item)
    return kept, list(dict.fromkeys(left_out))


def margins(lines: Sequence[PdfLine]) -> Margins:
    """Return the usual margins of body lines."""
    if not lines:
        return Margins(0, 0, 10, 15)
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = max(sizes, key=lambda s: (sizes[s], s))
    body = [line for line in lines if abs(line.size - size) < 1.2]
    starts = Counter(round(line.x0 / 2) * 2 for line in body)
    usual = [x for x, count in starts.items() if count >= max(1, 0.12 * len(body))]
    steps = sorted(b.top - a.top for a, b in zip(body, body[1:], strict=False) if a.page == b.page and 0 < b.top - a.top < 4 * size)
    left = min(usual) if usual else min(starts)
    return Margins(left, _right(body, left, size), size, steps[len(steps) // 3] if steps else 1.5 * size)


def _right(body: Sequence[PdfLine], left: float, size: float) -> float:
    """Where full lines end: a stray line beyond it does not count, nor do marks that hang out; headings of one length are no full lines."""
    ends = sorted((line.x1 for line in body if not line.text.endswith(_HANGING)), reverse=True) or [max(line.x1 for line in body)]
    every = [line.x1 for line in body]
    full = [x for x in ends if x - left >= _FULL * (ends[0] - left)]
    for least in (3, 2):
        if (found := next((x for x in full if sum(x - size <= y <= x for y in every) >= min(least, len(ends))), None)) is not None:
            return found
    return ends[0]


def paragraphs(lines: Sequence[PdfLine], usual: Margins) -> list[RawParagraph]:
    """Return the paragraphs of consecutive lines."""
    found: list[RawParagraph] = []
    text, first, before = "", 0, None
    for line in lines:
        if before is not None and _goes_on(before, line, text, usual):
            text = join_words(text, line.text)
        else:
            if text:
                found.append(RawParagraph(text, page=first))
            text, first = line.text, line.page
        before = line
    return [*found, RawParagraph(text, page=first)] if text else found


def looks_two_columned(page: PdfPage) -> bool:
    """Many lines with a wide gap in the middle of the page: its two columns would be read across."""
    lines = [item for item in page.items if isinstance(item, PdfLine) and len(item.text) > 16]
    split = [line for line in lines if line.split and line.x0 < 0.4 * page.width and line.x1 > 0.6 * page.width]
    return len(split) >= 8 and len(split) * 2 > len(lines)


def _goes_on(before: PdfLine, line: PdfLine, text: str, usual: Margins) -> bool:
    if abs(before.size - line.size) > 1.2:
        return False
    same_page = before.page == line.page
    step = line.top - before.top
    if same_page and not 0 < step <= 1.5 * max(usual.leading, 1.25 * line.size):
        return False
    if _centred(before, usual) and _centred(line, usual) and line.size > 1.12 * usual.size:
        return same_page and not any(text.endswith(genre) for genre in words("documents")["genres"])
    if before.x1 + line.head <= usual.right - 0.3 * line.size:
        return False
    if before.x0 > usual.left + _SET_RIGHT * line.size and line.x0 < before.x0 - _SET_RIGHT * line.size:
        return False  # a signature or a date stands at the right
    if read_mark(line.text) and text.endswith((*_ENDED, ")", "）", "”")):
        return False
    if line.x0 > usual.left + 1.3 * line.size:
        return abs(line.x0 - before.x0) < 2 and not text.endswith(_ENDED) and not read_mark(line.text)
    return True


def _centred(line: PdfLine, usual: Margins) -> bool:
    """Does a line stand as far from the left margin as from the right, be it full?"""
    left, right = line.x0 - usual.left, usual.right - line.x1
    return abs(left - right) < 3 * line.size


def _in_margin(line: PdfLine, page: PdfPage) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _same(line: PdfLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", re.sub(r"\s+", "", line.text)), round(line.top / 4)


def _running(pages: Sequence[PdfPage]) -> frozenset[tuple[str, int]]:
    """Lines that stand at the same place in the margin of most pages."""
    if len(pages) < 3:
        return frozenset()
    seen = Counter(key for page in pages for key in {_same(i) for i in page.items if isinstance(i, PdfLine) and _in_margin(i, page)})
    return frozenset(key for key, count in seen.items() if count >= max(3, 0.6 * len(pages)))

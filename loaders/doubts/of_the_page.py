"""What a page has around its text, copied into it: 【字体：大 中 小】打印本页, — 9 — in a cell or between two parts of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding
from loaders.words import words

CODE = "suspected-injected-text"


def page_doubts(document: Extraction) -> Iterator[Finding]:
    told = -1
    for start, end in _runs(document.text):
        if start > told:
            told = end
            said = "像是网页上的文字，随正文一并复制而来。", "Words of a web page, copied along with the text."
            yield at_text(CODE, "info", document, start, end, said)
    spans = _of_tables(document)
    for pattern in words("doubts")["page_numbers"]:
        for hit in re.finditer(pattern, document.text):
            if any(start <= hit.start() < end for start, end in spans):
                said = "像是页码，随正文一并复制而来。", "Seems to be a page number, copied along with the text."
                yield at_text(CODE, "info", document, *hit.span(), said)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of such words; what stands between two of them but blanks and bars is no part of the text either."""
    hits = sorted(hit.span() for pattern in words("doubts")["page_words"] for hit in re.finditer(pattern, text))
    while hits:
        start, end = hits.pop(0)
        while hits and re.fullmatch(r"[ \u3000|｜·]*", text[end : max(end, hits[0][0])]):
            end = max(end, hits.pop(0)[1])
        yield start, end


def _of_tables(document: Extraction) -> list[tuple[int, int]]:
    """Return the stretch of text from the first to the last cell of the task tables."""
    cells = [cell.place for row in document.rows for cell in row.cells.values()]
    starts = [place.start for place in cells if place.start is not None]
    ends = [place.end for place in cells if place.end is not None]
    return [(min(starts), max(ends))] if starts and ends else []

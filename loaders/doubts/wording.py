"""Wording: amounts limited twice (至少…以上), a comma in an enumeration, half-width marks throughout, words left from the level above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_cell, at_provision, at_text, own
from loaders.records import Extraction, Finding
from loaders.words import words

_HALF = re.compile(r"(?<=[一-鿿”》）])[,;:](?=[一-鿿“《（]|$)", re.MULTILINE)
_WIDE = re.compile(r"[，；：]")
# The list goes on behind the comma with a bare noun, and with 等 and a noun the sentence is over: no verb is left for a clause of its own.
_LIST = re.compile(r"(?<=[一-鿿])([一-鿿]{2,5})，([一-鿿]{2,3}、[一-鿿]{2,8}、[一-鿿、]{2,40}等)(?=[一-鿿]{0,6}[。；;\n])")
THROUGHOUT = 50
_ENDS = tuple("。！？；;!?.…：:”）)")


def wording_doubts(document: Extraction) -> Iterator[Finding]:
    text = document.text
    for pattern in words("doubts")["said_twice"]:
        for hit in re.finditer(pattern, text):
            said = "限定词重复。", "The amount is limited twice."
            yield at_text("redundant-words", "info", document, *hit.span(), said)
    for hit in _LIST.finditer(text):
        if not re.search(words("doubts")["opens_clause"], hit[2].split("、")[0]):
            said = "并列的词语之间用了逗号，前后都是顿号。", "A comma where the marks around it are those of an enumeration."
            yield at_text("list-mark", "info", document, *hit.span(), said)
    half, wide = list(_HALF.finditer(text)), len(_WIDE.findall(text))
    if len(half) >= THROUGHOUT and len(half) > wide:
        said = f"全文用半角标点（{len(half)} 处），全角 {wide} 处。", f"Half-width marks throughout ({len(half)}), full-width {wide} times."
        yield at_text("mixed-width-punctuation", "info", document, *half[0].span(), said)
    yield from _cut(document)
    yield from _opened(document)
    yield from _asked(document)
    yield from _unheaded(document)
    yield from _beyond(document)


def _cut(document: Extraction) -> Iterator[Finding]:
    """Sentences of running text that stop without a mark, where nearly all have one."""
    sentences = [p for p in document.provisions if p.level == "sentence" and p.place.end is not None]
    cut = [p for p in sentences if not _is_ended(document.text, p.place.end or 0) and not p.text.lstrip().startswith(("(", "（"))]
    if len(sentences) < 8 or len(cut) > max(2, len(sentences) // 10):
        return
    for provision in cut:
        end, start = provision.place.end or 0, provision.place.start or 0
        said = "句末缺标点，文字可能不完整。", "Ends without a mark; words may be missing."
        yield at_text("end-mark", "warning", document, max(start, end - 8), end, said)


def _opened(document: Extraction) -> Iterator[Finding]:
    """Cells and sentences that begin with a mark: words before it are gone."""
    said = "开头是标点，前面的文字可能缺失。", "Begins with a mark; words before it may be missing."
    for row in document.rows:
        for field in ("measure", "sub_measure", "deadline"):
            if hit := re.match("[，、。；：！？,;!?]+", own(row, field)):
                yield at_cell("opening-mark", "warning", row, field, said, hit[0])
    for provision in document.provisions:
        start = provision.place.start or 0
        if provision.level == "sentence" and (hit := re.match("[，、：,]+", document.text[start : start + 4])):
            yield at_text("opening-mark", "warning", document, start, start + len(hit[0]), said)


def _asked(document: Extraction) -> Iterator[Finding]:
    """A duty that ends as a question."""
    said = "任务以问号结尾。", "A duty that ends as a question."
    for row in document.rows:
        for field in ("measure", "sub_measure"):
            if own(row, field).endswith(("？", "?")):
                yield at_cell("end-mark", "info", row, field, said, own(row, field)[-8:])


def _unheaded(document: Extraction) -> Iterator[Finding]:
    """A clause that begins with its first sentence, where nearly all others have a heading of their own."""
    clauses = [p for p in document.provisions if p.level == "clause" and p.number]
    without = [p for p in clauses if not p.heading]
    if len(clauses) >= 10 and 0 < len(without) <= len(clauses) // 20 + 1:
        for clause in without:
            said = "本条没有标题，其他各条都有。", "This clause has no heading, as nearly all others have."
            yield at_provision("heading-missing", "info", clause, said, clause.number or "")


def _is_ended(text: str, end: int) -> bool:
    return text[end - 1 : end] in _ENDS or text[end : end + 1] in _ENDS


def _beyond(document: Extraction) -> Iterator[Finding]:
    """A row that speaks to authorities of every level, in a table one authority gave itself: words copied from above."""
    if not document.rows or any("unit" in row.cells for row in document.rows):
        return
    for row in document.rows:
        hit = re.search(words("doubts")["every_level"], own(row, "measure"))
        if hit:
            said = "举措仍对“各级”机关而言，未改为本级。", "The measure still speaks to authorities of every level."
            yield at_cell("level-kept", "info", row, "measure", said, hit[0])

"""References that resolve to nothing inside the document: attachments and articles there are not; a body without its notice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.outline.numbering import number_value
from loaders.records import Extraction, Finding, Place, Text2

FEW = 5  # provisions
_HAN = "[一二三四五六七八九十百零〇\\d]{1,4}"
_ATTACHMENT = re.compile(rf"(?:见|详见|按照?|参照|填写|填报|随)本?(?:文|通知|方案|办法)?附件\s*({_HAN})")
_ARTICLE = re.compile(rf"(本(?:办法|规定|细则|条例|方案|通知|意见|制度|规则)|前述|上述)\s*第({_HAN})(条|部分|章)")
_ROW = re.compile(r"(?:本表|见|同|按|参照)(?:第|序号)\s*(\d{1,3})\s*(?:项|行|号任务|条任务)")
_NOTE_MARK = re.compile(r"(?<=[一-鿿”》）])(?:[\[［〔]\s?(?:注\s?)?\d{1,2}\s?[\]］〕]|[①-⑳※]|[（(]注\d{1,2}[）)])(?=[。，；、\n\t]|$)")
_ALONE = re.compile(rf"附\s*件\s*(?:{_HAN})?\s*[:：]?$")


def reference_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _attachments(document)
    yield from _articles(document)
    yield from _rows(document)
    yield from _notes(document)
    yield from _unsaid(document)
    first, _, _ = document.text.lstrip().partition("\n")
    at = document.text.find(first) if first else -1
    if at >= 0 and _ALONE.match(first.strip()) and not document.meta.attachments:
        said = "本件是附件，未见所附的通知正文。", "This is an attachment; the notice it belongs to is not here."
        yield at_text("attachment-alone", "info", document, at, at + len(first), said)


def _notes(document: Extraction) -> Iterator[Finding]:
    """A mark of a footnote ([1], ①, ※) behind a word, and no note that begins with it."""
    for hit in _NOTE_MARK.finditer(document.text):
        if document.text.count(hit[0]) == 1:
            said = f"注记“{hit[0]}”没有对应的注。", f"No note belongs to the mark {hit[0]}."
            yield at_text("reference-nowhere", "warning", document, *hit.span(), said)


def _unsaid(document: Extraction) -> Iterator[Finding]:
    """What a document does not say of itself: its date, its number."""
    at = document.meta.title_place or Place(start=0, end=0)
    if not document.rows and not document.provisions:
        return
    gap = re.search(r"(?<=[一-鿿”》])[ \u3000]+(?=[一-鿿“《])", document.meta.title)
    if gap and document.text[at.start or 0 : at.end or 0] == document.meta.title:
        said = "标题中有空格。", "There is a blank inside the title."
        yield at_text("stray-blank", "info", document, (at.start or 0) + gap.start(), (at.start or 0) + gap.end(), said)
    if not document.meta.written_on:
        said = "文件没有写明成文日期。", "The document does not say when it was written."
        yield Finding("date-missing", "info", at, document.meta.title, Text2(*said))
    if not document.meta.number:
        said = "文件没有文号。", "The document has no number."
        yield Finding("number-missing", "info", at, document.meta.title, Text2(*said))


def _attachments(document: Extraction) -> Iterator[Finding]:
    known = {re.sub(r"\D", "", entry["id"]) for entry in document.meta.attachments}
    for hit in _ATTACHMENT.finditer(document.text):
        if str(number_value(hit[1])) not in known:
            said = f"文中提到附件{hit[1]}，文件没有这个附件。", f"Attachment {hit[1]} is referred to; the document has none of this number."
            yield at_text("reference-nowhere", "warning" if known else "info", document, *hit.span(), said)


def _articles(document: Extraction) -> Iterator[Finding]:
    marks = {"条": r"第(.+)条", "章": r"第(.+)章", "部分": r"(.+)"}
    for hit in _ARTICLE.finditer(document.text):
        pattern = marks[hit[3]]
        numbers = {
            number_value(found[1])
            for p in document.provisions
            if p.number and p.level in ("section", "clause") and (found := re.fullmatch(pattern, p.number))
        }
        if number_value(hit[2]) not in numbers and len(document.provisions) >= FEW:
            said = f"本文件没有“第{hit[2]}{hit[3]}”。", f"This document has no 第{hit[2]}{hit[3]}."
            # without any of the kind, 本办法 may be another document that this one speaks of
            yield at_text("reference-nowhere", "warning" if numbers else "info", document, *hit.span(), said)


def _rows(document: Extraction) -> Iterator[Finding]:
    numbers = {row.number for row in document.rows}
    for hit in _ROW.finditer(document.text) if numbers else ():
        if hit[1] not in numbers:
            said = f"本表没有第{hit[1]}项。", f"The table has no row {hit[1]}."
            yield at_text("reference-nowhere", "warning", document, *hit.span(), said)

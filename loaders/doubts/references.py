"""References that resolve to nothing inside the document: attachments and articles there are not; a body without its notice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.outline.numbering import number_value
from loaders.records import Extraction, Finding, Place, Text2
from loaders.tables.columns import fold

FEW = 5  # provisions
LONG_TITLE = 8  # characters
_TITLE = re.compile(r"[《〈]([^《》〈〉\n]{8,60})[》〉]")
_ISSUED = re.compile(r".*(?:印发|发布|公布|转发)《|》.*$")
_HAN = "[一二三四五六七八九十百零〇\\d]{1,4}"
_ATTACHMENT = re.compile(rf"(?:见|详见|按照?|参照|填写|填报|随)本?(?:文|通知|方案|办法)?附件\s*({_HAN})")
_ARTICLE = re.compile(rf"(本(?:办法|规定|细则|条例|方案|通知|意见|制度|规则)|前述|上述)\s*第({_HAN})(条|部分|章)")
_ITEM = re.compile(
    rf"(?:本(?:办法|规定|细则|条例|方案|通知|意见|实施意见|制度|规则|规划|计划|文件?|清单)|前述|上述)[的中]?\s*第\s*(?:[（(]({_HAN})[）)]|({_HAN})(?=[项款点]))\s*[条项款点]?"
)
_ROW = re.compile(
    r"(?:本表|本清单|见|同|与|按照?|参照)(?:第\s*(\d{1,3}|[一二三四五六七八九十]{1,4})\s*(?:项任务|项|行|号任务|条任务)|(?:序号|编号)\s*(\d{1,3}(?:\.\d{1,3})?|[一二三四五六七八九十]{1,4})(?!\d|(?!的)[一-鿿]))"
)
_CLAUSE = re.compile(
    r"本(?:办法|规定|细则|方案|通知|意见|制度|规则|表)第?([一二三四五六七八九十]{1,3})、?[（(]([一二三四五六七八九十]{1,3})[)）]"
)
_NOTE_MARK = re.compile(r"(?<=[一-鿿”》）])(?:[\[［〔]\s?(?:注\s?)?\d{1,2}\s?[\]］〕]|[①-⑳※]|[（(]注\d{1,2}[）)])(?=[。，；、等\n\t]|$)")
_ALONE = re.compile(rf"附\s*件\s*(?:{_HAN})?\s*[:：]?$")


def reference_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _attachments(document)
    yield from _articles(document)
    yield from _items(document)
    yield from _clauses(document)
    yield from _rows(document)
    yield from _notes(document)
    yield from _titles(document)
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


def _items(document: Extraction) -> Iterator[Finding]:
    """本意见第（二十八）项 where the clauses end at （二十二）; told where they run on through the document, or none has such a number."""
    numbers = {
        number_value(found[1])
        for p in document.provisions
        if p.number and (found := re.fullmatch(rf"[（(]?(?:第)?({_HAN})[）)]?[、.．条项]?", p.number))
    }
    for hit in _ITEM.finditer(document.text):
        if len(document.provisions) >= FEW and numbers and number_value(hit[1] or hit[2]) not in numbers:
            said = f"本文件没有“{hit[0].strip()}”所指的一项。", f"This document has no item {hit[1] or hit[2]}."
            yield at_text("reference-nowhere", "warning", document, *hit.span(), said)


def _clauses(document: Extraction) -> Iterator[Finding]:
    """本办法二(七) where section 二 of this document ends at （六）."""
    ids = {p.id for p in document.provisions}
    for hit in _CLAUSE.finditer(document.text):
        section, clause = number_value(hit[1]), number_value(hit[2])
        if f"{section}.1" in ids and f"{section}.{clause}" not in ids:
            said = f"本文件第{hit[1]}部分没有“（{hit[2]}）”。", f"Section {hit[1]} of this document has no （{hit[2]}）."
            yield at_text("reference-nowhere", "warning", document, *hit.span(), said)


def _titles(document: Extraction) -> Iterator[Finding]:
    """A title in 《》 that is another one but for a word: the document's own, or one that stands there more often."""
    cited = [((hit.end(1) - len(core), hit.end(1)), fold(core)) for hit in _TITLE.finditer(document.text) if (core := _core(hit[1]))]
    counts = Counter(title for _, title in cited)
    usual = {title: count for title, count in counts.items() if count > 1}
    if own := fold(_core(_ISSUED.sub("", document.meta.title))):
        usual[own] = max(usual.get(own, 0), 2)
    for span, title in cited:
        right = next((one for one in sorted(usual) if counts[title] == 1 and _is_nearly(title, one)), None)
        if right:
            said = (
                f"《{document.text[slice(*span)]}》与《{right}》只差一两个字，疑有一处写错。",
                f"But for a word the same title as {right}; one may be wrong.",
            )
            yield at_text("reference-nowhere", "warning", document, *span, said)


def _core(title: str) -> str:
    """Return a title without who issued it: 国家税务总局关于… is about the same as 关于…."""
    return title[at:] if (at := title.find("关于")) > 0 and len(title) - at >= LONG_TITLE else title


def _is_nearly(title: str, other: str) -> bool:
    """Return whether two long titles differ in one or two neighbouring characters, none of them a figure, a place's rank or a sequence."""
    if title == other or min(len(title), len(other)) < LONG_TITLE or abs(len(title) - len(other)) > 1:
        return False
    head = next((at for at, (a, b) in enumerate(zip(title, other, strict=False)) if a != b), min(len(title), len(other)))
    shared = min(len(title), len(other)) - head - 1  # characters behind the first that differs
    tail = next((at for at, (a, b) in enumerate(zip(title[:head:-1], other[:head:-1], strict=False)) if a != b), shared)
    mine, theirs = title[head : len(title) - tail], other[head : len(other) - tail]
    differs = mine + theirs
    return max(len(mine), len(theirs)) <= (1 if title.startswith("关于") else 2) and not re.search(
        r"[\d一二三四五六七八九十省市县区州镇乡国新修增甲乙丙上下前后（）()]", differs
    )


def _rows(document: Extraction) -> Iterator[Finding]:
    numbers = {row.number for row in document.rows}
    for hit in _ROW.finditer(document.text) if numbers else ():
        number = hit[1] or hit[2]
        if number not in numbers and str(number_value(number) if not number[0].isdigit() else number) not in numbers:
            said = f"本表没有第{number}项。", f"The table has no row {number}."
            yield at_text("reference-nowhere", "warning", document, *hit.span(), said)

"""The frame of a document: the sentence that passes it on, who is written to, the line that signs, lines and headings that stand twice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from loaders.actors.places import locate
from loaders.doubts.telling import at_text
from loaders.metadata.dates import DATE
from loaders.records import Extraction, Finding
from loaders.tables.columns import fold
from loaders.words import words

ALIKE, LONGER = 0.65, 6  # of two titles that are meant to be one
HEAD, HEAD_LENGTH = 20, 1500  # lines and characters in which those written to and what is passed on stand
FEW_HALF = 2  # numbers with one bracket, where the others have both
SIGNED = 5  # lines that are a date and may have a signature above
_PASSES_ON = re.compile(r"(?:现将|现把|现发布|制定了|印发)《([^《》\n]{6,60})》[^。\n]{0,20}(?:印发|发布|转发|下发|公布)?")
_TO_WHOM = re.compile(r"印发给(?!你们|你[单局厅省市区县委部处院]|各|贵|予|全|有关|相关|本|下|所)[一-鿿]{1,2}|(?<=[给请望])[你我他]门")
_BODIES = re.compile(
    r"[^。；：:;《》\n]{2,160}[、，,][^。；：:;、，,《》\n]{0,20}(?:局|政府|委|厅|部|单位|部门|机构|办事处|委员会|司局)[。；;.]?"
)
_TWICE = re.compile(r"([一-鿿]{3,12})[、，,]\1(?=[、，,。；;：:])")
_MARK = r"(?:[（(][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}条)"
_TWO_MARKS = re.compile(rf"(?:^|\n)[ \t\u3000]*({_MARK})\s*({_MARK})")
_HALF_MARK = re.compile(r"(?:^|\n)[ \t\u3000]*([一二三四五六七八九十]{1,3}[)）])")
_WHOLE_MARK = re.compile(r"(?:^|\n)[ \t\u3000]*[（(][一二三四五六七八九十]{1,3}[)）]")
_SIGNS = re.compile(r"[一-鿿]{3,20}")


def frame_doubts(document: Extraction) -> Iterator[Finding]:
    yield from _passed_on(document)
    yield from _written_to(document)
    yield from _signs(document)
    yield from _lines_twice(document)
    yield from _headings_twice(document)
    yield from _cut_short(document)
    half = list(_HALF_MARK.finditer(document.text))
    for hit in half if len(half) <= FEW_HALF and len(_WHOLE_MARK.findall(document.text)) > 2 * FEW_HALF else ():
        said = f"序号“{hit[1]}”的括号不成对。", f"The number {hit[1]} has one bracket of two."
        yield at_text("unbalanced-mark", "info", document, *hit.span(1), said)
    for hit in _TWO_MARKS.finditer(document.text):
        if hit[1][0] == hit[2][0] or hit[1][-1] == hit[2][-1]:
            said = f"序号“{hit[1]}”“{hit[2]}”连在一起。", f"Two numbers side by side: {hit[1]} and {hit[2]}."
            yield at_text("number-repeated", "warning", document, hit.start(1), hit.end(2), said)


def _passed_on(document: Extraction) -> Iterator[Finding]:
    """现将《…》印发: nearly the document's title, but not it; and 印发给他们 for 你们."""
    title = fold(re.sub(r"^.*(?:印发|转发|发布)《?(.+?)》?的(?:通知|公告)$", r"\1", document.meta.title))
    at = document.meta.title_place
    hit = _PASSES_ON.search(document.text, 0, HEAD_LENGTH)
    named = fold(hit[1]) if hit else ""
    if hit and title and _is_nearly(named, title):
        said = f"所印发的文件标题是“{title}”，此处不同。", f"The document passed on is called {title}."
        yield at_text("reference-nowhere", "warning", document, *hit.span(1), said, [at] if at else [])
    for other in _TO_WHOM.finditer(document.text):
        said = "印发通知对收文单位说“印发给你们”。", "A notice speaks to those it is written to: 印发给你们."
        yield at_text("typo-suspected", "info", document, *other.span(), said)


def _is_nearly(named: str, title: str) -> bool:
    """Return whether two titles are meant to be one: neither is the other's short form, and most of them is the same."""
    named, title = (
        re.sub("年度", "年", one[place.end :] if (place := locate(one)) and place.start == 0 else one) for one in (named, title)
    )
    short_form = named == title or title.endswith(named) or named.endswith(title)
    return not short_form and abs(len(named) - len(title)) <= LONGER and SequenceMatcher(None, named, title).ratio() >= ALIKE


def _written_to(document: Extraction) -> Iterator[Finding]:
    at = 0
    for line in document.text.split("\n")[:HEAD]:
        text = line.strip()
        rest = document.text[at + len(line) + 1 :].lstrip()
        if not document.meta.addressees and _BODIES.fullmatch(text) and re.match(r"[^\n]{0,60}(?:现将|为|根据|按照|经)", rest):
            start = at + line.find(text)
            said = "主送机关一行应以冒号结束。", "The line of those written to ends with a colon."
            yield at_text("end-mark", "info", document, start + len(text) - 1, start + len(text), said)
        at += len(line) + 1
    for hit in _TWICE.finditer(document.text):
        said = f"“{hit[1]}”重复列出。", f"{hit[1]} is listed twice."
        yield at_text("repeated-word", "info", document, *hit.span(), said)


def _signs(document: Extraction) -> Iterator[Finding]:
    """The line above the date is a name the text has with one character more or another (国家税务局 for 国家税务总局)."""
    lines = document.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    dated = [at for at, line in enumerate(lines) if at and DATE.fullmatch(line.strip())]
    for at in dated[:SIGNED]:
        above = lines[at - 1].strip()
        if not _SIGNS.fullmatch(above) or len(above) < 4:
            continue
        rest = "\n".join(one for number, one in enumerate(lines) if number != at - 1 and one.strip() != above)
        body = re.sub(r"^.*[：:]$", "", rest, flags=re.MULTILINE)  # those written to are other bodies
        if above in body:
            continue
        other = [re.escape(above[:cut]) + "[一-鿿]" + re.escape(above[cut + 1 :]) for cut in range(1, len(above))]
        other += [re.escape(above[:cut]) + "[一-鿿]" + re.escape(above[cut:]) for cut in range(1, len(above))]
        right = next((hit[0] for pattern in other if (hit := re.search(pattern, body)) and re.search("[局部委厅署会院府办]$", hit[0])), "")
        if right:
            start = starts[at - 1] + lines[at - 1].find(above)
            said = f"落款“{above}”，文中写作“{right}”。", f"Signed {above}; the text says {right}."
            yield at_text("issuer-conflict", "warning", document, start, start + len(above), said)


def _lines_twice(document: Extraction) -> Iterator[Finding]:
    """A line right below the same line."""
    at, before = 0, ""
    for line in document.text.split("\n"):
        text = line.strip()
        if text == before and "\t" not in line and len(re.findall("[一-鿿]", text)) >= 6:
            start = at + line.find(text)
            yield at_text("sentence-repeated", "warning", document, start, start + len(text), ("与上一段相同。", "The line above again."))
        at, before = at + len(line) + 1, text or before


def _headings_twice(document: Extraction) -> Iterator[Finding]:
    """Two clauses of one part, or two parts, with one heading."""
    headed = [p for p in document.provisions if p.level in ("section", "clause") and p.heading]
    counts = Counter((p.parent, fold(p.heading or "")) for p in headed)
    seen = set()
    for provision in headed:
        key = (provision.parent, fold(provision.heading or ""))
        if counts[key] > 1 and key in seen and len(key[1]) >= 2:
            start = document.text.find(provision.heading or "", provision.place.start or 0)
            said = f"标题“{provision.heading}”在同一部分用了两次。", f"The heading {provision.heading} stands twice in one part."
            yield at_text("heading-mismatch", "warning", document, start, start + len(provision.heading or ""), said)
        seen.add(key)


def _cut_short(document: Extraction) -> Iterator[Finding]:
    """A sentence that ends with a word that something must follow (请遵照。)."""
    for hit in re.finditer(words("doubts")["cut_short"], document.text):
        said = f"“{hit[0]}”之后文字可能缺失。", f"Words may be missing after {hit[0]}."
        yield at_text("end-mark", "warning", document, *hit.span(), said)
    for hit in re.finditer(words("doubts")["doubled"], document.text):
        yield at_text("repeated-word", "info", document, *hit.span(), (f"“{hit[0]}”疑为重复。", f"{hit[0]} is probably one word."))

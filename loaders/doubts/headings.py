"""The headings of the parts against the sentence in which a document lists them (主要任务: 做好…公开, 完善…内容, 规范…范围)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding, Provision

FEW, MOST_OF = 4, 0.6  # parts that have their item word for word, and their share, before the others are held against the list
NEAR = 0.6
CODE = "heading-mismatch"
_LEAD = re.compile(
    r"^(?:[一二三四五六七八九十]是|[①-⑳]|\d+[.、]|[（(]?[一二三四五六七八九十]+[)）、])?(?:(?:全面|切实|进一步|着力|不断|大力|加快|积极|持续|扎实|深入)(?=[一-鿿]{4}))?"
)


def heading_doubts(document: Extraction) -> Iterator[Finding]:
    sections = [p for p in document.provisions if p.level == "section" and p.heading]
    borne = {_plain(s.heading or "") for s in sections}
    for sentence in (p for p in document.provisions if p.level in ("sentence", "lead_in", "clause")):
        items = _items(document, sentence)
        listed = borne & {_plain(text) for _, text in items}
        if not listed:
            continue
        after = [s for s in sections if (s.place.start or 0) > (sentence.place.start or 0)]
        equal = sum(_plain(s.heading or "") in listed for s in after)
        if equal >= FEW and equal >= MOST_OF * len(after):
            yield from _held(document, items, after, sentence)
            return


def _items(document: Extraction, sentence: Provision) -> list[tuple[int, str]]:
    start, end = sentence.place.start or 0, sentence.place.end or 0
    return [(start + hit.start(), hit[0]) for hit in re.finditer(r"[^，,。；;、：:\n]{4,40}", document.text[start:end])]


def _plain(text: str) -> str:
    return _LEAD.sub("", re.sub(r"[\s“”\"]", "", text))


def _held(document: Extraction, items: Sequence[tuple[int, str]], sections: Sequence[Provision], sentence: Provision) -> Iterator[Finding]:
    headings = {_plain(s.heading or ""): s for s in sections}
    first, last = ([at for at, (_, text) in enumerate(items) if _plain(text) in headings][end] for end in (0, -1))
    open_items = {at: text for at, (_, text) in enumerate(items) if first <= at <= last and _plain(text) not in headings}
    plain = {_plain(text) for _, text in items}
    without = [s for s in sections if _plain(s.heading or "") not in plain]
    between = {_plain(s.heading or "") for s in sections}
    for section in without:
        heading = section.heading or ""
        near = [at for at, text in open_items.items() if SequenceMatcher(None, _plain(text), _plain(heading)).ratio() >= NEAR]
        at = document.text.find(heading, section.place.start or 0, (section.place.end or 0) + len(heading) + 8)
        if near:
            item = open_items.pop(near[0])
            said = f"标题与前文所列任务“{item}”不一致。", f"The heading is not what the list of tasks says: {item}."
            place = items[near[0]]
            if at >= 0:
                yield at_text(CODE, "info", document, at, at + len(heading), said)
            said = f"此处写“{item}”，后文标题为“{heading}”。", f"Listed as {item}; the heading of the part is {heading}."
            yield at_text(CODE, "info", document, place[0], place[0] + len(place[1]), said)
        elif _is_between(section, sections, plain):
            said = f"前文列举主要任务时没有“{heading}”。", f"The list of the tasks leaves out {heading}."
            if at >= 0:
                yield at_text(CODE, "info", document, at, at + len(heading), said)
            start = items[first][0]
            said = f"此处列举的任务缺后文的“{heading}”。", f"The tasks listed here lack the part {heading}."
            yield at_text(CODE, "info", document, start, start + len(items[first][1]), said, [section.place])
    for at, text in open_items.items():
        if at - 1 >= 0 and _plain(items[at - 1][1]) in between and at + 1 < len(items) and _plain(items[at + 1][1]) in between:
            said = f"后文没有以“{text}”为标题的部分。", f"No part has the heading {text}."
            yield at_text(CODE, "info", document, items[at][0], items[at][0] + len(text), said)


def _is_between(section: Provision, sections: Sequence[Provision], plain: set[str]) -> bool:
    """Return whether parts before and after this one stand in the list; a closing part on safeguards need not."""
    at = sections.index(section)
    listed = [_plain(s.heading or "") in plain for s in sections]
    return any(listed[:at]) and any(listed[at + 1 :])

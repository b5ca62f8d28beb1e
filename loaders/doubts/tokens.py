"""Figures that are names and not amounts: service lines (12366), 文号 and codes of which one digit is another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding, Severity
from loaders.words import words

CODE = "typo-suspected"
OFTEN = 3
FIELD = 5  # times a text speaks of the field of a service line
EVERYBODYS = "12345"
MOST_FIGURES = 300  # every pair is looked at; a register of codes is none of names
_TOKEN = re.compile(r"(?<![\d.\-－—~〔A-Za-z第])\d{4,12}(?![\d.\-－%％‰〕A-Za-z])(?=[一-鿿“”，。、；）)\s]|$)")
_TITLED = re.compile(r"《([^《》\n]{4,80})》\s*[（(]([^（()）\n]{1,16}?[〔［\[](?:19|20)\d\d[〕］\]]\s*\d{1,5}\s*号)[）)]")


def token_doubts(document: Extraction) -> Iterator[Finding]:
    told = set()
    for found in _lines(document):
        told.add(found.place.start)
        yield found
    yield from (found for found in _rare(document) if found.place.start not in told)
    yield from _numbers(document)
    for pattern in words("doubts")["number_unlike"]:
        for hit in re.finditer(pattern, document.text):
            said = f"文号“{hit[0]}”不完整。", f"The number {hit[0]} is not whole."
            yield at_text(CODE, "warning", document, *hit.span(), said)


def _tokens(text: str) -> list[re.Match[str]]:
    units = words("doubts")["figure_units"]
    return [hit for hit in _TOKEN.finditer(text) if not re.match(units, text[hit.end() : hit.end() + 4])]


def _lines(document: Extraction) -> Iterator[Finding]:
    """A service line beside words of another line's field (12336税收知识库)."""
    lines: dict[str, str] = {str(number): field for number, field in words("doubts")["service_lines"].items()}
    for hit in _tokens(document.text):
        after = re.split("[，,。；;、（(\n]", document.text[hit.end() : hit.end() + 8])[0]
        if not after or len(hit[0]) != 5 or re.match(lines.get(hit[0], "(?!)"), after):
            continue
        right = next((one for one in sorted(lines) if _is_near(hit[0], one) and re.match(lines[one], after)), "")
        if right:
            said = f"“{hit[0]}{after}”疑为“{right}”。", f"{hit[0]} is probably meant to be {right}."
            yield at_text(CODE, "warning", document, *hit.span(), said)
        elif (right := _of_the_text(hit[0], lines, document.text)) and hit[0] != EVERYBODYS:
            said = (
                f"“{hit[0]}”疑为“{right}”，文中没有“{hit[0]}”所管的事。",
                f"{hit[0]} is probably {right}; the text has nothing of its field.",
            )
            yield at_text(CODE, "warning", document, *hit.span(), said)


def _of_the_text(number: str, lines: dict[str, str], text: str) -> str:
    """Return the line near this one whose field the text is about, where the field of this one is not spoken of at all."""
    if number not in lines or re.search(lines[number], text):
        return ""
    return next((one for one in sorted(lines) if _is_near(number, one) and len(re.findall(lines[one], text)) >= FIELD), "")


def _rare(document: Extraction) -> Iterator[Finding]:
    """A figure met once that is one met often but for a digit, or for two exchanged; codes that run on are left out."""
    known = {str(number) for number in words("doubts")["service_lines"]}
    hits = _tokens(document.text)
    counts = Counter(hit[0] for hit in hits)
    for hit in hits if len(counts) <= MOST_FIGURES else ():
        near = [one for one in sorted(counts) if _is_near(hit[0], one)]
        if counts[hit[0]] == 1 and len(near) == 1 and counts[near[0]] > 1 and hit[0] not in known:
            severity: Severity = "warning" if counts[near[0]] >= OFTEN else "info"
            said = (
                f"“{hit[0]}”只此一处，全文 {counts[near[0]]} 处写作“{near[0]}”。",
                f"{hit[0]} stands here alone; {near[0]} stands {counts[near[0]]} times.",
            )
            yield at_text(CODE, severity, document, *hit.span(), said)


def _numbers(document: Extraction) -> Iterator[Finding]:
    """One title with two 文号."""
    found = defaultdict(list)
    for hit in _TITLED.finditer(document.text):
        found[hit[1]].append((re.sub(r"\s", "", hit[2]), hit.span(2)))
    for title, uses in sorted(found.items()):
        counts = Counter(number for number, _ in uses)
        for number, span in uses if len(counts) > 1 else ():
            usual = max(sorted(counts), key=lambda one: counts[one])
            severity: Severity = "warning" if counts[number] < counts[usual] else "info"
            if number != usual or counts[number] == 1:
                others = "、".join(sorted(set(counts) - {number}))
                said = f"《{title}》的文号另一处写作“{others}”。", f"Elsewhere {title} has the number {others}."
                yield at_text(CODE, severity, document, *span, said)


def _is_near(one: str, other: str) -> bool:
    """Return whether two figures of one length differ in a digit, or in two neighbours exchanged."""
    from rapidfuzz.distance import OSA

    return len(one) == len(other) and OSA.distance(one, other, score_cutoff=1) == 1

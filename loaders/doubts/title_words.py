"""The words of a title against the text below it: a term that stands there otherwise (政府公开), an issuer it never names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from loaders.actors.authorities import is_subsequence
from loaders.actors.places import locate
from loaders.doubts.telling import at_text
from loaders.records import Extraction, Finding

SIZE, OFTEN = 4, 5  # characters that are held against each other; times the usual words stand in the text
BODIES = 5  # times another body of the issuer's rank is named, and the issuer never
_RANK = re.compile(r"(?:总局|委员会|[局厅委部署])$")


def title_doubts(document: Extraction) -> Iterator[Finding]:
    at = document.meta.title_place
    if not at or at.start is None or at.end is None or document.text[at.start : at.end] != document.meta.title:
        return
    yield from _terms(document, at.start, at.end)
    yield from _issuer(document, at.start)


def _terms(document: Extraction, start: int, end: int) -> Iterator[Finding]:
    counts = Counter(run[0][at : at + SIZE] for run in re.finditer("[一-鿿]{4,}", document.text) for at in range(len(run[0]) - SIZE + 1))
    usual = sorted((right, count) for right, count in counts.items() if count >= OFTEN and right not in document.meta.title)
    for at in range(start, end - SIZE + 1):
        piece = document.text[at : at + SIZE]
        if counts[piece] > 1 or not re.fullmatch("[一-鿿]{4}", piece):
            continue
        for right, count in usual:
            differ = [hole for hole in range(SIZE) if right[hole] != piece[hole]]
            if len(differ) == 1 and differ[0] in (1, 2):
                said = f"标题写“{piece}”，文中 {count} 处写“{right}”。", f"The title says {piece}; the text says {right} {count} times."
                yield at_text("typo-suspected", "info", document, at, at + SIZE, said)
                return


def _issuer(document: Extraction, start: int) -> Iterator[Finding]:
    """广州市地方税务局 over a table that speaks of 市国税局 all along."""
    for issuer in document.meta.issuers[:1]:
        place = locate(issuer)
        if place is None or place.start != 0 or not _RANK.search(issuer) or not document.meta.title.startswith(issuer):
            continue
        own, rank = _RANK.sub("", issuer[place.end :]), issuer[place.end - 1]
        named = Counter(re.findall(rf"{rank}([一-鿿]{{2,4}}?)[局厅委]", document.text.replace(issuer, "")))
        mine = sum(count for name, count in named.items() if is_subsequence(name, own))
        other, count = max(sorted(named.items()), key=lambda item: item[1], default=("", 0))
        if own and not mine and count >= BODIES and 2 * count > sum(named.values()):
            said = (
                f"标题的机关是“{issuer}”，文中 {count} 处说的是“{rank}{other}局”一类。",
                f"The title is of {issuer}; the text names {rank}{other} {count} times and never that body.",
            )
            yield at_text("issuer-conflict", "info", document, start, start + len(issuer), said)

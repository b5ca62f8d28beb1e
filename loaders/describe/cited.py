"""Documents that are cited otherwise than they call themselves: another 文号 than the held one bears, a title a character off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.describe.listing import Listing
from loaders.records import Citation, Finding, Text2

CODE = "two-names"
LEAST = 12  # characters of a title; of shorter ones two may be alike
_NUMBER = re.compile(r"^(.+?)〔(\d{4})〕(\d+)号$")
_FIGURES = re.compile(r"[0-9０-９〇一二三四五六七八九十]|[省市县区州旗]")  # 2023年…要点 and 2024年…要点 are two documents


def cited_otherwise(cite: Citation, quote: str, listing: Listing) -> Iterator[Finding]:
    """Yield a finding where a citation and the held document it must mean differ: the title is held under another number (a warning where
    only the year or only the serial differs), or no such title is held but one that differs by one character.
    """
    here = listing.held.get(cite.title) if cite.title else None
    if here and here != listing.slug and cite.number:
        own = sorted(key for key, slug in listing.held.items() if slug == here and _NUMBER.match(key))
        if own and cite.number not in own:
            sure = any(_one_part_differs(cite.number, number) for number in own)
            zh = f"引用的文号“{cite.number}”与所引文件自己的文号“{own[0]}”不同。"
            en = f"The number {cite.number} is cited; the document bears {own[0]}."
            yield Finding(CODE, "warning" if sure else "info", cite.place, cite.number if cite.number in quote else quote, Text2(zh, en))
    elif not here and len(cite.title) >= LEAST:
        near = [title for title, slug in sorted(listing.held.items()) if slug != listing.slug and _a_character_off(cite.title, title)]
        if near:
            zh = f"引用的标题“{cite.title}”与所收文件的标题“{near[0]}”差一字。"
            en = f"The title {cite.title} is cited; a document held is called {near[0]}."
            yield Finding(CODE, "info", cite.place, cite.title if cite.title in quote else quote, Text2(zh, en))


def _one_part_differs(one: str, other: str) -> bool:
    parts = [_NUMBER.match(number) for number in (one, other)]
    return bool(parts[0] and parts[1]) and sum(a != b for a, b in zip(parts[0].groups(), parts[1].groups(), strict=True)) == 1  # type: ignore[union-attr]


def _a_character_off(cited: str, held: str) -> bool:
    """Do two titles differ by one character that is no figure and no rank of a place (某市, 某县)?"""
    from rapidfuzz.distance import Levenshtein

    if cited == held or abs(len(cited) - len(held)) > 1 or Levenshtein.distance(cited, held, score_cutoff=1) != 1:
        return False
    words = "".join(
        cited[o.src_start : o.src_end] + held[o.dest_start : o.dest_end] for o in Levenshtein.opcodes(cited, held) if o.tag != "equal"
    )
    return not _FIGURES.search(words)

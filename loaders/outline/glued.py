"""Numbers that only the numbers round them tell: 1.2022年底前… is item 1, and 1 总体要求 is section 1 of a text numbered 1.1, 1.1.1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.blocks import Paragraph
from loaders.outline.numbering import Mark, number_value

Marked = tuple[Paragraph, Mark | None]
_AMOUNT = "[0-9]+(?:万|亿|元|[%％]|倍|个百分点|平方|公里|米|吨|亩|公顷|千瓦|度)"  # 1.5万亩 is one figure
_GLUED = re.compile(rf"([0-9]{{1,2}})[.．、](?=[0-9])(?!{_AMOUNT})")
_BARE = re.compile(r"([0-9]{1,2})[ \u3000]+(?=[\u4e00-\u9fff][^。；，]{1,29}$)")
_OUTER = ("portion", "part", "chapter", "division", "article", "section", "clause")


def with_glued(marked: Iterable[Marked]) -> list[Marked]:
    """Read a number right before a figure (2.2023年底前建成, 3.12345热线) as an item's where it goes on with the items before."""
    return list(_glued(marked))


def _glued(marked: Iterable[Marked]) -> Iterator[Marked]:
    last, opened = 0, True
    for paragraph, mark in marked:
        if mark is None or mark.depth == "decimal":
            hit = _GLUED.match(paragraph.text)
            if hit and (int(hit[1]) == last + 1 or opened and int(hit[1]) == 1):
                mark = Mark("item", int(hit[1]), hit[1], hit.end())
        if mark and mark.depth == "item":
            last, opened = mark.value, False
        elif mark and mark.depth in _OUTER:
            opened = True
        yield paragraph, mark


def with_sections(marked: Iterable[Marked]) -> list[Marked]:
    """Read 1 总体要求, a short line, as the section of 1.1 where it goes on with the sections before."""
    found: list[Marked] = []
    last = 0
    for paragraph, mark in marked:
        hit = _BARE.match(paragraph.text) if mark is None else None
        if hit and number_value(hit[1]) == last + 1:
            mark = Mark("item", last + 1, hit[1], hit.end())
        if mark and mark.depth == "item":
            last = mark.value
        found.append((paragraph, mark))
    return found

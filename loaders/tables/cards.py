"""Tasks printed one below the other as labels and values, without a table: 具体任务 … 责任单位 … 完成时限 …, and the next one.

Where two such cards at least have the same labels in the same order they are a table whose header is printed anew before each row; those
of one card alone, or with numbers of the text's own outline among them, stay paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable
from loaders.outline.numbering import read_mark
from loaders.tables.columns import ACTOR_ROLES, TEXT_ROLES, fold, header_role, is_header, looks_like
from loaders.words import words

_LABEL = re.compile(r"[【\[]?([\u4e00-\u9fff \u3000]{2,10})[】\]]?[:：]?")
_LABELLED = re.compile(r"[【\[]?([\u4e00-\u9fff]{2,8})[】\]]?[:：]\s*(?=\S)")
_MOST_LINES = 12  # of one value
_MOST_CARDS = 2000


@dataclass(frozen=True, slots=True)
class _Entry:
    """A label and its value, with the paragraphs they take."""

    label: str
    label_at: int | None
    value: str
    value_at: int | None
    first: int
    last: int
    page: int | None


def carded(blocks: Sequence[RawBlock]) -> list[RawBlock]:
    """Return the blocks, each run of cards as a table; everything else as it was."""
    found: list[RawBlock] = []
    at = tried = 0
    while at < len(blocks):
        table, end = _cards(blocks, at) if at >= tried and _label(blocks[at]) else (None, tried)
        if table is None:
            found.append(blocks[at])
            at, tried = at + 1, max(tried, end)
        else:
            found.append(table)
            at = end
    return found


@cache
def _names() -> frozenset[str]:
    roles = words("headers")["roles"]
    return frozenset(fold(name) for role in (*TEXT_ROLES, *ACTOR_ROLES, "deadline") for name in roles.get(role, ()) if len(name) >= 4)


def _label(block: RawBlock) -> tuple[str, int] | None:
    """Return a paragraph's label and where its value begins (the paragraph's end when it is the label alone)."""
    if not isinstance(block, RawParagraph):
        return None
    alone = _LABEL.fullmatch(block.text)
    if alone and fold(alone[1]) in _names():
        return alone[1], len(block.text)
    inside = _LABELLED.match(block.text)
    return (inside[1], inside.end()) if inside and fold(inside[1]) in _names() else None


def _cards(blocks: Sequence[RawBlock], at: int) -> tuple[RawTable | None, int]:
    """Return the table of the cards that begin here, None when there are none, and how far they were looked for."""
    first = _label(blocks[at])
    above = blocks[at - 1] if at else None
    if first is None or header_role(first[0]) not in TEXT_ROLES or (isinstance(above, RawParagraph) and read_mark(above.text)):
        return None, at
    cards: list[list[_Entry]] = []
    end = at
    while len(cards) < _MOST_CARDS and (not cards or len(cards[0]) > 1):
        card = _card(blocks, end, [entry.label for entry in cards[0]] if cards else None)
        if not card:
            break
        cards.append(card)
        end = card[-1].last + 1
    return _table(cards) if len(cards) >= 2 and _is_sound(cards) else None, end


def _card(blocks: Sequence[RawBlock], at: int, labels: Sequence[str] | None) -> list[_Entry]:
    """Read one card from here; ``labels`` are those of the first card, whose order the others keep."""
    entries: list[_Entry] = []
    while at < len(blocks):
        found = _label(blocks[at])
        if found is None or any(entry.label == found[0] for entry in entries) or (labels and len(entries) == len(labels)):
            break
        entry = _entry(blocks, at, found, alone=labels is not None and len(entries) == len(labels) - 1)
        if entry is None:
            break
        entries.append(entry)
        at = entry.last + 1
    if labels is None or [entry.label for entry in entries] == list(labels):
        return entries
    return []


def _entry(blocks: Sequence[RawBlock], at: int, found: tuple[str, int], *, alone: bool) -> _Entry | None:
    """The value goes on to the next label; the last one's, which no label ends, is one paragraph."""
    label, begin = found
    block = blocks[at]
    if not isinstance(block, RawParagraph):
        return None
    label_at = None if block.raw_start is None else block.raw_start + block.text.index(label)
    if begin < len(block.text):
        value_at = None if block.raw_start is None else block.raw_start + begin
        return _Entry(label, label_at, block.text[begin:], value_at, at, at, block.page)
    lines: list[RawParagraph] = []
    for following in blocks[at + 1 : at + 1 + _MOST_LINES]:
        if not isinstance(following, RawParagraph) or _label(following) or lines and alone:
            break
        lines.append(following)
    if not lines or any(read_mark(line.text) for line in lines):
        return None
    value_at = lines[0].raw_start if len(lines) == 1 else None
    return _Entry(label, label_at, "\n".join(line.text for line in lines), value_at, at, at + len(lines), block.page)


def _is_sound(cards: Sequence[Sequence[_Entry]]) -> bool:
    labels = [entry.label for entry in cards[0]]
    if len(labels) < 2 or not is_header(labels):
        return False
    listed = [(header_role(entry.label), entry.value) for card in cards for entry in card]
    fits = [looks_like(role, value) > 0 for role, value in listed if role in ACTOR_ROLES or role == "deadline"]
    return sum(fits) >= 0.8 * len(fits)


def _table(cards: Sequence[Sequence[_Entry]]) -> RawTable:
    rows: list[tuple[RawCell, ...]] = []
    for card in cards:
        rows.append(tuple(RawCell(e.label, len(rows) + 1, n, raw_start=e.label_at, page=e.page) for n, e in enumerate(card, 1)))
        rows.append(tuple(RawCell(e.value, len(rows) + 1, n, raw_start=e.value_at, page=e.page) for n, e in enumerate(card, 1)))
    return RawTable(tuple(rows), spans_known=True)

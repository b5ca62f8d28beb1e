"""A file in parts: the document itself, and the attachments whose bodies follow it (附件1 …), each read on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from loaders.blocks import Paragraph, Table
from loaders.metadata.dates import DATE
from loaders.metadata.titles import alike, is_title_line, named_in
from loaders.outline.numbering import number_value, read_mark

Block = Paragraph | Table
_HEAD = re.compile(r"附\s*(?:件|表|录)\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[-—－]\s*\d+)?\s*[:：]?\s*")
_BELOW, _TITLE_LINES = 5, 3  # lines between the date and the title (此件公开发布), and lines of a title
_SIGNATURE = 40  # letters of a line that signs, at the most
_LISTED = re.compile(r"[0-9０-９]{1,2}\s*[.．、]")


@dataclass(frozen=True, slots=True)
class Part:
    """The main document (``id`` "") or one attachment (a1, a2 …), with its blocks in order, its head line (附件1) left out.

    ``heads`` are the numbers of the paragraphs that are its head line and title.
    """

    id: str
    blocks: tuple[Block, ...]
    title: str = ""
    heads: frozenset[int] = frozenset()

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(b for b in self.blocks if isinstance(b, Table))

    def prefixed(self, own: str) -> str:
        """Return an id as it is cited from outside the attachment (a1.3.2)."""
        return f"{self.id}.{own}" if self.id else own


def split_parts(order: Sequence[Block]) -> tuple[Part, ...]:
    """Cut the blocks where an attachment's own head line stands.

    A line 附件 at the very beginning makes the whole file the attachment it is: nothing is cut there. A list of attachments at the end
    of a notice (附件：1.… 2.…) is no head. A notice with numbered parts of its own may pass running text on without that word: then the
    title it gives it stands below the date. (A table there is the notice's own; its rows are cited by their numbers.)
    """
    cuts = [at for at, block in enumerate(order) if at > 0 and isinstance(block, Paragraph) and _is_head(block, order, at)]
    if not cuts and (passed_on := _passed_on(order)):
        return Part("", tuple(order[:passed_on])), _attachment("a1", order[passed_on:])
    if not cuts or not _has_body(order[: cuts[0]]):
        return (Part("", tuple(order)),)
    parts = [Part("", tuple(order[: cuts[0]]))]
    seen: set[str] = set()
    for number, (begin, end) in enumerate(zip(cuts, [*cuts[1:], len(order)], strict=True), 1):
        hit = _HEAD.match(order[begin].text)  # type: ignore[union-attr]
        value = number_value(hit[1]) if hit and hit[1] else number
        own = f"a{value}" if f"a{value}" not in seen else f"a{number}-{begin}"
        seen.add(own)
        parts.append(_attachment(own, order[begin + 1 : end], order[begin]))
    return tuple(parts)


def _attachment(own: str, blocks: Sequence[Block], *head: Block) -> Part:
    lines = _title(blocks)
    numbers = frozenset(p.number for p in (*head, *lines) if isinstance(p, Paragraph))
    return Part(own, tuple(blocks), "".join(line.text.strip() for line in lines), numbers)


def _is_head(block: Paragraph, order: Sequence[Block], at: int) -> bool:
    """A line that is 附件 and a number, and nothing else; followed by something that is not another entry of a list."""
    hit = _HEAD.fullmatch(block.text.strip())
    if not hit or at + 1 >= len(order):
        return False
    following = order[at + 1]
    ends_with_colon = block.text.rstrip().endswith((":", "："))
    return not (isinstance(following, Paragraph) and ends_with_colon and _LISTED.match(following.text))


def _passed_on(order: Sequence[Block]) -> int | None:
    """Return where, below a dated notice with numbered parts, the title of the document it passes on begins."""
    if any(isinstance(block, Table) for block in order):
        return None
    numbered = next((at for at, block in enumerate(order) if isinstance(block, Paragraph) and read_mark(block.text)), len(order))
    dated = next((at for at in range(numbered + 1, len(order)) if _is_dated(order[at])), len(order))
    named = named_in([block for block in order[:dated] if isinstance(block, Paragraph)]) if dated < len(order) else ()
    found = None  # the last such line: 此件公开发布 above the title is no part of it
    for at in range(dated + 1, min(dated + 1 + _BELOW, len(order)) if named else 0):
        lines = list(takewhile(_is_title, order[at : at + _TITLE_LINES]))
        titles = ["".join(line.text.strip() for line in lines[:count]) for count in range(1, len(lines) + 1)]  # type: ignore[union-attr]
        found = at if any(alike(title, name) for title in titles for name in named) else found
    return found


def _is_dated(block: Block) -> bool:
    """A line that is a date, or ends with one below or behind who signed."""
    text = block.text.strip() if isinstance(block, Paragraph) else ""
    hit = DATE.search(text) if len(text) <= _SIGNATURE else None
    return hit is not None and hit.end() == len(text)


def _has_body(blocks: Sequence[Block]) -> bool:
    """Is there a document before the first attachment, or only its title?"""
    return any(isinstance(b, Table) or len(b.text) > 40 or b.text.rstrip().endswith("。") for b in blocks)


def _title(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The lines before the first that is numbered, a sentence or an address; only so few can be a title."""
    return tuple(takewhile(_is_title, blocks[:_TITLE_LINES]))  # type: ignore[arg-type]


def _is_title(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_title_line(block)

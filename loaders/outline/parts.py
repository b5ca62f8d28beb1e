"""A file in parts: the document itself, and the attachments whose bodies follow it (附件1 …), each read on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.blocks import Paragraph, Table
from loaders.outline.numbering import number_value

Block = Paragraph | Table
_HEAD = re.compile(r"附\s*(?:件|表|录)\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})?\s*(?:[-—－]\s*\d+)?\s*[:：]?\s*")
_LISTED = re.compile(r"[0-9０-９]{1,2}\s*[.．、]")


@dataclass(frozen=True, slots=True)
class Part:
    """The main document (``id`` "") or one attachment (a1, a2 …), with its blocks in order, its head line left out."""

    id: str
    blocks: tuple[Block, ...]
    title: str = ""

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
    of a notice (附件：1.… 2.…) is no head.
    """
    cuts = [at for at, block in enumerate(order) if at > 0 and isinstance(block, Paragraph) and _is_head(block, order, at)]
    if not cuts or not _has_body(order[: cuts[0]]):
        return (Part("", tuple(order)),)
    parts = [Part("", tuple(order[: cuts[0]]))]
    seen: set[str] = set()
    for number, (begin, end) in enumerate(zip(cuts, [*cuts[1:], len(order)], strict=True), 1):
        hit = _HEAD.match(order[begin].text)  # type: ignore[union-attr]
        value = number_value(hit[1]) if hit and hit[1] else number
        own = f"a{value}" if f"a{value}" not in seen else f"a{number}-{begin}"
        seen.add(own)
        parts.append(Part(own, tuple(order[begin + 1 : end]), _title(order[begin + 1 : end])))
    return tuple(parts)


def _is_head(block: Paragraph, order: Sequence[Block], at: int) -> bool:
    """A line that is 附件 and a number, and nothing else; followed by something that is not another entry of a list."""
    hit = _HEAD.fullmatch(block.text.strip())
    if not hit or at + 1 >= len(order):
        return False
    following = order[at + 1]
    ends_with_colon = block.text.rstrip().endswith((":", "："))
    return not (isinstance(following, Paragraph) and ends_with_colon and _LISTED.match(following.text))


def _has_body(blocks: Sequence[Block]) -> bool:
    """Is there a document before the first attachment, or only its title?"""
    return any(isinstance(b, Table) or len(b.text) > 40 or b.text.rstrip().endswith("。") for b in blocks)


def _title(blocks: Sequence[Block]) -> str:
    lines: list[str] = []
    for block in blocks[:3]:
        if not isinstance(block, Paragraph) or len(block.text) > 60 or block.text.rstrip().endswith(("。", "：", ":")):
            break
        lines.append(block.text.strip())
    return "".join(lines)

"""Leads told by a mark beside the name, where a document says so: 责任单位（加★为牵头单位） | ★市财政局、市教育局."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.records import RoleMention
from loaders.words import words


@dataclass(frozen=True, slots=True)
class LeadMark:
    """The mark, and where the document says what it means."""

    mark: str
    start: int
    end: int


def lead_mark(text: str) -> LeadMark | None:
    """Return the mark that a text gives to those who lead, None when it gives none.

    >>> lead_mark("责任单位（加★为牵头单位）")
    LeadMark(mark='★', start=5, end=9)
    """
    if "牵头" not in text:
        return None
    hit = re.search(words("notes")["marked_leads"], text)
    return LeadMark(hit["mark"], *hit.span()) if hit else None


def led_by_mark(mentions: Sequence[RoleMention], text: str, mark: str) -> tuple[RoleMention, ...]:
    """Let those lead that the mark stands right before or behind; ``text`` is what the mentions' offsets count in."""
    return tuple(replace(one, role="lead") if _beside(one, text, mark) else one for one in mentions)


def _beside(mention: RoleMention, text: str, mark: str) -> bool:
    before, behind = text[: mention.actor.start].rstrip(), text[mention.actor.end :].lstrip()
    return before.endswith(mark) or (behind.startswith(mark) and not _opens_another(behind[len(mark) :]))


def _opens_another(rest: str) -> bool:
    """★A、B ★C: a mark behind a blank belongs to the name that follows it."""
    return bool(rest.strip()) and rest.lstrip()[0] not in "、，,；;。\n)）"

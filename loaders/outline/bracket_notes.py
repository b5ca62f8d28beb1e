"""The bracket notes of a provision: at its end, on a line of its own, after single sentences; and rules a note sets once for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.actors.notes import find_note, find_notes, is_note, is_person_note, is_time_note, note_limits, read_note
from loaders.deadlines import read_deadline
from loaders.records import FoundDeadline, RoleMention
from loaders.words import words
from zhengmai.settings import rules_dir

if TYPE_CHECKING:
    from loaders.outline import Body


_EMPTIED = re.compile(r"[（(〔][ ]+[）)〕]")
_BY_WHOM = re.compile(r"(?:^|(?<=[。.；;！\n]))[ \u3000]*(由[^。；;！？!?.\n]{2,200})[。.；;]?\s*$")
_LABEL = re.compile(r"(?:^|[。；;！]|\s{2})\s*([\u4e00-\u9fff]{2,8}[:：].*)")


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its words and where they stand in the normalised text, who it names, and the time limits it sets."""

    text: str
    start: int
    end: int
    roles: tuple[RoleMention, ...]
    deadlines: tuple[FoundDeadline, ...]


@dataclass(slots=True)
class NoteRules:
    """What notes said once and for all: 列第一位者为牵头单位，下同."""

    first_leads: bool = field(default=False)

    def holds(self, note: str) -> bool:
        """Return whether the first actor of this note's plain list leads; remember 下同."""
        said = bool(_rule().search(note))
        if said and any(word in note for word in words("notes")["from_here_on"]):
            self.first_leads = True
        return said or self.first_leads


def first_leads_rule(text: str) -> tuple[int, int] | None:
    """Return where a document says that the first of a list leads (责任单位列第一位的为牵头单位), None when it does not."""
    hit = re.search("|".join(words("notes")["first_leads"]), text)
    return hit.span() if hit else None


def _rule() -> re.Pattern[str]:
    return _rule_of(rules_dir())


@lru_cache(maxsize=8)
def _rule_of(_rules: Path) -> re.Pattern[str]:
    """A rule stands between marks: ，列第一位者为牵头单位，下同; what it excepts (除标注“分别牵头”外，) belongs to it."""
    rules = words("notes")
    later = "|".join(map(re.escape, rules["from_here_on"]))
    return re.compile(
        rf"[，,。；;]?(?:除[^，,（()）〔〕]*外[，,])?[^，,。；;（()）〔〕]*(?:{'|'.join(rules['first_leads'])})[^，,。；;（()）〔〕]*(?:[，,]\s*(?:{later}))?"
    )


def _silenced(text: str) -> str:
    """Return a text of the same length with such rules blanked out, so that the names round them are read as usual."""
    silent = _rule().sub(lambda hit: " " * len(hit[0]), text)
    return _EMPTIED.sub(lambda hit: " " * len(hit[0]), silent) if silent != text else text


def take_notes(stretches: Sequence[tuple[int, int]], body: Body, rules: NoteRules) -> tuple[list[Note], list[tuple[int, int]]]:
    """Return the notes of some stretches, and the stretches without them."""
    notes: list[Note] = []
    left: list[tuple[int, int]] = []
    for number, (start, end) in enumerate(stretches):
        text, at = _silenced(body.text[start:end]), start
        for outer, inner, inner_end, outer_end in _hits(text, last=number == len(stretches) - 1):
            if body.text[at : start + outer].strip(" 。\u3000"):
                left.append((at, start + outer))
            notes.append(_note(start + inner, start + inner_end, body, rules))
            at = start + outer_end
        if body.text[at:end].strip(" 。\u3000"):
            left.append((at, end))
    return notes, left


def _hits(text: str, *, last: bool) -> list[tuple[int, int, int, int]]:
    """All notes of a stretch: in brackets, or labelled to the end of the line (责任单位：…).

    A plain list of names, and a sentence that says nothing but by whom (由市经委牵头，会同市科技局负责。), count only at the very end.
    """
    found = {hit: None for hit in find_notes(text) if _tells(text[hit[1] : hit[2]])}
    for line in re.finditer(r"[^\n]+", text):
        if label := _LABEL.search(line[0]):
            start = line.start() + label.start(1)
            if _tells(text[start : line.end()]) and not any(a <= start < d for a, _, _, d in found):
                found[start, start, line.end(), line.end()] = None
    if last and (by := _BY_WHOM.search(text)) and is_note(by[1]):
        found[by.start(1), by.start(1), by.end(1), by.end()] = None
    final = find_note(text) if last else None
    if final and not text[final[3] :].strip(" 。\u3000"):
        found[final] = None
    return sorted(found)


def _tells(words: str) -> bool:
    """Whether words are a note: they give somebody a role, set a labelled time limit, or name the person who answers."""
    return is_note(words) or is_time_note(words) or is_person_note(words)


def _note(start: int, end: int, body: Body, rules: NoteRules) -> Note:
    text = body.text[start:end]
    roles = read_note(_silenced(text), known=body.known)
    if rules.holds(text) and len(roles) > 1:  # one alone is nobody's lead
        roles = read_note(_silenced(text), known=body.known, first_leads=True)
    limits = [(start + a, start + b, read_deadline(text[a:b], body.context)) for a, b in note_limits(text)]
    return Note(text, start, end, roles, tuple(FoundDeadline(a, b, limit) for a, b, limit in limits if limit))

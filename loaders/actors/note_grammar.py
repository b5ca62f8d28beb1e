"""The grammar of responsibility notes: who, then what it does, told by labels (责任单位：) and verbs (牵头, 配合, 负责).

The text is walked once from token to token. Words between tokens are a list of actors; the label before or the verb behind
gives their role. After a verb everything up to the next mark is its object (负责统筹协调) and read over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

from loaders.actors import split_actors
from loaders.actors.flat_text import FlatText
from loaders.actors.note_tokens import Token, tokens
from loaders.actors.note_words import MARKS, note_words
from loaders.actors.pieces import whole_at
from loaders.records import Actor, RoleCode

_MOST_ADVERBS = 8
_FULL_STOPS = "。！!？?"


@dataclass(frozen=True, slots=True)
class Said:
    """A list of actors and the role the words give it; None when neither label nor verb does."""

    start: int
    end: int
    role: RoleCode | None


@dataclass
class Reading:
    """What a walk has found. ``loose`` when words were met that belong to no note; ``strong`` when a label or strong verb gave a role."""

    said: list[Said] = field(default_factory=list)
    deadlines: list[tuple[int, int]] = field(default_factory=list)
    loose: bool = False
    strong: bool = False
    labelled: bool = False
    first_leads: bool = False


def walk(flat: FlatText, known: frozenset[str]) -> Reading:
    """Return who is said to do what, in the order of the text."""
    return _Walk(flat, known).run()


class _Walk:
    """The state of one walk: where the current list began, under which label, after which verb."""

    def __init__(self, flat: FlatText, known: frozenset[str]) -> None:
        self.flat, self.known, self.listed, self.found = flat, known, note_words(), Reading()
        self.start, self.label, self.off, self.after_verb, self.joint = 0, cast("RoleCode | None", None), "", False, False
        self.told = False  # a sentence has told its roles: names that follow need words of their own
        self.subjects: list[tuple[int, int]] = []

    def run(self) -> Reading:
        for token in tokens(self.flat):
            if self.off and token.kind not in ("stop", "label", "off", "deadline_label"):
                continue
            getattr(self, f"on_{token.kind}")(token)
        self.flush(len(self.flat.text))
        return self.found

    def on_label(self, token: Token) -> None:
        self.flush(token.start)
        self.label, self.start, self.off = token.role, token.end, ""
        self.found.strong = self.found.labelled = True
        self.found.first_leads |= token.first_leads

    def on_off(self, token: Token) -> None:
        self.flush(token.start)
        self.off, self.start, self.label = token.kind, token.end, None

    on_deadline_label = on_off

    def on_stop(self, token: Token) -> None:
        self.flush(token.start)
        self.start, self.off = token.end, ""
        if self.found.strong and self.flat.text[token.start] in _FULL_STOPS:
            self.label, self.told = None, True
            self.off = "off" if self.listed.statement.match(self.flat.text, token.end) else ""

    def on_comma(self, token: Token) -> None:
        if self.after_verb or self.is_deadline(self.start, token.start) or self.is_deadline(token.end, self.next_mark(token.end)):
            self.leave(token.start)
            self.start, self.after_verb = token.end, False

    def on_joint(self, token: Token) -> None:
        start, end = self.trimmed(self.start, token.start)
        if start < end and not self.whole(start, end):
            return
        if start < end:
            self.subjects.append((start, end))
        self.joint, self.start, self.after_verb = True, token.end, False

    def on_verb(self, token: Token) -> None:
        start, end = self.trimmed(self.start, token.start)
        whole = start < end and self.whole(start, end)
        if self.is_deadline(start, end) or start >= end and self.is_deadline(self.start, token.start):
            return
        if start >= end and not self.joint:
            if self.after_verb or self.closes(token.end):
                self.start, self.after_verb = token.end, True
            return
        if not whole and (self.after_verb or not self.closes(token.end)):
            return
        self.found.strong |= token.strong
        if self.joint and not self.subjects and (comma := self.last_comma(start, end)):
            self.say(start, comma, "joint")
            start, self.joint = comma + 1, False
        for subject in self.subjects:
            self.say(*subject, token.role)
        if start < end:
            self.say(start, end, "joint" if self.joint else token.role)
        self.subjects, self.joint, self.start, self.after_verb = [], False, token.end, True

    def flush(self, end: int) -> None:
        """End a list where nothing else will tell its role."""
        if self.off:
            if self.off == "deadline_label":
                self.found.deadlines.append((self.start, end))
        else:
            self.leave(end)
        self.off, self.after_verb, self.joint, self.subjects = "", False, False, []

    def leave(self, end: int) -> None:
        start, end = self.trimmed(self.start, end, adverbs=False)
        if self.is_deadline(start, end):
            self.found.deadlines.append((start, end))
        elif self.after_verb:
            if not self.listed.tail.fullmatch(self.flat.text, start, end):
                self.found.loose = True
        elif self.told and not self.label and not self.joint:
            return
        else:
            for subject in self.subjects if self.joint else ():
                self.say(*subject, self.label or "responsible")
            if start < end:
                self.say(*self.trimmed(start, end), "joint" if self.joint else self.label)

    def say(self, start: int, end: int, role: RoleCode | None) -> None:
        self.found.said.append(Said(start, end, role))
        if not self.whole(start, end):
            self.found.loose = True

    def whole(self, start: int, end: int) -> bool:
        return whole_at(self.flat, start, end, self.known)

    def closes(self, index: int) -> bool:
        """Whether a verb's phrase may end here."""
        text = self.flat.text
        if index >= len(text) or text[index] in MARKS + "、" or index in self.flat.breaks:
            return True
        tail = self.listed.tail.match(text, index, index + 12)
        return tail is not None and tail.end() > index

    def next_mark(self, index: int) -> int:
        """Return where the phrase ends that begins here."""
        text, inside = self.flat.text, self.flat.inside
        return next((at for at in range(index, len(text)) if text[at] in MARKS and not inside[at]), len(text))

    def last_comma(self, start: int, end: int) -> int:
        """Return where 会同B，C配合 turns to C, 0 when it does not."""
        cut = max(self.flat.text.rfind(mark, start, end) for mark in "，,")
        return cut if cut > start and not self.flat.inside[cut] else 0

    def is_deadline(self, start: int, end: int) -> bool:
        found = self.listed.deadline.match(self.flat.text, start, end) if start < end else None
        return bool(found) and not self.whole(start, end)

    def trimmed(self, start: int, end: int, *, adverbs: bool = True) -> tuple[int, int]:
        """Leave off marks, 由, a date that leads in, and adverbs before the verb."""
        text, begun = self.flat.text, start == self.start
        while start < end and text[start] in MARKS + "、":
            start += 1
        if begun:
            self.start = start
        start = self.opened(start, end)
        for _ in range(_MOST_ADVERBS if start < end else 0):
            cut = self.adverb_at(start, end) if adverbs else end
            while cut > start and text[cut - 1] in MARKS + "、":
                cut -= 1
            if cut == end:
                break
            end = cut
        return start, end

    def opened(self, start: int, end: int) -> int:
        """Return where the name begins behind 由, 该项工作由, 2024年底前由."""
        text = self.flat.text
        for _ in range(_MOST_ADVERBS):
            if opener := self.listed.opener.match(text, start, end):
                start = opener.end()
        dated = self.listed.date_lead.match(text, start, end)
        if dated and dated.end() < end and self.whole(dated.end(), end):
            start = dated.end()
        by = text.find("由", start, min(end, start + 30))
        if by >= start and not text.startswith("自由", max(0, by - 1)) and not any(mark in text[start:by] for mark in MARKS + "、"):
            return by + 1 if self.whole(by + 1, end) or by == start else start
        return start

    def adverb_at(self, start: int, end: int) -> int:
        window = max(start, end - 24)
        found = self.listed.adverb.search(self.flat.text[window:end])
        if not found:
            return end
        cut = window + found.start()
        keeps = self.whole(start, end) and cut > start and not self.whole(start, cut)
        return end if keeps else cut


def actors_of(text: str, flat: FlatText, said: Said, known: frozenset[str]) -> Iterator[tuple[Actor, RoleCode | None]]:
    """Yield the actors of a list with their role; a role in brackets behind a name (市教育局（牵头）) goes before the list's."""
    listed = note_words()
    start, end = flat.source_span(said.start, said.end)
    for actor in split_actors(text[start:end], known=known):
        at, beyond = start + actor.start, start + actor.end
        noted = listed.annotation.match(text, beyond)
        moved = Actor(actor.name, actor.kind, actor.generic_kind, actor.alternatives, at, beyond)
        yield moved, listed.label_roles[noted["stem"]] if noted else said.role

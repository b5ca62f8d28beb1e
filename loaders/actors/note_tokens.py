"""The words that steer the reading of a note: labels, verbs, 会同, marks; what stands between them are names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast

from loaders.actors.flat_text import FlatText
from loaders.actors.names import name_words
from loaders.actors.note_words import NoteWords, note_words
from loaders.records import RoleCode

TokenKind = Literal["label", "off", "deadline_label", "deadline", "verb", "joint", "comma", "stop"]
_KINDS = ("deadline_label", "other_label", "label", "open_label", "as_role", "verb", "joint", "comma", "stop")


@dataclass(frozen=True, slots=True)
class Token:
    kind: TokenKind
    start: int
    end: int
    role: RoleCode | None = None
    strong: bool = False
    first_leads: bool = False


def tokens(flat: FlatText) -> Iterator[Token]:
    """Yield the steering words outside brackets and quotes, in order."""
    listed, text = note_words(), flat.text
    phrase_at, end_of_last = 0, 0
    for found in listed.token.finditer(text):
        start, end, kind = found.start(), found.end(), next(name for name in _KINDS if found[name])
        if start < end_of_last or flat.inside[start] and text[start] not in "【[［":
            continue
        opened = start in (phrase_at, end_of_last) or start in flat.breaks
        token = _token(flat, listed, kind, found.groupdict(), start, end, opened)
        if token is None:
            continue
        end_of_last = token.end
        if token.kind in ("comma", "stop", "label", "off", "deadline_label"):
            phrase_at = token.end
        yield token


def _token(flat: FlatText, listed: NoteWords, kind: str, groups: dict[str, str | None], start: int, end: int, opened: bool) -> Token | None:
    text = flat.text
    if kind == "label":
        stem, words = cast(str, groups["stem"]), cast(str, groups["label"])
        if not opened and len(words) <= len(stem) + 1:
            role = listed.verb_roles.get(stem)
            return Token("verb", start, start + len(stem), role, stem in listed.strong) if role else None
        first_leads = "牵头" in words and listed.first_leads.search(words) is not None
        return Token("label", start, end, listed.label_roles[stem], True, first_leads)
    if kind == "open_label":
        stem = cast(str, groups["open_stem"])
        if opened and (end in flat.breaks or text.startswith(name_words().own_starts, end)):
            return Token("label", start, end, listed.label_roles[stem], True)
        return None
    if kind == "as_role":
        return Token("verb", start, end, listed.label_roles[cast(str, groups["as_stem"])], True)
    if kind == "verb":
        word = cast(str, groups["verb"])
        return Token("verb", start, end, listed.verb_roles[word], word in listed.strong)
    if kind == "deadline_label":
        return Token("deadline_label", start, end)
    if kind == "other_label":
        return Token("off", start, end)
    return Token(cast(TokenKind, kind), start, end)

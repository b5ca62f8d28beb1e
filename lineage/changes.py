"""What is different between a sentence and the words its tasks made of it.

A sentence is compared with all lower stretches linked to it together, character by character (punctuation and blanks aside), the
longest shared words first. What no task says is *dropped*, what stands in its place is the other half of *replaced*, what a task
says beside it is *added*. Words that were only moved are neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache

from lineage.matching import Match, Sides
from lineage.records import Change, Quote
from loaders.words import words

_MOVED = 6
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"(?:平方米|平方公里|公里|万户|万人|万元|亿元|工作日|小时|个百分点|年底前?|[%‰年月日天次个家名所户人件项倍吨亩])+")


@dataclass(frozen=True, slots=True)
class Side:
    """Folded characters with where each stands in its document's text."""

    chars: str
    at: tuple[int, ...]

    def quote(self, begin: int, end: int, text: str) -> Quote:
        """Return the words of a stretch; an empty stretch is an empty quote at its place."""
        if begin >= end:
            near = self.at[begin - 1] + 1 if begin else (self.at[0] if self.at else 0)
            return Quote(near, near, "")
        return Quote(self.at[begin], self.at[end - 1] + 1, text[self.at[begin] : self.at[end - 1] + 1])


def changes_of(sides: Sides, match: Match, siblings: Sequence[Match], upper_text: str, lower_text: str) -> tuple[Change, ...]:
    """Return the differences of one link, in the order of the sentence.

    The sentence is held against this task and the siblings that carry other parts of it (a sibling that repeats the same words is
    compared on its own); a dropped stretch counts for the task whose words stand next to it.
    """
    upper = sides.index.uppers[match.upper]
    one = Side(upper.unit.folded.chars, upper.unit.folded.at)
    together = [m for m in siblings if m is match or not repeats(match, m)]
    other = _joined(sides, together)
    found = []
    for kind, a, b, c, d in _differences(one.chars, other.chars):
        up, down = one.quote(a, b, upper_text), other.quote(c, d, lower_text)
        if "\t" in down.quote or (kind != "added" and not _next_to(match, together, a, b)):
            continue
        what = subject_of(one.chars[a:b] or other.chars[c:d])
        found.append(Change(kind, what, up, down, _direction(kind, what, one.chars[a:b], other.chars[c:d])))  # type: ignore[arg-type]
    return tuple(found)


def repeats(match: Match, other: Match) -> bool:
    """Do two tasks carry the same part of a sentence?"""
    mine = {i for begin, end in match.upper_runs for i in range(begin, end)}
    theirs = {i for begin, end in other.upper_runs for i in range(begin, end)}
    return match is not other and len(mine & theirs) > 0.6 * max(len(mine), len(theirs))


def _next_to(match: Match, together: Sequence[Match], begin: int, end: int) -> bool:
    """Is no other task's part of the sentence nearer to a stretch than this one's?"""

    def distance(m: Match) -> int:
        return min((min(abs(begin - b), abs(a - end)) for a, b in m.upper_runs), default=10**6)

    return distance(match) <= min(distance(m) for m in together)


def _joined(sides: Sides, matches: Sequence[Match]) -> Side:
    """The pieces of every task that hold the sentence's words, in the order the sentence has them."""
    chars: str = ""
    at: tuple[int, ...] = ()
    for match in sorted(matches, key=lambda m: (m.upper_runs[0] if m.upper_runs else (0, 0), m.lower)):
        folded = sides.lowers[match.lower].unit.folded
        for begin, end in match.pieces:
            chars, at = chars + folded.chars[begin:end], at + folded.at[begin:end]
    return Side(chars, at)


def _differences(one: str, other: str) -> list[tuple[str, int, int, int, int]]:
    """Return (kind, begin, end, begin, end) for what differs; stretches that merely moved are left out."""
    codes = _whole_numbers(one, other, _coalesced(SequenceMatcher(None, one, other, autojunk=False).get_opcodes()))
    gone = [one[a:b] for a, b, _, _ in codes]
    come = [other[c:d] for _, _, c, d in codes]
    found = []
    for a, b, c, d in codes:
        dropped = b > a and not _elsewhere(one[a:b], come)
        added = d > c and not _elsewhere(other[c:d], gone)
        if dropped and added:
            found.append(("replaced", a, b, c, d))
        elif dropped:
            found.append(("dropped", a, b, d, d))
        elif added:
            found.append(("added", b, b, c, d))
    return found


def _coalesced(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Join differences that only one shared character parts: 定期 → 每季度 after 制度 is one replacement."""
    found: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            continue
        if found and a - found[-1][1] <= 1 and c - found[-1][3] <= 1:
            found[-1] = (found[-1][0], b, found[-1][2], d)
        else:
            found.append((a, b, c, d))
    return found


def _whole_numbers(one: str, other: str, codes: Sequence[tuple[int, int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Widen a difference inside a number to the whole number and its unit: 20平方米 → 30平方米, never 2 → 3."""
    found: list[tuple[int, int, int, int]] = []
    for a, b, c, d in codes:
        if re.search(r"\d", one[a:b] + other[c:d]):
            while a > 0 and c > 0 and one[a - 1] == other[c - 1] and one[a - 1].isdigit():
                a, c = a - 1, c - 1
            while b < len(one) and d < len(other) and one[b] == other[d] and one[b].isdigit():
                b, d = b + 1, d + 1
            up, down = _UNIT.match(one, b), _UNIT.match(other, d)
            if up and down and up[0] == down[0]:
                b, d = up.end(), down.end()
        if found and a <= found[-1][1]:
            a, b, c, d = found[-1][0], b, found[-1][2], d
            found.pop()
        found.append((a, b, c, d))
    return found


def _elsewhere(stretch: str, others: Sequence[str]) -> bool:
    """Does a stretch stand on the other side, in another place?"""
    if len(stretch) < _MOVED:
        return False
    for other in others:
        match = SequenceMatcher(None, stretch, other, autojunk=False).find_longest_match()
        if match.size >= max(_MOVED, 0.8 * len(stretch)):
            return True
    return False


def subject_of(text: str) -> str:
    """Return what a changed stretch is about, by the patterns of changes.yaml; "other" when none is found."""
    return next((what for what, pattern in _kinds() if pattern.search(text)), "other")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["what"], re.compile(entry["pattern"])) for entry in words("changes")["kinds"])


def _direction(kind: str, what: str, up: str, down: str) -> str:
    """A dropped exception widens the duty; dropped duties loosen and added ones tighten.

    A figure that was replaced is compared: more is tighter, an earlier or shorter limit too. Other replacements are left to the reader.
    """
    if what == "purpose":
        return "neutral"
    if kind == "replaced" and what in ("quantity", "deadline"):
        mine, theirs = _NUMBER.findall(up), _NUMBER.findall(down)
        if len(mine) == len(theirs) == 1 and _NUMBER.split(up)[-1] == _NUMBER.split(down)[-1] and mine != theirs:
            more = float(theirs[0]) > float(mine[0])
            return "tighter" if more == (what == "quantity") else "looser"
    if kind == "replaced" or what == "actor":
        return "unclear"
    if what == "exception":
        return "tighter" if kind == "dropped" else "looser"
    return "looser" if kind == "dropped" else "tighter"

"""What is different between a sentence and the words its tasks made of it.

A sentence is compared with all lower stretches linked to it together, character by character (punctuation and blanks aside), the
longest shared words first. What no task says is *dropped*, what stands in its place is the other half of *replaced*, what a task
says beside it is *added*. Words that were only moved are neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from lineage.differences import Side, differences
from lineage.duty_words import binding_rank, binds, duty_words, hedges_of
from lineage.fold import fold_plain
from lineage.limits import compare_limits, family
from lineage.local_names import NO_NAMES, LocalNames
from lineage.matching import Match, Sides
from lineage.records import Change, Quote
from loaders.deadlines import read_deadline
from loaders.words import words

_EXCEPTION = re.compile("^除了?|的?(?:除外|之外|以外|外)$")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def changes_of(
    sides: Sides,
    match: Match,
    siblings: Sequence[Match],
    own: Sequence[Match],
    upper_text: str,
    lower_text: str,
    local: LocalNames = NO_NAMES,
) -> tuple[Change, ...]:
    """Return the differences of one link, in the order of the sentence.

    The sentence is held against this task and the siblings that carry other parts of it (a sibling that repeats the same words is
    compared on its own); a dropped stretch counts for the task whose words stand next to it. ``own`` are all matches of the task:
    words of its lower sentence that none of them takes are added beside the nearest.
    """
    upper = sides.index.uppers[match.upper]
    one = Side(upper.unit.folded.chars, upper.unit.folded.at)
    together = [m for m in siblings if m is match or not repeats(match, m)]
    other = _joined(sides, together)
    found = []
    for kind, a, b, c, d in differences(one, other, upper_text, lower_text, lambda words: subject_of(words) == "exception"):
        up, down = one.quote(a, b, upper_text), other.quote(c, d, lower_text)
        beside = kind == "added" or _next_to(match, together, a, b) or (kind == "replaced" and _in_own_words(sides, match, down))
        if "\t" in down.quote or not beside:
            continue
        found.append(_change(kind, up, down, one.chars[a:b], other.chars[c:d], local))
    for begin, end in _unclaimed(sides, match, own):
        down = Side(*_folded(sides, match)).quote(begin, end, lower_text)
        near = found[-1].upper.end if found else one.at[-1] + 1
        found.append(_change("added", Quote(near, near, ""), down, "", _folded(sides, match)[0][begin:end], local))
    return tuple(_settled(found))


def _folded(sides: Sides, match: Match) -> tuple[str, tuple[int, ...]]:
    folded = sides.lowers[match.lower].unit.folded
    return folded.chars, folded.at


def _change(kind: str, up: Quote, down: Quote, one: str, other: str, local: LocalNames) -> Change:
    what = "duty-word" if binds(one or other) and (not one or not other or binds(other)) else subject_of(one or other)
    if kind == "replaced" and what not in ("exception", "deadline", "quantity") and _widened(one, other):
        what = "scope"
    swapped = kind == "replaced" and local.swaps(one, other)
    direction = "neutral" if swapped else _direction(kind, what, one, other)
    return Change(kind, "actor" if swapped else what, up, down, direction, swapped)  # type: ignore[arg-type]


def _unclaimed(sides: Sides, match: Match, own: Sequence[Match]) -> list[tuple[int, int]]:
    """Pieces of the match's lower sentence that no match of the task takes and this one stands nearest to; equal headings are none."""
    unit = sides.lowers[match.lower].unit
    headings = {h for m in own for h in sides.index.uppers[m.upper].unit.headings}
    mine = {p.sentence for p in unit.pieces if any(p.begin < end and begin < p.end for begin, end in match.pieces)}
    found = []
    for p in unit.pieces:
        taken = any(p.begin < end and begin < p.end for m in own for begin, end in m.pieces)
        if taken or p.sentence not in mine or unit.folded.chars[p.begin : p.end] in headings:
            continue
        if _gap(match, p.begin, p.end) <= min(_gap(m, p.begin, p.end) for m in own):
            found.append((p.begin, p.end))
    return found


def _gap(match: Match, begin: int, end: int) -> int:
    return min((max(0, b - end, begin - e) for b, e in match.pieces), default=10**6)


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


def _in_own_words(sides: Sides, match: Match, quote: Quote) -> bool:
    """Do the words of a lower stretch stand in the pieces this match takes?"""
    at = sides.lowers[match.lower].unit.folded.at
    return any(at[begin] <= quote.start and quote.end <= at[end - 1] + 1 for begin, end in match.pieces if begin < end)


def _joined(sides: Sides, matches: Sequence[Match]) -> Side:
    """The pieces of every task that hold the sentence's words, in the order the sentence has them."""
    chars: str = ""
    at: tuple[int, ...] = ()
    for match in sorted(matches, key=lambda m: (m.upper_runs[0] if m.upper_runs else (0, 0), m.lower)):
        folded = sides.lowers[match.lower].unit.folded
        for begin, end in match.pieces:
            chars, at = chars + folded.chars[begin:end], at + folded.at[begin:end]
    return Side(chars, at)


def subject_of(text: str) -> str:
    """Return what a changed stretch is about, by the patterns of changes.yaml; "other" when none is found."""
    longest = words("changes")["longest_actor"]
    return next((what for what, pattern in _kinds() if pattern.search(text) and (what != "actor" or len(text) <= longest)), "other")


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["what"], re.compile(entry["pattern"])) for entry in words("changes")["kinds"])


def _direction(kind: str, what: str, up: str, down: str) -> str:
    """A dropped exception widens the duty; dropped duties loosen and added ones tighten.

    A figure that was replaced is compared: more is tighter, an earlier or shorter limit too. Other replacements are left to the reader.
    """
    if what == "purpose":
        return "neutral"
    if kind == "replaced" and what == "deadline":
        limits = read_deadline(up), read_deadline(down)
        if limits[0] and limits[1] and family(limits[0]) != "none":
            return {"earlier": "tighter", "higher": "tighter", "later": "looser", "lower": "looser"}.get(
                compare_limits(limits[0], limits[1]).difference, "unclear"
            )
    if kind == "replaced" and what in ("quantity", "deadline"):
        mine, theirs = _NUMBER.findall(up), _NUMBER.findall(down)
        if len(mine) == len(theirs) == 1 and _NUMBER.split(up)[-1] == _NUMBER.split(down)[-1] and mine != theirs:
            more = float(theirs[0]) > float(mine[0])
            return "tighter" if more == (what == "quantity") else "looser"
    if what == "duty-word":
        return _duty_direction(up, down)
    if kind == "replaced" and what == "scope":
        return {"wider": "tighter", "narrower": "looser"}.get(_widened(up, down), "unclear")
    if kind == "replaced" or what == "actor":
        return "unclear"
    if what == "exception":
        return "tighter" if kind == "dropped" else "looser"
    return "looser" if kind == "dropped" else "tighter"


def _widened(up: str, down: str) -> str:
    """Return wider or narrower where words that take in everything stand in the place of others, or others in theirs (重点 → 全部)."""
    wide = words("changes")["universal"]
    here, there = (any(text.startswith(word) and len(text) <= len(word) + 4 for word in wide) for text in (down, up))
    return "" if here == there else "wider" if here else "narrower"


def _duty_direction(up: str, down: str) -> str:
    """The lexicon's ranks decide, nothing in a word's place counts as the verb alone, and a hedge more binds less: 不得 → 原则上不.

    A stronger word under a new hedge is unclear, and so are words the lexicon does not have.
    """
    hedges = len(hedges_of(down)) - len(hedges_of(up))
    if all(binds(text) for text in (up, down) if text):
        above, here = (binding_rank(duty_words(text)) for text in (up, down))
        signs = {(here > above) - (here < above), -((hedges > 0) - (hedges < 0))} - {0}
        return "unclear" if len(signs) > 1 else {1: "tighter", -1: "looser"}[signs.pop()] if signs else "neutral"
    return "unclear" if not hedges else "looser" if hedges > 0 else "tighter"


def _settled(found: Sequence[Change]) -> list[Change]:
    """Leave out words that went in one place and came in another, and make one of a binding word that went and the one that came."""
    kept = list(found)
    for change in found:
        twin = next((c for c in kept if (change.kind, c.kind) == ("dropped", "added") and _same_words(change.upper, c.lower)), None)
        if twin:
            kept = [c for c in kept if c is not twin and c is not change]
    gone, come = ([c for c in kept if c.kind == kind and c.what == "duty-word"] for kind in ("dropped", "added"))
    if len(gone) == len(come) == 1:  # 鼓励企业开展 → 企业应当开展
        up, down = gone[0].upper, come[0].lower
        both = Change("replaced", "duty-word", up, down, _duty_direction(fold_plain(up.quote), fold_plain(down.quote)))  # type: ignore[arg-type]
        kept = [both if c is gone[0] else c for c in kept if c is not come[0]]
    return kept


def _same_words(one: Quote, other: Quote) -> bool:
    """Are two stretches the same words, an exception before (除…外) or behind (…除外) what it is made of?"""
    up, down = (_EXCEPTION.sub("", fold_plain(quote.quote)) for quote in (one, other))
    return bool(up) and up == down

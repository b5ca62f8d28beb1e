"""Which relation follows from a sentence's changes: the rule of docs/codebook.md, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.fold import fold_plain
from lineage.matching import Match, Sides
from lineage.records import Change, Relation
from loaders.actors.levels import addressed_levels
from loaders.words import words

EXTENDED = 0.25


def relation_of(sides: Sides, match: Match, changes: Sequence[Change], own: Sequence[Match], level: str | None) -> Relation:
    """Return the relation of one link.

    ``changes`` are its sentence's, ``own`` all matches of its task, ``level`` the lower document's: an addressee of that level
    (各级税务机关) may go, another level's may not.
    """
    if any(c.what == "exception" and c.kind == "dropped" for c in changes):
        return "exceptionDropped"
    if _fused(sides, match, own):
        return "merged"
    major = [c for c in changes if not is_minor(c, level)]
    mine = [c for c in major if not c.lower.quote or _said_by(sides, match, c)]
    if match.residual or any(c.kind == "replaced" for c in mine) or any(c.kind == "dropped" and _foreign(c, level) for c in major):
        return "adapted"
    added = sum(len(c.lower.quote) for c in mine if c.kind == "added")
    claimed = sum(end - begin for begin, end in match.pieces) or 1
    if any(c.kind == "dropped" for c in major):
        return "adapted" if added > 0.1 * claimed else "narrowed"
    if added > EXTENDED * claimed:
        return "extended"
    return "adapted" if added else "verbatim"


def _said_by(sides: Sides, match: Match, change: Change) -> bool:
    """Are the lower words of a change this task's, not a sibling's?"""
    at = sides.lowers[match.lower].unit.folded.at
    return bool(at) and at[0] <= change.lower.start <= at[-1]


def is_minor(change: Change, level: str | None) -> bool:
    """Differences any copy may have: a few characters, equal titles, an addressee of our own level, a purpose left out."""
    rules = words("changes")
    up, down = fold_plain(change.upper.quote), fold_plain(change.lower.quote)
    if len(up) + len(down) <= rules["tiny"] and not any(c in rules["weighty"] or c.isdigit() for c in up + down):
        return True
    if change.kind == "dropped":
        return change.what in rules["minor_when_dropped"] or _addressee_of(up, level)
    return any({up, down} == {fold_plain(a), fold_plain(b)} for a, b in rules["equivalents"])


def _addressee_of(text: str, level: str | None) -> bool:
    levels = addressed_levels(text)
    bare = len(text) <= 12
    return bare and (("all" in levels or level in levels) if levels else text.endswith(("机关", "部门", "单位")))


def _foreign(change: Change, level: str | None) -> bool:
    """Does the dropped stretch name only levels other than the lower document's?"""
    levels = addressed_levels(change.upper.quote)
    return bool(levels) and "all" not in levels and level not in levels


def _fused(sides: Sides, match: Match, own: Sequence[Match]) -> bool:
    """One lower sentence made of several upper ones, or one task drawn from several clauses."""
    uppers = sides.index.uppers
    if len({uppers[m.upper].unit.clause for m in own}) > 1:
        return True
    home = _home(sides, match)
    return any(m.upper != match.upper and _home(sides, m) == home for m in own)


def _home(sides: Sides, match: Match) -> int:
    """The lower sentence that holds most of a match."""
    weights: dict[int, int] = {}
    for p in sides.lowers[match.lower].unit.pieces:
        shared = sum(max(0, min(end, p.end) - max(begin, p.begin)) for begin, end in match.lower_runs)
        weights[p.sentence] = weights.get(p.sentence, 0) + shared
    return max(weights, key=lambda number: (weights[number], -number)) if weights else -1

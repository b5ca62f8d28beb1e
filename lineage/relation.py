"""Which relation follows from a sentence's changes: facts of a link, and the published rules that read them (docs/codebook.md).

The rules are data (loaders/words/relations.yaml); a workspace's rules/relations.yaml goes before them and recodes without aligning anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from lineage.fold import fold_plain
from lineage.matching import Match, Sides
from lineage.records import Change, Relation
from loaders.actors.levels import addressed_levels
from loaders.words import OURS, words
from zhengmai.errors import BadConfiguration
from zhengmai.settings import rules_dir


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules may ask of a link. "Major" leaves out what any copy may change (tiny).

    ``replaced``, ``dropped``, ``added``: a major change of that kind counts for this link; ``local_names_only``: whatever was replaced is a
    body named by the one that speaks; ``added_share``: characters added, of those the task took over; ``loose_match``: paired only because
    both stood under one heading; ``fused``: one lower sentence of several upper ones, or a task drawn from several clauses.
    """

    exception_dropped: bool = False
    fused: bool = False
    loose_match: bool = False
    replaced: bool = False
    local_names_only: bool = False
    other_level_dropped: bool = False
    dropped: bool = False
    added: bool = False
    added_share: float = 0.0
    tighter: bool = False
    looser: bool = False


def relation_of(sides: Sides, match: Match, changes: Sequence[Change], own: Sequence[Match], level: str | None) -> Relation:
    """Return the relation of one link.

    ``changes`` are its sentence's, ``own`` all matches of its task, ``level`` the lower document's: an addressee of that level
    (各级税务机关) may go, another level's may not.
    """
    return relation_by_rule(facts_of(sides, match, changes, own, level))


def relation_by_rule(facts: Facts) -> Relation:
    """Return the relation the first rule gives that holds.

    :raises BadConfiguration: when a rule names a relation or a fact there is not.
    """
    return next(relation for relation, conditions in _rules(rules_dir()) if all(_holds(facts, *c) for c in conditions))


def codebook_version() -> str:
    """Return the version of the rules in force; rules of the workspace that name no version of their own are marked ``+rules``."""
    said, ours = str(words("relations")["version"]), _ours()
    return f"{said}+rules" if said == ours and (rules_dir() / "relations.yaml").is_file() else said


def facts_of(sides: Sides, match: Match, changes: Sequence[Change], own: Sequence[Match], level: str | None) -> Facts:
    """Return what the rules may ask. A difference counts for the task whose words stand next to it; a dropped duty for the sentence."""
    major = [c for c in changes if not is_minor(c, level)]
    mine = [c for c in major if not c.lower.quote or _said_by(sides, match, c)]
    replaced = [c for c in mine if c.kind == "replaced"]
    added = sum(len(c.lower.quote) for c in mine if c.kind == "added")
    claimed = sum(end - begin for begin, end in match.pieces) or 1
    return Facts(
        exception_dropped=any(c.what == "exception" and c.kind == "dropped" for c in changes),
        fused=_fused(sides, match, own),
        loose_match=match.residual,
        replaced=bool(replaced),
        local_names_only=bool(replaced) and all(c.local_name for c in replaced),
        other_level_dropped=any(c.kind == "dropped" and _foreign(c, level) for c in major),
        dropped=any(c.kind == "dropped" for c in major),
        added=added > 0,
        added_share=added / claimed,
        tighter=any(c.direction == "tighter" for c in mine),
        looser=any(c.direction == "looser" for c in mine),
    )


def is_minor(change: Change, level: str | None) -> bool:
    """Differences any copy may have: a few characters, equal titles, an addressee of our own level, a purpose left out."""
    rules = words("changes")
    up, down = fold_plain(change.upper.quote), fold_plain(change.lower.quote)
    if change.what == "duty-word" and change.kind == "replaced" and change.direction == "neutral":
        return True  # 可以, 可
    binds_otherwise = change.what == "duty-word" and up and down and change.direction in ("tighter", "looser")
    if len(up) + len(down) <= rules["tiny"] and not any(c in rules["weighty"] or c.isdigit() for c in up + down) and not binds_otherwise:
        return True
    if change.kind == "dropped":
        return change.what in rules["minor_when_dropped"] or _addressee_of(up, level)
    return any({up, down} == {fold_plain(a), fold_plain(b)} for a, b in rules["equivalents"])


def _said_by(sides: Sides, match: Match, change: Change) -> bool:
    """Are the lower words of a change this task's, not a sibling's?"""
    at = sides.lowers[match.lower].unit.folded.at
    return bool(at) and at[0] <= change.lower.start <= at[-1]


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


def _holds(facts: Facts, name: str, wanted: bool | float) -> bool:
    value = getattr(facts, name)
    return bool(value == wanted) if isinstance(wanted, bool) else bool(value > wanted)


@cache
def _rules(folder: Path) -> tuple[tuple[Relation, tuple[tuple[str, Any], ...]], ...]:
    known = {field.name for field in fields(Facts)}
    found = []
    for entry in words("relations")["rules"]:
        conditions = entry.get("when") if isinstance(entry, dict) else None
        relation = entry.get("relation") if isinstance(entry, dict) else None
        strange = sorted(set(conditions) - known) if isinstance(conditions, dict) else ["when"]
        if conditions is None or relation not in get_args(Relation) or strange:
            raise BadConfiguration(
                where=str(folder / "relations.yaml"),
                found=f"a rule {entry!r}" + (f" with {'、'.join(strange)}" if relation in get_args(Relation) else ""),
                expected=f"relation: one of {', '.join(get_args(Relation))}; when: facts among {', '.join(sorted(known))}",
                fix="write it as - {relation: verbatim, when: {local_names_only: true, dropped: false}}",
            )
        found.append((cast(Relation, relation), tuple(conditions.items())))
    return tuple(found)


@cache
def _ours() -> str:
    import yaml

    return str(yaml.safe_load((OURS / "relations.yaml").read_text(encoding="utf-8"))["version"])

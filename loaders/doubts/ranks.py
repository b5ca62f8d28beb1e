"""A unit whose rank is none of this document's: 财务管理处 where all others are 司, 人事科 among 处; a lower body that leads alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from loaders.actors.levels import level_of, told_level
from loaders.doubts.names import Use, told_at, uses_of
from loaders.records import Extraction, Finding
from loaders.words import words

LEAST, MOST_OF = 5, 0.8  # different units of one rank; their share of all uses
ODD, LEADS = 2, 5  # uses of another rank; leads named before one of a lower place stands out


def rank_doubts(document: Extraction) -> Iterator[Finding]:
    uses = uses_of(document)
    yield from _odd_one(uses)
    yield from _lower_leads(document, uses)


def _odd_one(uses: dict[str, list[Use]]) -> Iterator[Finding]:
    """One name whose rank is another than nearly all others have."""
    ranked = {name: rank for name in uses if (rank := _rank(name))}
    for usual in sorted(set(ranked.values())):
        of_it = [name for name, rank in ranked.items() if rank == usual]
        others = sorted(name for name, rank in ranked.items() if rank != usual)
        count = sum(len(uses[name]) for name in of_it)
        odd = sum(len(uses[name]) for name in others)
        if len(of_it) < LEAST or not 0 < odd <= ODD or count < MOST_OF * (count + odd):
            continue
        for name in others:
            said = (
                f"“{name}”称“{ranked[name]}”，本文件其他 {len(of_it)} 个内设机构都称“{usual}”。",
                f"{name} is a {ranked[name]}; the {len(of_it)} other units of this document are each a {usual}.",
            )
            yield from told_at(uses[name], name, "actor-elsewhere", "warning", said)


def _rank(name: str) -> str:
    """Return the rank a unit's name ends in, "" for 办事处, 管委会 or a class of units (相关处室)."""
    rule = words("doubts")["unit_ranks"]
    hit = re.fullmatch(rule["ends"], name)
    return hit[1] if hit and not re.search(rule["not"], name) else ""


def _lower_leads(document: Extraction, uses: dict[str, list[Use]]) -> Iterator[Finding]:
    """One body of a lower level (广州市税务局) that leads in an upper document, where nobody else of its level does."""
    ladder: Sequence[str] = words("levels")["ladder"]
    level = level_of(document)
    leads = {m.actor.name for p in document.provisions for m in p.roles if m.role == "lead"}
    leads |= {m.actor.name for row in document.rows for m in row.roles if m.role == "lead"}
    if level not in ladder or len(leads) < LEADS:
        return
    issuer = next(iter(document.meta.issuers), "")
    lower = {name for name in uses if (mine := told_level(name, issuer).level) in ladder and ladder.index(mine) > ladder.index(level)}
    for name in sorted(lower & leads) if sum(len(uses[name]) for name in lower) == 1 else ():
        said = (
            f"“{name}”是下级机关或其内设机构，本文件其他各项均由本级牵头。",
            f"{name} is a body of a lower level; everything else is led by this level.",
        )
        yield from told_at(uses[name], name, "actor-elsewhere", "warning", said)

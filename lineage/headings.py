"""Equal headings: a table's main task against a section, its measure group against a clause — the strongest key there is."""

from __future__ import annotations

from collections.abc import Sequence

from lineage.units import Unit

_SHORTEST = 5


def heading_keys(lowers: Sequence[Unit], uppers: Sequence[Unit]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return, for each folded heading of the lower side, the ids of the clauses and of the sections with the very same words.

    A section's heading is its lead-in's only where no clause follows; else it stands over the clauses.
    """
    clauses: dict[str, set[str]] = {}
    sections: dict[str, set[str]] = {}
    own_headings = {h for unit in lowers for h in unit.headings if len(h) >= _SHORTEST}
    with_clauses = {unit.section for unit in uppers if not _leads_in(unit)}
    for unit in uppers:
        own = not (_leads_in(unit) and unit.section in with_clauses) and unit.clause != unit.section
        if own and unit.headings and unit.headings[-1] in own_headings:
            clauses.setdefault(unit.headings[-1], set()).add(unit.clause)
        if unit.headings and unit.headings[0] in own_headings:
            sections.setdefault(unit.headings[0], set()).add(unit.section)
    return {k: frozenset(v) for k, v in clauses.items()}, {k: frozenset(v) for k, v in sections.items()}


def groups(lowers: Sequence[Unit]) -> list[str]:
    """Return the distinct folded headings of the lower side, in order."""
    return list(dict.fromkeys(h for unit in lowers for h in unit.headings if len(h) >= _SHORTEST))


def _leads_in(unit: Unit) -> bool:
    return unit.clause == f"{unit.section}.0"

"""What the comparison of a pair says of its changes: a change whose words lie in a record has that record's aspect and direction.

A change is found character by character before anything is known of figures, limits and binding words; what any copy may have (tiny
differences) is neither tighter nor looser.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from lineage.divergence.reading import overlap
from lineage.records import Change, Divergence, Link
from lineage.relation import Facts, is_minor, relation_by_rule

WHAT = {
    "deadline": "deadline",
    "frequency": "deadline",
    "quantity": "quantity",
    "duty-word": "duty-word",
    "exception": "exception",
    "scope": "scope",
    "addressee": "actor",
}
_WEIGHTY = ("deadline", "quantity", "duty-word")
_MEASURED = ("deadline", "frequency", "quantity")
_DIRECTION = {"tighter": "tighter", "looser": "looser", "unclear": "unclear", "neutral": "neutral", "replaced": "unclear"}


def directed(links: Sequence[Link], divergences: Sequence[Divergence], level: str | None) -> list[Link]:
    """Return the links with their changes told as the records tell them; nothing is added or left out."""
    told: defaultdict[tuple[str, str], list[Divergence]] = defaultdict(list)
    for found in divergences:
        if found.aspect != "lead":
            told[found.task, found.sentence].append(found)
    return [_of_link(link, told[link.task, link.sentence or ""], level) if link.changes else link for link in links]


def _of_link(link: Link, records: Sequence[Divergence], level: str | None) -> Link:
    """A link that is verbatim but for a few characters is not so where they change a limit, a figure or a binding word (学期 → 学年)."""
    changes = tuple(_told(c, records, level) for c in link.changes)
    weighty = [c for c in changes if c.what in _WEIGHTY and c.direction in ("tighter", "looser")]
    relation = link.relation
    if relation == "verbatim" and weighty:
        kinds = {c.kind for c in weighty}
        facts = Facts(replaced="replaced" in kinds, dropped="dropped" in kinds, added="added" in kinds)
        relation = relation_by_rule(facts)
    return replace(link, changes=changes, relation=relation)


def _told(change: Change, records: Sequence[Divergence], level: str | None) -> Change:
    best = max((d for d in records if d.difference != "same"), key=lambda d: _nearness(change, d), default=None)
    if best is not None and _nearness(change, best) > 0:
        if change.local_name and best.aspect != "addressee":
            return change
        return replace(change, what=WHAT.get(best.aspect, change.what), direction=_DIRECTION[best.direction])  # type: ignore[arg-type]
    if any(d.difference == "same" and d.aspect in _MEASURED and _nearness(change, d) for d in records):
        return replace(change, direction="neutral")  # 2025年12月底前, 2025年底前
    return replace(change, direction="neutral") if is_minor(change, level) and change.direction != "unclear" else change


def _nearness(change: Change, told: Divergence) -> float:
    """How much of a change's words lie in a record's, and of the record's in the change; 0 where a side of the change has nothing there."""
    pairs = [(quote, quotes) for quote, quotes in ((change.upper, told.upper), (change.lower, told.lower)) if quote.quote and quotes]
    if not pairs:
        return 0.0
    shared = [overlap(quote, quotes) for quote, quotes in pairs]
    if not any(shared) or (told.aspect == "addressee" and not overlap(change.upper, told.upper[:1])):
        return 0.0
    longest = max(sum(q.end - q.start for q in quotes) for _, quotes in pairs)
    return sum(shared) / (sum(len(quote.quote) for quote, _ in pairs) + longest)

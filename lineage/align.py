"""Two documents to links: which task carries out which sentence, on what evidence, how sure, and what stayed without a link.

General by design: nothing here knows a title, a slug or sources.yaml; the two extractions are all there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Literal

from lineage.assignment import TURNED_DOWN, assign, sides_of
from lineage.basis import by_people, decide_basis
from lineage.candidates import near
from lineage.changes import changes_of, repeats
from lineage.context import CONTEXT
from lineage.divergence import divergences_of
from lineage.divergence.directions import directed
from lineage.functions import NO_COUNTERPARTS, Counterparts
from lineage.local_names import local_names
from lineage.matching import Match, Sides
from lineage.measures import NAMES
from lineage.model import Model, model
from lineage.overlap import Weighted
from lineage.records import Basis, Decided, Link, PairResult, Quote, Structure, Uncovered, Unmatched
from lineage.relation import relation_of
from lineage.units import Unit, lower_units, upper_units
from lineage.upper_rows import as_upper
from loaders.actors.levels import addressed_levels, level_of
from loaders.records import Extraction

TRIED, HEADING_SURE = TURNED_DOWN, 0.5
METHOD_EXACT, METHOD_CONTAINED, METHOD_SIMILAR, METHOD_HEADING = (
    "sentence-exact",
    "sentence-containment",
    "sentence-similarity",
    "heading-key",
)


def align(
    upper: Extraction,
    lower: Extraction,
    *,
    accept: float | None = None,
    propose: float | None = None,
    fitted: Model | None = None,
    counterparts: Counterparts = NO_COUNTERPARTS,
    decided: Decided | None = None,
) -> PairResult:
    """Return what links the tasks of ``lower`` to the sentences of ``upper``.

    A link at or above ``accept`` is accepted by rule, between ``propose`` and ``accept`` proposed, below it is not made; what is not
    given comes with the fitted model (``model.json``).
    Where the lower document is not based on the upper one there are no links; where that is unclear none is accepted. ``decided`` is
    people's word on that, which holds whatever the rule says.
    """
    fitted = fitted or model()
    accept, propose = fitted.accept if accept is None else accept, fitted.propose if propose is None else propose
    upper = as_upper(upper)
    uppers, lowers = upper_units(upper), lower_units(lower)
    measured = near([u.folded.chars for u in uppers], [u.folded.chars for u in lowers])
    sides = sides_of([uppers[at] for at in measured], lowers, level_of(lower))
    matches = assign(sides, fitted)
    basis = by_people(decide_basis(upper, lower, sides, matches, fitted), decided)
    kept = [m for m in matches if m.confidence >= propose] if basis.verdict != "no" else []
    links = _links(sides, kept, upper, lower, basis, accept)
    links += _heading_links(sides, links, basis, upper) if propose <= HEADING_SURE else []
    links.sort(key=lambda link: (_position(sides, link.task), link.provision, link.sentence or ""))
    divergences = divergences_of(upper, lower, links, counterparts)
    return PairResult(
        basis=basis,
        links=tuple(directed(links, divergences, level_of(lower))),
        uncovered=_uncovered(sides, uppers, links, matches, upper, lower),
        unmatched=_unmatched(sides, links, matches),
        headings=_equal_headings(sides),
        searched={"tasks": len(lowers), "sentences": len(uppers)},
        divergences=divergences,
        counterparts=counterparts,
    )


def _position(sides: Sides, task: str) -> int:
    return next((at for at, w in enumerate(sides.lowers) if w.unit.id == task), -1)


def _links(sides: Sides, matches: Sequence[Match], upper: Extraction, lower: Extraction, basis: Basis, accept: float) -> list[Link]:
    by_upper: defaultdict[int, list[Match]] = defaultdict(list)
    by_lower: defaultdict[int, list[Match]] = defaultdict(list)
    for match in matches:
        by_upper[match.upper].append(match)
        by_lower[match.lower].append(match)
    level, names, found = level_of(lower), local_names(lower, upper), []
    for match in matches:
        up, down = sides.index.uppers[match.upper], sides.lowers[match.lower]
        siblings, own = by_upper[match.upper], by_lower[match.lower]
        changes = changes_of(sides, match, siblings, own, upper.text, lower.text, names)
        accepted = basis.verdict == "yes" and match.confidence >= accept
        found.append(
            Link(
                task=down.unit.id,
                provision=up.unit.clause,
                sentence=up.unit.id,
                relation=relation_of(sides, match, changes, own, level),
                structure=_structure(match, siblings, own),
                confidence=match.confidence,
                status="accepted" if accepted else "proposed",
                method=_method(match),
                features=_features(match),
                task_evidence=_quotes(down, match.lower_runs, lower.text),
                provision_evidence=_quotes(up, match.upper_runs, upper.text),
                changes=changes,
                whole_sentence=match.of_sentence >= 0.9,
            )
        )
    return found


def _features(match: Match) -> dict[str, float]:
    """What the models weighed, and beside it how much of the words is the same and the longest run copied."""
    told = {"heading": match.heading, "text": match.strength, "longest": float(match.longest)}
    return {name: round(value, 3) for name, value in ({**dict(zip((*NAMES, *CONTEXT), match.measures, strict=True)), **told}).items()}


def _method(match: Match) -> str:
    if match.of_pieces >= 0.98 and match.of_sentence >= 0.98:
        return METHOD_EXACT
    return METHOD_CONTAINED if max(match.of_pieces, match.of_sentence) >= 0.9 else METHOD_SIMILAR


def _structure(match: Match, siblings: Sequence[Match], own: Sequence[Match]) -> Structure:
    """Moved out of its heading's group, split over tasks, joined with other sentences, repeated in several tasks, or one to one."""
    if match.heading < 0.5 and any(m.heading >= 0.9 for m in own):
        return "moved"
    others = [m for m in siblings if m.lower != match.lower]
    if others:
        return "repeated" if any(repeats(match, m) for m in others) else "split"
    return "joined" if len(own) > 1 else "one-to-one"


def _quotes(side: Weighted, runs: Sequence[tuple[int, int]], text: str) -> tuple[Quote, ...]:
    at = side.unit.folded.at
    return tuple(Quote(at[begin], at[end - 1] + 1, text[at[begin] : at[end - 1] + 1]) for begin, end in runs)


def _heading_links(sides: Sides, links: Sequence[Link], basis: Basis, upper: Extraction) -> list[Link]:
    """A task without any sentence stands under an equal clause heading: proposed, no sentence, gone when one is linked.

    The heading of a table's group is no such key: it stands over many rows.
    """
    if basis.verdict == "no":
        return []
    linked = {link.task for link in links}
    rows = {p.id for p in upper.provisions if p.level == "task"}
    found = []
    for lower in sides.lowers:
        clauses = sides.clause_of_group.get(lower.unit.headings[-1], frozenset()) if lower.unit.headings else frozenset()
        if lower.unit.id not in linked:
            found += [
                Link(
                    lower.unit.id,
                    clause,
                    None,
                    "adapted",
                    "one-to-one",
                    HEADING_SURE,
                    "proposed",
                    METHOD_HEADING,
                    {"heading": 1.0, "text": 0.0, "order": 0.0, "numbers": 0.0},
                    (),
                    (),
                )
                for clause in sorted(clauses - rows)
            ]
    return found


def _uncovered(
    sides: Sides, uppers: Sequence[Unit], links: Sequence[Link], matches: Sequence[Match], upper: Extraction, lower: Extraction
) -> tuple[Uncovered, ...]:
    covered = {link.sentence for link in links if link.status in ("accepted", "proposed")}
    text = {p.id: p.text for p in upper.provisions if p.level == "sentence"}
    own = level_of(lower)
    nearest: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: -m.confidence):
        nearest.setdefault(sides.index.uppers[match.upper].unit.id, match)
    found = []
    for unit in (unit for unit in uppers if unit.id not in covered):
        levels = addressed_levels(text[unit.id])
        bound = not levels or "all" in levels or own in levels
        best = nearest.get(unit.id)
        found.append(
            Uncovered(
                unit.id,
                unit.clause,
                "level-unclear" if not levels or own is None else "none-found" if bound else "addressed-to-other-level",
                "|".join(levels) or None,
                sides.lowers[best.lower].unit.id if best else None,
                best.confidence if best else 0.0,
            )
        )
    return tuple(found)


def _unmatched(sides: Sides, links: Sequence[Link], matches: Sequence[Match]) -> tuple[Unmatched, ...]:
    linked = {link.task for link in links}
    nearest: dict[int, Match] = {}
    for match in matches:
        if match.lower not in nearest or match.confidence > nearest[match.lower].confidence:
            nearest[match.lower] = match
    return tuple(_turned_down(w.unit.id, nearest.get(at), sides) for at, w in enumerate(sides.lowers) if w.unit.id not in linked)


def _turned_down(task: str, nearest: Match | None, sides: Sides) -> Unmatched:
    if nearest is None:
        return Unmatched(task, "no-basis-in-upper")
    reason: Literal["below-threshold", "no-basis-in-upper"] = "below-threshold" if nearest.confidence > TRIED else "no-basis-in-upper"
    return Unmatched(task, reason, sides.index.uppers[nearest.upper].unit.id, nearest.confidence)


def _equal_headings(sides: Sides) -> tuple[tuple[str, str], ...]:
    found: dict[tuple[str, str], None] = {}
    for lower in sides.lowers:
        for heading in lower.unit.headings:
            for part in sorted(sides.clause_of_group.get(heading, frozenset()) | sides.section_of_group.get(heading, frozenset())):
                found[heading, part] = None
    return tuple(found)

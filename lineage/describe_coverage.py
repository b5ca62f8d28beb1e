"""Coverage of a pair as N-Quads, both ways: sentences without a task, tasks without a sentence, what is left of a sentence, and the mixes.

"Looked, found none" is a node with what was searched, why and the nearest candidate. A mix counts and never judges; a count of none is
not written. What is left of a sentence is told where any words are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from lineage.coverage import Mix, Sentence, coverage_of, tasks_mix
from lineage.pair_nodes import Pair
from lineage.records import PairResult, Uncovered, Unmatched
from loaders.describe import iris
from loaders.describe.nquads import Sheet, decimal, integer, iri, plain, safe, text
from ontology.terms import ZM, concept

_PART = {"document": "all", "tasks": "tasks", "section": "section/", "clause": "clause/"}
_COUNTS = {
    "accepted": ZM.acceptedCount,
    "proposed": ZM.proposedCount,
    "whole": ZM.wholeCount,
    "part": ZM.partCount,
    "addressed-to-other-level": ZM.otherLevelCount,
    "none-found": ZM.noneFoundCount,
    "level-unclear": ZM.levelUnclearCount,
    "judged": ZM.judgedCount,
}


def describe_coverage(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    """Write the coverage of a pair that rests on each other, or may."""
    sentences, mixes = coverage_of(result, pair.upper)
    for gap in result.uncovered:
        _gap(sheet, gap, result, pair)
    for sentence in sentences:
        if sentence.left:
            _remainder(sheet, sentence, pair)
    for mix in (*mixes, tasks_mix(result)):
        _mix(sheet, mix, pair)
    _basis_gaps(sheet, result, pair)


def describe_basis_gaps(result: PairResult, pair: Pair) -> list[str]:
    """Return the lines of a pair's tasks without a sentence alone: for a document that rests on nothing held, against the nearest."""
    sheet = Sheet(f"{iris.GRAPH}alignment/{pair.name}")
    _basis_gaps(sheet, result, pair)
    return sorted(set(sheet.lines))


def nearest_of(results: Iterable[tuple[str, PairResult]]) -> str:
    """Return the upper document, of some named ones, whose sentences come nearest to a document's tasks; the first where none does."""
    return max(sorted(results, key=lambda one: one[0]), key=lambda one: sum(u.nearest_confidence for u in one[1].unmatched))[0]


def _gap(sheet: Sheet, gap: Uncovered, result: PairResult, pair: Pair) -> None:
    node = pair.gap(gap.sentence)
    sheet.a(node, ZM.CoverageGap)
    sheet.add(node, ZM.about, iri(pair.provision(gap.sentence)))
    sheet.add(node, ZM.lowerDocument, iri(pair.lower_iris.document))
    sheet.add(node, ZM.gapReason, iri(concept("gap-reason", gap.reason)))
    sheet.add(node, ZM.searched, plain(json.dumps(result.searched, sort_keys=True)))
    for level in (gap.level or "").split("|"):
        if level:
            sheet.add(node, ZM.level, iri(concept("level", level)))
    if gap.nearest_task:
        sheet.add(node, ZM.nearestTask, iri(pair.task(gap.nearest_task)))
        sheet.add(node, ZM.nearestConfidence, decimal(gap.nearest_confidence))


def _basis_gaps(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    for task in result.unmatched:
        _basis_gap(sheet, task, result, pair)


def _basis_gap(sheet: Sheet, gap: Unmatched, result: PairResult, pair: Pair) -> None:
    node = pair.basis_gap(gap.task)
    sheet.a(node, ZM.BasisGap)
    sheet.add(node, ZM.about, iri(pair.task(gap.task)))
    sheet.add(node, ZM.upperDocument, iri(pair.upper_iris.document))
    sheet.add(node, ZM.basisGapReason, iri(concept("basis-gap", gap.reason)))
    sheet.add(node, ZM.searched, plain(json.dumps(result.searched, sort_keys=True)))
    if gap.nearest_sentence:
        sheet.add(node, ZM.nearestProvision, iri(pair.provision(_told(gap.nearest_sentence, result, pair))))
        sheet.add(node, ZM.nearestConfidence, decimal(gap.nearest_confidence))


def _told(sentence: str, result: PairResult, pair: Pair) -> str:
    """A sentence of an upper table's row is a node only where the pair rests on the table; elsewhere its row stands for it."""
    if result.basis.verdict != "no" or sentence not in pair.row_sentences:
        return sentence
    return next(p.parent or sentence for p in pair.upper.provisions if p.id == sentence)


def _remainder(sheet: Sheet, sentence: Sentence, pair: Pair) -> None:
    node = f"{iris.ID}remainder/{pair.upper_iris.slug}.{safe(sentence.sentence)}--{pair.lower_iris.slug}"
    sheet.a(node, ZM.Remainder)
    sheet.add(node, ZM.about, iri(pair.provision(sentence.sentence)))
    sheet.add(node, ZM.lowerDocument, iri(pair.lower_iris.document))
    sheet.add(node, ZM.carriedShare, decimal(sentence.share))
    for quote in sentence.left:
        sheet.add(node, ZM.upperQuote, text(quote.quote))
        sheet.add(node, ZM.upperEvidence, iri(pair.upper_iris.span(quote.start, quote.end)))


def _mix(sheet: Sheet, mix: Mix, pair: Pair) -> None:
    of_tasks = mix.level == "tasks"
    upper, lower = pair.upper_iris, pair.lower_iris
    node = f"{iris.ID}coverage/{lower.slug}--{upper.slug}/{_PART[mix.level]}{safe(mix.id)}"
    whole = lower.document if of_tasks else upper.document
    sheet.a(node, ZM.CoverageMix)
    sheet.add(node, ZM.about, iri(pair.provision(mix.id) if mix.id else whole))
    sheet.add(node, ZM.ofPair, iri(pair.node))
    sheet.add(node, ZM.countedIn, iri(concept("counted-unit", "task" if of_tasks else "sentence")))
    sheet.add(node, ZM.unitCount, integer(mix.of))
    for name, prop in _COUNTS.items():
        if count := mix.counts.get(name, 0):
            sheet.add(node, prop, integer(count))

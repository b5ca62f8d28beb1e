"""One pair of documents as N-Quads: links with their evidence, gaps, and why the pair was judged based or not."""

from __future__ import annotations

import json

from lineage.describe_coverage import describe_coverage
from lineage.describe_divergence import describe_changes, describe_divergences
from lineage.fold import fold_plain
from lineage.pair_nodes import Pair
from lineage.records import Link, PairResult, Quote
from lineage.relation import codebook_version
from loaders.describe import iris, write_span
from loaders.describe.nquads import Sheet, boolean, decimal, integer, iri, plain, text
from loaders.tables.groups import groups_of
from ontology.outside import SEMAPV, SSSOM
from ontology.terms import ZM, concept, rule
from zhengmai import __version__

_JUSTIFICATION = {
    "sentence-exact": SEMAPV.LexicalMatching,
    "sentence-containment": SEMAPV.LexicalMatching,
    "sentence-similarity": SEMAPV.LexicalSimilarityThresholdMatching,
    "heading-key": SEMAPV.LexicalMatching,
    "reviewer-link": SEMAPV.ManualMappingCuration,
}


def describe_pair(result: PairResult, pair: Pair) -> list[str]:
    """Return the sorted N-Quads lines of a pair. Accepted links have their ``zm:implements`` beside them."""
    sheet = Sheet(f"{iris.GRAPH}alignment/{pair.name}")
    _pair(sheet, result, pair)
    for link in result.links:
        _link(sheet, link, result, pair)
    describe_divergences(sheet, result.divergences, pair)
    if result.basis.verdict != "no":
        _row_sentences(sheet, pair)
        describe_coverage(sheet, result, pair)
        _headings(sheet, result, pair)
    return sorted(set(sheet.lines))


def _pair(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    node, basis = pair.node, result.basis
    sheet.a(node, ZM.DocumentPair)
    sheet.add(node, ZM.lowerDocument, iri(pair.lower_iris.document))
    sheet.add(node, ZM.upperDocument, iri(pair.upper_iris.document))
    sheet.add(node, ZM.verdict, iri(concept("verdict", basis.verdict)))
    sheet.add(node, ZM.decidedBy, iri(concept("decided-by", basis.decided_by)))
    if basis.by_rule:
        sheet.add(node, ZM.machineVerdict, iri(concept("verdict", basis.by_rule)))
    for zh, en in basis.reasons:
        sheet.add(node, ZM.reason, text(zh), text(en, "en"))
    sheet.add(node, ZM.skipsLevel, boolean(basis.skips_level))
    for level in basis.missing_levels:
        sheet.add(node, ZM.missingLevel, iri(concept("level", level)))
    for slug in basis.through:
        sheet.add(node, ZM.throughDocument, iri(f"{iris.ID}doc/{slug}"))
    for _, quote in basis.skip_evidence:
        sheet.add(node, ZM.evidence, iri(write_span(sheet, pair.lower_iris, quote.start, quote.end, quote.quote)))
    sheet.add(node, ZM.searched, plain(json.dumps(result.searched, sort_keys=True)))
    if basis.verdict == "yes":
        sheet.add(pair.lower_iris.document, ZM.concludedBasis, iri(pair.upper_iris.document))


def _link(sheet: Sheet, link: Link, result: PairResult, pair: Pair) -> None:
    own = link.sentence or link.provision
    node = iris.alignment(pair.lower_iris.slug, link.task, pair.upper_iris.slug, own)
    sheet.a(node, ZM.Alignment)
    sheet.add(node, ZM.alignsTask, iri(pair.task(link.task)))
    sheet.add(node, ZM.alignsProvision, iri(pair.provision(own)))
    sheet.add(node, ZM.relationType, iri(concept("relation-type", link.relation)))
    sheet.add(node, ZM.structure, iri(concept("structure", link.structure)))
    sheet.add(node, ZM.coverage, iri(concept("coverage", "wholeSentence" if link.whole_sentence else "partOfSentence")))
    sheet.add(node, ZM.status, iri(concept("status", link.status)))
    sheet.add(node, ZM.decidedBy, iri(concept("decided-by", link.decided_by)))
    sheet.add(node, ZM.codebookVersion, plain(codebook_version()) if link.decided_by == "rule" else "")
    sheet.add(node, ZM.appliedRule, iri(rule(link.method)))
    sheet.add(node, ZM.features, plain(json.dumps(link.features, sort_keys=True)))
    sheet.add(node, ZM.skipsLevel, boolean(result.basis.skips_level))
    sheet.add(node, SSSOM.mapping_justification, iri(_JUSTIFICATION[link.method]))
    sheet.add(node, SSSOM.similarity_score, decimal(min(1.0, link.features["text"])))
    sheet.add(node, SSSOM.confidence, decimal(link.confidence))
    sheet.add(node, SSSOM.mapping_tool, plain(f"zhengmai {__version__}"))
    _evidence(sheet, node, ZM.taskEvidence, link.task_evidence, pair.lower_iris)
    _evidence(sheet, node, ZM.provisionEvidence, link.provision_evidence, pair.upper_iris)
    describe_changes(sheet, node, link.changes, pair)
    if link.status == "accepted":
        sheet.add(pair.task(link.task), ZM.implements, iri(pair.provision(own)))


def _row_sentences(sheet: Sheet, pair: Pair) -> None:
    """The sentences of an upper table's rows are nodes only where something is held against them."""
    orders: dict[str | None, int] = {}
    for p in pair.upper.provisions:
        if p.id not in pair.row_sentences:
            continue
        orders[p.parent] = orders.get(p.parent, 0) + 1
        node, row = pair.provision(p.id), pair.provision(p.parent or "")
        sheet.a(node, ZM.Sentence, ZM.Provision)
        sheet.add(node, ZM.isPartOf, iri(row))
        sheet.add(row, ZM.isPartOf, iri(pair.upper_iris.document))
        sheet.add(node, ZM.notation, plain(p.id))
        sheet.add(node, ZM.order, integer(orders[p.parent]))
        sheet.add(node, ZM.text, text(p.text))
        sheet.add(node, ZM.evidence, iri(pair.upper_iris.span_of(p.place)))


def _evidence(sheet: Sheet, node: str, prop: str, quotes: tuple[Quote, ...], names: iris.Iris) -> None:
    for quote in quotes:
        sheet.add(node, prop, iri(write_span(sheet, names, quote.start, quote.end, quote.quote)))


def _headings(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    """Equal headings tie a group of the table to a section or clause."""
    equal: dict[str, list[str]] = {}
    for heading, provision in result.headings:
        equal.setdefault(heading, []).append(provision)
    for group in groups_of(pair.lower.rows).values():
        for own in equal.get(fold_plain(group.heading), ()):
            if pair.levels[own] != "task" and (pair.levels[own] in ("section", "group")) == (group.level == 1):
                sheet.add(pair.lower_iris.group(group.number), ZM.headingMatches, iri(pair.provision(own)))

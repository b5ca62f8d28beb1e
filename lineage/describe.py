"""One pair of documents as N-Quads: links with their evidence, gaps, and why the pair was judged based or not."""

from __future__ import annotations

import json

from lineage.describe_divergence import describe_changes, describe_divergences
from lineage.fold import fold_plain
from lineage.records import Link, PairResult, Quote, Uncovered
from lineage.relation import codebook_version
from loaders.describe import iris, write_span
from loaders.describe.nquads import Sheet, boolean, decimal, iri, plain, text
from loaders.records import Extraction
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


class Pair:
    """Two described documents: their records and the names of their nodes."""

    def __init__(self, upper: Extraction, upper_slug: str, lower: Extraction, lower_slug: str) -> None:
        self.upper, self.lower = upper, lower
        self.upper_iris = iris.Iris(upper_slug, upper.source.sha256)
        self.lower_iris = iris.Iris(lower_slug, lower.source.sha256)
        self.levels = {p.id: p.level for p in upper.provisions}
        self.lower_levels = {p.id: p.level for p in lower.provisions}

    @property
    def name(self) -> str:
        return f"{self.lower_iris.slug}--{self.upper_iris.slug}"

    def provision(self, own: str) -> str:
        return self.upper_iris.provision(self.levels[own], own)

    def task(self, own: str) -> str:
        return self.lower_iris.task(own) if self.lower.rows else self.lower_iris.provision(self.lower_levels[own], own)


def describe_pair(result: PairResult, pair: Pair) -> list[str]:
    """Return the sorted N-Quads lines of a pair. Accepted links have their ``zm:implements`` beside them."""
    sheet = Sheet(f"{iris.GRAPH}alignment/{pair.name}")
    _pair(sheet, result, pair)
    for link in result.links:
        _link(sheet, link, result, pair)
    describe_divergences(sheet, result.divergences, pair)
    if result.basis.verdict != "no":
        for gap in result.uncovered:
            _gap(sheet, gap, result, pair)
        _headings(sheet, result, pair)
    return sorted(set(sheet.lines))


def _pair(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    node, basis = f"{iris.ID}pair/{pair.name}", result.basis
    sheet.a(node, ZM.DocumentPair)
    sheet.add(node, ZM.lowerDocument, iri(pair.lower_iris.document))
    sheet.add(node, ZM.upperDocument, iri(pair.upper_iris.document))
    sheet.add(node, ZM.verdict, iri(concept("verdict", basis.verdict)))
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


def _evidence(sheet: Sheet, node: str, prop: str, quotes: tuple[Quote, ...], names: iris.Iris) -> None:
    for quote in quotes:
        sheet.add(node, prop, iri(write_span(sheet, names, quote.start, quote.end, quote.quote)))


def _gap(sheet: Sheet, gap: Uncovered, result: PairResult, pair: Pair) -> None:
    node = f"{iris.ID}gap/{pair.upper_iris.slug}.{gap.sentence}--{pair.lower_iris.slug}"
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


def _headings(sheet: Sheet, result: PairResult, pair: Pair) -> None:
    """Equal headings tie a group of the table to a section or clause."""
    equal: dict[str, list[str]] = {}
    for heading, provision in result.headings:
        equal.setdefault(heading, []).append(provision)
    for group in groups_of(pair.lower.rows).values():
        for own in equal.get(fold_plain(group.heading), ()):
            if (pair.levels[own] == "section") == (group.level == 1):
                sheet.add(pair.lower_iris.group(group.number), ZM.headingMatches, iri(pair.provision(own)))

"""Who decided, when and by which codebook, as N-Quads beside the link or gap it is about."""

from __future__ import annotations

from lineage.describe import Pair
from lineage.records import PairResult
from lineage.review.records import Item, Record, State
from lineage.review.settle import Settled
from lineage.review.table import AGREEMENT, PREFIXES
from loaders.describe import iris
from loaders.describe.nquads import Sheet, boolean, decimal, iri, plain, typed
from ontology.outside import RDFS, SEMAPV, SKOS, SSSOM, XSD
from ontology.terms import ZM, concept


def describe_decisions(settled: Settled, result: PairResult, pair: Pair) -> list[str]:
    """Return the sorted lines that say who decided on the links and gaps of a pair; ``result`` has the decisions applied already."""
    sheet = Sheet(f"{iris.GRAPH}alignment/{pair.name}")
    links = {(link.task, link.sentence or link.provision) for link in result.links}
    gaps = {gap.sentence for gap in result.uncovered} if result.basis.verdict != "no" else set()
    for own, state in settled.states.items():
        item = settled.items[own]
        there = (item.task, item.provision) in links if item.kind == "link" else item.kind == "gap" and item.provision in gaps
        if there and (state.codings or state.adjudication or state.reopened):
            _decision(sheet, item, state, pair)
    return sorted(set(sheet.lines))


def _decision(sheet: Sheet, item: Item, state: State, pair: Pair) -> None:
    if item.kind == "link":
        node = iris.alignment(pair.lower_iris.slug, item.task, pair.upper_iris.slug, item.provision)
    else:
        node = f"{iris.ID}gap/{pair.upper_iris.slug}.{item.provision}--{pair.lower_iris.slug}"
        if state.decided_by != "rule":
            sheet.add(node, ZM.decidedBy, iri(concept("decided-by", state.decided_by)))
            sheet.add(node, ZM.status, iri(concept("status", state.status)))
    if state.reopened:
        sheet.add(node, ZM.reopened, boolean(True))
    for record in (*state.codings, *([state.adjudication] if state.adjudication else [])):
        _reviewer(sheet, node, record)
    last = state.decisive
    if last:
        sheet.add(node, SSSOM.mapping_justification, iri(SEMAPV.MappingReview))
        sheet.add(node, SSSOM.reviewer_agreement, decimal(float(AGREEMENT[last.decision])))
        sheet.add(node, SSSOM.review_date, typed(last.on, XSD.date))
        sheet.add(node, ZM.codebookVersion, plain(last.codebook_version))
        sheet.add(node, RDFS.comment, plain(last.comment) if last.comment else "")


def _reviewer(sheet: Sheet, node: str, record: Record) -> None:
    prefix, _, local = record.reviewer.partition(":")
    person = PREFIXES[prefix] + local
    sheet.add(node, SSSOM.reviewer_id, iri(person))
    sheet.add(person, SKOS.prefLabel, plain(record.reviewer_label) if record.reviewer_label else "")

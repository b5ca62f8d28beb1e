"""Who decided, when and by which codebook, as N-Quads beside the link or gap it is about."""

from __future__ import annotations

from lineage.pair_nodes import Pair
from lineage.records import PairResult
from lineage.review.records import Item, Record, State
from lineage.review.settle import Settled
from lineage.review.table import AGREEMENT, PREFIXES
from loaders.describe import iris
from loaders.describe.nquads import Sheet, boolean, decimal, iri, plain, typed
from ontology.outside import RDFS, SEMAPV, SKOS, SSSOM, XSD
from ontology.terms import ZM, concept


def describe_decisions(settled: Settled, result: PairResult, pair: Pair) -> list[str]:
    """Return the sorted lines that say who decided on a pair, its links, gaps and tasks without basis.

    ``result`` has the decisions applied already.
    """
    sheet = Sheet(f"{iris.GRAPH}alignment/{pair.name}")
    links = {(link.task, link.sentence or link.provision) for link in result.links}
    told = {
        "link": links,
        "gap": {("", gap.sentence) for gap in result.uncovered} if result.basis.verdict != "no" else set(),
        "no-basis": {(task.task, "") for task in result.unmatched} if result.basis.verdict != "no" else set(),
        "pair": {("", "")},
    }
    for own, state in settled.states.items():
        item = settled.items[own]
        if (item.task, item.provision) in told[item.kind] and (state.codings or state.adjudication or state.reopened):
            _decision(sheet, item, state, pair)
    return sorted(set(sheet.lines))


def _decision(sheet: Sheet, item: Item, state: State, pair: Pair) -> None:
    node = _node(item, pair)
    if item.kind in ("gap", "no-basis") and state.decided_by != "rule":
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


def _node(item: Item, pair: Pair) -> str:
    if item.kind == "link":
        return iris.alignment(pair.lower_iris.slug, item.task, pair.upper_iris.slug, item.provision)
    return pair.node if item.kind == "pair" else pair.gap(item.provision) if item.kind == "gap" else pair.basis_gap(item.task)


def _reviewer(sheet: Sheet, node: str, record: Record) -> None:
    prefix, _, local = record.reviewer.partition(":")
    person = PREFIXES[prefix] + local
    sheet.add(node, SSSOM.reviewer_id, iri(person))
    sheet.add(person, SKOS.prefLabel, plain(record.reviewer_label) if record.reviewer_label else "")

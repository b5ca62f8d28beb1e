"""What the aligner found, as the JSON that ``zhengmai align --format json`` prints (product.md, "Shapes")."""

from __future__ import annotations

from typing import Any

from lineage.records import Change, Divergence, Link, PairResult, Quote
from lineage.relation import codebook_version
from ontology.labels import label


def pair_json(result: PairResult) -> dict[str, Any]:
    """Return one pair's links, gaps and tasks without basis as plain JSON values."""
    basis = result.basis
    return {
        "based_on": {
            "verdict": basis.verdict,
            "reasons": [{"zh": zh, "en": en} for zh, en in basis.reasons],
            "skips_level": basis.skips_level,
            "missing_levels": list(basis.missing_levels),
            "note": {lang: label("note/skips-level", lang) for lang in ("zh", "en")} if basis.skips_level else None,
            "through": list(basis.through),
            "skip_evidence": [{"task": task, **_quote(quote)} for task, quote in basis.skip_evidence],
        },
        "links": [_link(link) for link in result.links],
        "uncovered": [
            {
                "sentence": gap.sentence,
                "clause": gap.clause,
                "reason": gap.reason,
                "level": gap.level,
                "nearest": {"task": gap.nearest_task, "confidence": gap.nearest_confidence},
            }
            for gap in result.uncovered
        ],
        "unmatched": [
            {
                "task": task.task,
                "reason": task.reason,
                "nearest": {"sentence": task.nearest_sentence, "confidence": task.nearest_confidence},
            }
            for task in result.unmatched
        ],
        "searched": result.searched,
        "divergences": _divergences(result),
    }


def _link(link: Link) -> dict[str, Any]:
    return {
        "task": link.task,
        "provision": link.provision,
        "sentence": link.sentence,
        "relation": link.relation,
        "structure": link.structure,
        "changes": [_change(change) for change in link.changes],
        "confidence": link.confidence,
        "status": link.status,
        "decided_by": link.decided_by,
        "codebook_version": codebook_version(),
        "method": link.method,
        "features": link.features,
        "task_evidence": [_quote(quote) for quote in link.task_evidence],
        "provision_evidence": [_quote(quote) for quote in link.provision_evidence],
    }


def _divergences(result: PairResult) -> list[dict[str, Any]]:
    links = {(link.task, link.sentence): link for link in result.links}
    return [_divergence(found, links[found.task, found.sentence], result.basis.skips_level) for found in result.divergences]


def _divergence(found: Divergence, link: Link, skips_level: bool) -> dict[str, Any]:
    return {
        "task": found.task,
        "provision": found.provision,
        "sentence": found.sentence,
        "aspect": found.aspect,
        "difference": found.difference,
        "direction": found.direction,
        "upper": [_quote(quote) for quote in found.upper],
        "lower": [_quote(quote) for quote in found.lower],
        "reason": {"zh": found.reason[0], "en": found.reason[1]},
        "rule": found.rule,
        "parts": found.parts,
        "status": link.status,
        "confidence": link.confidence,
        "skips_level": skips_level,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "what": change.what,
        "upper": _quote(change.upper),
        "lower": _quote(change.lower),
        "direction": change.direction,
        "local_name": change.local_name,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.quote}

"""What the aligner found, as the JSON that ``zhengmai align --format json`` prints (product.md, "Shapes")."""

from __future__ import annotations

from typing import Any

from lineage.records import Change, Link, PairResult, Quote

CODEBOOK_VERSION = "0.1"


def pair_json(result: PairResult) -> dict[str, Any]:
    """Return one pair's links, gaps and tasks without basis as plain JSON values."""
    basis = result.basis
    return {
        "based_on": {
            "verdict": basis.verdict,
            "reasons": [{"zh": zh, "en": en} for zh, en in basis.reasons],
            "skips_level": basis.skips_level,
            "missing_levels": list(basis.missing_levels),
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
        "unmatched": [{"task": task.task, "reason": task.reason} for task in result.unmatched],
        "searched": result.searched,
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
        "codebook_version": CODEBOOK_VERSION,
        "method": link.method,
        "features": link.features,
        "task_evidence": [_quote(quote) for quote in link.task_evidence],
        "provision_evidence": [_quote(quote) for quote in link.provision_evidence],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "what": change.what,
        "upper": _quote(change.upper),
        "lower": _quote(change.lower),
        "direction": change.direction,
    }


def _quote(quote: Quote) -> dict[str, Any]:
    return {"start": quote.start, "end": quote.end, "quote": quote.quote}

"""Records as the JSON of docs/json.md: what ``zhengmai extract --format json`` prints."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from loaders.actors import actors_json
from loaders.actors.notes import roles_json
from loaders.deadlines import deadline_json
from loaders.records import Extraction, Finding, FoundDeadline, Place, Provision, TaskRow

ACTOR_FIELDS = ("unit", "lead", "responsible", "supporting")
_COLUMN_OF_ROLE = {
    "addressee": "unit",
    "lead": "lead",
    "responsible": "responsible",
    "supporting": "supporting",
    "joint": "responsible",
    "publishing": "responsible",
}


def extraction_json(extraction: Extraction) -> dict[str, Any]:
    """Return one document's records as plain JSON values; keys are those of product.md."""
    return {
        "document": _document(extraction),
        "provisions": [_provision(p) for p in extraction.provisions],
        "rows": [_row(r) for r in extraction.rows],
        "ingest": {
            "rows_seen": extraction.ingest.rows_seen,
            "rows_kept": extraction.ingest.rows_kept,
            "skipped": [{"place": place_json(s.place), "reason": s.reason, "quote": s.quote} for s in extraction.ingest.skipped],
            "tables_seen": extraction.ingest.tables_seen,
            "paragraphs_seen": extraction.ingest.paragraphs_seen,
            "paragraphs_used": extraction.ingest.paragraphs_used,
            "paragraphs_left": [place_json(place) for place in extraction.ingest.paragraphs_left],
            "columns": [{"header": header, "role": role} for header, role in extraction.ingest.columns],
        },
        "findings": [_finding(f) for f in extraction.findings],
    }


def place_json(place: Place) -> dict[str, Any]:
    """Return only what applies of a place."""
    return {key: value for key, value in asdict(place).items() if value is not None}


def _document(extraction: Extraction) -> dict[str, Any]:
    meta, source = extraction.meta, extraction.source
    return {
        "kind": extraction.kind,
        "title": meta.title,
        "number": meta.number,
        "genre": meta.genre,
        "issuer": meta.issuers[0] if meta.issuers else "",
        "issuers": list(meta.issuers),
        "index_no": meta.index_no,
        "written_on": meta.written_on,
        "published_on": meta.published_on,
        "effective_on": meta.effective_on,
        "addressees": list(meta.addressees),
        "cites": [{"title": c.title, "number": c.number, "relation": c.relation, "place": place_json(c.place)} for c in meta.cites],
        "attachments": [dict(a) for a in meta.attachments],
        "status": meta.status,
        "disclosure": meta.disclosure,
        "notice": meta.notice or None,
        "inferred": [asdict(i) for i in meta.inferred],
        "source": {"path": source.path, "format": source.format, "sha256": source.sha256, "encoding": source.encoding},
        "text": extraction.text,
    }


def _provision(p: Provision) -> dict[str, Any]:
    found: dict[str, Any] = {"id": p.id, "level": p.level, "parent": p.parent, "place": place_json(p.place)}
    if p.level == "sentence":
        return {**found, "text": p.text, "deadlines": [_found_deadline(d, p.place.start or 0) for d in p.deadlines]}
    found["number"], found["heading"] = p.number, p.heading or ""
    if p.level != "section":
        found["text"] = p.text
    if p.level != "section" or p.note:
        found |= {"note": p.note, "roles": roles_json(p.roles)}
        if p.deadlines:
            found["deadlines"] = [_found_deadline(d, 0) for d in p.deadlines]
    return found


def _found_deadline(found: FoundDeadline, at: int) -> dict[str, Any]:
    return {**deadline_json(found.deadline), "place": {"start": at + found.start, "end": at + found.end}}


def _row(row: TaskRow) -> dict[str, Any]:
    found: dict[str, Any] = {"row": row.row, "number": row.number}
    for name in ("task", "group", "measure", "sub_measure"):
        found[name] = row.text(name)
    for name in ACTOR_FIELDS:
        found[name] = [a["actor"] for a in actors_json([m.actor for m in row.roles if _COLUMN_OF_ROLE[m.role] == name])]
    return {
        **found,
        "deadline": deadline_json(row.deadline) if row.deadline else {},
        "columns": row.columns,
        "inherited": list(row.inherited),
        "doubtful": list(row.doubtful),
        "place": place_json(row.place),
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "code": f.code,
        "severity": f.severity,
        "place": place_json(f.place),
        "quote": f.quote,
        "message": {"zh": f.message.zh, "en": f.message.en},
    }

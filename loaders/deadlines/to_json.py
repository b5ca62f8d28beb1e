"""The deadline object of ``extract --format json`` and ``parse deadline``: what does not apply is absent."""

from __future__ import annotations

from typing import Any

from loaders.records import Deadline, Offset, Recurrence


def deadline_json(deadline: Deadline) -> dict[str, Any]:
    """Return the deadline as plain values, keys in the order the shape is published in."""
    told = {
        "raw": deadline.raw,
        "kind": deadline.kind,
        "date": deadline.date,
        "start": deadline.start,
        "precision": deadline.precision,
        "recurs": _recurs(deadline.recurs) if deadline.recurs else None,
        "offset": _offset(deadline.offset) if deadline.offset else None,
        "triggers": list(deadline.triggers),
        "boundary": deadline.boundary,
        "level": deadline.level,
        "outcome": deadline.outcome,
        "then_ongoing": deadline.then_ongoing,
        "reference": deadline.reference,
        "parts": [deadline_json(part) for part in deadline.parts],
        "inferred": [{"field": item.field, "rule": item.rule, "confidence": item.confidence} for item in deadline.inferred],
    }
    return {key: value for key, value in told.items() if value or key == "raw"}


def _recurs(recurs: Recurrence) -> dict[str, Any]:
    told = {"every": recurs.every, "month": recurs.month, "day": recurs.day}
    return {key: value for key, value in told.items() if value is not None}


def _offset(offset: Offset) -> dict[str, Any]:
    told = {"duration": offset.duration, "working_days": offset.working_days or None, "day": offset.day}
    return {key: value for key, value in told.items() if value is not None}

"""Warnings we have looked at and found true: pinned with the reason, so that a new one, or one that went, is noticed.

``validation-baseline.yaml`` lists them by rule; one reason may hold for many places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from validation.findings import ReportFinding, natural_key
from zhengmai.errors import BadConfiguration

SHAPE = "baseline: a list of {code, reason: {zh, en}, focus: [IRI, …]}"


@dataclass(frozen=True, slots=True)
class Pinned:
    """One warning that is true, and why."""

    code: str
    focus: str
    reason_zh: str
    reason_en: str


def read_baseline(path: Path) -> tuple[Pinned, ...]:
    """Return the pinned warnings of a file.

    :raises BadConfiguration: when the file is no YAML of this shape, or pins one place twice under one rule.
    """
    import yaml

    try:
        said = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _wrong(path, str(error)) from error
    entries = said.get("baseline") if isinstance(said, dict) else None
    if not isinstance(entries, list):
        raise _wrong(path, "no list under baseline")
    pinned = [one for number, entry in enumerate(entries, start=1) for one in _read(path, number, entry)]
    twice = {(one.code, one.focus) for one in pinned if sum((one.code, one.focus) == (two.code, two.focus) for two in pinned) > 1}
    if twice:
        raise _wrong(path, f"{min(twice)} twice")
    return tuple(pinned)


def compare_baseline(findings: Iterable[ReportFinding], baseline: Iterable[Pinned]) -> tuple[tuple[ReportFinding, ...], tuple[Pinned, ...]]:
    """Return the warnings nobody pinned, and the pinned ones that are no longer found."""
    pinned = {(one.code, one.focus): one for one in baseline}
    warnings = [finding for finding in findings if finding.severity == "warning"]
    found = {(finding.code, finding.focus) for finding in warnings}
    new = tuple(finding for finding in warnings if (finding.code, finding.focus) not in pinned)
    gone = sorted((one for key, one in pinned.items() if key not in found), key=lambda one: (one.code, natural_key(one.focus)))
    return new, tuple(gone)


def _read(path: Path, number: int, entry: object) -> list[Pinned]:
    reason = entry.get("reason") if isinstance(entry, dict) else None
    if not isinstance(entry, dict) or not isinstance(reason, dict):
        raise _wrong(path, f"entry {number}: {entry}")
    code, places = entry.get("code"), entry.get("focus")
    zh, en = reason.get("zh"), reason.get("en")
    if not (isinstance(code, str) and isinstance(zh, str) and isinstance(en, str) and isinstance(places, list) and places):
        raise _wrong(path, f"entry {number}: {entry}")
    return [Pinned(code, str(focus), zh, en) for focus in places]


def _wrong(path: Path, found: str) -> BadConfiguration:
    return BadConfiguration(where=str(path), found=found, expected=SHAPE, fix="mend the entry")

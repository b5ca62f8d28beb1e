"""The schema of OASIS for SARIF 2.1.0, which `make programs` takes out of Microsoft's multitool."""

from __future__ import annotations

from pathlib import Path

SCHEMA = Path(__file__).parents[1] / ".venv" / "sarif" / "sarif-2.1.0.json"


def find_schema() -> Path | None:
    return SCHEMA if SCHEMA.is_file() else None

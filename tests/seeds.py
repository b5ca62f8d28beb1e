"""The three source documents and the answers made by reading, for the tests."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache
from pathlib import Path

from loaders.extract import extract_file
from loaders.records import Extraction

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "graph_data" / "sources"
GOLD = ROOT / "tests" / "data" / "gold"
NATIONAL, GUANGZHOU, HECHI = "001_4337434bb97ab811.txt", "000_427b2353b7839350.txt", "003_9fe1bac3cd389239.txt"


@cache
def seed(name: str) -> Extraction:
    """Return a seed's extraction, read once a test run."""
    return extract_file(SOURCES / name)


def answers(name: str) -> list[dict[str, str]]:
    """Return the rows of a gold table."""
    with (GOLD / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def fold(text: str | None) -> str:
    """Return a text without blanks, width folded."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())

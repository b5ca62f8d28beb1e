"""A small table or text with one thing changed in it, and what its reader finds."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.extract import extract_bytes
from loaders.records import Finding


def found_in_table(head: str, good: Sequence[Sequence[str]], row: int, column: int, value: str | None) -> list[Finding]:
    """Read the Markdown table of these rows, with ``value`` in a cell of the row counted from 1; None changes nothing."""
    rows = [list(cells) for cells in good]
    if value is not None:
        rows[row - 1][column] = value
    return list(extract_bytes((head + "".join(f"| {' | '.join(cells)} |\n" for cells in rows)).encode(), "t.md").findings)


def found_in_text(text: str, old: str, new: str) -> list[Finding]:
    """Read a text in which ``new`` stands for the first ``old``; an empty ``old`` changes nothing."""
    assert old in text
    return list(extract_bytes((text.replace(old, new, 1) if old else text).encode(), "t.txt").findings)

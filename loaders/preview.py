"""What a person is shown before a document is stored: what it says of itself, its first rows or clauses, what is doubtful, the account.

Small whatever the size of the document, so that a thousand of them can be read in worker processes and handed over one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

from loaders.account import Account, account_of, quoted
from loaders.actors.levels import level_of
from loaders.records import Extraction, Place, TaskRow
from ontology.labels import Language, label

SHOWN = 3
ROW_FIELDS = ("task", "measure", "lead", "responsible", "supporting", "deadline")


@dataclass(frozen=True, slots=True)
class Preview:
    """One document, read. ``first`` holds (id, words …) of the first rows or clauses under ``headings``, of ``total``."""

    kind: str
    title: str
    number: str | None
    issuer: str
    written_on: str | None
    level: str | None
    format: str
    sha256: str
    carries_out: tuple[str, ...]
    headings: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    total: int
    account: Account

    @property
    def violations(self) -> int:
        """Return how many findings say that the document cannot be right."""
        return self.account.found("violation")


def preview_of(extraction: Extraction) -> Preview:
    """Return the preview of one document."""
    meta = extraction.meta
    headings, first, total = _rows(extraction) if extraction.rows else _clauses(extraction)
    return Preview(
        kind=extraction.kind,
        title=meta.title,
        number=meta.number,
        issuer=meta.issuers[0] if meta.issuers else "",
        written_on=meta.written_on,
        level=level_of(extraction),
        format=extraction.source.format,
        sha256=extraction.source.sha256,
        carries_out=tuple(c.number or c.title for c in meta.cites if c.relation == "carries_out"),
        headings=headings,
        first=first,
        total=total,
        account=account_of(extraction),
    )


def head_lines(preview: Preview, lang: Language) -> list[str]:
    """Return what the document says of itself; what it does not say is named as not stated."""
    none = "（文中未写明）" if lang == "zh" else "(not stated)"
    said = (
        ("column/document", preview.title),
        ("column/item", f"{label(f'document-kind/{preview.kind}', lang)} ({preview.format})"),
        ("column/document_number", preview.number),
        ("column/issuer", preview.issuer),
        ("column/written_on", preview.written_on),
        ("column/level", label(f"level/{preview.level}", lang) if preview.level else ""),
    )
    colon = "：" if lang == "zh" else ": "
    return [f"{label(key, lang)}{colon}{value or none}" for key, value in said]


def _rows(extraction: Extraction) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    """The first rows, with only those fields that the table has; what may be merged or empty is marked with a question mark."""
    rows = extraction.rows
    fields = [name for name in ROW_FIELDS if any(name in row.cells for row in rows)]
    first = tuple((row.row, *(_cell(extraction, row, name) for name in fields)) for row in rows[:SHOWN])
    return ("field/number", *(f"field/{name}" for name in fields)), first, len(rows)


def _cell(extraction: Extraction, row: TaskRow, name: str) -> str:
    words = quoted(extraction, row.cells[name].place) if row.text(name) else ""
    return f"{words}？" if name in row.doubtful else words


def _clauses(extraction: Extraction) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    parts = [p for p in extraction.provisions if p.level in ("clause", "item")] or [
        p for p in extraction.provisions if p.level in ("section", "lead_in")
    ]
    first = tuple((p.id, p.heading or quoted(extraction, p.place), p.note or "") for p in parts[:SHOWN])
    if not parts and extraction.text:
        first = (("", quoted(extraction, Place(start=0, end=len(extraction.text))), ""),)
    return ("column/clause", "column/heading", "column/note"), first, len(parts)

"""Saved questions as a worker answers them: an answer written, and the values a parameter may take.

Workers import this and little else; what a web page needs stays out of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from endpoint.source import Graph


@dataclass(frozen=True, slots=True)
class Page:
    """How an answer is wanted."""

    ending: str
    limit: int | None
    offset: int
    bom: bool
    lang: str
    accepted_only: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as a worker gives it: written, how many rows it has and how many there are; for a page also what it is made of."""

    body: bytes
    shown: int
    total: int
    headings: tuple[str, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    sparql: str = ""


def tell(graph: Graph, name: str, given: Mapping[str, str], own: Path | None, wanted: Page) -> Told:
    """Ask and write the answer. Run in a worker."""
    from queries.run import run_query
    from queries.style import Style
    from queries.writers import WRITERS, words

    answer = run_query(name, given, graph, own=own, accepted_only=wanted.accepted_only)
    end = len(answer.rows) if wanted.limit is None else wanted.offset + wanted.limit
    shown = replace(answer, rows=answer.rows[wanted.offset : end], iris=answer.iris[wanted.offset : end])
    lang: Any = wanted.lang
    total = len(answer.rows)
    if wanted.ending != "html":
        return Told(WRITERS[wanted.ending](shown, Style(lang, 120, wanted.bom)), len(shown.rows), total)
    from ontology.labels import label

    headings = tuple(label(column.label, lang) for column in shown.columns)
    cells = tuple(tuple(words(row[column.name], column, lang) for column in shown.columns) for row in shown.rows)
    return Told(b"", len(shown.rows), total, headings, cells, tuple(note[lang] for note in shown.notes), shown.sparql)


def pick_list(graph: Graph, name: str, wanted: str, own: Path | None) -> list[dict[str, str]]:
    """Return the values that may be given, with labels. Run in a worker."""
    from ontology.labels import labels
    from queries.catalogue import find_query
    from queries.ids import full_id
    from queries.run import run_query

    param = next(param for param in find_query(name, own).params if param.name == wanted)
    if param.choices:
        both = labels()
        return [
            {
                "value": choice,
                "zh": both.get(f"{param.scheme}/{choice}", (choice, choice))[0],
                "en": both.get(f"{param.scheme}/{choice}", (choice, choice))[1],
            }
            for choice in param.choices
        ]
    if not param.pick_query:
        return []
    answer = run_query(param.pick_query, {}, graph, own=own)
    first, *others = (column.name for column in answer.columns)
    found = []
    for row, iris in zip(answer.rows, answer.iris, strict=True):
        value = full_id(iris[first]) if first in iris else str(row[first])
        words = " ".join(str(row[name]) for name in others if row[name] not in (None, "") and name not in iris)
        found.append({"value": value, "zh": words or value, "en": words or value})
    return found

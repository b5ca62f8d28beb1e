"""修订对照表 as a page for people, and as JSON for programs."""

from __future__ import annotations

from typing import Any

from lineage.revision import Change, Revision, Unit
from lineage.tables.marks import Run
from lineage.tables.page import Cell, Column, Page, Sheet, cell
from lineage.tables.words import word
from ontology.labels import Language

KINDS = ("added", "removed", "reworded", "renumbered", "facts")
_TONES = {"added": "verbatim", "removed": "exceptionDropped", "reworded": "adapted", "renumbered": "merged", "facts": "narrowed"}
_COLUMNS = (("no", 4), ("revision-kind", 8), ("revision-level", 7), ("revision-old-id", 9), ("revision-old", 36), ("revision-new-id", 9),
            ("revision-new", 36), ("revision-facts", 24))  # fmt: skip


def counts(found: Revision, lang: Language) -> str:
    """Return how many parts changed in which way, and how many did not."""
    said = [f"{word(f'revision/{kind}', lang)} {found.count(kind)}" for kind in KINDS]
    return " · ".join([*said, f"{word('revision/same', lang)} {found.same}", f"{word('revision/links', lang)} {len(found.links)}"])


def revision_page(found: Revision, lang: Language) -> Page:
    """Return the comparison for a writer; links that are affected stand on a sheet of their own."""
    title = word("table/revision", lang)
    colon = "：" if lang == "zh" else ": "
    notices = (f"{word('revision/old', lang)}{colon}{found.old}", f"{word('revision/new', lang)}{colon}{found.new}", counts(found, lang))
    columns = tuple(Column(name, word(f"column/{name}", lang), width, centred=width < 10) for name, width in _COLUMNS)
    rows = tuple(_row(number, change, lang) for number, change in enumerate(found.changes, 1))
    sheets = [Sheet(title, title, notices, columns, rows, frozen=1)]
    if found.links:
        names = (("task", 30), ("provision", 30), ("revision-before", 20), ("revision-after", 20))
        links = tuple(
            tuple(map(cell, (one.task, one.provision, _stands(one.before, lang), _stands(one.after, lang)))) for one in found.links
        )
        heads = tuple(Column(name, word(f"column/{name}", lang), width) for name, width in names)
        sheets.append(Sheet(word("revision/links", lang), word("revision/links", lang), (), heads, links))
    return Page(title, tuple(sheets), (), lang, word("table/notes", lang))


def as_json(found: Revision) -> dict[str, Any]:
    """Return the comparison as plain values; texts with marks are lists of [text, mark]."""
    return {
        "old": found.old,
        "new": found.new,
        "counts": {**{kind: found.count(kind) for kind in KINDS}, "same": found.same},
        "changes": [_change(change) for change in found.changes],
        "links": [{"task": one.task, "provision": one.provision, "before": one.before, "after": one.after} for one in found.links],
    }


def _change(change: Change) -> dict[str, Any]:
    unit = change.new or change.old
    assert unit is not None
    said: dict[str, Any] = {"kind": change.kind, "level": unit.level, "document": unit.document}
    for side, one, runs in (("old", change.old, change.old_runs), ("new", change.new, change.new_runs)):
        if one:
            said[side] = {"id": one.id, "number": one.number, "words": one.words, "diff": [[run.text, run.mark] for run in runs]}
    return {**said, "facts": [{"what": name, "old": before, "new": after} for name, before, after in change.facts]}


def _row(number: int, change: Change, lang: Language) -> tuple[Cell, ...]:
    unit = change.new or change.old
    assert unit is not None
    colon = "：" if lang == "zh" else ": "
    facts = "\n".join(f"{_fact(name, lang)}{colon}{before or '—'} → {after or '—'}" for name, before, after in change.facts)
    return (
        cell(str(number)),
        cell(word(f"revision/{change.kind}", lang), _TONES[change.kind]),
        cell(word(f"trace-kind/{unit.level}", lang)),
        cell(_named(change.old)),
        Cell(change.old_runs or (Run(""),)),
        cell(_named(change.new)),
        Cell(change.new_runs or (Run(""),)),
        cell(facts),
    )


def _named(unit: Unit | None) -> str:
    return f"{unit.document}:{unit.id}".removeprefix(":") if unit else ""


def _fact(name: str, lang: Language) -> str:
    return word("column/deadline" if name == "deadline" else f"role/{name}", lang)


def _stands(text: str, lang: Language) -> str:
    status, _, relation = text.partition(" ")
    return " · ".join(word(f"{topic}/{code}", lang) for topic, code in (("status", status), ("relation-type", relation)) if code)

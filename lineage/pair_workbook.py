"""One pair as an Excel workbook for people: links, sentences without one, tasks without basis, and the verdict with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Literal

from lineage.records import PairResult
from lineage.units import lower_units
from lineage.upper_rows import as_upper
from loaders.records import Extraction
from ontology.labels import label
from queries.spreadsheet import without_clock

LINKS = ("task", "task_text", "provision", "provision_text", "relation", "structure", "confidence", "status")
GAPS = ("sentence", "provision_text", "reason", "nearest_task", "confidence")
TASKS = ("task", "task_text", "reason", "sentence", "confidence")
WIDE = frozenset({"task_text", "provision_text"})


def pair_workbook(result: PairResult, upper: Extraction, lower: Extraction, lang: Literal["zh", "en"]) -> bytes:
    """Return the workbook's bytes; every id and every text is a text cell, so that 3.10 stays 3.10 and =1+1 is no formula."""
    from openpyxl import Workbook

    words = {p.id: p.text or p.heading or "" for p in as_upper(upper).provisions}
    tasks = {u.id: lower.text[u.folded.at[0] : u.folded.at[-1] + 1] if u.folded.at else "" for u in lower_units(lower)}
    book = Workbook()
    book.remove(book.active)
    links = [
        (
            link.task,
            tasks.get(link.task, ""),
            link.sentence or link.provision,
            words.get(link.sentence or link.provision, ""),
            label(f"relation-type/{link.relation}", lang),
            label(f"structure/{link.structure}", lang),
            link.confidence,
            label(f"status/{link.status}", lang),
        )
        for link in result.links
    ]
    gaps = [
        (
            g.sentence,
            words.get(g.sentence, ""),
            label(f"gap-reason/{g.reason}", lang),
            *_nearest(g.nearest_task, g.nearest_confidence, lang),
        )
        for g in result.uncovered
        if result.basis.verdict != "no"
    ]
    alone = [
        (u.task, tasks.get(u.task, ""), label("term/no-upper-found", lang), *_nearest(u.nearest_sentence, u.nearest_confidence, lang))
        for u in result.unmatched
    ]
    verdict = [(label(f"verdict/{result.basis.verdict}", lang),), *((zh if lang == "zh" else en,) for zh, en in result.basis.reasons)]
    verdict += _over_a_level(result, lang)
    zh = lang == "zh"
    _sheet(book, "对应" if zh else "links", LINKS, links, lang)
    _sheet(book, "未见承接" if zh else "uncovered", GAPS, gaps, lang)
    _sheet(book, "未见上级依据" if zh else "no basis found", TASKS, alone, lang)
    _sheet(book, "依据判定" if zh else "based on", ("reason",), verdict, lang)
    out = BytesIO()
    book.save(out)
    return without_clock(out.getvalue())


def _over_a_level(result: PairResult, lang: Literal["zh", "en"]) -> list[tuple[str]]:
    """Return the mark of a pair over a level that is not held, and what names a body of it."""
    if not result.basis.skips_level:
        return []
    missing = "、".join(label(f"level/{level}", lang) for level in result.basis.missing_levels)
    said = f"{label('term/skips-level', lang)}（{missing}）: {label('note/skips-level', lang)}"
    return [(said,), *((f"{task}: {quote.quote}",) for task, quote in result.basis.skip_evidence)]


def _nearest(candidate: str | None, confidence: float, lang: Literal["zh", "en"]) -> tuple[str, float | str]:
    """What was turned down and how sure it was; that there was nothing alike, and no figure."""
    return (candidate, confidence) if candidate else (label("note/no-candidate", lang), "")


def _sheet(book, title: str, columns: tuple[str, ...], rows: Sequence[tuple[str | float, ...]], lang: Literal["zh", "en"]) -> None:  # type: ignore[no-untyped-def]
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(title)
    for at, column in enumerate(columns, 1):
        sheet.cell(1, at, label(f"column/{column}", lang)).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, at).column_letter].width = 60 if column in WIDE or len(columns) == 1 else 14
    for number, row in enumerate(rows, 2):
        for at, value in enumerate(row, 1):
            cell = sheet.cell(number, at, value)
            if isinstance(value, str):
                cell.value, cell.data_type, cell.number_format = value, "s", "@"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"

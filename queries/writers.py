"""Write an answer: table, md and xlsx for people, in their language; csv, tsv and json for programs, with names and codes.

Every writer returns bytes, UTF-8 where it is text. Adding a format is adding a row to WRITERS.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

from ontology.labels import Language, label, labels
from queries.ids import place_words
from queries.run import Answer, Value
from queries.saved import CODE_KINDS, FORMULA_STARTS, Column
from queries.style import Style
from queries.text_table import grid


def words(value: Value, column: Column, lang: Language) -> str:
    """Return a value as people read it: codes as words, places spelt out, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    text = f"{value:g}" if isinstance(value, float) else str(value)
    if column.kind == "place":
        return place_words(text, lang)
    if column.kind in CODE_KINDS:
        keys = [f"{column.kind}/{code}" for code in text.split("|")]
        return ("、" if lang == "zh" else ", ").join(label(key, lang) if key in labels() else key.partition("/")[2] for key in keys)
    return text


def write_table(answer: Answer, style: Style) -> bytes:
    if not answer.rows:
        return b""
    return ("\n".join(grid(_headings(answer, style), _cells(answer, style), style.width)) + "\n").encode()


def write_markdown(answer: Answer, style: Style) -> bytes:
    """Return a table that keeps its shape whatever the cells hold."""

    def line(cells: list[str]) -> str:
        return "| " + " | ".join(cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for cell in cells) + " |"

    headings = _headings(answer, style)
    lines = [line(headings), "|" + " --- |" * len(headings), *(line(cells) for cells in _cells(answer, style))]
    return ("\n".join(lines) + "\n").encode()


def write_csv(answer: Answer, style: Style) -> bytes:
    return _separated(answer, style, csv.excel)


def write_tsv(answer: Answer, style: Style) -> bytes:
    return _separated(answer, style, csv.excel_tab)


def _separated(answer: Answer, style: Style, dialect: type[csv.Dialect]) -> bytes:
    """Return one line a row, fields quoted where they must be; the first line holds the names of the columns.

    With a byte order mark the file is meant for a spreadsheet, so an apostrophe keeps a text from being taken for a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect, lineterminator="\n")
    writer.writerow([column.name for column in answer.columns])
    for row in answer.rows:
        writer.writerow([_spelt(row[column.name], style) for column in answer.columns])
    return out.getvalue().encode("utf-8-sig" if style.bom else "utf-8")


def _spelt(value: Value, style: Style) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if style.bom and isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def write_json(answer: Answer, style: Style) -> bytes:
    said = {
        "query": answer.query.name,
        "query_version": answer.query.version,
        "params": answer.params,
        "columns": [{"name": column.name, "label": _both(column.label), "kind": column.kind} for column in answer.columns],
        "rows": list(answer.rows),
        "counts": answer.counts,
        "graph_version": answer.graph_version,
        "notes": [{"zh": note.zh, "en": note.en} for note in answer.notes],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def write_xlsx(answer: Answer, style: Style) -> bytes:
    from queries.spreadsheet import workbook

    return workbook(answer, style, _headings(answer, style), _cells(answer, style))


WRITERS: dict[str, Callable[[Answer, Style], bytes]] = {
    "table": write_table,
    "csv": write_csv,
    "tsv": write_tsv,
    "json": write_json,
    "md": write_markdown,
    "xlsx": write_xlsx,
}
BINARY = frozenset({"xlsx"})


def _headings(answer: Answer, style: Style) -> list[str]:
    return [label(column.label, style.lang) for column in answer.columns]


def _cells(answer: Answer, style: Style) -> list[list[str]]:
    return [[words(row[column.name], column, style.lang) for column in answer.columns] for row in answer.rows]


def _both(key: str) -> dict[str, str]:
    zh, en = labels()[key]
    return {"zh": zh, "en": en}

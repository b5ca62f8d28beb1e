"""Write an answer: table, md and xlsx for people, in their language; csv, tsv and json for programs, with names and codes.

Every writer returns bytes, UTF-8 where it is text. Adding a format is adding a row to WRITERS.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator

from ontology.labels import Language, label, labels
from queries.ids import place_words
from queries.run import Answer, Row, Value
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
    return "".join(csv_lines(answer, answer.rows, lambda: answer, style)).encode()


def write_tsv(answer: Answer, style: Style) -> bytes:
    return "".join(tsv_lines(answer, answer.rows, lambda: answer, style)).encode()


def write_json(answer: Answer, style: Style) -> bytes:
    return "".join(json_lines(answer, answer.rows, lambda: answer, style)).encode()


def csv_lines(head: Answer, rows: Iterable[Row], end: Callable[[], Answer], style: Style) -> Iterator[str]:
    return _separated(head, rows, style, csv.excel)


def tsv_lines(head: Answer, rows: Iterable[Row], end: Callable[[], Answer], style: Style) -> Iterator[str]:
    return _separated(head, rows, style, csv.excel_tab)


def _separated(head: Answer, rows: Iterable[Row], style: Style, dialect: type[csv.Dialect]) -> Iterator[str]:
    """Yield one line a row, fields quoted where they must be; the first line holds the names of the columns.

    With a byte order mark the file is meant for a spreadsheet, so an apostrophe keeps a text from being taken for a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, dialect, lineterminator="\n")
    names = [column.name for column in head.columns]
    if style.bom:
        out.write("\ufeff")
    writer.writerow(names)
    yield _taken(out)
    for row in rows:
        writer.writerow([_cell(row[name], style) for name in names])
        yield _taken(out)


def _taken(out: io.StringIO) -> str:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text


def _cell(value: Value, style: Style) -> str:
    if value is None:
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"'{text}" if style.bom and isinstance(value, str) and text.startswith(FORMULA_STARTS) else text


def json_lines(head: Answer, rows: Iterable[Row], end: Callable[[], Answer], style: Style) -> Iterator[str]:
    """Yield one object, its rows one at a time; ``end`` is asked for counts and notes when they are all written."""
    said = {
        "query": head.query.name,
        "query_version": head.query.version,
        "params": head.params,
        "columns": [{"name": column.name, "label": _both(column.label), "kind": column.kind} for column in head.columns],
        "rows": [],
    }
    yield _json(said).removesuffix("]\n}")
    between = "\n  "
    for row in rows:
        yield between + _json(row).replace("\n", "\n  ")
        between = ",\n  "
    yield "]" if between == "\n  " else "\n ]"
    told = end()
    rest = {
        "counts": told.counts,
        "graph_version": told.graph_version,
        "notes": [{"zh": note.zh, "en": note.en} for note in told.notes],
    }
    yield "," + _json(rest).removeprefix("{") + "\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


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
# Those that can be written while the rows still come, from an answer without rows, the rows, and what gives counts and notes at the end.
STREAMS: dict[str, Callable[[Answer, Iterable[Row], Callable[[], Answer], Style], Iterator[str]]] = {
    "csv": csv_lines,
    "tsv": tsv_lines,
    "json": json_lines,
}
MOST_ROWS = {"table": 10_000, "md": 10_000, "xlsx": 100_000}  # that are laid out whole; more are for programs


def _headings(answer: Answer, style: Style) -> list[str]:
    return [label(column.label, style.lang) for column in answer.columns]


def _cells(answer: Answer, style: Style) -> list[list[str]]:
    return [[words(row[column.name], column, style.lang) for column in answer.columns] for row in answer.rows]


def _both(key: str) -> dict[str, str]:
    zh, en = labels()[key]
    return {"zh": zh, "en": en}

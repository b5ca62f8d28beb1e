"""Any table somebody filled in, as rows of named cells: SSSOM TSV, CSV, or a workbook, in any column order and below any title.

A spreadsheet changes what it takes for numbers and dates. Such a cell says so (``damaged``), and a row whose id is damaged is refused
with its place, never guessed at.
"""

from __future__ import annotations

import datetime
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lineage.review.rows import split_rows
from lineage.review.sheet import ITEM_COLUMNS
from lineage.review.table import COLUMNS
from loaders.layouts.encoding import decode
from loaders.words import words
from loaders.zip_guard import open_office_zip
from ontology.labels import labels
from zhengmai.errors import BadReviewFile, MissingFile, UnreadableSource

KNOWN = tuple(dict.fromkeys((*COLUMNS, *ITEM_COLUMNS)))
ID_COLUMNS = ("subject_id", "object_id", "content_key", "record_id", "withdraws", "task", "provision")
_HEADER_WITHIN = 20
_ERROR = re.compile(r"#(?:REF|VALUE|N/A|NAME|DIV/0|NUM|NULL)[!?]?")
_MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text. ``damaged`` says what a spreadsheet made of it: number, date or formula error."""

    text: str = ""
    damaged: str = ""


_EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One row of a table; ``at`` is its number as the program that shows it counts, ``sheet`` its sheet when there are several."""

    at: int
    cells: dict[str, Cell]
    letters: dict[str, str]
    sheet: str = ""
    too_long: bool = False

    def text(self, name: str) -> str:
        return self.cells[name].text if name in self.cells else ""


@dataclass(frozen=True, slots=True)
class GivenTable:
    rows: tuple[GivenRow, ...]
    not_used: tuple[str, ...]


def read_table(path: Path) -> GivenTable:
    """Return the rows of a file, of all its sheets that are tables of decisions.

    :raises MissingFile: when there is no such file.
    :raises BadReviewFile: when nothing in it is a table of decisions.
    :raises UnreadableSource: when its bytes are no text and no workbook.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise MissingFile(
            where=str(path), found=str(error.strerror), expected="a file", fix="check the name", zh="找不到或无法打开该文件。"
        ) from error
    sheets = _sheets(data, str(path)) if data.startswith(b"PK\x03\x04") else [("", _lines(data, str(path)))]
    rows: list[GivenRow] = []
    not_used: dict[str, None] = {}
    found = False
    for name, lines in sheets:
        table = _table(lines, name if len(sheets) > 1 else "")
        if table:
            found = True
            rows += table.rows
            not_used.update(dict.fromkeys(table.not_used))
    if not found:
        raise BadReviewFile(
            where=str(path),
            found="no row that names the columns decision, subject_id and object_id",
            expected="a table made by zhengmai review export or sample, or by the concordance",
            fix="put the column names back; docs/review.md lists them",
            zh="没有找到复核表的列名（复核判断、任务标识、条文标识）。",
        )
    return GivenTable(tuple(rows), tuple(not_used))


Line = tuple[int, Sequence[Cell]]


def _table(lines: Iterable[Line], sheet: str) -> GivenTable | None:
    columns: dict[int, str] = {}
    letters: dict[str, str] = {}
    not_used: list[str] = []
    width = 0
    rows: list[GivenRow] = []
    for count, (at, cells) in enumerate(lines):
        if not columns:
            if count >= _HEADER_WITHIN:
                return None
            columns = _header(cells)
            letters = {name: _letter(place) for place, name in columns.items()}
            if columns:
                not_used = [cell.text for place, cell in enumerate(cells) if cell.text and place not in columns]
                width = max((place for place, cell in enumerate(cells) if cell.text), default=0) + 1
        elif any(cell.text for cell in cells):
            named = {name: cells[place] for place, name in columns.items() if place < len(cells)}
            too_long = any(cell.text for cell in cells[width:])
            rows.append(GivenRow(at, named, letters, sheet, too_long))
    return GivenTable(tuple(rows), tuple(not_used)) if columns else None


def _header(cells: Sequence[Cell]) -> dict[int, str]:
    """Return place → column when a row names what a table of decisions needs."""
    names = [_column(cell.text) for cell in cells]
    if not {"decision", "subject_id", "object_id"} <= set(names):
        return {}
    found: dict[int, str] = {}
    for place, name in enumerate(names):
        if name and name not in found.values():  # a second column of the same name is not used, and said
            found[place] = name
    return found


def _column(text: str) -> str:
    return _names().get(_plain(text), "")


@cache
def _names() -> dict[str, str]:
    named = {_plain(name): name for name in KNOWN}
    for key, both in labels().items():
        if key.startswith("review-column/"):
            for word in both:
                named.setdefault(_plain(word), key.partition("/")[2])
    for name, others in words("review")["columns"].items():
        for word in others:
            named.setdefault(_plain(str(word)), name)
    return named


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _letter(place: int) -> str:
    letters, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _lines(data: bytes, where: str) -> Iterator[Line]:
    """Yield the rows of a text file with the line each begins on; lines that begin with # above the table are SSSOM's head."""
    text, _ = decode(data, where)
    at, line = 0, 1
    while text.startswith("#", at):
        end = text.find("\n", at)
        at, line = (end + 1 if end >= 0 else len(text)), line + 1
    body = text[at:]
    first = body.partition("\n")[0]
    delimiter = max("\t,;", key=first.count)
    for number, cells in split_rows(body, delimiter, line):
        yield number, [Cell(text) if (text := cell.strip()) else _EMPTY for cell in cells]


def _sheets(data: bytes, where: str) -> list[tuple[str, list[Line]]]:
    from openpyxl import load_workbook

    with open_office_zip(data, where):
        pass
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return [(sheet.title, list(_sheet_lines(sheet))) for sheet in book.worksheets]
    except UnreadableSource:
        raise
    except Exception as error:  # openpyxl and expat answer a damaged part with any error at all
        raise UnreadableSource(
            where=where,
            found=f"a workbook that cannot be understood ({type(error).__name__})",
            expected="a whole .xlsx workbook",
            fix="open it and save it again as .xlsx",
            zh="文件损坏，请打开后另存为 .xlsx。",
        ) from error


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    for at, row in enumerate(sheet.iter_rows(), 1):
        if at > _MOST_ROWS:
            return
        cells = [_cell(cell.value) for cell in row]
        if any(cell.text for cell in cells):
            yield at, cells


def _cell(value: object) -> Cell:
    if value is None:
        return _EMPTY
    if isinstance(value, str):
        return Cell(value.replace("\r\n", "\n").strip(), "error" if _ERROR.fullmatch(value) else "")
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "truth value")
    if isinstance(value, (datetime.datetime, datetime.date)):
        day = value.date() if isinstance(value, datetime.datetime) else value
        return Cell(day.isoformat(), "date")
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return Cell(str(int(value)), "number")
    return Cell(str(value), "date" if isinstance(value, (datetime.time, datetime.timedelta)) else "number")

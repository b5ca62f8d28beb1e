"""Answers made by reading, as tables: which row carries out which clause and sentences (``row clause sentences …``), and which sentence is
carried out by which rows (``sentence covered_by …``). ``# upper:`` and ``# lower:`` lines above the header name the documents.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from zhengmai.errors import BadGold, MissingFile

NONE = "NONE"


@dataclass(frozen=True, slots=True)
class Answer:
    """One row and one clause it carries out; ``clause`` is None where the reader found none. ``relations`` are all readers'."""

    task: str
    clause: str | None
    sentences: tuple[str, ...]
    relations: tuple[str, ...]
    primary: bool


@dataclass(frozen=True, slots=True)
class Covered:
    """One upper sentence and the rows that carry it out, () for none."""

    sentence: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """One file of answers; either table may be empty. The documents are None where the file does not name them."""

    path: Path
    upper: Path | None
    lower: Path | None
    answers: tuple[Answer, ...]
    coverage: tuple[Covered, ...]


def read_gold(path: Path) -> Gold:
    """Return a file of answers.

    :raises MissingFile: when it is not there.
    :raises BadGold: when it is neither kind of table, or a line has no row or sentence id.
    """
    lines = _lines(path)
    named = dict(_named(line) for line in lines if line.startswith("#") and ":" in line)
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE))
    columns = set(rows[0]) if rows else set()
    if not ({"row", "clause", "sentences"} <= columns or {"sentence", "covered_by"} <= columns):
        raise _bad(
            path,
            f"the columns {', '.join(sorted(columns)) or '(none)'}",
            "表头不对：应有 row、clause、sentences，或 sentence、covered_by。",
        )
    for row in rows:
        if not (row.get("row") or row.get("sentence")):
            raise _bad(path, f"a line without an id: {list(row.values())}", "有一行没有编号。")
    return Gold(
        path,
        _beside(path, named.get("upper")),
        _beside(path, named.get("lower")),
        tuple(_answer(row) for row in rows if "row" in columns),
        tuple(Covered(row["sentence"], _list(row["covered_by"].replace(NONE, ""))) for row in rows if "sentence" in columns),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise _bad(path, f"bytes that are not UTF-8 at {error.start}", "不是 UTF-8 文本。") from error
    except OSError as error:
        raise MissingFile(where=str(path), found="no file that can be read", expected="a table of answers", fix="check the path") from error


def _bad(path: Path, found: str, zh: str) -> BadGold:
    return BadGold(
        where=str(path),
        found=found,
        expected="a tab-separated table with the columns row, clause, sentences (or sentence, covered_by)",
        fix="see tests/data/gold/README.md for the form",
        zh=zh,
    )


def _named(line: str) -> tuple[str, str]:
    key, _, value = line.lstrip("#").partition(":")
    return key.strip(), value.strip()


def _beside(path: Path, name: str | None) -> Path | None:
    return path.parent / name if name else None


def _answer(row: dict[str, str]) -> Answer:
    clause = (row["clause"] or "").strip()
    relations = tuple(r for r in ((row.get("relation") or "").strip(), (row.get("relation_second_reader") or "").strip()) if r)
    primary = (row.get("primary") or "yes").strip() != "no"
    return Answer(row["row"].strip(), None if clause in ("", NONE) else clause, _list(row["sentences"] or ""), relations, primary)


def _list(text: str) -> tuple[str, ...]:
    return tuple(part for part in (p.strip() for p in text.split(",")) if part)

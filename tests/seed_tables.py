"""The two seed tables as they stood in Word: a grid of words with its merged cells, to be written into other formats.

The text dumps show a merged cell as blank cells; which blanks are merged is said here by reading the tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from seeds import GUANGZHOU, HECHI, SOURCES, answers, fold

from loaders.blocks import RawParagraph, RawTable
from loaders.read import read_bytes
from loaders.records import Extraction


@dataclass(frozen=True)
class SeedTable:
    """Words by (row, column) from 1, merged areas (first row, first column, last row, last column), and the lines around the table."""

    before: list[str]
    after: list[str]
    words: dict[tuple[int, int], str]
    merges: list[tuple[int, int, int, int]]
    rows: int
    columns: int

    def lines(self) -> list[list[str]]:
        """Return the rows with a blank wherever a merged cell covers."""
        return [[self.words.get((row, column), "") for column in range(1, self.columns + 1)] for row in range(1, self.rows + 1)]


def guangzhou() -> SeedTable:
    before, rows, after = _dump(GUANGZHOU)
    header, body = rows[0], rows[1:]
    words = {(1, column): text for column, text in zip((1, 2, 3, 5, 6, 7), header, strict=True)}
    words |= {(number, column): text for number, row in enumerate(body, 2) for column, text in enumerate(row, 1)}
    merges = [(1, 3, 1, 4), *_down(words, 2, len(rows), (2,), ()), *_down(words, 2, len(rows), (3,), (2,))]
    return SeedTable(before, after, words, merges, len(rows), 7)


def hechi() -> SeedTable:
    before, rows, after = _dump(HECHI)
    words = {(1, column): text for column, text in zip((1, 2, 3, 6, 7, 8, 9, 10), rows[0], strict=True)}
    merges = [(1, 3, 1, 5)]
    number, label = 1, ""
    for row in rows[1:]:
        if row[0] == "" and row[2].startswith("强化"):
            label = row[2]  # a line of its own in the dump; in Word the label of the merged cell beside rows 1 to 7
            continue
        number += 1
        places = {10: range(1, 11), 9: (1, 2, 3, 4, 6, 7, 8, 9, 10), 8: (1, 2, 3, 6, 7, 8, 9, 10)}[len(row)]
        merges += {10: [], 9: [(number, 4, number, 5)], 8: [(number, 3, number, 5)]}[len(row)]
        words |= {(number, column): text for column, text in zip(places, row, strict=True)}
    words[2, 3] = label
    merges += [*_down(words, 2, 29, (2,), ()), *_down(words, 30, number, (2,), ()), *_down(words, 2, 29, (3,), (2,))]
    merges += [(2, 6, 8, 6), (2, 9, 8, 9), (2, 10, 8, 10), (12, 4, 13, 4)]  # one cell beside rows 1 to 7; the measure of rows 11 and 12
    return SeedTable(before, after, words, merges, number, 10)


def _dump(name: str) -> tuple[list[str], list[list[str]], list[str]]:
    blocks = read_bytes((SOURCES / name).read_bytes(), name).blocks
    at = next(i for i, block in enumerate(blocks) if isinstance(block, RawTable))
    table = blocks[at]
    assert isinstance(table, RawTable)
    around = [[b.text for b in side if isinstance(b, RawParagraph)] for side in (blocks[:at], blocks[at + 1 :])]
    return around[0], [[cell.text for cell in row] for row in table.rows], around[1]


def _down(
    words: dict[tuple[int, int], str], first: int, last: int, columns: tuple[int, ...], parents: tuple[int, ...]
) -> list[tuple[int, int, int, int]]:
    """Merge blank cells with the words above them, as far as a parent column starts nothing new."""
    found = []
    for column in columns:
        top = first
        for row in range(first + 1, last + 2):
            new = row > last or words.get((row, column), "").strip() or any(words.get((row, p), "").strip() for p in parents)
            if new:
                if row - 1 > top:
                    found.append((top, column, row - 1, column))
                top = row
    return found


def wrong_fields(extraction: Extraction, name: str) -> list[tuple[str, str]]:
    """Return (row, field) of every field that differs from the answers made by reading; rows too many count as ("…", "extra")."""
    rows = {row.row: row for row in extraction.rows}
    want = answers(f"{name}_rows.tsv")
    found = [(row, "extra") for row in rows if row not in {w["row"] for w in want}]
    fields = {"guangzhou": ("main_task", "group", "measure"), "hechi": ("task", "group", "measure", "sub_measure")}[name]
    actors = {"guangzhou": ("lead", "responsible"), "hechi": ("unit", "lead", "responsible", "supporting")}[name]
    deadline = {"guangzhou": "deadline_raw", "hechi": "deadline"}[name]
    for w in want:
        row = rows.get(w["row"])
        if row is None:
            found.append((w["row"], "missing"))
            continue
        found += [(w["row"], field) for field in fields if fold(row.text(field.removeprefix("main_"))) != fold(w[field])]
        for field in actors:
            role = "addressee" if field == "unit" else field
            names = {fold(m.actor.name) for m in row.roles if m.role == role}
            found += [(w["row"], field)] if names != {fold(a) for a in w[field].split("|") if a} else []
        if row.deadline is None or fold(row.deadline.raw) != fold(w[deadline]):
            found.append((w["row"], "deadline"))
    return found

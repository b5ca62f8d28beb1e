"""Delimited text (CSV, TSV): which mark divides the fields, the fields with their places, and whether a text is a table at all.

The fields are cut here and not by the csv module, because every field's offset in the file is kept. A quoted field may hold the mark and
line ends; a quote that never closes is an ordinary character.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from loaders.sheets.grid import Written
from loaders.tables.columns import is_header

DELIMITERS = ("\t", ",", ";", "|", "，")
LONGEST_QUOTED = 20_000
_SAMPLE_CHARS = 64_000
_BLANK = " \t\n\u3000\xa0\ufeff"
_SEPARATOR_LINE = re.compile(r"sep=(.)\n", re.I)

Record = list[Written]


def split_records(text: str, delimiter: str) -> list[Record]:
    """Return the records of a text. A field with doubled quotes inside has no offset (its words do not stand so in the file).

    >>> [[field.text for field in record] for record in split_records('a,"b,\\n""c"\\nd,e', ",")]
    [['a', 'b,\\n"c'], ['d', 'e']]
    """
    pattern = _field(delimiter)
    records: list[Record] = []
    record: Record = []
    at, end = 0, len(text)
    while at <= end:
        hit = pattern.match(text, at)
        if hit is None:
            break
        record.append(_written(hit))
        at = hit.end()
        if at < end and text[at] == delimiter:
            at += 1
            continue
        records.append(record)
        record = []
        at += 1
    if records and len(records[-1]) == 1 and not records[-1][0].text:
        records.pop()
    return records


@cache
def _field(delimiter: str) -> re.Pattern[str]:
    mark = re.escape(delimiter)
    blank = "" if delimiter == " " else r"(?!" + mark + r")[ \t]"
    quoted = rf'(?:{blank})*"(?P<quoted>(?:[^"]|""){{0,{LONGEST_QUOTED}}}+)"(?:{blank})*(?={mark}|\n|\Z)'
    return re.compile(rf"{quoted}|(?P<bare>[^\n{mark}]*)")


def _written(hit: re.Match[str]) -> Written:
    if hit["quoted"] is None:
        return Written(hit["bare"], hit.start("bare"))
    if '""' in hit["quoted"]:
        return Written(hit["quoted"].replace('""', '"'))
    return Written(hit["quoted"], hit.start("quoted"))


def find_delimiter(text: str, *, named_table: bool) -> str | None:
    """Return the mark that divides a text into a table, None when it is no table.

    A file named .csv or .tsv needs two columns in most records; any other text three columns in three records, and a header of a task
    table in the same number of columns, so that running text with commas stays text.
    """
    sample = text[:_SAMPLE_CHARS]
    best: tuple[float, str] | None = None
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        records = split_records(sample, delimiter)
        if len(sample) < len(text):
            records = records[:-1]
        score = _score(records, named_table=named_table)
        if score and (best is None or score > best[0]):
            best = (score, delimiter)
    return best[1] if best else None


def _score(records: Sequence[Record], *, named_table: bool) -> float:
    """Return how much a division looks like a table: the share of records as wide as most, a little more for wide ones; 0 for none."""
    full = [record for record in records if any(field.text.strip(_BLANK) for field in record)]
    widths = Counter(len(record) for record in full if len(record) > 1)
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
    header = any(width >= len(record) > 1 and len(record) >= width - 2 and is_header([f.text for f in record]) for record in full[:12])
    wide = sum(widths[w] for w in widths if abs(w - width) <= 1)
    share = wide / len(full)
    if named_table:
        return (share + 0.02 * min(width, 20) + header) if width >= 2 and share >= 0.5 else 0.0
    return share + 0.02 * min(width, 20) if header and width >= 3 and count >= 3 and share >= 0.6 else 0.0


def without_separator_line(text: str) -> tuple[str, int, str | None]:
    """Return the text after a first line sep=; of Excel, that line's length, and the mark it names."""
    hit = _SEPARATOR_LINE.match(text)
    return (text[hit.end() :], hit.end(), hit[1]) if hit else (text, 0, None)

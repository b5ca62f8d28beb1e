"""Delimited text (.csv, .tsv, or any text that is plainly a table): the format cannot say which cells are merged."""

from __future__ import annotations

from loaders.blocks import RawBlock, RawParagraph, ReadResult
from loaders.layouts import text_blocks
from loaders.layouts.boxes import find as drawn
from loaders.layouts.head import head_text, is_page
from loaders.layouts.source import decode_text
from loaders.layouts.text_lines import lines_of
from loaders.sheets.delimited import find_delimiter, split_records, without_separator_line
from loaders.sheets.grid import Sheet, TooWide, Written, sheet_blocks
from loaders.sheets.remarks import MOST_CELLS, MOST_ROWS, too_large

ORDER = 80
_EXTENSIONS = (".csv", ".tsv", ".tab")
_LEADING_TABS = 6


def accepts(name: str, head: bytes) -> bool:
    """Take text named .csv or .tsv, and any text that has the same number of fields under a task table's header, but no TAB dump."""
    text = head_text(head)
    if text is None or is_page(text):
        return False
    if name.lower().endswith(_EXTENSIONS):
        return True
    if sum(line.startswith("\t") for line in text.split("\n")) >= _LEADING_TABS or drawn(lines_of(text)):
        return False
    whole = text.rpartition("\n")[0] if len(head) >= 4096 else text
    return find_delimiter(whole, named_table=False) not in (None, "\t")


def read(data: bytes, where: str) -> ReadResult:
    """Return the paragraphs and tables of delimited text.

    :raises UnreadableSource: for text in no encoding we know, and for a table that is too large.
    """
    text, encoding = decode_text(data, where)
    body, offset, named = without_separator_line(text)
    delimiter = named or find_delimiter(body, named_table=True)
    if delimiter is None:
        return ReadResult("text", encoding, tuple(text_blocks(text)), len(text))
    return ReadResult("csv" if delimiter != "\t" else "tsv", encoding, tuple(_blocks(body, offset, delimiter, where)), len(text))


def _blocks(body: str, offset: int, delimiter: str, where: str) -> list[RawBlock]:
    if body.count(delimiter) > 4 * MOST_CELLS:
        raise too_large(where, "1", f"{body.count(delimiter)} fields")
    records = split_records(body, delimiter)
    words: dict[tuple[int, int], Written] = {}
    for row, record in enumerate(records, 1):
        for column, field in enumerate(record, 1):
            if field.text.strip():
                words[row, column] = Written(field.text, None if field.start is None else field.start + offset)
    rows = len({row for row, _ in words})
    if rows > MOST_ROWS or len(words) > MOST_CELLS:
        raise too_large(where, "1", f"{rows} rows and {len(words)} cells with words")
    try:
        return sheet_blocks(Sheet(words))
    except TooWide:  # one line of very many fields: no table
        return [RawParagraph(field.text.strip()) for field in words.values()]
